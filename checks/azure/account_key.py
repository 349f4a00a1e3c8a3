"""`azure.account-key`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Parameter, blocker, check, note, warning

from ._account import NEW, REQUESTS

#: What the two keys of an account have: 64 bytes, which are 88 characters of base64.
BYTES = 64


@check("azure.account-key", needs=["storage.driver"], drivers=["azure"])
def account_key(config: Config) -> Iterator[Finding]:
    """The account key is one of the two keys of the account.

    The portal shows beside the key a connection string and, elsewhere, signatures for shared access. The driver takes
    neither: it wants the key alone, 64 bytes as 88 characters of base64. Base64 of another length is accepted at start
    and can only be a key that was cut or mistaken. From 3.0 on the key counts for `shared_key` alone.
    """
    key = config.parameter("accountkey")
    text = key.raw if isinstance(key.raw, str) else ""
    kind = config.parameter("credentials.type").text if config.parameters.reads("credentials.type") else "shared_key"
    if kind == "shared_key" and not text and config.release.major >= 3:
        yield blocker(
            what="credentials.type is shared_key, and there is no accountkey.",
            why="The driver takes an empty key at start and signs with it: the service refuses every request.",
            fix=f"Set {key.path} to a key of the account.",
            where=key.path if key.given else "storage.azure.credentials.type",
            breaks=REQUESTS,
            releases=NEW,
        )
    elif kind != "shared_key" and text:
        yield note(
            what=f"accountkey is given, and credentials.type is {kind or 'not set'}.",
            why="The driver does not use the key then; it only lies in the file for others to read.",
            fix=f"Remove {key.path}.",
            where=key.path,
            releases=NEW,
        )
    else:
        yield from _shape(key, text)


def _shape(key: Parameter, text: str) -> Iterator[Finding]:
    if "AccountKey=" in text:
        yield note(
            what="accountkey holds a connection string.",
            why="The driver wants the key alone.",
            fix="Keep what stands between AccountKey= and the next semicolon.",
            where=key.path,
        )
    elif "sig=" in text:
        yield note(
            what="accountkey holds a signature for shared access (SAS).",
            why="The driver signs by itself and wants the key of the account; no release takes such a signature.",
            fix="Write one of the two account keys.",
            where=key.path,
        )
    elif text and not key.wanted and (size := _size(text)) is not None and size != BYTES:
        yield warning(
            what="accountkey does not have the length of an account's key, which is 88 characters.",
            why="It was probably cut or is something else: the service refuses every request.",
            fix="Copy the key again.",
            where=key.path,
        )


def _size(text: str) -> int | None:
    import binascii

    try:
        return len(binascii.a2b_base64(text.replace("\n", "").replace("\r", ""), strict_mode=True))
    except binascii.Error:  # storage.parameters tells
        return None
