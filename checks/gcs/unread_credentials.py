"""`gcs.unread-credentials`."""

from __future__ import annotations

import binascii
from collections.abc import Iterator

from registry_preflight import Config, Finding, check, warning


@check("gcs.unread-credentials", needs=["storage.driver"], drivers=["gcs"])
def unread_credentials(config: Config) -> Iterator[Finding]:
    """The key stands where the driver looks for it.

    Harbor's chart has `encodedkey`, which it writes into a file for the registry; the registry itself reads no such
    key. With `keyfile` the driver does not look at `credentials`.
    """
    given, value, spelling = config.parameters.raw("encodedkey")
    if given:
        yield warning(
            what="encodedkey is set, which is a setting of Harbor's chart and none of the registry's."
            + ("" if _is_key(value) else " It is not the base64 of a service account's key either."),
            why="The registry ignores it and looks for other credentials; Harbor cannot decode what is no base64.",
            fix="Write keyfile with the path of the key. For Harbor, give the whole JSON file in base64.",
            where=f"storage.{config.driver}.{spelling}",
        )
    credentials = config.parameter("credentials")
    if credentials.given and config.parameters.reads("credentials") and config.parameter("keyfile").given:
        yield warning(
            what="Both keyfile and credentials are set.",
            why="The driver reads the file and ignores credentials.",
            fix=f"Remove one of the two, such as {credentials.path}.",
            where=credentials.path,
        )


def _is_key(value: object) -> bool:
    try:
        return b'"private_key"' in binascii.a2b_base64(str(value), strict_mode=True)
    except (binascii.Error, ValueError):
        return False
