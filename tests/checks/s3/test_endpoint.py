"""`s3.endpoint`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found

REQUESTS = ("push", "pull", "delete", "gc")


def test_a_host_alone_is_called_on_the_default_port() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: minio.default.svc.cluster.local", "secure: false"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_scheme_of_another_protocol_sends_no_request() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: s3://s3.example.com"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_a_single_slash_makes_a_host_of_the_scheme() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: http:/10.0.0.5:9000"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_a_port_that_is_none_sends_no_request() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: http://10.0.0.5:90000"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_a_blank_at_the_end_sends_no_request() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: 'http://10.0.0.5:9000 '"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_an_address_without_a_host_sends_no_request() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: 'http://'"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.regionendpoint")
    assert finding.breaks == REQUESTS


def test_https_on_port_80_is_suspicious() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: https://s3.example.com:80"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_the_port_of_minios_console_is_not_its_storage() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: http://minio.example.com:9001"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_password_in_the_address_does_nothing() -> None:
    (finding,) = found("s3.endpoint", clone("regionendpoint: https://me:secret@s3.example.com"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_url_is_fine() -> None:
    assert not found("s3.endpoint", clone("regionendpoint: http://10.0.0.5:9000"))


def test_an_ipv6_address_is_fine() -> None:
    assert not found("s3.endpoint", clone("regionendpoint: 'http://[fd00::5]:9000'"))


def test_a_host_with_a_port_is_fine() -> None:
    assert not found("s3.endpoint", clone("regionendpoint: minio:9000"))


def test_no_endpoint_is_fine() -> None:
    assert not found("s3.endpoint", s3())
