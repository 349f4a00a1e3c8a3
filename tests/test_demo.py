"""`demo`: it shows what it says, writes both reports, and leaves nothing else behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from registry_preflight.fixtures.backend import folder, wait_until

#: What the user may have set, and what must not reach the demo's own servers.
HOSTILE = {
    "HTTP_PROXY": "http://127.0.0.1:1",
    "https_proxy": "http://127.0.0.1:1",
    "AWS_CA_BUNDLE": "/nowhere/ca.pem",
    "AWS_PROFILE": "no-such-profile",
    "REGISTRY_STORAGE_S3_BUCKET": "another",
}


class Shown(NamedTuple):
    """A finished demo."""

    code: int
    text: str
    errors: str
    output: Path
    left: list[str]


def command(installed: Path, *arguments: str) -> list[str]:
    """The installed program's demo."""
    return [sys.executable, str(installed / "bin" / "registry-preflight"), "demo", *arguments]


def environment(installed: Path, temporary: Path, first: str = "", **more: str) -> dict[str, str]:
    """What the demo sees: its own place for temporary files, and `first` on the path of imports before all else."""
    path = os.pathsep.join(filter(None, (first, str(installed))))
    return {"PATH": os.defpath, "PYTHONPATH": path, "LANG": "C.UTF-8", "TMPDIR": str(temporary), **more}


@pytest.fixture(scope="module")
def temporary() -> Iterator[Path]:
    """A place for temporary files where every user comes through, as /tmp is one."""
    with folder("demo") as place:
        place.path.chmod(0o711)
        (place.path / "temporary").mkdir(mode=0o1777)
        yield place.path / "temporary"


@pytest.fixture(scope="module")
def shown(installed: Path, temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The demo as a user runs it."""
    output = tmp_path_factory.mktemp("output")
    done = subprocess.run(
        command(installed),
        cwd=output,
        env=environment(installed, temporary, **HOSTILE),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    left = os.listdir(temporary)
    return Shown(done.returncode, done.stdout, done.stderr, output, left)


def test_it_ends_well(shown: Shown) -> None:
    assert (shown.code, shown.errors) == (0, ""), shown.text


def test_three_mistakes_are_found(shown: Shown) -> None:
    broken, _, mended = shown.text.partition("2 configs for registry-2.8: 2 not ready")
    assert "Allow s3:ListBucketMultipartUploads on arn:aws:s3:::acme-images" in broken
    assert "storage.delete.enabled is 'true', not a boolean" in broken
    assert "may not use" in broken
    assert "2 configs for registry-2.8: 2 ready" in mended


def test_both_reports_are_written(shown: Shown) -> None:
    assert sorted(os.listdir(shown.output)) == ["demo-broken.html", "demo-mended.html"]
    assert "s3.list-uploads" in (shown.output / "demo-broken.html").read_text()


def test_the_secret_is_in_none_of_them(shown: Shown) -> None:
    page = (shown.output / "demo-broken.html").read_text()
    assert "secretkey" in page
    assert "****" in page


def test_nothing_else_is_left(shown: Shown) -> None:
    assert shown.left == []
    port = int(shown.text.partition("http://127.0.0.1:")[2].partition(".")[0])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 10)


def test_without_the_extra_one_sentence_says_how_to_install_it(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "moto.py").write_text("raise ImportError('there is no moto')\n")
    done = subprocess.run(
        command(installed),
        cwd=tmp_path,
        env=environment(installed, tmp_path, str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("registry-preflight: ")
    assert "pip install 'registry-preflight[demo]'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_place_for_the_reports_that_is_not_there(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        command(installed, "--output", str(tmp_path / "nowhere")),
        env=environment(installed, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nowhere" in done.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_and_clears_up_when_it_is_asked_to(
    installed: Path, temporary: Path, tmp_path: Path, ending: int
) -> None:
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command(installed),
            cwd=tmp_path,
            env=environment(installed, temporary),
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        wait_until(lambda: b"$ registry-preflight check" in log.read_bytes() or process.poll() is not None, "the demo")
        os.killpg(process.pid, ending) if ending == signal.SIGINT else process.send_signal(ending)
        assert process.wait(60) == 130, log.read_text()
        assert os.listdir(temporary) == []
    finally:
        process.kill()
        process.wait()
