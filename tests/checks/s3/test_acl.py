"""`s3.acl`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_public_objects_are_warned_of() -> None:
    (finding,) = found("s3.acl", s3("objectacl: public-read"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.objectacl")
    assert not finding.breaks


def test_the_owner_of_the_bucket_needs_a_right_more() -> None:
    (finding,) = found("s3.acl", s3("objectacl: bucket-owner-full-control"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.objectacl")
    assert not finding.breaks


def test_private_is_fine() -> None:
    assert not found("s3.acl", s3("objectacl: private"))


def test_2_5_does_not_read_it() -> None:
    assert not found("s3.acl", s3("objectacl: public-read"), target="registry-2.5")
