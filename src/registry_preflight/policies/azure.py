"""The least rights of the azure driver: the roles that Microsoft has and the `az` commands that assign them, or a role of one's own.

Source: Azure built-in roles, "Storage"; REST reference, "Authorize with Microsoft Entra ID"; Azure CLI, `az role assignment
create` and `az role definition create`. Which requests 3.x makes: `registry/storage/driver/azure` at 3.0.0 and 3.1.1.
"""

from __future__ import annotations

import json
import shlex

from registry_preflight.config.effective import Config
from registry_preflight.inputs import CannotBegin
from registry_preflight.policies import Written

FORMATS = ("az", "role", "all")
_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
#: What the driver does with blobs, each with what it is for.
DATA_ACTIONS = {
    f"{_BLOBS}/read": "pulls; properties and lists of blobs in every stage",
    f"{_BLOBS}/write": "pushes: blobs are made and copied to their place",
    f"{_BLOBS}/add/action": "pushes: layers grow by appending",
    f"{_BLOBS}/delete": "the end of each push, deletes and garbage collection",
}
#: A right on the account, which no role on a container has.
DELEGATE = "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action"
_DELEGATE_FOR = "signed addresses, which clients are sent to for layers"
CONTRIBUTOR, DELEGATOR = "Storage Blob Data Contributor", "Storage Blob Delegator"
_ROLE = "Container registry storage"
_PLACE = "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP"
_IDENTITY = "APPLICATION-OR-IDENTITY"


def policy_text(config: Config, format: str, principal: str | None) -> Written:
    """The roles for the identity that the config logs in with, or for that of `principal`, an object or application id.

    Raises `CannotBegin` where the driver knows the account key alone: a key has every right.
    """
    kind = config.parameter("credentials.type").text if config.parameters.reads("credentials.type") else ""
    refused = config.parameters.refused() or [one for one, _ in config.parameters.missing()]
    if refused:
        raise CannotBegin(f"{config.source}: the registry does not start with this {refused[0].path}; mend it first.")
    if kind not in ("client_secret", "default_credentials"):
        raise CannotBegin(
            f"{config.source}: the registry logs in with the key of the account, which has every right and takes no"
            " roles; with 3.1 it can log in as an application or as the identity of its machine."
        )
    given = config.parameter("credentials.clientid").text if kind == "client_secret" else ""
    account = f"{_PLACE}/providers/Microsoft.Storage/storageAccounts/{config.parameter('accountname').text}"
    container = f"{account}/blobServices/default/containers/{config.parameter('container').text}"
    who = principal or given or _IDENTITY
    signs = config.redirects
    texts = {"az": _assignments(who, account, container, signs), "role": _role(account, signs)}
    text = "\n".join(texts.values()) if format == "all" else texts[format]
    actions = DATA_ACTIONS | ({DELEGATE: _DELEGATE_FOR} if signs else {})
    purposes = tuple(f"{action}: {purpose}." for action, purpose in actions.items())
    return Written(text, (*purposes, *_remarks(config, kind, signs)))


def _assignments(who: str, account: str, container: str, signs: bool) -> str:
    rows = [(CONTRIBUTOR, container), *([(DELEGATOR, account)] if signs else [])]
    return "".join(
        f"az role assignment create --assignee {shlex.quote(who)} --role {shlex.quote(role)} \\\n    --scope {shlex.quote(scope)}\n"
        for role, scope in rows
    )


def _role(account: str, signs: bool) -> str:
    """A role of one's own; the delegation is an action of the account, the rest are data actions."""
    definition = {
        "Name": _ROLE,
        "IsCustom": True,
        "Description": "What a container registry needs of its blob container, and nothing else.",
        "Actions": [DELEGATE] if signs else [],
        "NotActions": [],
        "DataActions": list(DATA_ACTIONS),
        "NotDataActions": [],
        "AssignableScopes": [account],
    }
    return json.dumps(definition, indent=2) + "\n"


def _remarks(config: Config, kind: str, signs: bool) -> tuple[str, ...]:
    remarks = [
        f"Put the subscription and the resource group of the account {config.parameter('accountname').text} into the scopes.",
        "A new assignment takes up to ten minutes.",
        f"{DELEGATOR} belongs on the account: on the container it has no effect. With storage.redirect.disable: true it is"
        " not needed."
        if signs
        else f"{DELEGATOR} is not needed, since redirects are off.",
        f"The container {config.parameter('container').text!r} has to be made beforehand; 3.x makes none.",
    ]
    if kind == "default_credentials":
        remarks.append("The identity is that of the registry's machine or pod: give its object id with --principal.")
    return tuple(remarks)
