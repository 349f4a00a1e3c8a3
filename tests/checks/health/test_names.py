"""`health.names`."""

from __future__ import annotations

import pytest

from ..findings import FILESYSTEM, found

ID = "health.names"


@pytest.mark.parametrize(
    "settings",
    [
        "{file: [{file: /a}, {file: /a}]}",
        "{file: [{file: a}], tcp: [{addr: a}]}",
        "{http: [{}], tcp: [{}]}",
        "{storagedriver: {enabled: true}, file: [{file: storagedriver_filesystem}]}",
    ],
)
def test_a_name_twice(settings: str) -> None:
    (finding,) = found(ID, f"{FILESYSTEM}health: {settings}\n")
    assert finding.severity == "blocker"


@pytest.mark.parametrize(
    "settings",
    [
        "{file: [{file: /a}, {file: /b}]}",
        "{file: [{}]}",
        "{storagedriver: {enabled: false}, file: [{file: storagedriver_filesystem}]}",
    ],
)
def test_names_that_differ(settings: str) -> None:
    assert found(ID, f"{FILESYSTEM}health: {settings}\n") == ()
