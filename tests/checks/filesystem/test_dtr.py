"""`filesystem.dtr`: what it finds, and what it leaves alone."""

from __future__ import annotations

from ..findings import found


def test_elsewhere_images_are_lost() -> None:
    finding = next(
        one
        for one in found("filesystem.dtr", "filesystem:\n  rootdirectory: /var/lib/registry\n", target="registry-2.5")
        if one.severity == "warning"
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_the_spelling_without_hyphen_is_another_place() -> None:
    finding = next(
        one
        for one in found(
            "filesystem.dtr", "filesystem:\n  rootdirectory: /var/local/dtr/imagestorage/local\n", target="registry-2.5"
        )
        if one.severity == "warning"
    )
    assert (finding.severity, finding.where.path) == ("warning", "storage.filesystem.rootdirectory")
    assert not finding.breaks


def test_replicas_do_not_share_a_local_volume() -> None:
    (finding,) = found("filesystem.dtr", "filesystem:\n  rootdirectory: /local\n", target="registry-2.5")
    assert (finding.severity, finding.where.path) == ("note", "storage.filesystem")
    assert not finding.breaks


def test_a_subdirectory_is_fine_but_for_replicas() -> None:
    (finding,) = found(
        "filesystem.dtr", "filesystem:\n  rootdirectory: /var/local/dtr/image-storage/team\n", target="registry-2.5"
    )
    assert (finding.severity, finding.where.path) == ("note", "storage.filesystem")
    assert not finding.breaks


def test_a_whole_config_is_a_registry_of_ones_own() -> None:
    assert not found(
        "filesystem.dtr",
        "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\n",
        target="registry-2.5",
    )
