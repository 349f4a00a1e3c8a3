"""`http.address`."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight import Status, foretell

from ..findings import FILESYSTEM, found

ID = "http.address"


def listening(**settings: str) -> str:
    inner = ", ".join(f"{name}: '{value}'" for name, value in settings.items())
    return f"{FILESYSTEM}http: {{{inner}}}\n"


@pytest.mark.parametrize(
    "addr",
    [
        "5000",
        "localhost",
        "http://localhost:5000",
        "::1:5000",
        "[::1]5000",
        "[::1",
        ":65536",
        ":-1",
        ":port",
        "a]b:5000",
        ":5000 ",
    ],
)
def test_an_address_that_nobody_can_listen_on(addr: str) -> None:
    (finding,) = found(ID, listening(addr=addr))
    assert finding.severity == "blocker"


@pytest.mark.parametrize("addr", [":5000", "localhost:5000", "127.0.0.1:5000", "0.0.0.0:5000", ":http", ":+5000"])
def test_an_address_to_listen_on(addr: str) -> None:
    assert found(ID, listening(addr=addr)) == ()


@pytest.mark.parametrize("addr", ["", ":0", "127.0.0.1:"])
def test_a_port_that_changes_is_a_warning(addr: str) -> None:
    (finding,) = found(ID, listening(addr=addr))
    assert finding.severity == "warning"


def test_a_storage_section_has_no_address_to_look_at() -> None:
    assert found(ID, "filesystem: {rootdirectory: /srv/registry}\n") == ()


@pytest.mark.parametrize("addr", ["registry.example.com:5000", "192.0.2.1:5000", "[2001:db8::1]:5000"])
def test_a_host_that_may_be_another_machine(addr: str) -> None:
    results = {result.id: result for result in foretell(listening(addr=addr), {}).results}
    assert results[ID].status is Status.SKIPPED


@pytest.mark.parametrize("net", ["tcp4", "TCP", "udp"])
def test_an_unknown_kind_of_network(net: str) -> None:
    (finding,) = found(ID, listening(net=net, addr=":5000"))
    assert finding.where.path == "http.net"


def test_a_socket_in_a_directory(tmp_path: Path) -> None:
    assert found(ID, listening(net="unix", addr=f"{tmp_path}/registry.sock")) == ()


def test_a_socket_in_no_directory(tmp_path: Path) -> None:
    (finding,) = found(ID, listening(net="unix", addr=f"{tmp_path}/run/registry.sock"))
    assert f"{tmp_path}/run" in finding.what


def test_a_file_in_the_place_of_the_socket(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (finding,) = found(ID, listening(net="unix", addr=f"{tmp_path}/file"))
    assert "no socket" in finding.what


def test_a_file_in_the_way_of_the_socket(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (finding,) = found(ID, listening(net="unix", addr=f"{tmp_path}/file/registry.sock"))
    assert finding.severity == "blocker"


def test_a_path_too_long_for_a_socket() -> None:
    (finding,) = found(ID, listening(net="unix", addr="/srv/" + "a" * 103))
    assert "107" in finding.what


def test_a_socket_without_a_file() -> None:
    assert found(ID, listening(net="unix", addr="@registry")) == ()


def test_a_socket_without_a_name() -> None:
    (finding,) = found(ID, listening(net="unix"))
    assert finding.severity == "warning"
