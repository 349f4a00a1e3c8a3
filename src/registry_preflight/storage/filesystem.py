"""The filesystem driver's directory, as a check may use it: small verbs on the real disk, and no verdicts.

All disk work goes through `Disk`: as the registry's user where one is given, and never longer than its patience.
"""

from __future__ import annotations

import errno
import os
import posixpath
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from registry_preflight.storage import probe_names
from registry_preflight.storage.disk import Disk, DiskStuck
from registry_preflight.storage.disk_found import Images, Survey
from registry_preflight.storage.mounts import (
    FSTAB,
    Mount,
    Wanted,
    is_below,
    mount_of,
    mounts_below,
    read_mounts,
    read_wanted,
)

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config
    from registry_preflight.config.options import Options
    from registry_preflight.ledger import Ledger
    from registry_preflight.storage.filesystem_upload import Upload

__all__ = ["DiskStuck", "FilesystemStorage", "Images", "Space", "Status", "Survey"]

LAYOUT = "docker/registry/v2"
LAYOUT_DIRECTORIES = (
    "docker",
    "docker/registry",
    LAYOUT,
    f"{LAYOUT}/repositories",
    f"{LAYOUT}/blobs",
    f"{LAYOUT}/blobs/sha256",
)
#: How much of an existing store is looked at: enough for some thousand images, and no more than two seconds.
SURVEY_ENTRIES = 40_000
SURVEY_SECONDS = 2.0
SURVEY_IMAGES = 500
#: Seconds that one removal may take at the end of a run.
REMOVAL_PATIENCE = 3.0


class Status(NamedTuple):
    """What is at a path. Sizes in bytes, times in seconds since 1970."""

    mode: int
    uid: int
    gid: int
    size: int
    modified: float


class Space(NamedTuple):
    """A file system's room in bytes, and its inodes. `reserved` is what only root may use.

    `inodes` is 0 where the file system makes them as it needs them.
    """

    total: int
    free_for_root: int
    free: int
    inodes: int
    free_inodes: int

    @property
    def reserved(self) -> int:
        """Bytes that are free for root only."""
        return self.free_for_root - self.free


class FilesystemStorage:
    """The directory of one config. `root` is what the registry joins its paths to, `absolute` the same from `/`.

    `config.options.as_user` is the user and group whose rights count. Verbs raise `OSError` with the kernel's reason,
    `DiskStuck` where the disk does not answer, and `CannotTell` where this process may not act as that user.
    """

    ENFORCING = "/sys/fs/selinux/enforce"
    FSTAB = FSTAB
    #: Seconds that one call to the disk may take.
    PATIENCE = 10.0

    def __init__(self, config: Config, ledger: Ledger, run_id: str) -> None:
        self.config = config
        self.ledger = ledger
        self.run_id = run_id
        self.root = root_of(config)
        self.absolute = clean(os.path.join(os.getcwd(), self.root))
        self.disk = Disk(config.options.as_user, self.PATIENCE)
        self._own_disk = Disk(None, self.PATIENCE)
        self._surveying = threading.Lock()
        self._survey: Survey | None = None

    def close(self) -> None:
        """End the helper processes. The handle still works afterwards."""
        self.disk.close()
        self._own_disk.close()

    @property
    def options(self) -> Options:
        """The options of the run."""
        return self.config.options

    @cached_property
    def uid(self) -> int:
        """The user whose rights count."""
        given = self.options.as_user
        return os.geteuid() if given is None else given[0]

    @property
    def user(self) -> str:
        """That user, for a sentence."""
        return "root" if self.uid == 0 else f"user {self.uid}"

    def place(self, *names: str) -> str:
        """A path below the registry's own directory in the root."""
        return posixpath.join(self.root, LAYOUT, *names)

    # What is there

    def status(self, path: str, *, follow: bool = True) -> Status:
        """What is at a path. Raises `FileNotFoundError` and its kin."""
        mode, uid, gid, size, modified = cast("tuple[float, ...]", self.disk.call("status", path, follow))
        return Status(int(mode), int(uid), int(gid), int(size), modified)

    def exists(self, path: str) -> bool:
        """Whether something is there. A dangling link is nothing, as for the registry."""
        try:
            self.status(path)
        except FileNotFoundError:
            return False
        return True

    def allowed(self, path: str, mode: int) -> bool:
        """Whether the user may read (4), write (2), search (1) there, or several of them."""
        return bool(self.disk.call("allowed", path, mode))

    def names(self, path: str, limit: int = 1000) -> list[str]:
        """Up to `limit` names in a directory; none where it does not exist."""
        try:
            return cast("list[str]", self.disk.call("names", path, limit))
        except FileNotFoundError:
            return []

    def read(self, path: str, limit: int = 4096) -> str:
        """The beginning of a file."""
        return cast("str", self.disk.call("read", path, limit))

    def nearest(self, path: str) -> str:
        """The path itself, or the nearest directory above it that exists. Raises `OSError` such as ELOOP, EACCES."""
        while not self.exists(path):
            above = posixpath.dirname(path) or "."
            if above == path:
                break
            path = above
        return path

    @cached_property
    def data_directory(self) -> str:
        """Where the data lies or will lie: the registry's blobs, or the nearest directory that exists above them."""
        return self.nearest(self.place("blobs"))

    @cached_property
    def missing_directories(self) -> int:
        """How many of the directories of the layout are not there yet."""
        return sum(not self.exists(posixpath.join(self.root, name)) for name in LAYOUT_DIRECTORIES)

    @cached_property
    def space(self) -> Space:
        """Room on the file system of `data_directory`, as `df` shows it."""
        return Space(*cast("list[int]", self.disk.call("space", self.data_directory)))

    def real(self, path: str) -> str:
        """A path without symbolic links, as far as it exists."""
        return cast("str", self.disk.call("target_of", path))

    @cached_property
    def mounts(self) -> tuple[Mount, ...]:
        """All mounts that this process sees. Raises `OSError` off Linux."""
        return read_mounts()

    @cached_property
    def mount(self) -> Mount | None:
        """The mount that the data lies on."""
        return self.mount_at(self.data_directory)

    def mount_at(self, path: str) -> Mount | None:
        """The mount that a path, or the nearest directory above it, lies on, links followed."""
        return mount_of(self.real(self.nearest(path)), self.mounts)

    @cached_property
    def mounts_below(self) -> tuple[Mount, ...]:
        """Other mounts on directories inside the root."""
        return mounts_below(self.real(self.absolute), self.mounts)

    def mounts_inside(self, part: str) -> tuple[Mount, ...]:
        """Other mounts on directories inside a part of the layout, such as `repositories`."""
        whole = self.real(self.place(part))
        return tuple(mount for mount in self.mounts_below if is_below(mount.point, whole) and mount.point != whole)

    def missing_mounts(self) -> tuple[Wanted, ...]:
        """What /etc/fstab wants on the root directory or above it (but for `/`), and is not mounted."""
        there = {mount.point for mount in self.mounts}
        whole = self.real(self.absolute)
        wanted = (one for one in read_wanted(self.FSTAB) if one.point != "/" and is_below(whole, one.point))
        return tuple(one for one in wanted if one.point not in there)

    def quota(self) -> tuple[int, int, int, int] | None:
        """Hard limit and use in bytes, then in inodes, of the user on the device; None where none is visible.

        Asked as the user of this process, since only root may ask about others.
        """
        if self.mount is None or not self.mount.source.startswith("/"):
            return None
        found = cast("list[int] | None", self._own_disk.call("quota", self.mount.source, self.uid))
        return None if found is None else (found[0], found[1], found[2], found[3])

    def label(self, path: str) -> str:
        """The SELinux label of a path; empty where there is none."""
        return cast("str", self.disk.call("attribute", path, "security.selinux"))

    def enforcing(self) -> bool:
        """Whether this kernel enforces SELinux rules."""
        try:
            with open(self.ENFORCING, encoding="ascii") as switch:
                return switch.read(1) == "1"
        except OSError:
            return False

    @property
    def survey(self) -> Survey:
        """What was in the store before this run wrote to it, looked over once."""
        with self._surveying:
            if self._survey is None:
                self._survey = self._look_over()
            return self._survey

    def _look_over(self) -> Survey:
        patience = SURVEY_SECONDS * 2 + self.disk.patience
        layers_walked = self.config.release.at_least("3.0")
        found = self.disk.call("survey", self.root, SURVEY_ENTRIES, SURVEY_SECONDS, layers_walked, patience=patience)
        said = cast("dict[str, object]", found)
        counts, examples = cast("dict[str, int]", said["counts"]), cast("dict[str, list[str]]", said["examples"])
        return Survey(bool(said["complete"]), counts, examples)

    @cached_property
    def images(self) -> Images:
        """Whether the tagged images that are there are whole."""
        found = self.disk.call(
            "images", self.root, SURVEY_IMAGES, SURVEY_SECONDS, patience=SURVEY_SECONDS * 2 + self.disk.patience
        )
        return Images(**cast("dict[str, Any]", found))

    @cached_property
    def writable_prefixes(self) -> dict[str, bool]:
        """The directories of `blobs/sha256` that exist, and whether the user may make something in them."""
        base = self.place("blobs", "sha256")
        there = sorted(name for name in self.names(base) if probe_names.PREFIX.match(name))
        return {name: self.allowed(posixpath.join(base, name), os.W_OK | os.X_OK) for name in there}

    # The rehearsal

    def upload(self, purpose: str) -> Upload:
        """A probe upload of this run; nothing is written yet."""
        from registry_preflight.storage.filesystem_upload import Upload

        # Whatever describes the disk as it was is looked at before this run changes it.
        _ = self.space, self.missing_directories, self.survey
        return Upload(self, purpose)

    def make_directories(self, path: str) -> None:
        """Make a directory and those above it that are missing, as the registry does; all that were made go again."""
        missing = []
        while not self.exists(path):
            missing.append(path)
            above = posixpath.dirname(path) or "."
            if above == path:
                break
            path = above
        for directory in reversed(missing):
            self._make_directory(directory)

    def _make_directory(self, path: str) -> None:
        own = path.startswith(self.place("repositories", probe_names.MARK))
        with self.ledger.creating("directory", path, lambda: self._remove_directory(path, own)) as entry:
            try:
                self.disk.call("make_directory", path, 0o777)
            except FileExistsError:
                self.ledger.forget(entry)
                # Another check was quicker; anything but a directory stands in the registry's way too.
                if not self._is_directory(path):
                    raise

    def _is_directory(self, path: str) -> bool:
        import stat

        try:
            return stat.S_ISDIR(self.status(path).mode)
        except FileNotFoundError:
            return False

    def _remove_directory(self, path: str, own: bool) -> None:
        try:
            self._remove("remove_directory", path)
        except OSError as refusal:
            # A registry that started meanwhile may use the directories of the layout: then they are no longer ours.
            if own or refusal.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise

    def _remove(self, verb: str, path: str) -> None:
        with suppress(FileNotFoundError):
            self.disk.call(verb, path, patience=REMOVAL_PATIENCE, even_if_stuck=True)

    def file_entry(self, path: str) -> Callable[[], None]:
        """The remover of a file, for the ledger."""
        return lambda: self._remove("remove_file", path)

    # Earlier runs

    def leftovers(self) -> list[str]:
        """Paths of probe repositories and probe blobs that interrupted runs left here, other than this run's."""
        found = []
        for name in self.names(self.place("repositories"), 100_000):
            run = probe_names.run_of(name)
            if run and run != probe_names.run_of(probe_names.repository(self.run_id)):
                found += [self.place(*place) for place in self._blobs_of(run)]
                found.append(self.place("repositories", name))
        return found

    def _blobs_of(self, run: str) -> list[tuple[str, ...]]:
        present = set(self.names(self.place("blobs", "sha256")))
        places = [place for place in probe_names.blob_places(run) if place[2] in present]
        return [place for place in places if self.exists(self.place(*place))]

    def clean_up(self) -> list[str]:
        """Remove what interrupted runs left; the paths that stayed, with the reason.

        Blobs go first: their names can only be told from the repository's.
        """
        stayed = []
        for path in self.leftovers():
            try:
                self.disk.call("remove_tree", path, 1000)
            except FileNotFoundError:
                continue
            except OSError as refusal:
                stayed.append(f"{path}: {refusal.strerror}")
        return stayed


def root_of(config: Config) -> str:
    """The root directory as the release uses it, cleaned as Go's `path.Join` cleans it.

    An empty value is `/`, since joining drops the empty part and the layout begins with a slash (2.8.2, seen: it makes
    /docker); null is a directory called `<nil>` in the working directory (seen).
    """
    value = str(config.parameter("rootdirectory").value)
    return clean(value) if value else "/"


def clean(path: str) -> str:
    """A path without `.`, `..` and doubled slashes, by text alone."""
    return posixpath.normpath("/" + path.lstrip("/") if path.startswith("/") else path)
