"""Who asks, and whom a bucket policy's statement is about.

Source: IAM User Guide, "AWS JSON policy elements: Principal", "... NotPrincipal" and "AWS global condition context keys"
(properties of the principal).
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from registry_preflight.iam.conditions import Values
from registry_preflight.iam.kleene import Truth, Unknown, some
from registry_preflight.iam.statements import Principals

_ACCOUNT = re.compile(r"[0-9]{12}\Z")
_UNIQUE_ID = re.compile(r"A(?:IDA|ROA|KIA|SIA|GPA|NPA|PKA)[A-Z0-9]{12,}\Z")
NOBODY_KNOWN = Unknown("who the registry's identity is (--iam-principal)")


class Principal(NamedTuple):
    """An identity by its ARN: a user, a role's session, or an account's root.

    `account` is empty with stores whose users have no account, such as Ceph (`arn:aws:iam:::user/NAME`).
    """

    arn: str
    account: str
    type: str  # user, role, assumed-role, root, federated-user
    name: str  # without the path; of a session, the role's
    partition: str = "aws"

    @property
    def role_arns(self) -> tuple[str, ...]:
        """The ARN of a session's role. Its path is not in the session's ARN, so a role with a path can't be told."""
        if self.type == "assumed-role":
            return (f"arn:{self.partition}:iam::{self.account}:role/{self.name}",)
        return (self.arn,) if self.type == "role" else ()


def principal_of(text: str) -> Principal | None:
    """The principal that an ARN names; `None` for what names none, also for a bare account."""
    parts = text.split(":", 5)
    if len(parts) != 6 or parts[0] != "arn" or parts[2] not in ("iam", "sts"):
        return None
    kind, _, rest = parts[5].partition("/")
    if kind == "root" and not rest:
        return Principal(text, parts[4], "root", "", parts[1])
    if kind not in ("user", "role", "assumed-role", "federated-user") or not rest:
        return None
    steps = rest.split("/")
    return Principal(text, parts[4], kind, steps[0] if kind == "assumed-role" else steps[-1], parts[1])


def principal_keys(principal: Principal) -> dict[str, Values]:
    """The condition keys, in lower case, that tell who the principal is."""
    arn = principal.role_arns[0] if principal.type == "assumed-role" else principal.arn
    kinds = {"user": "User", "root": "Account", "federated-user": "FederatedUser"}
    keys: dict[str, Values] = {
        "aws:principalarn": (arn,),
        "aws:principaltype": (kinds.get(principal.type, "AssumedRole"),),
        "aws:username": (principal.name,) if principal.type == "user" else None,
    }
    if principal.account:
        keys["aws:principalaccount"] = (principal.account,)
    if principal.type == "root":
        keys["aws:userid"] = (principal.account,)
    return keys


class Grant(IntEnum):
    """How closely a statement names who asks; the closer, the fewer other policies limit what it allows."""

    ACCOUNT = 1  # the whole account, which leaves it to the identity's own policy
    EVERYBODY = 2
    ROLE = 3
    EXACTLY = 4  # the user, or the session of a role


def named(principals: Principals, principal: Principal | None) -> tuple[Truth, Grant]:
    """Whether a statement is about this principal (`None`: nobody knows who it is), and how closely it names it."""
    if principals.negated:
        return _not_excepted(principals, principal), Grant.EVERYBODY
    found = [_is(kind, name, principal) for kind, name in principals.names]
    truth = some(truth for truth, _ in found)
    return truth, max(
        (grant for one, grant in found if one is not False and (one is True) == (truth is True)), default=Grant.ACCOUNT
    )


def _is(kind: str, name: str, principal: Principal | None) -> tuple[Truth, Grant]:
    if kind == "AWS" and name == "*":
        return True, Grant.EVERYBODY
    if kind in ("Service", "Federated"):
        return False, Grant.ACCOUNT
    if principal is None:
        return NOBODY_KNOWN, Grant.EXACTLY
    if kind == "CanonicalUser":
        return Unknown("which account has the canonical user id in Principal"), Grant.ACCOUNT
    if _UNIQUE_ID.match(name):
        return Unknown(f"whose unique id {name} in Principal is"), Grant.EXACTLY
    if name == principal.arn:
        exactly = principal.type in ("user", "assumed-role", "federated-user")
        return True, Grant.EXACTLY if exactly else Grant.ROLE if principal.type == "role" else Grant.ACCOUNT
    if name in principal.role_arns:
        return True, Grant.ROLE
    if principal.type == "assumed-role" and _role_with_a_path(name, principal):
        return Unknown(f"whether {name} is the role of {principal.arn}"), Grant.ROLE
    return _account_of(name) == principal.account != "", Grant.ACCOUNT


def _role_with_a_path(name: str, principal: Principal) -> bool:
    given = principal_of(name)
    return (
        given is not None
        and given.type == "role"
        and given.account == principal.account
        and given.name == principal.name
    )


def _account_of(name: str) -> str | None:
    """The account that a principal stands for as a whole, by its number or as its root."""
    if _ACCOUNT.match(name):
        return name
    given = principal_of(name)
    return given.account if given is not None and given.type == "root" else None


def _not_excepted(principals: Principals, principal: Principal | None) -> Truth:
    """Whether `NotPrincipal` leaves this principal out of its exceptions.

    AWS asks that the account, and of a session the role as well, be listed beside a user or a session; without them the
    statement may bind it all the same.
    """
    found = [_is(kind, name, principal) for kind, name in principals.names]
    if any(truth is True and grant is Grant.EVERYBODY for truth, grant in found):
        return False
    unknown = [truth for truth, _ in found if isinstance(truth, Unknown)]
    grants = {grant for truth, grant in found if truth is True}
    if unknown:
        return unknown[0]
    if not grants or grants == {Grant.ACCOUNT}:
        # The account alone excepts its root user; whether its users are meant, too, AWS does not say.
        account_alone = grants and principal is not None and principal.type != "root"
        return Unknown("whether NotPrincipal with an account excepts its users") if account_alone else not grants
    if principal is None or not principal.account:
        return False
    wanted = {Grant.ACCOUNT, *({Grant.ROLE} if principal.type == "assumed-role" else ()), max(grants)}
    return False if wanted <= grants else Unknown("NotPrincipal does not list the account beside the identity")
