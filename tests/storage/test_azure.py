"""The handle of the azure driver: its signatures, what it leaves, and what it tells nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from registry_preflight.fixtures.azure import Cloud, Store, store
from registry_preflight.fixtures.backend import wait_until

from registry_preflight import Options, Report, check_config, load_config
from registry_preflight.cli import main

KEYS = {"credentials": {"type": "shared_key"}}


def checked(at: Store, target: str = "registry-2.8", **other: object) -> Report:
    """A full run on a config of this container."""
    return check_config(load_config(at.config(**other).encode(), at.environment, target, options=Options()))


@pytest.mark.parametrize("target", ["registry-2.5", "registry-2.7", "registry-2.8"])
def test_each_2_x_signs_as_the_service_wants_it(azure: Store, target: str) -> None:
    assert {told.outcome.value for told in checked(azure, target).predictions.values()} == {"works"}


@pytest.mark.parametrize("target", ["registry-3.0", "registry-3.1"])
def test_each_3_x_signs_as_the_service_wants_it(azure: Store, target: str) -> None:
    assert {told.outcome.value for told in checked(azure, target, **KEYS).predictions.values()} == {"works"}


def test_the_requests_bear_the_version_of_the_release(azure: Store) -> None:
    checked(azure, "registry-2.7")
    versions = {seen.request.headers.get("x-ms-version") for seen in azure.front.seen if seen.request.method == "PUT"}
    assert "2016-05-31" in versions


def test_2_x_names_begin_with_a_slash(azure: Store) -> None:
    checked(azure)
    written = [s.request.path for s in azure.front.seen if s.request.method == "PUT" and s.request.of == "blob"]
    assert written
    assert all("//docker/registry/v2/" in path for path in written)


def test_a_root_directory_of_3_x_stands_before_the_names(azure: Store) -> None:
    checked(azure, "registry-3.1", rootdirectory="/team/images/", **KEYS)
    written = [s.request.path for s in azure.front.seen if s.request.method == "PUT" and s.request.of == "blob"]
    assert written
    assert all(f"/{azure.container}/team/images/docker/registry/v2/" in path for path in written)


def test_a_container_that_does_not_exist_is_not_made(azure_cloud: Cloud) -> None:
    with store(azure_cloud, exists=False) as at:
        report = checked(at)
        assert report.predictions["push"].outcome.value == "works"  # type: ignore[index]  # a stage is its name
        names = [one.name for one in at.service().list_containers()]
        assert at.container not in names
        assert not [name for name in names if name.startswith("registry-preflight-")]


def test_no_key_is_in_the_report(azure: Store) -> None:
    azure.front.play("key-access-disabled")
    told = repr(checked(azure))
    assert azure.account.key not in told
    assert "sig=" not in told


def test_read_only_writes_nothing(azure: Store) -> None:
    config = load_config(azure.config().encode(), azure.environment, "registry-2.8", options=Options(read_only=True))
    check_config(config)
    assert {seen.request.method for seen in azure.front.seen} <= {"GET", "HEAD", "PUT"}
    assert not [s for s in azure.front.seen if s.request.method == "PUT" and "restype" not in s.request.query]


def test_cleanup_finds_what_a_killed_run_left(azure: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "config.yml"
    config.write_text(azure.config())
    azure.front.latency = 0.3
    environment = {"PATH": os.environ["PATH"], **{f"GIVEN_{k}": v for k, v in azure.environment.items()}}
    given = [word for name, value in azure.environment.items() for word in ("--env", f"{name}={value}")]
    command = [sys.executable, "-m", "registry_preflight", "check", str(config), "--no-env", *given]
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: any(s.request.method == "PUT" and s.status == 201 for s in azure.front.seen[1:]), "a probe")
    run.send_signal(signal.SIGKILL)
    run.wait()
    azure.front.latency = 0.0
    assert azure.names()
    assert main(("cleanup", str(config), "--no-env", *given)) == 0
    assert "removed" in capsys.readouterr().out
    # A request that was under way at the end of the run may arrive after the first look.
    wait_until(lambda: main(("cleanup", str(config), "--no-env", *given)) == 0 and not azure.names(), "nothing left")


def test_the_library_of_tokens_is_imported_for_tokens_alone(azure: Store) -> None:
    code = (
        "import sys\nfrom registry_preflight import Options, check_config, load_config\n"
        "text, environment = sys.stdin.read().split('\\0')\n"
        "config = load_config(text.encode(), eval(environment), 'registry-2.8', options=Options())\n"
        "check_config(config)\nprint(any(name.startswith(('azure.', 'botocore')) for name in sys.modules))\n"
    )
    given = f"{azure.config()}\0{azure.environment!r}"
    said = subprocess.run(
        [sys.executable, "-c", code], input=given, capture_output=True, text=True, check=True, env={"PATH": os.defpath}
    )
    assert said.stdout.strip() == "False"
