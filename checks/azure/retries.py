"""`azure.retries`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Where, blocker, check, warning

from ._account import NEW


@check("azure.retries", needs=["storage.driver"], drivers=["azure"])
def retries(config: Config) -> Iterator[Finding]:
    """The driver waits for a copy to finish before it goes on.

    At the end of each push the service copies the layer to its place. From 3.0 on the driver asks `max_retries` times
    whether that is done, with `retry_delay` before the first repeat. With -1 it asks not at all: a copy that is not done
    at once is aborted and reported as done (3.1.1, by its source); with other negative numbers that push fails. No variable reaches these
    two keys, because of the underscore in them.
    """
    for name in config.environment:
        if name.startswith(("REGISTRY_STORAGE_AZURE_MAX_", "REGISTRY_STORAGE_AZURE_RETRY_")):
            key = "max_retries" if "_MAX_" in name else "retry_delay"
            yield warning(
                what=f"{name} does not set {key}.",
                why="The underscore counts as one more level, so the variable makes a map that nobody reads.",
                fix=f"Write {key} into the file, below storage.azure.",
                where=Where(path=f"storage.azure.{key}", variable=name),
                releases=NEW,
            )
    count = config.parameter("max_retries")
    if config.parameters.reads("max_retries") and isinstance(count.value, int) and count.value < 0:
        lost = count.value == -1
        yield blocker(
            what=f"max_retries is {count.value}.",
            why="A copy that the service does not finish at once is aborted, and the push "
            + ("is reported as done: the layer is lost without a trace." if lost else "fails."),
            fix=f"Remove {count.path}, or set it to 5 or more.",
            where=count.path,
            releases=NEW,
        )
