"""`auth.htpasswd`."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight import START

from ..findings import FILESYSTEM, found

ID = "auth.htpasswd"
BCRYPT = "$2y$05$" + "a" * 53


def config(path: object) -> str:
    return f"{FILESYSTEM}auth: {{htpasswd: {{realm: r, path: {path}}}}}\n"


def file(folder: Path, content: str) -> str:
    (folder / "htpasswd").write_text(content)
    return config(folder / "htpasswd")


@pytest.mark.parametrize(
    "options", ["{}", "{realm: a}", "{path: /h}", "{realm: 5, path: /h}", "{realm: a, path: }", "{realm: a, path: [h]}"]
)
def test_options_that_are_missing(options: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}auth: {{htpasswd: {options}}}\n")
    assert START in finding.breaks


@pytest.mark.parametrize(
    "content", [f"u:{BCRYPT}\n", f"# c\n\n  u:{BCRYPT}  \r\n", f"u:{BCRYPT.replace('2y', '2a')}\n"]
)
def test_entries_in_bcrypt(tmp_path: Path, content: str) -> None:
    assert found(ID, file(tmp_path, content)) == ()


@pytest.mark.parametrize("content", ["", "# c\n", "u:$apr1$abc$def\n", "u:{SHA}x\nv:plain\n", f"u:{BCRYPT[:-1]}\n"])
def test_nobody_can_log_in(tmp_path: Path, content: str) -> None:
    (finding,) = found(ID, file(tmp_path, content))
    assert (finding.severity, START in finding.breaks) == ("blocker", False)


def test_some_cannot_log_in(tmp_path: Path) -> None:
    (finding,) = found(ID, file(tmp_path, f"u:{BCRYPT}\nold:$apr1$a$b\n"))
    assert (finding.severity, "old" in finding.what) == ("warning", True)


def test_a_line_without_a_colon_fails_at_login(tmp_path: Path) -> None:
    (finding,) = found(ID, file(tmp_path, f"u:{BCRYPT}\njunk\n"))
    assert ("Line 2" in finding.what, START in finding.breaks) == (True, False)


def test_a_line_without_a_colon_stops_2_5(tmp_path: Path) -> None:
    (finding,) = found(ID, file(tmp_path, "junk\n"), target="registry-2.5")
    assert START in finding.breaks


def test_a_missing_file_is_created(tmp_path: Path) -> None:
    (finding,) = found(ID, config(tmp_path / "a" / "htpasswd"))
    assert (finding.severity, "log" in finding.why) == ("warning", True)


def test_a_missing_file_stops_2_5(tmp_path: Path) -> None:
    (finding,) = found(ID, config(tmp_path / "htpasswd"), target="registry-2.5")
    assert START in finding.breaks


def test_a_file_that_cannot_be_created(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (finding,) = found(ID, config(tmp_path / "file" / "htpasswd"))
    assert START in finding.breaks


def test_a_directory_fails_at_login(tmp_path: Path) -> None:
    (finding,) = found(ID, config(tmp_path))
    assert (finding.severity, START in finding.breaks) == ("blocker", False)


def test_another_controller() -> None:
    assert found(ID, FILESYSTEM) == ()
