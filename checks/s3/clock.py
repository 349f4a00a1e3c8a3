"""`s3.clock`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, blocker, check, warning

from .._clocks import LIMIT, zone
from ._contact import consequence, refused
from ._store import REQUESTS

SKEWED = ("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture")
ASK = (
    "Set the clock of the host and keep it with chrony or systemd-timesyncd. A container has the clock of its host; on a"
    " virtual machine (Docker Desktop, a laptop that slept) ask that one: compare `date -u` in a container with"
    " `date -u` outside."
)


@check(
    "s3.clock",
    storage=S3Storage,
    needs=["s3.endpoint-answers"],
    touches="reads",
    drivers=["s3"],
    stages=REQUESTS,
)
def clock(storage: S3Storage) -> Iterator[Finding]:
    """The clocks of this machine and of the store agree.

    Each request is signed with the time. S3 refuses it where the clocks are 15 minutes apart, and says
    RequestTimeTooSkewed; a redirected client gets a URL that lives for 20 minutes of the store's time. The store's
    clock is read from the Date of its answers, refusals included, so this needs no right at all. Where the two
    disagree, a time server tells which is wrong: that of `--ntp`, or a public one.
    """
    refusal, offset = refused(storage, *SKEWED), storage.clock_offset
    if refusal is None and (offset is None or offset.surely < LIMIT / 2):
        return
    far = f"{abs(offset.middle):.0f} s {'behind' if offset.middle > 0 else 'ahead of'} the store's" if offset else ""
    evidence: list[object] = [refusal] if refusal else []
    if offset:
        evidence.append(f"Date of {storage.address.host}: {offset.middle:+.1f} s, exact to {offset.exactness:.1f} s")
    say, breaks = (blocker, REQUESTS) if refusal else (warning, ())
    whose, told = _whose(storage)
    yield say(
        what=f"This machine's clock is {far}{zone(offset.middle)}."
        if offset
        else "The store refuses this machine's time.",
        why=(consequence(storage.config) if refusal else f"At {LIMIT:.0f} s the store refuses every request.")
        + (f" {told}" if told else ""),
        fix="Set the clock of the store's servers and keep it with chrony; behind a balancer, of each."
        if whose == "store"
        else ASK,
        breaks=breaks,
        evidence=evidence,
    )


def _whose(storage: S3Storage) -> tuple[str, str]:
    """Whose clock is wrong, `store` or `host`, as a time server has it; empty where none answers."""
    server, offset = storage.time_server
    if offset is None:
        return "", ""
    if offset.surely < LIMIT / 2:
        return "store", f"By {server} this machine's clock is right ({offset.middle:+.1f} s), so the store's is wrong."
    return "host", f"By {server} this machine's clock is wrong by {abs(offset.middle):.0f} s."
