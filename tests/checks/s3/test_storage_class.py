"""`s3.storage-class`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found


def test_classes_for_rare_access_cost_more() -> None:
    (finding,) = found("s3.storage-class", s3("storageclass: STANDARD_IA"), target="registry-3.1")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.storageclass")
    assert not finding.breaks


def test_reduced_redundancy_loses_layers() -> None:
    (finding,) = found("s3.storage-class", s3("storageclass: reduced_redundancy"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.storageclass")
    assert not finding.breaks


def test_tiers_for_archives_have_to_be_off() -> None:
    (finding,) = found("s3.storage-class", s3("storageclass: INTELLIGENT_TIERING"), target="registry-3.0")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.storageclass")
    assert not finding.breaks


def test_another_store_knows_few_classes() -> None:
    (finding,) = found("s3.storage-class", clone("storageclass: REDUCED_REDUNDANCY"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.storageclass")
    assert not finding.breaks


def test_none_and_standard_are_fine() -> None:
    assert not found("s3.storage-class", s3("storageclass: none"))


def test_a_refused_class_is_left_to_the_check_of_parameters() -> None:
    assert not found("s3.storage-class", s3("storageclass: GLACIER"), target="registry-3.1")
