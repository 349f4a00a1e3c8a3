"""`middleware.repository`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, PULL, PUSH, Config, Finding, blocker, check

from ._entries import entries


@check("middleware.repository", when=("middleware",), stages=(PUSH, PULL, DELETE))
def repository(config: Config) -> Iterator[Finding]:
    """No middleware is asked for around single repositories.

    `middleware.repository` is looked at for each request to a repository, and no release has such middleware. The
    registry starts and answers /v2/, and every push, pull and delete ends with status 500 (2.8.2, seen).
    """
    for entry in entries(config, "repository"):
        yield blocker(
            what=f"No release has a repository middleware, so there is none called {entry.name!r}.",
            why="The registry starts, and answers every request to a repository with status 500.",
            fix="Remove middleware.repository. What changes URLs of blobs belongs below middleware.storage.",
            where=entry.path,
            breaks=(PUSH, PULL, DELETE),
        )
        return
