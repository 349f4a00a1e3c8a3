"""Stores that want parts of one length."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning

from ._store import endpoint, path_of

#: Stores that refuse an upload whose parts, but for the last, differ in length.
_DEMAND = (".r2.cloudflarestorage.com",)


@check("s3.equal-parts", drivers=["s3"], when=["storage.*.regionendpoint"])
def equal_parts(config: Config) -> Iterator[Finding]:
    """The store takes parts of different lengths.

    A client that sends a layer in one request gives parts of `chunksize`, and a last one of what is left. With several
    requests for one layer, each ends with a part of its own length, which Cloudflare's R2 refuses when the upload is
    completed: all non-trailing parts must have the same length.
    """
    place = endpoint(config)
    if place is not None and place.host.endswith(_DEMAND):
        yield warning(
            what=f"{place.host} takes only uploads whose parts have one length, but for the last.",
            why="Pushes of clients that send a layer in several requests fail at its end; those of Docker and Skopeo use one.",
            fix="Raise chunksize above the largest layer, so that each layer is one part, or use another store.",
            where=path_of(config, "regionendpoint"),
        )
