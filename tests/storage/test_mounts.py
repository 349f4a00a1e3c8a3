"""Reading the kernel's table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry_preflight.storage.mounts import mount_of, mounts_below, parse, read_mounts, read_wanted

TABLE = r"""20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
21 20 0:5 / /proc rw - proc proc rw
30 20 0:40 / /srv/with\040space rw - tmpfs tmp\134fs rw,size=4k
31 20 8:2 / /srv/data rw - xfs /dev/sdb1 rw
32 31 8:2 /sub /srv/data/inner ro,relatime master:7 propagate_from:3 - xfs /dev/sdb1 rw
33 20 0:41 / /srv/data rw - nfs4 server:/export rw,hard,addr=10.0.0.1
nonsense
34 20 0:42 / /srv/short rw - ramfs none
"""
MOUNTS = tuple(parse(TABLE))


def test_lines_that_are_none_are_passed_over() -> None:
    assert len(MOUNTS) == 7


def test_escapes() -> None:
    assert (MOUNTS[2].point, MOUNTS[2].source) == ("/srv/with space", "tmp\\fs")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/srv", "ext4"),
        ("/srv/data", "nfs4"),
        ("/srv/data/x", "nfs4"),
        ("/srv/database", "ext4"),
        ("/srv/data/inner/y", "xfs"),
    ],
)
def test_the_longest_point_and_of_these_the_last(path: str, kind: str) -> None:
    found = mount_of(path, MOUNTS)
    assert found is not None and found.kind == kind


def test_read_only_by_the_mount_or_by_the_file_system() -> None:
    assert [mount.point for mount in MOUNTS if mount.read_only] == ["/srv/data/inner"]


def test_mounts_below() -> None:
    assert [mount.point for mount in mounts_below("/srv/data", MOUNTS)] == ["/srv/data/inner"]


def test_the_real_table() -> None:
    assert mount_of("/proc/self", read_mounts()) is not None


def test_fstab(tmp_path: Path) -> None:
    table = tmp_path / "fstab"
    table.write_text(
        "# no\n\n/dev/sdb1 /srv/with\\040space ext4 rw 0 2\n/dev/sdc1 none swap sw 0 0\n/dev/sdd1 /srv/b ext4 noauto,rw 0 0\nshort\n"
    )
    assert [wanted.point for wanted in read_wanted(str(table))] == ["/srv/with space"]


def test_no_fstab(tmp_path: Path) -> None:
    assert read_wanted(str(tmp_path / "missing")) == ()
