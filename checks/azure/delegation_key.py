"""`azure.delegation-key`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, AzureStorage, Finding, check

from ._rights import CONTAINER, refusal_of, tried


@check(
    "azure.delegation-key",
    storage=AzureStorage,
    needs=[CONTAINER],
    touches="reads",
    drivers=["azure"],
    stages=[PULL],
    when=("storage.azure.credentials",),
)
def delegation_key(storage: AzureStorage) -> Iterator[Finding]:
    """The token's owner may delegate a key.

    A token can't sign addresses. So 3.x asks for a key to sign with, Get User Delegation Key, for two days at a time, for
    the addresses that clients are sent to. That is a right on the account: a role on the container does not have it. If
    it is refused, the registry does not fall back on serving the layer itself: the pull ends with 500. Pushes need no such key,
    and nothing does where redirects are off.
    """
    if not storage.by_token or not storage.config.redirects_to_storage:
        return
    step = tried(storage, "delegate")
    if step.error:
        yield refusal_of(
            storage, step.error, "delegate", "get a key to sign with", "Each pull of a layer fails with 500.", [PULL]
        )
