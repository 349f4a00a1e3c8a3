"""`azure.redirect-urls`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PULL, AzureStorage, Finding, blocker, check

from ._rights import CONTAINER, tried

_FIX = "Set storage.redirect.disable: true, and the registry hands the layers out itself"
FIXES = {
    "AuthenticationFailed": f"Mend the clock, if azure.clock warns. {_FIX}.",
    "AuthorizationFailure": f"{_FIX}; or let the clients' networks into the account's firewall.",
    "AuthorizationProtocolMismatch": f"{_FIX}; or use https://: the addresses are signed for that alone.",
    "KeyBasedAuthenticationNotPermitted": f"{_FIX}; or allow access by key: the addresses are signed with it.",
    "PublicAccessNotPermitted": f"{_FIX}.",
}


@check(
    "azure.redirect-urls",
    storage=AzureStorage,
    needs=[CONTAINER],
    touches="writes",
    drivers=["azure"],
    stages=[PULL],
)
def redirect_urls(storage: AzureStorage) -> Iterator[Finding]:
    """A client that is sent to the service gets the layer.

    With redirects on, the registry answers the pull of a layer with an address of the blob that is signed for twenty
    minutes (SAS); 3.x signs it for https alone. The check fetches one as a client does, without credentials, from this
    machine. Clients come from their own networks: a firewall that lets the registry in may keep them out.
    """
    if not storage.config.redirects_to_storage:
        return
    step = tried(storage, "redirect")
    if step.error:
        fix = FIXES.get(step.error.code, f"{_FIX}; or see what stands in front of the service.")
        if storage.misread:
            fix = (
                f"{_FIX}; or give an address whose host name begins with the account: the library signs for what it reads"
                " off the address, and that is another container or account here."
            )
        yield _failed(storage, step.error.short, fix, step.error)


def _failed(storage: AzureStorage, told: str, fix: str, evidence: object) -> Finding:
    return blocker(
        what=f"A client that the registry sends to {storage.address.host} gets no layer: {told}.",
        why="Pulls of layers fail at the client, while the registry's own log shows nothing.",
        fix=fix,
        where="storage.redirect.disable",
        breaks=[PULL],
        evidence=evidence,
    )
