"""`s3.ca-bundle`: what it finds, and what it leaves alone. The real registry's word is in tests/oracle."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight import EVERY_STAGE

from ..certificates import CERTIFICATE
from ..drivers import s3
from ..findings import found

WITHOUT_GC = ("start", "push", "pull", "delete")


@pytest.fixture
def bundle(tmp_path: Path) -> dict[str, str]:
    """A variable that names a file with a certificate."""
    path = tmp_path / "ca.pem"
    path.write_text(CERTIFICATE)
    return {"AWS_CA_BUNDLE": str(path)}


@pytest.mark.parametrize("target", ["registry-2.7", "registry-2.8"])
def test_a_good_bundle_stops_serve_and_not_garbage_collect(bundle: dict[str, str], target: str) -> None:
    (finding,) = found("s3.ca-bundle", s3(), bundle, target)
    assert (finding.severity, finding.breaks, finding.where.variable) == ("blocker", WITHOUT_GC, "AWS_CA_BUNDLE")


@pytest.mark.parametrize("line", ["skipverify: true", "useragent: mine"])
def test_a_transport_of_its_own_stops_garbage_collect_too(bundle: dict[str, str], line: str) -> None:
    (finding,) = found("s3.ca-bundle", s3(line), bundle)
    assert finding.breaks == EVERY_STAGE


@pytest.mark.parametrize("target", ["registry-3.0", "registry-3.1"])
def test_3_x_takes_a_good_bundle(bundle: dict[str, str], target: str) -> None:
    assert not found("s3.ca-bundle", s3(), bundle, target)


@pytest.mark.parametrize("target", ["registry-2.7", "registry-2.8", "registry-3.0", "registry-3.1"])
def test_a_missing_bundle_stops_everything(target: str) -> None:
    (finding,) = found("s3.ca-bundle", s3(), {"AWS_CA_BUNDLE": "/nowhere/ca.pem"}, target)
    assert finding.breaks == EVERY_STAGE


def test_a_file_without_a_certificate_stops_everything(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n")
    (finding,) = found("s3.ca-bundle", s3(), {"AWS_CA_BUNDLE": str(path)}, "registry-3.1")
    assert finding.breaks == EVERY_STAGE


def test_2_5_does_not_know_the_variable(bundle: dict[str, str]) -> None:
    (finding,) = found("s3.ca-bundle", s3(), bundle, "registry-2.5")
    assert (finding.severity, finding.breaks) == ("note", ())


def test_an_empty_variable_is_none() -> None:
    assert not found("s3.ca-bundle", s3(), {"AWS_CA_BUNDLE": ""})
