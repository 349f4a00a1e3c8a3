"""`notifications.endpoints`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "notifications.endpoints"


def told(endpoint: str) -> str:
    return f"{FILESYSTEM}notifications: {{endpoints: [{{{endpoint}}}]}}\n"


@pytest.mark.parametrize(
    "endpoint",
    ["name: a", "url: ''", "url: events.example.com", "url: 'tcp://a:1'", "url: 'http://'", "url: '1.2.3.4:5'"],
)
def test_a_url_that_no_event_reaches(endpoint: str) -> None:
    (finding,) = found(ID, told(endpoint))
    assert (finding.severity, finding.breaks) == ("warning", ())


@pytest.mark.parametrize("setting", ["timeout: 5", "backoff: 10", "timeout: -1s"])
def test_times_that_are_far_too_short(setting: str) -> None:
    (finding,) = found(ID, told(f"url: 'https://a.example.com', {setting}"))
    assert "nanoseconds" in finding.why


def test_a_token_in_the_clear() -> None:
    (finding,) = found(ID, told("url: 'http://a.example.com', headers: {authorization: [Bearer abcdefgh]}"))
    assert ("https" in finding.fix, "abcdefgh" in repr(finding)) == (True, False)


@pytest.mark.parametrize(
    "endpoint",
    [
        "url: 'https://a.example.com/x', timeout: 1s, headers: {Authorization: [Bearer abcdefgh]}",
        "url: 'http://a'",
        "disabled: true",
    ],
)
def test_an_endpoint_that_is_right(endpoint: str) -> None:
    assert found(ID, told(endpoint)) == ()


def test_no_endpoints() -> None:
    assert found(ID, FILESYSTEM) == ()
