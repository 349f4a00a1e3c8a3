"""`filesystem.shared-modes` against what the real registry makes under a friendly umask."""

from __future__ import annotations

import stat

from registry_preflight.fixtures import referee

from registry_preflight import Status

from .conftest import Store, status_of

FRIENDLY = ["sh", "-c", 'umask 002; exec "$@"', "sh"]


def test_blob_directories_are_closed_to_the_group_whatever_the_umask(store: Store) -> None:
    store.root.chmod(0o2775)
    with referee.serving(store.config(), before=FRIENDLY) as client:
        client.push(referee.image("shared", [100]))
    # The registry makes those of layers when it moves them, and those of manifests when it writes them.
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o777 for path in store.place("blobs", "sha256").glob("*/*")}
    assert 0o755 in modes
    assert stat.S_IMODE(store.place("repositories", "shared").stat().st_mode) & 0o777 == 0o775
    assert status_of(store.foretell(), "filesystem.shared-modes") is Status.WARNED


def test_a_store_of_one_user(store: Store) -> None:
    assert status_of(store.foretell(), "filesystem.shared-modes") is Status.PASSED
