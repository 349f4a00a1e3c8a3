"""`s3.root-directory`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import s3
from ..findings import found


def test_an_empty_step_is_lost_on_the_way() -> None:
    (finding,) = found("s3.root-directory", s3("rootdirectory: a//b"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.rootdirectory")
    assert finding.breaks == ("push", "pull", "delete", "gc")


def test_an_address_is_no_prefix() -> None:
    (finding,) = found("s3.root-directory", s3("rootdirectory: 's3://images/a'"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.rootdirectory")


def test_what_a_store_decodes_is_not_found_again() -> None:
    (finding,) = found("s3.root-directory", s3("rootdirectory: a%20b"))
    assert (finding.severity, finding.where.path) == ("blocker", "storage.s3.rootdirectory")


def test_the_registrys_own_layout_is_added_by_itself() -> None:
    (finding,) = found("s3.root-directory", s3("rootdirectory: /docker/registry/v2"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.rootdirectory")
    assert not finding.breaks


def test_the_name_of_the_bucket_is_a_folder_in_it() -> None:
    (finding,) = found("s3.root-directory", s3("rootdirectory: /images"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.rootdirectory")
    assert not finding.breaks


def test_slashes_at_the_ends_do_not_count() -> None:
    assert not found("s3.root-directory", s3("rootdirectory: //team/a//"))


def test_a_slash_alone_is_the_top() -> None:
    assert not found("s3.root-directory", s3("rootdirectory: /"))
