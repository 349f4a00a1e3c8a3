"""`moving.s3-delete-errors`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note

from ._releases import NEW


@check("moving.s3-delete-errors", needs=["storage.driver"], drivers=["s3"])
def s3_delete_errors(config: Config) -> Iterator[Finding]:
    """The rights to delete are there, as 3.x insists.

    At the end of each push the registry deletes the upload. Amazon answers a refusal for single keys with success
    as a whole; up to 2.8 the driver does not look closer, and 2.5 not even at a refusal of the request. From 3.0 on
    each such refusal is an error. 3.x also asks for objects with HEAD, which needs s3:GetObject.
    """
    old = config.release.major < 3
    yield note(
        what="3.x makes an error of every object that the credentials may not delete; 2.x overlooked them.",
        why="Credentials without s3:DeleteObject push with 2.x and leave uploads behind; with 3.x each push fails at"
        " its end.",
        fix="Allow s3:DeleteObject and s3:GetObject on all objects" + (" before the move." if old else "."),
        where=f"storage.{config.driver}.bucket",
        releases=NEW,
    )
