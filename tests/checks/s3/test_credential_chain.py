"""`s3.credential-chain`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found


def test_an_ecs_task_role_is_not_asked_by_2_8() -> None:
    (finding,) = found(
        "s3.credential-chain",
        s3("accesskey: -", "secretkey: -"),
        {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/x"},
    )
    assert (finding.severity, finding.where.variable) == ("warning", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
    assert not finding.breaks


def test_a_web_identity_is_not_asked_by_2_7() -> None:
    (finding,) = found(
        "s3.credential-chain",
        s3("accesskey: -", "secretkey: -"),
        {"AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/token"},
        target="registry-2.7",
    )
    assert (finding.severity, finding.where.variable) == ("warning", "AWS_WEB_IDENTITY_TOKEN_FILE")
    assert not finding.breaks


def test_a_profile_gives_2_8_plain_keys_alone() -> None:
    (finding,) = found("s3.credential-chain", s3("accesskey: -", "secretkey: -"), {"AWS_PROFILE": "work"})
    assert (finding.severity, finding.where.variable) == ("warning", "AWS_PROFILE")
    assert not finding.breaks


def test_a_web_identity_is_asked_by_3_1() -> None:
    (finding,) = found(
        "s3.credential-chain",
        s3("accesskey: -", "secretkey: -"),
        {"AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/token"},
        target="registry-3.1",
    )
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.accesskey")
    assert not finding.breaks


def test_no_keys_leave_it_to_the_machine() -> None:
    (finding,) = found("s3.credential-chain", s3("accesskey: -", "secretkey: -"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.accesskey")
    assert not finding.breaks


def test_another_store_without_keys_gets_whatever_is_around() -> None:
    (finding,) = found("s3.credential-chain", clone("accesskey: -", "secretkey: -"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_keys_in_the_environment_are_found() -> None:
    assert not found(
        "s3.credential-chain",
        s3("accesskey: -", "secretkey: -"),
        {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"},
    )


def test_a_pair_in_the_config_comes_first() -> None:
    assert not found("s3.credential-chain", s3(), {"AWS_PROFILE": "work"})
