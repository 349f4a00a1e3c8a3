"""`clock.ntp` against real time servers, and against those that fail or lie."""

from __future__ import annotations

import pytest
from registry_preflight.fixtures.clock import Liar, Lie, TimeServer, nobody
from registry_preflight.fixtures.clock import time_server as another

from registry_preflight import Options, Severity, check_config, load_config
from registry_preflight.result import Result, Status

CONFIG = b"version: 0.1\nstorage: {filesystem: {rootdirectory: /srv/registry}}\n"


def asked(address: str) -> Result:
    """What the check says when it asks the server at an address."""
    options = Options(ntp=address, select=("clock.ntp",))
    report = check_config(load_config(CONFIG, {}, "registry-2.8", options=options))
    return next(result for result in report.results if result.id == "clock.ntp")


def test_the_same_time(time_server: TimeServer) -> None:
    assert asked(time_server.address).status is Status.PASSED


@pytest.mark.parametrize(
    ("ahead", "severity", "what"),
    [
        (1200, Severity.BLOCKER, "1200 s behind"),
        (-1200, Severity.BLOCKER, "1200 s ahead of"),
        (60, Severity.WARNING, "60 s behind"),
        (2 * 3600, Severity.BLOCKER, "which is a time zone's 2 h"),
    ],
)
def test_another_time(ahead: float, severity: Severity, what: str) -> None:
    with another(ahead) as server:
        (finding,) = asked(server.address).findings
    assert finding.severity is severity
    assert what in finding.what


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("kiss-of-death", "refuses to tell the time (kiss code RATE)"),
        ("stratum-16", "not synchronised itself (stratum 16)"),
        ("leap-alarm", "not synchronised itself (stratum 2)"),
        ("short", "no usable answer"),
        ("foreign", "no answer to the question"),
        ("silent", "no usable answer"),
    ],
)
def test_a_server_that_does_not_tell_the_time(lie: Lie, reason: str) -> None:
    with Liar(lie) as liar:
        said = asked(liar.address)
    assert said.status is Status.SKIPPED
    assert reason in said.reason


def test_the_code_of_a_refusal_is_not_trusted() -> None:
    with Liar("kiss-of-death", b"\x1b[2J") as liar:
        assert "\x1b" not in asked(liar.address).reason


def test_a_server_that_is_not_there() -> None:
    with nobody() as address:
        said = asked(address)
    assert said.status is Status.SKIPPED
    assert "no usable answer" in said.reason
