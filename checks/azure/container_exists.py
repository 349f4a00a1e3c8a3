"""`azure.container-exists`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, CannotTell, Finding, blocker, check, note

from ._account import REQUESTS
from ._contact import contact
from ._rights import AGAIN, container_path, refusal_of

NAME = "ContainerNotFound"


@check(
    "azure.container-exists",
    storage=AzureStorage,
    needs=["azure.identity"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def container_exists(storage: AzureStorage) -> Iterator[Finding]:
    """The container is there and can be listed.

    Up to 2.8 the driver makes a container that is missing when it is built, private. From 3.0 on nobody does: the
    registry starts, and takes "container not found" for "nothing there", so that even its health check is green; pulls
    answer 404 and pushes 500 (3.1.1, seen). A container that is being deleted can neither be used nor made anew.
    """
    refusal = contact(storage).refusal
    if refusal is None:
        return
    if refusal.code == NAME and storage.old:
        yield note(
            what=f"The container {storage.container} does not exist yet.",
            why="The registry makes it when it starts.",
            fix="Nothing; mend the name if there should be one already.",
            where=container_path(storage),
        )
    elif refusal.code == NAME:
        yield blocker(
            what=f"The container {storage.container} does not exist.",
            why="The registry starts and calls itself healthy; pulls find nothing, and pushes fail. 3.x makes no container.",
            fix=f"Make it: az storage container create --account-name {storage.account} --name {storage.container}",
            where=container_path(storage),
            breaks=REQUESTS,
            evidence=refusal,
        )
    elif refusal.code == "ContainerBeingDeleted":
        why = "For half a minute or more nothing can be done with it, and nobody can make it anew."
        yield refusal_of(storage, refusal, "read", "list blobs", why, REQUESTS)
    elif refusal.status in AGAIN or refusal.status >= 500:
        raise CannotTell(f"the service answers {refusal.short}: {refusal.message}")
    else:
        why = "Pushes, deletes and garbage collections list blobs; also the health check does."
        yield refusal_of(storage, refusal, "read", "list blobs", why, REQUESTS)
