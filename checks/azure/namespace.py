"""`azure.namespace`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PUSH, AzureStorage, Finding, blocker, check

from ._rights import CONTAINER

BREAKS = (PUSH, DELETE, GC)


@check("azure.namespace", storage=AzureStorage, needs=[CONTAINER], touches="reads", drivers=["azure"])
def namespace(storage: AzureStorage) -> Iterator[Finding]:
    """The names of the account's blobs are flat.

    With a hierarchical namespace (Data Lake Storage Gen2) the slashes in names make directories. The registry removes
    a tree by first deleting its name as a blob and expects "not found"; a directory that is not empty answers 409
    DirectoryIsNotEmpty instead. So each push fails at its end, with all data sent (distribution issues 4153 and 3922;
    2.8.2, seen against these answers; 3.x by its source).
    """
    if storage.survey.hierarchical is not True:
        return
    yield blocker(
        what=f"The account {storage.account} has a hierarchical namespace (Data Lake Storage Gen2).",
        why="Each push fails after all of it was sent; nothing can be deleted or collected.",
        fix="Make an account without it: it can't be switched off again.",
        where=storage.config.parameter("accountname").path,
        breaks=BREAKS,
        evidence="Get Account Information: x-ms-is-hns-enabled: true",
    )
