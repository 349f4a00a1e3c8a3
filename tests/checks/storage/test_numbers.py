"""`storage.numbers`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found, s3

ID = "storage.numbers"


@pytest.mark.parametrize(("written", "read"), [("10MB", "10"), ("'0x20'", "0"), ("33554432.0", "3"), ("1e+7", "1")])
def test_a_number_that_3_x_cuts_short(written: str, read: str) -> None:
    (finding,) = found(ID, s3(f"multipartcopythresholdsize: {written}"), target="registry-3.1")
    assert f" as {read} " in finding.what


def test_a_small_float_is_read_whole() -> None:
    assert found(ID, s3("multipartcopymaxconcurrency: 1e2"), target="registry-3.1") == ()


def test_octal_in_2_x() -> None:
    (finding,) = found(ID, s3("multipartcopymaxconcurrency: '0100'"))
    assert " as 64 " in finding.what


def test_a_small_figure_that_is_raised() -> None:
    (finding,) = found(ID, "version: 0.1\nstorage: {filesystem: {maxthreads: 5}}\n")
    assert (finding.severity, "25" in finding.what) == ("note", True)


@pytest.mark.parametrize("written", ["10485760", "'10485760'", "0xA00000", "10_485_760"])
def test_a_plain_figure(written: str) -> None:
    assert found(ID, s3(f"chunksize: {written}")) == ()


def test_no_figure() -> None:
    assert found(ID, FILESYSTEM) == ()
