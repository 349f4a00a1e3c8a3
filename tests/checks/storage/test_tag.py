"""`storage.tag`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "storage.tag"


def limited(limit: str) -> str:
    return f"version: 0.1\nstorage: {{inmemory: {{}}, tag: {{concurrencylimit: {limit}}}}}\n"


@pytest.mark.parametrize("limit", ["", "'5'", "-1", "5.0", "true", "18446744073709551615"])
def test_no_whole_number(limit: str) -> None:
    (finding,) = found(ID, limited(limit), target="registry-3.1")
    assert finding.severity == "blocker"


@pytest.mark.parametrize("limit", ["0", "8", "0x10"])
def test_a_whole_number(limit: str) -> None:
    assert found(ID, limited(limit), target="registry-3.0") == ()


def test_no_limit() -> None:
    assert found(ID, FILESYSTEM, target="registry-3.1") == ()
