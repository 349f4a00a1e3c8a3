"""`config.other-release`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "config.other-release"


def test_a_parameter_that_came_later() -> None:
    (finding,) = found(ID, s3("forcepathstyle: true"))
    assert "3.0 and 3.1" in finding.what


def test_the_releases_it_holds_for() -> None:
    (finding,) = found(ID, s3("forcepathstyle: true"))
    assert finding.releases == ("registry-2.5", "registry-2.7", "registry-2.8")


def test_a_section_that_was_dropped() -> None:
    (finding,) = found(ID, FILESYSTEM + "compatibility: {schema1: {enabled: true}}\n", target="registry-3.1")
    assert finding.where.path == "compatibility"


def test_a_setting_with_a_new_name() -> None:
    (finding,) = found(ID, FILESYSTEM + "redis: {addr: 'r:6379'}\n", target="registry-3.1")
    assert "redis.addrs" in finding.fix


def test_a_new_name_under_an_old_release() -> None:
    (finding,) = found(ID, FILESYSTEM + "redis: {addrs: ['r:6379']}\n")
    assert "redis.addr," in finding.fix


def test_a_setting_beside_the_driver() -> None:
    (finding,) = found(ID, s3(beside="  cache: {blobdescriptor: inmemory, blobdescriptorsize: 10}\n"))
    assert finding.where.path == "storage.cache.blobdescriptorsize"


@pytest.mark.parametrize("target", ["registry-3.0", "registry-3.1"])
def test_the_releases_that_read_it_are_silent(target: str) -> None:
    assert found(ID, s3("forcepathstyle: true"), target=target) == ()


def test_what_no_release_reads_is_not_told_here() -> None:
    assert found(ID, s3("access_key: a")) == ()
