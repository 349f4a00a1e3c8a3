"""`azure.write-blobs`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, AzureStorage, Finding, blocker, check

from ._account import REQUESTS
from ._rights import CONTAINER, container_path, refusal_of, tried

WHY = "The registry answers each push with 500."
STEPS = (
    ("marker", "write", "write blobs"),
    ("state", "write", "overwrite blobs"),
    ("data", "append", "make append blobs"),
    ("send", "append", "append to blobs"),
    ("stat", "read", "see how long a blob is"),
    ("read", "read", "read back what was written"),
)


@check(
    "azure.write-blobs",
    storage=AzureStorage,
    needs=[CONTAINER, "azure.namespace", "azure.immutability"],
    touches="writes",
    drivers=["azure"],
    stages=[PUSH],
    proves=[PUSH],
)
def write_blobs(storage: AzureStorage) -> Iterator[Finding]:
    """A new upload can be written, grown and read back.

    Layers are append blobs in all releases, which grow by blocks of 4 MiB; 3.x says for each at which size it expects
    the blob. Small files (links, states, dates) are block blobs in 2.7 and 2.8, and append blobs in 2.5 and 3.x, which
    delete and make anew what they overwrite. The check does both, a small piece and one of 4 MiB, under names
    that only this run has.
    """
    for name, action, doing in STEPS:
        step = tried(storage, name)
        if step.error:
            # Whoever may not read what is there can't pull, delete or collect it.
            breaks = REQUESTS if name == "read" and step.error.denied else [PUSH]
            yield refusal_of(storage, step.error, action, doing, WHY, breaks)
            return
    if storage.rehearsal.step("stat").value is not True or storage.rehearsal.step("read").value is not True:
        yield blocker(
            what="What was written comes back changed.",
            why="The registry compares size and digest of each layer before it takes it.",
            fix="See what stands between the registry and the service.",
            where=container_path(storage),
            breaks=[PUSH],
        )
