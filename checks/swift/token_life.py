"""`swift.token-life`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from registry_preflight import Finding, SwiftStorage, check, note

SHORT = 15 * 60


@check("swift.token-life", storage=SwiftStorage, needs=["swift.catalog"], touches="reads", drivers=["swift"])
def token_life(storage: SwiftStorage) -> Iterator[Finding]:
    """The token lives long enough for a layer.

    The driver logs in again where the storage says 401, and sends the segment once more. A segment that takes longer than a
    token lives fails, and pushes are seen to fail now and then: `swift: HTTP Error: 401 Unauthorized`.
    """
    expires = storage.session.expires
    if not expires:
        return
    try:
        until = datetime.fromisoformat(expires)
    except ValueError:  # a server's own form; the driver does not look at it either
        return
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    left = (until - datetime.now(UTC)).total_seconds()
    if left < SHORT:
        yield note(
            what=f"A token lives for {max(left, 0):.0f} seconds.",
            why="Uploads that take longer are seen to fail now and then with 401.",
            fix="Have the cluster's operators set [token] expiration to an hour or more, and compare the clocks.",
            where="storage.swift.authurl",
        )
