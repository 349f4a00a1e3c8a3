"""The first request to the service, which several checks look at, each for what is its own.

It lists the blobs of an upload, as every push does; when all is well, the layers below it cost nothing.
"""

from __future__ import annotations

from registry_preflight import (
    AzureRefusal,
    AzureStorage,
    Config,
    NamedTuple,
    NetworkTrouble,
    S3Refusal,
    Stage,
    TokenTrouble,
)

from ._account import REQUESTS, broken, when

#: The static checks that leave nobody to ask.
ADDRESS = (
    "storage.driver", "storage.required", "storage.parameters", "azure.account", "azure.container", "azure.realm", "azure.credentials",
    "azure.account-key", "azure.service-url",
)  # fmt: skip
#: The status of Create Container where there is one already, whatever the code says.
CONFLICT = 409
#: What Azurite, an emulator, answers to a wrong key; Azure uses it for networks that may not come in.
AMBIGUOUS = "AuthorizationFailure"


class Contact(NamedTuple):
    """What came of it: one of the three, or none where the blobs were listed."""

    trouble: NetworkTrouble | None = None
    token: TokenTrouble | None = None
    refusal: S3Refusal | None = None


def contact(storage: AzureStorage) -> Contact:
    """What came of the first request, made once for all."""
    try:
        step = storage.rehearsal.step("contact")
    except NetworkTrouble as trouble:
        return Contact(trouble=trouble)
    except TokenTrouble as trouble:
        return Contact(token=trouble)
    if step.trouble is not None:
        return Contact(trouble=step.trouble)
    return Contact(refusal=step.error)


def at_service(storage: AzureStorage) -> NetworkTrouble | None:
    """The trouble on the way to the service, and not on that to a token."""
    found = contact(storage).trouble
    return found if found is not None and not at_authority(storage, found) else None


def at_authority(storage: AzureStorage, found: NetworkTrouble) -> bool:
    """Whether a trouble lies on the way to a token."""
    return storage.by_token and found.host != storage.address.host and found.layer != "proxy"


def trouble(storage: AzureStorage, *kinds: str) -> NetworkTrouble | None:
    """The trouble on the way to the service, if it is of one of these kinds."""
    found = at_service(storage)
    return found if found is not None and found.kind in kinds else None


def refused(storage: AzureStorage, *codes: str) -> S3Refusal | None:
    """The service's refusal, if it has one of these codes."""
    found = contact(storage).refusal
    return found if found is not None and found.code in codes else None


def by_emulator(refusal: S3Refusal) -> bool:
    """Whether Azurite answers, which has words of its own."""
    return refusal.fields.get("server", "").startswith("Azurite")


def consequence(config: Config, refusal: S3Refusal | None = None) -> str:
    """What an operator sees where no request succeeds."""
    if refusal is not None and _starts(refusal):
        return (
            "The registry starts, for 2.x takes such an answer for a container that is there; then all requests fail."
        )
    return when(config)


def fails(config: Config, refusal: S3Refusal) -> tuple[Stage, ...]:
    """The stages that fail where the service answers all requests so."""
    return REQUESTS if _starts(refusal) else broken(config)


def _starts(refusal: S3Refusal) -> bool:
    """Whether the driver of 2.x takes such an answer to Create Container (2.8.2, seen)."""
    return refusal.status == CONFLICT or refusal.status < 300


def place(storage: AzureStorage) -> str:
    """The setting that the address comes from."""
    config = storage.config
    if storage.address.given:
        return config.parameter("serviceurl").path
    return config.parameter("realm" if config.parameter("realm").given else "accountname").path


__all__ = [
    "ADDRESS", "AMBIGUOUS", "AzureRefusal", "Contact", "at_authority", "at_service", "broken", "by_emulator",
    "consequence", "contact", "fails", "place", "refused", "trouble",
]  # fmt: skip
