"""`azure.container-made`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, AzureStorage, Finding, check

from ._account import OLD
from ._rights import refusal_of, tried


@check(
    "azure.container-made",
    storage=AzureStorage,
    needs=["azure.service-answers"],
    touches="writes",
    drivers=["azure"],
    releases=OLD,
    stages=[START, GC],
    proves=[START],
)
def container_made(storage: AzureStorage) -> Iterator[Finding]:
    """The registry can make its container when it starts.

    Up to 2.8 the driver sends Create Container each time it is built, and is content with "there is one already" (409,
    whatever its code). Any other refusal stops the start. The check sends that very request where the container
    exists; where it does not, it makes a container of its own, tries all else in there, and removes it: the real name
    could not be used for a while after a removal.
    """
    step = tried(storage, "container")
    if step.error:
        why = "The driver makes its container when it is built: the registry panics at start."
        yield refusal_of(storage, step.error, "write", "make a container", why, EVERY_STAGE)
