"""`azure.health`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PULL, PUSH, AzureStorage, Finding, blocker, check

from ._account import NEW
from ._rights import CONTAINER, tried

ENABLED = "health.storagedriver.enabled"


@check(
    "azure.health",
    storage=AzureStorage,
    needs=[CONTAINER],
    touches="reads",
    drivers=["azure"],
    releases=NEW,
    stages=[PUSH, PULL, DELETE],
    when=("health",),
)
def health(storage: AzureStorage) -> Iterator[Finding]:
    """The health check of the storage can look at its root.

    Every interval it asks for `/`. With `rootdirectory: /` the driver of 3.x asks for a blob without a name, which the
    service refuses as a bad request (distribution pull request 3932 mends that for an empty rootdirectory alone; Azurite,
    seen): after `threshold` failures every request is answered with 503.
    """
    config = storage.config
    if config.get(ENABLED) is not True:
        return
    step = tried(storage, "health")
    if step.error:
        root = config.parameter("rootdirectory")
        slashes = root.text and not root.text.strip("/")
        yield blocker(
            what=f"The health check of the storage is refused: {step.error.short}.",
            why="After a few failures the registry answers every request with 503.",
            fix=f"Remove {root.path}: {root.text}, which means the same." if slashes else f"Set {ENABLED}: false.",
            where=root.path if slashes else ENABLED,
            breaks=[PUSH, PULL, DELETE],
            evidence=step.error,
        )
