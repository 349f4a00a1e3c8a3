"""`config.form`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "config.form"


@pytest.mark.parametrize("text", ["storage: {filesystem: {}}\n", "filesystem: {rootdirectory: /srv}\n"])
def test_a_section_is_told(text: str) -> None:
    (finding,) = found(ID, text)
    assert finding.severity == "note"


def test_a_whole_config_is_not() -> None:
    assert found(ID, FILESYSTEM) == ()
