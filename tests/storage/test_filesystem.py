"""The handle of the filesystem driver: the root as the release sees it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from registry_preflight import CannotTell, Options, load_config
from registry_preflight.ledger import Ledger
from registry_preflight.storage.filesystem import FilesystemStorage


def handle(value: str, options: Options | None = None) -> FilesystemStorage:
    config = load_config(
        f"version: 0.1\nstorage: {{filesystem: {value}}}\n".encode(), {}, "registry-2.8", options=options
    )
    return FilesystemStorage(config, Ledger(), "run")


@pytest.mark.parametrize(
    ("value", "root"),
    [
        ("{}", "/var/lib/registry"),
        ("{rootdirectory: /srv//a/../b/}", "/srv/b"),
        ("{rootdirectory: ''}", "/"),
        ("{rootdirectory: null}", "<nil>"),
        ("{rootdirectory: 5}", "5"),
        ("{rootdirectory: sub/dir}", "sub/dir"),
    ],
)
def test_root(value: str, root: str) -> None:
    assert handle(value).root == root


def test_a_relative_root_is_below_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    storage = handle("{rootdirectory: sub}")
    storage.make_directories(storage.root)
    assert (tmp_path / "sub").is_dir()
    assert storage.ledger.remove_all() == []
    assert os.listdir(tmp_path) == []


def test_only_root_can_check_as_another_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(CannotTell, match="only root"):
        handle("{rootdirectory: /srv}", Options(as_user=(65534, 65534))).status("/srv")


def test_errors_are_those_of_the_kernel() -> None:
    with pytest.raises(NotADirectoryError):
        handle("{rootdirectory: /etc/passwd/x}").status("/etc/passwd/x")


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    import signal
    import subprocess
    import sys
    import time

    # The rehearsal sleeps in the middle, as on a slow disk, and meets Ctrl-C there.
    program = (
        "import sys, time, signal\n"
        "from registry_preflight import Options, check_config, load_config\n"
        "from registry_preflight.storage.filesystem_upload import Upload\n"
        "real = Upload.start\n"
        "def slow(self):\n"
        "    real(self); print('begun', flush=True); time.sleep(60)\n"
        "Upload.start = slow\n"
        "text = ('storage: {filesystem: {rootdirectory: ' + sys.argv[1] + '/a/b}}').encode()\n"
        "check_config(load_config(text, {}, 'registry-2.8', options=Options(min_free=1)))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=40)
    assert time.monotonic() - began < 30
    assert os.listdir(tmp_path) == []
