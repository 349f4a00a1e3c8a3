"""The configs of docs/ceph.md, on a real gateway: foretold to work, and they do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from registry_preflight.fixtures import referee
from registry_preflight.fixtures.rgw import Cluster
from registry_preflight.fixtures.rgw_admin import User

from registry_preflight import check_config, foretell, load_config

PAGE = Path(__file__).parent.parent / "docs" / "ceph.md"
#: What a reader replaces.
GATEWAY = "http://rgw.example.com:7480"


def config(driver: str) -> str:
    """The config of the page, on any port."""
    found = re.search(rf"<!-- config: {driver} -->\n```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found
    return found[1].replace("addr: :5000", "addr: 127.0.0.1:0")


def filled(driver: str, owner: User, rgw: Cluster, name: str) -> str:
    """The same for a user of this gateway and a bucket of his."""
    words = {"ACCESS-KEY": owner.access_key, "SECRET-KEY": owner.secret_key}
    if driver == "swift":
        login, key = rgw.admin.swift_user(owner)
        words = {"registry:swift": login, "SECRET-KEY": key}
    text = config(driver)
    for word, value in {**words, ": registry\n": f": {name}\n", GATEWAY: rgw.gateway.url}.items():
        text = text.replace(word, value)
    return text


@pytest.mark.parametrize("driver", ["s3", "swift"])
def test_the_config_works_and_is_foretold_to(driver: str, rgw: Cluster) -> None:
    with rgw.bucket() as bucket:
        text = filled(driver, bucket.owner, rgw, bucket.name)
        report = check_config(load_config(text.encode(), {}, "registry-2.8"))
        assert {said.outcome.value for said in report.predictions.values()} == {"works"}
        assert referee.outcome(text).failing == set()


@pytest.mark.parametrize("driver", ["s3", "swift"])
def test_nothing_is_said_against_it(driver: str) -> None:
    assert foretell(config(driver), {}).root_causes == ()


@pytest.mark.parametrize("release", ["registry-2.5", "registry-2.8", "registry-3.1"])
def test_rados_is_named_as_removed_with_the_way_out(release: str) -> None:
    report = foretell("version: 0.1\nstorage: {rados: {poolname: registry}}\n", {}, release)
    (finding,) = next(result.findings for result in report.results if result.id == "storage.driver")
    assert "S3 gateway" in finding.fix


def test_swift_is_named_as_removed_from_3_on() -> None:
    report = foretell(config("swift"), {}, "registry-3.1")
    (finding,) = next(result.findings for result in report.results if result.id == "storage.driver")
    assert "S3 interface" in finding.fix
