"""`gcs.bucket`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, Config, Finding, blocker, check


@check("gcs.bucket", needs=["storage.driver"], drivers=["gcs"])
def bucket(config: Config) -> Iterator[Finding]:
    """The bucket is a name, without gs:// and without a folder.

    The bucket is not looked at when the registry starts. A folder inside it belongs into `rootdirectory`.
    """
    parameter = config.parameter("bucket")
    name = parameter.text
    if "/" not in name:
        return
    first, _, folder = (name.partition("://")[2] or name).strip("/").partition("/")
    yield blocker(
        what=f"The bucket {name!r} is an address or a path.",
        why="The registry can start; there is no such bucket, so every push and pull fails.",
        fix=f"Set {parameter.path}: {first}" + (f" and storage.gcs.rootdirectory: {folder}" if folder else ""),
        where=parameter.path,
        breaks=(PUSH, PULL, DELETE, GC),
    )
