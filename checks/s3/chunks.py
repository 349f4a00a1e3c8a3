"""`s3.chunks`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note, warning

from ._store import endpoint, path_of

PARTS = 10_000
GIB = 1 << 30


@check("s3.chunks", needs=["storage.driver"], drivers=["s3", "s3goamz"])
def chunks(config: Config) -> Iterator[Finding]:
    """The largest layer that fits is large enough.

    A layer is uploaded in parts of `chunksize`, and a store takes 10,000 parts: with the default of 10 MiB a layer
    can have about 97 GiB. Moving it to its place copies it, in one request up to `multipartcopythresholdsize` and in
    parts of `multipartcopychunksize` above that. Release 2.5 always copies in one request, which stores limit to 5
    GiB, and sees only the first 1,000 parts of an upload. Each upload holds one chunk in memory, in 2.x about two.
    """
    size = config.parameter("chunksize")
    if not isinstance(size.value, int):
        return
    largest, because = size.value * PARTS, f"{PARTS:,} parts of {size.value:,} bytes"
    copies = config.parameters.reads("multipartcopychunksize")
    if not copies and largest > 5 * GIB:
        largest, because = 5 * GIB, "the move to its place is one copy, which stores limit to that"
    elif (
        copies and isinstance(part := config.parameter("multipartcopychunksize").value, int) and part * PARTS < largest
    ):
        largest, because = part * PARTS, f"its move to its place is a copy in at most {PARTS:,} parts of {part:,} bytes"
    yield note(
        what=f"The largest layer that can be pushed has {largest / GIB:.0f} GiB: {because}.",
        why="A larger one is uploaded up to there, and then the push fails.",
        fix=_remedy(config, copies),
        where=size.path if size.given else path_of(config, "chunksize"),
        releases=() if copies else ("registry-2.5",),
    )
    if size.value >= GIB:
        yield warning(
            what=f"chunksize is {size.value / GIB:.1f} GiB.",
            why=f"Each upload in progress holds {'about two chunks' if config.release.major < 3 else 'a chunk'} in"
            " memory: a few at once use up the machine's.",
            fix=f"Set {size.path} to 100 MiB (104857600) or less.",
            where=size.path,
        )
    yield from _equal_parts(config)


def _equal_parts(config: Config) -> Iterator[Finding]:
    place = endpoint(config)
    if place is not None and place.host.endswith(".r2.cloudflarestorage.com"):
        yield warning(
            what="The store is Cloudflare R2, which wants all parts of an upload but the last to have the same size.",
            why="The driver joins what is left of a request to the next part, so sizes differ: layers larger than one"
            " chunk may fail to push.",
            fix=f"Set {path_of(config, 'chunksize')} above the largest layer, or use another store.",
            where=path_of(config, "regionendpoint"),
        )


def _remedy(config: Config, copies: bool) -> str:
    if not copies:
        return "Nothing for ordinary images; for larger layers use 2.7 or later."
    return f"Nothing for ordinary images; for larger layers raise {path_of(config, 'chunksize')} (bytes)."
