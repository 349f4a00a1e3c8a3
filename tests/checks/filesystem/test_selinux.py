"""`filesystem.selinux`: the label is real, only the switch that says whether the kernel enforces is laid under."""

from __future__ import annotations

import os

import pytest
from registry_preflight.fixtures.backend import BackendMissing

from registry_preflight import Severity
from registry_preflight.storage.filesystem import FilesystemStorage

from .conftest import Store, findings_of


def severities(store: Store, monkeypatch: pytest.MonkeyPatch, label: str, enforcing: str) -> list[Severity]:
    switch = store.folder / "enforce"
    switch.write_text(enforcing)
    monkeypatch.setattr(FilesystemStorage, "ENFORCING", str(switch))
    try:
        os.setxattr(store.root, "security.selinux", label.encode() + b"\0")
    except OSError as refusal:
        raise BackendMissing(f"no SELinux labels here: {refusal}") from refusal
    return [found.severity for found in findings_of(store.foretell(), "filesystem.selinux")]


@pytest.mark.parametrize(
    ("label", "enforcing", "expected"),
    [
        ("system_u:object_r:var_lib_t:s0", "1", [Severity.WARNING]),
        ("system_u:object_r:var_lib_t:s0", "0", []),
        ("system_u:object_r:container_file_t:s0", "1", []),
        ("system_u:object_r:container_file_t:s0:c12,c34", "1", [Severity.NOTE]),
    ],
)
def test_labels(
    store: Store, monkeypatch: pytest.MonkeyPatch, label: str, enforcing: str, expected: list[Severity]
) -> None:
    assert severities(store, monkeypatch, label, enforcing) == expected


def test_no_label_is_needed_where_the_kernel_does_not_enforce(store: Store) -> None:
    assert findings_of(store.foretell(), "filesystem.selinux") == []
