"""Azure's refusals in an operator's words: which action a role lacks, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registry_preflight import AzureStorage, CannotTell, Finding, S3Refusal, Stage, Step, blocker

from .._refusals import refusal_told

CONTAINER = "azure.container-exists"
MADE = "azure.container-made"
_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
#: The action of a role that each request takes (REST reference, "Authorize with Microsoft Entra ID").
ACTIONS = {
    "read": f"{_BLOBS}/read",
    "write": f"{_BLOBS}/write",
    "append": f"{_BLOBS}/write or {_BLOBS}/add/action",
    "delete": f"{_BLOBS}/delete",
    "delegate": "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
}
_FIXES = {
    "BlobTypeNotSupported": "Use a general-purpose v2 account (Standard), or a premium account for block blobs.",
    "FeatureNotSupportedForAccount": "Use a general-purpose v2 account (Standard), or a premium account for block blobs.",
    "BlobImmutableDueToPolicy": "Use a container without a policy of immutability: a registry changes and removes blobs.",
    "BlobImmutableDueToLegalHold": "Use a container without a legal hold: a registry changes and removes blobs.",
    "DirectoryIsNotEmpty": "Use an account without a hierarchical namespace; it can't be switched off again.",
    "ContainerBeingDeleted": "Wait until the container is gone, which takes half a minute or more, and make it anew.",
    "InvalidHeaderValue": "See what stands in front of the service, and which versions of its interface it knows.",
    "BlobArchived": "Bring the layers back from the archive, and end the lifecycle rule that moves them there.",
    "CannotVerifyCopySource": "The service reads the source by the address that the registry has for it: use the account's"
    " own address, and not that of a proxy before it.",
    "RequestBodyTooLarge": "See what stands in front of the service: the registry sends blocks of 4 MiB.",
    "InvalidBlobType": "Copy the container's blobs to append blobs, or use a release that can replace them.",
}
_BUSY = ("ServerBusy", "OperationTimedOut", "InternalError")
#: What may be otherwise a little later: too slow, too many.
AGAIN = (408, 429)


def tried(storage: AzureStorage, name: str) -> Step:
    """What became of a step of the rehearsal. Raises `CannotTell` where it could not be tried, or the service is busy."""
    step = storage.rehearsal.step(name)
    if step.blocked == "mode":
        why = storage.rehearsal.step("mode").value
        raise CannotTell(f"nothing was written: {why}, so that it could not be removed again")
    if step.blocked:
        raise CannotTell(f"it could not be tried, for the step before it failed ({step.blocked})")
    if step.error is not None and (step.error.code in _BUSY or step.error.status in AGAIN):
        raise CannotTell(f"the service is busy: {step.error.short}")
    return step


def refusal_of(
    storage: AzureStorage,
    refusal: S3Refusal,
    action: str,
    doing: str,
    why: str,
    breaks: Sequence[Stage],
    finding: Callable[..., Finding] = blocker,
) -> Finding:
    """The finding for a request that the service refuses; `doing` completes `may not` or `can't`."""
    place = f"the account {storage.account}" if action == "delegate" else storage.playground
    return finding(
        what=refusal_told(who(storage), refusal, doing, place),
        why=why,
        fix=remedy(storage, refusal, action),
        where=storage.config.parameter("credentials.type").path if refusal.denied else container_path(storage),
        breaks=breaks,
        evidence=refusal,
    )


def remedy(storage: AzureStorage, refusal: S3Refusal, action: str) -> str:
    """What to do about a refusal."""
    if refusal.denied and action == "delegate":
        return (
            f"Give the identity the role Storage Blob Delegator on the account {storage.account} itself, or"
            f" {ACTIONS[action]}; a role on the container is not enough. Or set storage.redirect.disable: true."
        )
    if refusal.denied:
        return (
            f"Give the identity the role Storage Blob Data Contributor on the container, or {ACTIONS[action]}"
            " (registry-preflight policy prints the command); a new assignment takes up to ten minutes."
        )
    return _FIXES.get(refusal.code, "Look the code up among Azure's blob service error codes.")


def who(storage: AzureStorage) -> str:
    """The registry's identity, to begin a sentence with."""
    return storage.identity[0].upper() + storage.identity[1:]


def container_path(storage: AzureStorage) -> str:
    """The dotted path of the container."""
    return storage.config.parameter("container").path
