"""`swift.temp-url`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import swift
from ..findings import found


def test_a_key_of_ones_own_overwrites() -> None:
    (finding,) = found("swift.temp-url", swift("secretkey: abc"))
    assert (finding.severity, finding.where.path) == ("note", "storage.swift.secretkey")
    assert not finding.breaks


def test_the_urls_of_another_cloud_are_refused() -> None:
    (finding,) = found("swift.temp-url", swift("accesskey: abc"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.swift.accesskey")
    assert not finding.breaks


def test_methods_count_without_info_alone() -> None:
    (finding,) = found("swift.temp-url", swift("tempurlmethods: [GET]"))
    assert (finding.severity, finding.where.path) == ("note", "storage.swift.tempurlmethods")
    assert not finding.breaks


def test_without_redirects_no_key_is_used() -> None:
    assert not found("swift.temp-url", swift("secretkey: abc", beside="  redirect: {disable: true}\n"))


def test_nothing_set_is_fine() -> None:
    assert not found("swift.temp-url", swift())
