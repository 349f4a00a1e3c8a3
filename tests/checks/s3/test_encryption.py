"""`s3.encryption`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found


def test_a_key_without_encryption_is_refused_by_amazon() -> None:
    (finding,) = found("s3.encryption", s3("keyid: alias/registry"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.keyid")
    assert finding.breaks == ("push",)


def test_a_key_without_encryption_may_be_refused_elsewhere() -> None:
    (finding,) = found("s3.encryption", clone("keyid: alias/registry"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.keyid")
    assert not finding.breaks


def test_the_example_of_the_documentation_is_no_key() -> None:
    (finding,) = found("s3.encryption", clone("keyid: mykeyid", "encrypt: true"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.keyid")
    assert not finding.breaks


def test_a_key_of_another_region_fails_every_push() -> None:
    (finding,) = found("s3.encryption", s3("encrypt: true", "keyid: arn:aws:kms:eu-west-1:123456789012:key/x"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.keyid")
    assert finding.breaks == ("push",)


def test_another_store_may_not_encrypt() -> None:
    (finding,) = found("s3.encryption", clone("encrypt: true"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.encrypt")
    assert not finding.breaks


def test_an_upload_that_is_resumed_uses_another_key() -> None:
    (finding,) = found("s3.encryption", s3("encrypt: true", "keyid: alias/registry"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.keyid")
    assert not finding.breaks


def test_encryption_at_amazon_is_fine() -> None:
    assert not found("s3.encryption", s3("encrypt: true"))
