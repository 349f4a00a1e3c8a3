"""Policies against needs: what becomes of each thing that a config asks of its store, and of the stages.

`policy_answers` is what other checks compare with: what IAM simulates and what a rehearsal was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from registry_preflight.check import EVERY_STAGE, Stage
from registry_preflight.config.effective import Config
from registry_preflight.config.options import PolicySource
from registry_preflight.iam.documents import Kind, Policy, read_policy
from registry_preflight.iam.evaluate import Access, Decision, Documents, Request, evaluate
from registry_preflight.iam.needs import AMAZON, Need, S3Facts, s3_needs
from registry_preflight.iam.principals import Grant, Principal, named, principal_of
from registry_preflight.result import Outcome


class PolicyAnswer(NamedTuple):
    """What the documents say of one need."""

    need: Need
    decision: Decision

    @property
    def access(self) -> Access:
        return self.decision.access


class Proof(NamedTuple):
    """The documents that `--iam-policy` gave, the facts that they were asked about, and the answers.

    `answers` are empty where a document can't be read: then nothing is proven.
    """

    policies: tuple[Policy, ...]
    facts: S3Facts
    answers: tuple[PolicyAnswer, ...]

    @property
    def readable(self) -> bool:
        return all(policy.readable for policy in self.policies)


@lru_cache(maxsize=64)
def _read(source: PolicySource) -> Policy:
    return read_policy(source.text, source.name, Kind(source.kind))


@lru_cache(maxsize=8)
def policy_proof(config: Config) -> Proof:
    """Ask the documents of a config's options for everything that the config needs. For the s3 driver."""
    options = config.options
    policies = tuple(_read(source) for source in options.iam_policies)
    principal = principal_of(options.iam_principal) if options.iam_principal else None
    ceph = principal is not None and not principal.account.isdigit()
    facts = S3Facts(config, ceph=ceph, account=principal.account if principal else "")
    if not all(policy.readable for policy in policies):
        return Proof(policies, facts, ())
    documents = Documents(
        policies, identity_known=_identity_known(policies, principal, facts), ceph=facts.store != AMAZON
    )
    return Proof(policies, facts, prove(s3_needs(facts), documents, principal))


def policy_answers(config: Config) -> tuple[PolicyAnswer, ...]:
    """What the documents of `--iam-policy` say of each need of the config; nothing where none can be read."""
    return policy_proof(config).answers if config.options.iam_policies and config.family == "s3" else ()


def prove(needs: Iterable[Need], documents: Documents, principal: Principal | None = None) -> tuple[PolicyAnswer, ...]:
    """What becomes of each need."""
    return tuple(PolicyAnswer(need, _decide(need, documents, principal)) for need in needs)


def _decide(need: Need, documents: Documents, principal: Principal | None) -> Decision:
    decision = evaluate(Request(need.action, need.resource, need.context, principal), documents)
    if need.action.startswith("kms:") and decision.lacking == (Kind.IDENTITY,):
        return Decision(
            Access.DEPENDS, depends_on=(f"the policy of the key, for no policy of the identity allows {need.action}",)
        )
    if need.writer_may is False or decision.explicit or decision.access is Access.ALLOWED:
        return decision
    if decision.access is Access.DEPENDS and need.writer_may:
        return decision
    if need.writer_may:
        return Decision(Access.ALLOWED, "the store itself, for objects that the identity has written")
    return Decision(
        Access.DEPENDS, depends_on=("whether the store lets the writer of an object read it without a policy",)
    )


def _identity_known(policies: Sequence[Policy], principal: Principal | None, facts: S3Facts) -> bool:
    """Whether no other policy of the identity can allow more.

    One that is given is taken for all of them. Away from Amazon, users whom a bucket policy lets in live on that alone.
    """
    if any(policy.kind is Kind.IDENTITY for policy in policies):
        return True
    if facts.store == AMAZON or principal is None:
        return False
    statements = [one for policy in policies if policy.kind is Kind.BUCKET for one in policy.statements if one.allows]
    return any(
        one.principals is not None and named(one.principals, principal) == (True, Grant.EXACTLY) for one in statements
    )


def stages_by_rights(answers: Sequence[PolicyAnswer]) -> dict[Stage, Outcome]:
    """What each stage comes to as far as rights go: it works where nothing that it needs is refused or in doubt."""
    foretold = dict.fromkeys(EVERY_STAGE, Outcome.WORKS)
    for answer in answers:
        if answer.access is Access.ALLOWED:
            continue
        doubtful = (*answer.need.unsure, *(answer.need.breaks if answer.access is Access.DEPENDS else ()))
        for stage in doubtful:
            if foretold[stage] is Outcome.WORKS:
                foretold[stage] = Outcome.UNKNOWN
        if answer.access is Access.DENIED:
            foretold.update(dict.fromkeys(answer.need.breaks, Outcome.FAILS))
    return foretold
