"""`filesystem.network-mount`, from the lines that the kernel shows of such mounts."""

from __future__ import annotations

import pytest

from registry_preflight import Severity

from .conftest import Store, findings_of, mount_table


@pytest.mark.parametrize(
    ("line", "severities"),
    [
        ("nfs4 server:/export rw,vers=4.2,hard,actimeo=0", []),
        ("nfs4 server:/export rw,vers=4.2,hard", [Severity.NOTE]),
        ("nfs server:/export rw,vers=3,soft,lookupcache=none", [Severity.WARNING]),
        ("cifs //server/share rw,vers=3.1.1", [Severity.WARNING]),
        ("ext4 /dev/sdb1 rw", []),
    ],
)
def test_options(store: Store, monkeypatch: pytest.MonkeyPatch, line: str, severities: list[Severity]) -> None:
    mount_table(monkeypatch, store, line)
    assert [found.severity for found in findings_of(store.foretell(), "filesystem.network-mount")] == severities
