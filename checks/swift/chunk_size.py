"""`swift.chunk-size`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note, warning

#: What a cluster takes as one object unless its operator says otherwise.
LARGEST = 5 << 30
DEFAULT = 20 << 20


@check("swift.chunk-size", needs=["storage.driver"], drivers=["swift"])
def chunk_size(config: Config) -> Iterator[Finding]:
    """Layers are cut into segments of a good size.

    `chunksize` is the size of a segment. It must not be above what the cluster takes as one object, 5 GiB as a rule.
    With small segments pulls are slow: after ten of them Swift by default sends one segment a second (seen: 30 MB
    take 18 s with segments of 1 MiB).
    """
    parameter = config.parameter("chunksize")
    size = parameter.value
    if not isinstance(size, int) or parameter.wanted or not parameter.given:
        return
    if size > LARGEST:
        yield warning(
            what=f"chunksize is {size / (1 << 30):.1f} GiB, above the 5 GiB that a cluster takes by default.",
            why="Layers larger than the cluster's limit cannot be pushed: the segment is refused.",
            fix=f"Set {parameter.path} to {DEFAULT}, the default, or at most to the cluster's max_file_size.",
            where=parameter.path,
        )
    elif size < DEFAULT:
        yield note(
            what=f"chunksize is {size / (1 << 20):.0f} MiB: of a layer above {10 * size / (1 << 20):.0f} MiB, Swift"
            " by default sends one segment a second.",
            why="Pulls of large layers are slow.",
            fix=f"Remove {parameter.path}, or raise it to {DEFAULT} or more.",
            where=parameter.path,
        )
