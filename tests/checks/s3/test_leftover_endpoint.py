"""`s3.leftover-endpoint`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found


def test_an_endpoint_from_a_variable_beside_a_bucket_in_the_file() -> None:
    (finding,) = found("s3.leftover-endpoint", s3(), {"REGISTRY_STORAGE_S3_REGIONENDPOINT": "https://old-minio:9000"})
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_key_of_amazon_at_another_store() -> None:
    (finding,) = found("s3.leftover-endpoint", clone("accesskey: AKIAQQQQWWWWEEEERRRR"))
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_a_region_of_amazon_at_another_store() -> None:
    (finding,) = found("s3.leftover-endpoint", clone("region: eu-west-1"))
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.regionendpoint")
    assert not finding.breaks


def test_us_east_1_at_another_store_is_common() -> None:
    assert not found("s3.leftover-endpoint", clone())


def test_a_region_of_the_stores_own_is_fine() -> None:
    assert not found("s3.leftover-endpoint", clone("region: lan"))
