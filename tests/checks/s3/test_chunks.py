"""`s3.chunks`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..drivers import clone, s3
from ..findings import found


def test_the_default_allows_layers_of_98_gib() -> None:
    (finding,) = found("s3.chunks", s3())
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.chunksize")
    assert not finding.breaks


def test_one_copy_limits_2_5() -> None:
    (finding,) = found("s3.chunks", s3(), target="registry-2.5")
    assert (finding.severity, finding.where.path) == ("note", "storage.s3.chunksize")
    assert not finding.breaks


def test_a_chunk_of_two_gib_uses_up_the_memory() -> None:
    finding = next(one for one in found("s3.chunks", s3("chunksize: 2147483648")) if one.severity == "warning")
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.chunksize")
    assert not finding.breaks


def test_cloudflare_wants_parts_of_one_size() -> None:
    finding = next(
        one
        for one in found("s3.chunks", clone("regionendpoint: https://acct.r2.cloudflarestorage.com"))
        if one.severity == "warning"
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.s3.regionendpoint")
    assert not finding.breaks
