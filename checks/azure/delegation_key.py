"""`azure.delegation-key`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, PUSH, AzureStorage, Finding, check

from ._account import redirects
from ._rights import CONTAINER, refusal_of, tried


@check(
    "azure.delegation-key",
    storage=AzureStorage,
    needs=[CONTAINER],
    touches="reads",
    drivers=["azure"],
    stages=[PUSH, PULL],
    when=("storage.azure.credentials",),
)
def delegation_key(storage: AzureStorage) -> Iterator[Finding]:
    """The token's owner may delegate a key.

    A token can't sign addresses. So 3.x asks for a key to sign with, Get User Delegation Key, for two days at a time: for
    the source of each copy, at the end of each layer's push, and for the addresses that clients are sent to. That is a
    right on the account: a role on the container does not have it. If it is refused, the registry does not fall back
    on serving the layer itself.
    """
    if not storage.by_token:
        return
    step = tried(storage, "delegate")
    if step.error:
        both = redirects(storage.config)
        why = "Each push of a layer fails at its end" + (", and so does each pull." if both else ".")
        yield refusal_of(
            storage, step.error, "delegate", "get a key to sign with", why, [PUSH, PULL] if both else [PUSH]
        )
