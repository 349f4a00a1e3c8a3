"""`azure.copy-blobs`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import PUSH, AzureStorage, CannotTell, Finding, blocker, check

from ._rights import container_path, refusal_of, tried

WHY = "The registry answers the closing PUT of each layer with 500, after all of it has been sent."


@check(
    "azure.copy-blobs",
    storage=AzureStorage,
    needs=["azure.write-blobs"],
    touches="writes",
    drivers=["azure"],
    stages=[PUSH],
    proves=[PUSH],
)
def copy_blobs(storage: AzureStorage) -> Iterator[Finding]:
    """A finished upload can be copied to its place, in time.

    Azure knows no renaming: the service copies the blob, which it may do later. 2.x waits for that without end; 3.x asks
    `max_retries` times, about a second in all with the defaults, and then gives up. The source is named by its plain
    address (3.0.0 and 3.1.1 by their source: they no longer sign it); within an account the right to read blobs lets the copy
    through, but the service has to know the address of `serviceurl` as one of its own.
    """
    step = tried(storage, "copy")
    if step.error:
        yield refusal_of(storage, step.error, "write", "copy a finished upload to blobs/sha256", WHY, [PUSH])
        return
    state = str(step.value)
    if state == "slow":
        longer = "without end" if storage.old else "longer, as max_retries and retry_delay say"
        raise CannotTell(
            f"the service had not copied a few megabytes after five seconds; the registry waits for that {longer}"
        )
    if state == "pending":
        yield blocker(
            what="The service does not copy a few megabytes in the time that the registry waits.",
            why=WHY,
            fix="Set storage.azure.max_retries to 20 or more, and retry_delay to 500ms; see why the account is so slow.",
            where="storage.azure.max_retries",
            breaks=[PUSH],
        )
    elif state != "success":
        yield blocker(
            what=f"The service gave up copying a blob: {state}.",
            why=WHY,
            fix="Look the code up among Azure's blob service error codes.",
            where=container_path(storage),
            breaks=[PUSH],
            evidence=state,
        )
