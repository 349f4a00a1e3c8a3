"""One request, all documents: allowed, denied, or dependent on what the documents and the config do not tell.

Source: IAM User Guide, "Policy evaluation logic": "How AWS enforcement code logic evaluates requests to allow or deny
access", "Policy evaluation for requests within a single account" (which grants of a resource policy are limited by a
permissions boundary or a session policy) and "Cross-account policy evaluation logic".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from registry_preflight.iam.conditions import Values, holds, single
from registry_preflight.iam.documents import Kind, Policy
from registry_preflight.iam.kleene import Truth, Unknown, every, joined, negated, some
from registry_preflight.iam.patterns import action_matches, any_matches, arn_matches, expanded, has_variables
from registry_preflight.iam.principals import Grant, Principal, named, principal_keys
from registry_preflight.iam.statements import Statement


class Access(StrEnum):
    """What becomes of a request. `depends`: on what nobody has told; it is never guessed."""

    ALLOWED = "allowed"
    DENIED = "denied"
    DEPENDS = "depends"


class Request(NamedTuple):
    """What is asked: `action` such as s3:GetObject, `resource` an ARN, `context` the condition keys (in any case).

    A key whose value is `None` is known to be missing. One that is not in `context` is unknown, or, where the context
    is `complete`, missing.
    """

    action: str
    resource: str
    context: Mapping[str, Values] = {}
    principal: Principal | None = None
    complete: bool = False


class Decision(NamedTuple):
    """The answer, and what decided it.

    `by` names the statement that denies or allows (`bucket.json, statement 2 (Tls)`), empty where nothing does. `explicit`
    is true of a denial by a statement. `lacking` are the kinds of documents of which none allows the request. `depends_on`
    says what an answer of `depends` would have to know.
    """

    access: Access
    by: str = ""
    explicit: bool = False
    lacking: tuple[Kind, ...] = ()
    depends_on: tuple[str, ...] = ()


class Documents:
    """The documents that bear on an identity's requests, ready to be asked many times.

    `identity_known`: all policies of the identity are given, be it none; otherwise one that was not given may allow more.
    `same_account`: whether the bucket belongs to the identity's account; `None` where nobody knows. `ceph`: Ceph decides, and
    where it may do so otherwise than Amazon, the answer depends.
    """

    def __init__(
        self,
        policies: Iterable[Policy],
        *,
        identity_known: bool = True,
        same_account: bool | None = True,
        ceph: bool = False,
    ) -> None:
        self.policies = tuple(policies)
        self.identity_known = identity_known
        self.same_account = same_account
        self.ceph = ceph
        self._by_action: dict[str, tuple[tuple[Policy, Statement], ...]] = {}
        self.kinds = frozenset(policy.kind for policy in self.policies)

    def about(self, action: str) -> tuple[tuple[Policy, Statement], ...]:
        """The statements, each with its document, that are about an action."""
        key = action.lower()
        if key not in self._by_action:
            self._by_action[key] = tuple(
                (policy, statement)
                for policy in self.policies
                for statement in policy.statements
                if action_matches(statement.actions, key) != statement.all_but_actions
            )
        return self._by_action[key]


class _Keys:
    """The condition keys of one request."""

    def __init__(self, request: Request) -> None:
        self._known: dict[str, Values] = {} if request.principal is None else principal_keys(request.principal)
        self._known.update((key.lower(), value) for key, value in request.context.items())
        self._complete = request.complete

    def __call__(self, key: str) -> Values:
        name = key.lower()
        if name in self._known or self._complete:
            return self._known.get(name)
        return Unknown(f"the condition key {key}")


class _Match(NamedTuple):
    """How far a statement is about a request: `truth`, and how closely it names who asks."""

    truth: Truth
    grant: Grant
    policy: Policy
    statement: Statement

    @property
    def name(self) -> str:
        return f"{self.policy.name}, {self.statement.label}"


def evaluate(request: Request, documents: Documents) -> Decision:
    """Decide one request by AWS's documented logic."""
    matches = [match for match in _matches(request, documents) if match.truth is not False]
    denying = [match for match in matches if not match.statement.allows]
    for match in denying:
        if match.truth is True:
            return Decision(Access.DENIED, match.name, explicit=True)
    allowing = _Allowing([match for match in matches if match.statement.allows], request, documents)
    allowed = allowing.all_in_all()
    if allowed is False:
        return Decision(Access.DENIED, lacking=allowing.lacking())
    denied = some(_reasoned(match) for match in denying)
    if allowed is True and denied is False:
        return Decision(Access.ALLOWED, allowing.granting())
    unknown = joined(*(truth for truth in (denied, allowed) if isinstance(truth, Unknown)))
    return Decision(Access.DEPENDS, depends_on=unknown.reasons)


def _reasoned(match: _Match) -> Truth:
    """A statement's truth, its reasons with the statement's name."""
    if isinstance(match.truth, Unknown):
        return Unknown(*(f"{reason} ({match.name})" for reason in match.truth.reasons))
    return match.truth


def _matches(request: Request, documents: Documents) -> Iterator[_Match]:
    keys = _Keys(request)
    for policy, statement in documents.about(request.action):
        resource = _resource(statement, request.resource, keys, documents.ceph)
        if resource is False:
            continue
        who: Truth = True
        grant = Grant.EXACTLY
        if statement.principals is not None:
            who, grant = named(statement.principals, request.principal)
            if who is False:
                continue
        conditions = every(
            holds(one, keys, variables=statement.variables, ceph=documents.ceph) for one in statement.conditions
        )
        heeded = _NOT_ACTION if documents.ceph and statement.all_but_actions else True
        yield _Match(every((resource, who, conditions, heeded)), grant, policy, statement)


#: Statements with NotAction never hold in 16.2 (seen).
_NOT_ACTION = Unknown("whether this version of Ceph heeds NotAction")


def _resource(statement: Statement, resource: str, keys: _Keys, ceph: bool) -> Truth:
    if not statement.variables or not any(map(has_variables, statement.resources)):
        found = any_matches(statement.resources, resource, ceph=ceph)
        return negated(found) if statement.all_but_resources else found
    truths: list[Truth] = []
    for pattern in statement.resources:
        text = expanded(pattern, single(keys))
        if text is None:
            # A variable without a value: the pattern matches nothing. Of NotResource AWS does not say what follows.
            truths.append(Unknown(f"the variable in {pattern}") if statement.all_but_resources else False)
        else:
            truths.append(text if isinstance(text, Unknown) else arn_matches(text, resource))
    found = some(truths)
    return negated(found) if statement.all_but_resources else found


class _Allowing:
    """What the Allow statements that match come to, over all kinds of documents."""

    def __init__(self, matches: Sequence[_Match], request: Request, documents: Documents) -> None:
        self.matches = matches
        self._request = request
        self._documents = documents

    def all_in_all(self) -> Truth:
        """Whether the request is allowed, were there no Deny."""
        same = self._documents.same_account
        if same is None:
            inside, across = self._within_account(), self._across_accounts()
            alike = inside is across or isinstance(inside, Unknown)
            granted = inside if alike else Unknown("whether the bucket belongs to the identity's account")
        else:
            granted = self._within_account() if same else self._across_accounts()
        return every((granted, self._limit(Kind.SCP)))

    def lacking(self) -> tuple[Kind, ...]:
        """The kinds of documents none of which allows the request."""
        limits = [kind for kind in (Kind.SCP, Kind.BOUNDARY, Kind.SESSION) if self._limit(kind) is False]
        grants = [Kind.IDENTITY] if self._identity() is False else []
        if Kind.BUCKET in self._documents.kinds and self._bucket(*Grant) is False:
            grants.append(Kind.BUCKET)
        return (*grants, *limits)

    def granting(self) -> str:
        """The name of a statement that grants, rather than one that only does not limit."""
        certain = [match for match in self.matches if match.truth is True]
        return next(match.name for kind in Kind for match in certain if match.policy.kind is kind)

    def _within_account(self) -> Truth:
        """A grant of either side is enough; how far limits bind that of the bucket goes by whom it names."""
        limits = every((self._limit(Kind.BOUNDARY), self._limit(Kind.SESSION)))
        return some(
            (
                every((self._identity(), limits)),
                self._bucket(Grant.EXACTLY),
                every((self._bucket(Grant.ROLE), limits)),
                every((self._bucket(Grant.EVERYBODY), self._for_everybody(limits))),
            )
        )

    def _for_everybody(self, limits: Truth) -> Truth:
        """Whether a grant to everybody passes a boundary or a session policy that is silent: AWS does not say."""
        return (
            Unknown("whether a grant to everybody passes the boundary or the session policy")
            if limits is False
            else limits
        )

    def _across_accounts(self) -> Truth:
        """Both sides have to allow it."""
        sides = (self._identity(), self._bucket(*Grant))
        return every((*sides, self._limit(Kind.BOUNDARY), self._limit(Kind.SESSION)))

    def _identity(self) -> Truth:
        found = some(_reasoned(match) for match in self.matches if match.policy.kind is Kind.IDENTITY)
        if found is False and not self._documents.identity_known:
            return Unknown("the policies of the identity itself, which were not given")
        return found

    def _bucket(self, *grants: Grant) -> Truth:
        return some(
            _reasoned(match) for match in self.matches if match.policy.kind is Kind.BUCKET and match.grant in grants
        )

    def _limit(self, kind: Kind) -> Truth:
        """Whether the documents that only limit allow it; where none is given, nothing is limited."""
        if kind not in self._documents.kinds:
            return True
        found = some(_reasoned(match) for match in self.matches if match.policy.kind is kind)
        if found is False and kind is Kind.SCP and not self._some_scp_allows():
            return Unknown(
                "the service control policies that allow: only such that deny were given (AWS attaches FullAWSAccess)"
            )
        return found

    def _some_scp_allows(self) -> bool:
        scps = [policy for policy in self._documents.policies if policy.kind is Kind.SCP]
        return any(statement.allows for policy in scps for statement in policy.statements)
