"""`s3.redirect`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone
from ..findings import found


def test_a_name_inside_a_cluster_is_unknown_outside() -> None:
    (finding,) = found("s3.redirect", clone("regionendpoint: http://minio.svc:9000"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_private_address_is_unreachable_outside() -> None:
    (finding,) = found("s3.redirect", clone("regionendpoint: http://10.0.0.5:9000"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_loopback_is_every_clients_own() -> None:
    (finding,) = found("s3.redirect", clone("regionendpoint: http://localhost:9000"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_name_without_a_domain_is_for_neighbours() -> None:
    (finding,) = found("s3.redirect", clone("regionendpoint: http://minio:9000"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_switched_off_there_is_no_redirect() -> None:
    assert not found("s3.redirect", clone("regionendpoint: http://minio:9000", beside="  redirect: {disable: true}\n"))


def test_a_public_address_is_fine() -> None:
    assert not found("s3.redirect", clone("regionendpoint: http://203.0.113.7:9000"))


def test_a_public_name_is_fine() -> None:
    assert not found("s3.redirect", clone())
