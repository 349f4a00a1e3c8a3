"""`swift.account-key`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import EVERY_STAGE, GC, START, Finding, SwiftStorage, blocker, check, warning

from ._terms import CONTAINER, who


@check(
    "swift.account-key", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"], stages=(START, GC)
)
def account_key(storage: SwiftStorage) -> Iterator[Finding]:
    """Where the key of temporary addresses is the account's, the account may be asked for it.

    Clusters before 2.3.0 keep that key at the account. The driver compares the version as text, so it takes 2.10 to 2.29 and
    Ceph's gateway for older ones. Then it asks for the account when it is built, redirects or not, and a user who is not its
    owner stops the registry at start with `failed to fetch account info` (2.8.2, seen).
    """
    where = storage.temp_urls
    if not where.methods or where.on_container:
        return
    version = storage.info.version
    refusal = storage.account.refusal
    shown = (
        f"By its version, {version}, the driver takes the cluster for one"
        if version
        else "The config says that the cluster is one"
    )
    if refusal is not None:
        yield blocker(
            what=f"{shown} that keeps the key of temporary addresses at the account, and {who(storage)} may not ask for the account:"
            f" {refusal.short}.",
            why="The registry panics at start: failed to fetch account info.",
            fix="Use a user who owns the account, or have the cluster's operators leave the filter tempurl out.",
            where="storage.swift.username",
            breaks=EVERY_STAGE,
            evidence=refusal,
        )
    elif version and not storage.account.value.headers.get("x-account-meta-temp-url-key"):
        yield warning(
            what=f"{shown} that keeps the key of temporary addresses at the account; the registry will write one there.",
            why="It counts for every container of the account.",
            fix="Set a key of your own before: swift post -m 'Temp-URL-Key:KEY', and give it as storage.swift.secretkey.",
            where="storage.swift.secretkey",
        )
