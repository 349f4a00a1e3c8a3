"""`s3.signature`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Config, Finding, blocker, check, note, warning

from ._store import at_amazon, path_of

READS = ("registry-2.7", "registry-2.8", "registry-3.0", "registry-3.1")


@check("s3.signature", when=("storage.*.v4auth",), needs=["storage.driver"], drivers=["s3"], stages=(START, GC))
def signature(config: Config) -> Iterator[Finding]:
    """Requests are signed with the version that the store takes.

    `v4auth: false` chooses signature version 2, for old stores that know nothing else. The driver refuses it where no
    `regionendpoint` is given, and where the endpoint holds the text s3.amazonaws.com; `serve` and `garbage-collect`
    both end there (2.8.2, seen). Release 2.5 always signs with version 4 and ignores the key.
    """
    v4auth = config.parameter("v4auth")
    if v4auth.value is not False or not config.parameters.reads("v4auth"):
        return
    address = config.parameter("regionendpoint").text
    if not address or "s3.amazonaws.com" in address:
        yield blocker(
            what="v4auth is false, and requests go to Amazon.",
            why="The driver refuses this pair at start: on Amazon S3 it signs with version 4 only.",
            fix=f"Remove {v4auth.path}, or set {path_of(config, 'regionendpoint')} to the store that needs version 2.",
            where=v4auth.path,
            breaks=EVERY_STAGE,
            releases=READS,
        )
    elif at_amazon(config):
        yield warning(
            what="v4auth is false, and the endpoint is one of Amazon's.",
            why="The registry starts, but Amazon takes version 2 in no region opened since 2014 and for no bucket"
            " made since June 2020.",
            fix=f"Remove {v4auth.path}.",
            where=v4auth.path,
            releases=READS,
        )
    else:
        yield note(
            what="Requests are signed with version 2 of the signature.",
            why="Newer stores have dropped it, and its pre-signed URLs differ too.",
            fix=f"Remove {v4auth.path} unless the store knows nothing else.",
            where=v4auth.path,
            releases=READS,
        )
