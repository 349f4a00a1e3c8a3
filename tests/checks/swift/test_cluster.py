"""On a real Swift: what runs leave, what `cleanup` finds, and that the lines of `policy` do what they say."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.backend import wait_until
from registry_preflight.fixtures.swift import Account, Swift, Variant

from registry_preflight import Options, check_config, load_config
from registry_preflight.cli import main

VERSIONED = Variant(settings=(("versioned_writes", "allow_versioned_writes", "true"),))


def config(account: Account, folder: Path, user: tuple[str, str] | None = None, **parameters: object) -> Path:
    """A config file for a container of this account."""
    name, password = user or account.owner
    login = {"authurl": account.auth_url, "username": name, "password": password, "container": "registry"}
    path = folder / "config.yml"
    http = {"addr": "127.0.0.1:0", "secret": "s"}
    storage = {"delete": {"enabled": True}, "redirect": {"disable": True}, "swift": login | parameters}
    path.write_text(json.dumps({"version": 0.1, "http": http, "storage": storage}))
    return path


def objects(account: Account, container: str = "registry") -> list[str]:
    """The names in a container."""
    return [one["name"] for one in account.ask("GET", f"/{container}?format=json").json()]


#: A check that is killed as soon as it has written the segments of its upload.
KILLED = """
import os, signal, sys
from registry_preflight import check_config, load_config
from registry_preflight.storage.swift_rehearsal import Rehearsal
Rehearsal._visible = lambda self: (self._need("manifest", "marker"), os.kill(os.getpid(), signal.SIGKILL))
check_config(load_config(open(sys.argv[1], "rb").read(), {}, "registry-2.8"))
"""


def killed(path: Path) -> None:
    """Run a check that is killed amid its rehearsal."""
    environment = {"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=environment, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL


class TestCleanup:
    def test_what_a_killed_run_left_is_removed(
        self, swift_account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        swift_account.ask("PUT", "/registry")
        path = config(swift_account, tmp_path)
        killed(path)
        assert len(objects(swift_account)) >= 4
        assert main(["cleanup", str(path)]) == 0
        assert objects(swift_account) == []
        assert "removed registry/segments/" in capsys.readouterr().out

    def test_a_container_that_stood_in_is_removed(self, swift_account: Account, tmp_path: Path) -> None:
        path = config(swift_account, tmp_path)
        killed(path)
        assert len(swift_account.ask("GET", "?format=json").json()) == 1
        assert main(["cleanup", str(path)]) == 0
        assert swift_account.ask("GET", "?format=json").json() == []

    def test_the_user_s_objects_stay(self, swift_account: Account, tmp_path: Path) -> None:
        swift_account.ask("PUT", "/registry")
        kept = "files/docker/registry/v2/repositories/registry-preflight/_uploads/u/startedat"
        swift_account.ask("PUT", f"/registry/{kept}", {}, b"x")
        assert main(["cleanup", str(config(swift_account, tmp_path))]) == 0
        assert objects(swift_account) == [kept]

    def test_there_is_nothing(self, swift_account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["cleanup", str(config(swift_account, tmp_path))]) == 0
        assert capsys.readouterr().out == "nothing to remove\n"


class TestPolicy:
    def test_its_acls_let_a_guest_push(
        self, swift_account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        swift_account.ask("PUT", "/registry")
        path = config(swift_account, tmp_path, swift_account.guest)
        assert main(["policy", "--format", "swift", str(path)]) == 0
        words = shlex.split(capsys.readouterr().out, comments=True)
        assert words[:2] == ["swift", "post"]
        given = dict(zip(words[2:-1:2], words[3:-1:2], strict=True))
        headers = {"X-Container-Read": given["--read-acl"], "X-Container-Write": given["--write-acl"]}
        swift_account.ask("POST", f"/{words[-1]}", headers).expect(204)
        with referee.serving(path) as client:
            client.push(referee.image("granted", [4096]))

    def test_the_role_by_version_3(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        account = Account("http://127.0.0.1:1", "a")
        path = config(account, tmp_path, authurl="http://127.0.0.1:1/v3", domain="D", tenant="proj")
        assert main(["policy", str(path)]) == 0
        line = capsys.readouterr().out.splitlines()[1]
        assert line == "openstack role add --user a:owner --user-domain D --project proj --project-domain D member"


class TestHarmless:
    def test_read_only_writes_nothing(self, swift: Swift, swift_account: Account, tmp_path: Path) -> None:
        swift_account.ask("PUT", "/registry")
        text = config(swift_account, tmp_path).read_bytes()
        report = check_config(load_config(text, {}, "registry-2.8", options=Options(read_only=True)))
        assert objects(swift_account) == []
        assert report.predictions
        log = swift.log()
        assert f"PUT /v1/AUTH_{swift_account.name}/registry/" not in log

    def test_versions_of_probes_are_no_more_than_a_deleted_object_leaves(
        self, swift: Swift, swift_account: Account, tmp_path: Path
    ) -> None:
        swift_account.ask("PUT", "/old")
        versioned = swift.elsewhere(swift_account, VERSIONED)
        versioned.ask("PUT", "/registry", {"X-Versions-Location": "old"}).expect(201, 202)
        report = check_config(load_config(config(versioned, tmp_path).read_bytes(), {}, "registry-2.8"))
        wait_until(lambda: objects(swift_account) == [], "the removal")
        assert objects(swift_account, "old") == []
        assert report.left_behind == ()
