"""`redis.tls`."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight import Status, foretell

from .. import certificates as made
from ..findings import FILESYSTEM, found

ID = "redis.tls"
CACHED = "version: 0.1\nstorage: {inmemory: {}, cache: {blobdescriptor: redis}}\n"


def config(
    folder: Path, key: str = made.KEY, more: str = "", base: str = FILESYSTEM, addrs: str = "addrs: ['a:1'], "
) -> str:
    (folder / "c.pem").write_text(made.CERTIFICATE)
    (folder / "k.pem").write_text(key)
    return f"{base}redis: {{{addrs}tls: {{certificate: {folder}/c.pem, key: {folder}/k.pem{more}}}}}\n"


@pytest.mark.parametrize("target", ["registry-3.0", "registry-3.1"])
def test_a_pair(tmp_path: Path, target: str) -> None:
    assert found(ID, config(tmp_path), target=target) == ()


def test_a_pair_that_stops_3_0(tmp_path: Path) -> None:
    (finding,) = found(ID, config(tmp_path, made.OTHER_KEY), target="registry-3.0")
    assert finding.where.path == "redis.tls.key"


def test_the_same_pair_in_3_1_is_not_known(tmp_path: Path) -> None:
    results = {result.id: result for result in foretell(config(tmp_path, made.OTHER_KEY), {}, "registry-3.1").results}
    assert results[ID].status is Status.SKIPPED


def test_without_a_server_nothing_is_loaded(tmp_path: Path) -> None:
    assert found(ID, config(tmp_path, made.OTHER_KEY, addrs=""), target="registry-3.0") == ()


@pytest.mark.parametrize(("base", "severity"), [(FILESYSTEM, "warning"), (CACHED, "blocker")])
def test_authorities_that_leave_3_0_without_redis(tmp_path: Path, base: str, severity: str) -> None:
    (finding,) = found(ID, config(tmp_path, more=", clientcas: [/no/such/file]", base=base), target="registry-3.0")
    assert finding.severity == severity
