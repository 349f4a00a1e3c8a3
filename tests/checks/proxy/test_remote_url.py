"""`proxy.remote-url`."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from registry_preflight.fixtures import referee

from registry_preflight import DELETE, PUSH, START, Outcome, foretell

from ..findings import FILESYSTEM, STORED, found

ID = "proxy.remote-url"


def caching(url: str, base: str = FILESYSTEM, more: str = "") -> str:
    return f"{base}proxy: {{remoteurl: '{url}'{more}}}\n"


@pytest.mark.parametrize(
    "url", ["mirror.example.com", "/", "mars-1", "1.2.3.4:5000", "https://", "tcp://mirror:5000", "http://a b"]
)
def test_an_address_that_can_not_be_called(url: str) -> None:
    (finding,) = found(ID, caching(url))
    assert START in finding.breaks


@pytest.mark.parametrize("url", ["mars-1", "/", "tcp://mirror:5000"])
def test_2_5_does_not_call_it(url: str) -> None:
    (finding,) = found(ID, caching(url), target="registry-2.5")
    assert START not in finding.breaks


@pytest.mark.parametrize("url", ["1.2.3.4:5000", "http://a b"])
def test_2_5_parses_it(url: str) -> None:
    (finding,) = found(ID, caching(url), target="registry-2.5")
    assert START in finding.breaks


def test_3_x_does_not_call_it_with_a_helper() -> None:
    (finding,) = found(ID, caching("mars-1", more=", exec: {command: x}"), target="registry-3.1")
    assert START not in finding.breaks


def test_a_cache_takes_no_pushes_and_deletes() -> None:
    (finding,) = found(ID, caching("https://registry-1.docker.io"))
    assert (finding.severity, finding.breaks) == ("note", (PUSH, DELETE))


def test_no_cache() -> None:
    assert found(ID, FILESYSTEM) == ()


class _Mirrored(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirrored() -> Iterator[str]:
    """The URL of a server that answers 200 to everything."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Mirrored) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_real_cache_refuses_what_was_foretold(tmp_path: Path, mirrored: str) -> None:
    store = STORED.format(tmp_path)
    config = tmp_path / "config.yml"
    config.write_text(store)
    seeds = referee.seed(config)
    config.write_text(caching(mirrored, store))
    real = {stage for stage, said in referee.judge(config, seeds).items() if said != "works"}
    predictions = foretell(caching(mirrored, store), {}).predictions
    assert (
        real
        == {stage.value for stage, said in predictions.items() if said.outcome is Outcome.FAILS}
        == {"push", "delete"}
    )
