"""Nothing stays in a bucket, however a run ends, and what was there before stays as it was."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from registry_preflight.fixtures.buckets import Bucket
from registry_preflight.fixtures.client import image
from registry_preflight.fixtures.referee import collect_garbage, serving
from registry_preflight.fixtures.rgw import Cluster

from registry_preflight import check_config, load_config

#: A run that sends itself a signal as it is about to send the given request.
_CHILD = """
import itertools, os, signal, sys
from registry_preflight.cli import main
from registry_preflight.storage.s3_wire import S3Wire

count, send = itertools.count(1), S3Wire.send

def counted(self, *given, **named):
    if next(count) == int(sys.argv[1]):
        os.kill(os.getpid(), int(sys.argv[2]))
    return send(self, *given, **named)

S3Wire.send = counted
sys.exit(main(["check", "--quiet", "--no-env", sys.argv[3]]))
"""


@pytest.fixture
def filled(rgw_bucket: Bucket) -> Iterator[Bucket]:
    """A bucket with a registry's image in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "config.yml")
        path.write_text(rgw_bucket.config())
        with serving(path) as client:
            client.push(image("team/app", (4096,)))
    yield rgw_bucket


def _content(bucket: Bucket) -> dict[str, str]:
    """Every object by its digest, and every unfinished upload."""
    client = bucket.client()
    there = {
        key: hashlib.sha256(client.get_object(Bucket=bucket.name, Key=key)["Body"].read()).hexdigest()
        for key in bucket.keys()  # noqa: SIM118  # it is no mapping
    }
    uploads = client.list_multipart_uploads(Bucket=bucket.name).get("Uploads", [])
    return there | {upload["Key"]: "unfinished" for upload in uploads}


def _run(bucket: Bucket, tmp_path: Path, request: int, sign: signal.Signals) -> int:
    path = tmp_path / "config.yml"
    path.write_text(bucket.config())
    command = [sys.executable, "-c", _CHILD, str(request), str(int(sign)), str(path)]
    return subprocess.run(command, env={}, capture_output=True, timeout=120, check=False).returncode


def _clean(tmp_path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "registry_preflight", "cleanup", "--no-env", str(tmp_path / "config.yml")]
    return subprocess.run(command, env={}, capture_output=True, text=True, timeout=120, check=False)


def test_a_run_leaves_the_bucket_as_it_was(filled: Bucket) -> None:
    before = _content(filled)

    report = check_config(load_config(filled.config().encode(), {}, "registry-2.8"))

    assert report.left_behind == ()
    assert _content(filled) == before


@pytest.mark.parametrize("request_number", range(2, 100, 14))
def test_cleanup_removes_what_a_killed_run_left(filled: Bucket, tmp_path: Path, request_number: int) -> None:
    before = _content(filled)
    code = _run(filled, tmp_path, request_number, signal.SIGKILL)

    cleaned = _clean(tmp_path)

    assert code in (-signal.SIGKILL, 0, 1), code
    assert cleaned.returncode == 0, cleaned.stderr
    assert _content(filled) == before


@pytest.mark.parametrize("request_number", range(5, 100, 30))
def test_an_interrupted_run_cleans_up_itself(filled: Bucket, tmp_path: Path, request_number: int) -> None:
    before = _content(filled)

    code = _run(filled, tmp_path, request_number, signal.SIGINT)

    assert code in (130, 0, 1)
    assert _content(filled) == before


def test_cleanup_has_nothing_to_do_in_a_clean_bucket(filled: Bucket, tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(filled.config())

    cleaned = _clean(tmp_path)

    assert (cleaned.returncode, cleaned.stdout) == (0, "nothing to remove\n")


def test_an_image_of_such_a_name_is_the_users(filled: Bucket, tmp_path: Path) -> None:
    key = "reg/docker/registry/v2/repositories/registry-preflight-notes/_manifests/tags/latest/current/link"
    filled.client().put_object(Bucket=filled.name, Key=key, Body=b"sha256:kept")
    (tmp_path / "config.yml").write_text(filled.config())

    assert _clean(tmp_path).returncode == 0
    assert set(filled.keys()) >= {key}


def test_cleanup_says_what_it_may_not_look_for(rgw: Cluster, filled: Bucket, tmp_path: Path) -> None:
    user = rgw.user()
    filled.allow(user, "s3:*", deny=("s3:ListBucket",))
    (tmp_path / "config.yml").write_text(filled.config(user))

    cleaned = _clean(tmp_path)

    assert cleaned.returncode == 1
    assert "403 AccessDenied" in cleaned.stderr


def test_a_registry_sees_nothing_of_a_run_under_way(filled: Bucket, tmp_path: Path) -> None:
    """The probes of a killed run lie there: neither the catalog nor a collection minds them."""
    assert _run(filled, tmp_path, 60, signal.SIGKILL) == -signal.SIGKILL
    path = tmp_path / "config.yml"

    with serving(path) as client:
        shown = client.catalog()
    collect_garbage(path)

    assert shown == ["team/app"]
    assert _clean(tmp_path).returncode == 0


def test_old_versions_go_as_well(filled: Bucket) -> None:
    client = filled.client()
    client.put_bucket_versioning(Bucket=filled.name, VersioningConfiguration={"Status": "Enabled"})
    before = client.list_object_versions(Bucket=filled.name)

    report = check_config(load_config(filled.config().encode(), {}, "registry-2.8"))

    after = client.list_object_versions(Bucket=filled.name)
    assert report.left_behind == ()
    assert len(after.get("Versions", [])) == len(before.get("Versions", []))
    assert not after.get("DeleteMarkers")
