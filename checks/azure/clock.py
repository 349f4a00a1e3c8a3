"""`azure.clock`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import AzureStorage, Finding, S3Refusal, blocker, check, warning

from .._clocks import LIMIT, zone
from ._account import REQUESTS, broken
from ._contact import consequence, refused

#: Seconds by which 3.x lets the addresses for clients begin earlier than its own clock says.
EARLIER = 10.0
ASK = (
    "Set the clock of the host and keep it with chrony or systemd-timesyncd. A container has the clock of its host; on a"
    " virtual machine ask that one."
)


@check(
    "azure.clock",
    storage=AzureStorage,
    needs=["azure.firewall"],
    touches="reads",
    drivers=["azure"],
    stages=REQUESTS,
)
def clock(storage: AzureStorage) -> Iterator[Finding]:
    """The clocks of this machine and of the service agree.

    Each request is signed with the time, and Azure refuses one that is 15 minutes off with the same
    AuthenticationFailed as a wrong key; its details say which. Addresses for clients begin now: 3.x makes them begin
    ten seconds earlier, so that a clock that is fast by more gives addresses that are not valid yet. The service's
    clock is read from the Date of its answers, refusals included. Where the two disagree, a time server tells which is
    wrong: that of `--ntp`, or a public one.
    """
    offset = storage.clock_offset
    refusal = _of_time(storage)
    far = offset is not None and offset.surely >= LIMIT
    early = offset is not None and not storage.old and storage.config.redirects_to_storage and offset.most < -EARLIER
    if offset is None or not (refusal or far or early or offset.surely >= LIMIT / 2):
        return
    certain = refusal is not None or (far and refused(storage, "AuthenticationFailed") is not None)
    direction = "behind" if offset.middle > 0 else "ahead of"
    say, breaks = (blocker, broken(storage.config)) if certain else (warning, ())
    told = _whose(storage)
    yield say(
        what=f"This machine's clock is {abs(offset.middle):.0f} s {direction} the service's{zone(offset.middle)}.",
        why=(
            consequence(storage.config)
            if certain
            else "The addresses that the registry signs are not valid yet for as long: pulls that are redirected fail."
            if early and offset.surely < LIMIT / 2
            else f"At {LIMIT:.0f} s the service refuses every request."
        )
        + told,
        fix=ASK,
        breaks=breaks,
        evidence=[
            *([refusal] if refusal else []),
            f"Date of {storage.address.host}: {offset.middle:+.1f} s, exact to {offset.exactness:.1f} s",
        ],
    )


def _of_time(storage: AzureStorage) -> S3Refusal | None:
    """The refusal, where its details say that it is about the time."""
    refusal = refused(storage, "AuthenticationFailed")
    detail = refusal.fields.get("detail", "") if refusal else ""
    return refusal if "date header" in detail.lower() or "time frame" in detail else None


def _whose(storage: AzureStorage) -> str:
    server, offset = storage.time_server
    if offset is None:
        return ""
    if offset.surely < LIMIT / 2:
        return f" By {server} this machine's clock is right ({offset.middle:+.1f} s)."
    return f" By {server} this machine's clock is wrong by {abs(offset.middle):.0f} s."
