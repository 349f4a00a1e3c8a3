"""Names that no registry writes, and at which garbage collection ends."""

from __future__ import annotations

from collections.abc import Iterable

from registry_preflight import Pattern

_BLOB = Pattern(
    r".*/blobs/(?:sha256/[0-9a-f]{2}/[0-9a-f]{64}|sha384/[0-9a-f]{2}/[0-9a-f]{96}|sha512/[0-9a-f]{2}/[0-9a-f]{128})/data"
)


def nameless(names: Iterable[str]) -> list[str]:
    """Those called `data` among the blobs whose directory is no digest."""
    return [name for name in names if "/blobs/" in name and name.endswith("/data") and not _BLOB.fullmatch(name)]
