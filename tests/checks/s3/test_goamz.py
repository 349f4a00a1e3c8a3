"""`s3.goamz`: what it finds, and what it leaves alone."""

from __future__ import annotations

from registry_preflight import EVERY_STAGE, START, foretell

from ..drivers import s3
from ..findings import found


def test_eu_central_1_wants_version_4() -> None:
    (finding,) = found("s3.goamz", s3("region: eu-central-1", driver="s3goamz"), target="registry-2.5")
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3goamz.region")
    assert finding.breaks == EVERY_STAGE


def test_eu_central_1_with_version_4_is_fine() -> None:
    assert not found("s3.goamz", s3("region: eu-central-1", "v4auth: true", driver="s3goamz"), target="registry-2.5")


def test_credentials_in_the_environment_are_found_at_start() -> None:
    assert not found(
        "s3.goamz",
        s3("accesskey: -", "secretkey: -", driver="s3goamz"),
        {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"},
        target="registry-2.5",
    )


def test_without_credentials_in_sight_the_start_is_unknown() -> None:
    report = foretell(s3("accesskey: -", "secretkey: -", driver="s3goamz"), {}, "registry-2.5")
    assert report.predictions[START].outcome == "unknown"
