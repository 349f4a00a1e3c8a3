"""Looks over an existing store as the registry would walk it: what it could not read, remove or make sense of.

Part of the disk worker, so it imports nothing of the package. It only reads, follows no link of its own accord
further than the registry does, and stops after a number of entries or of seconds.
"""

from __future__ import annotations

import os
import re
import stat
import time

LAYOUT = "docker/registry/v2"
#: A repository's name as every release accepts it, and the longest one.
REPOSITORY = re.compile(r"[a-z0-9]+(?:(?:[._]|__|-*)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-*)[a-z0-9]+)*)*\Z")
LONGEST_NAME = 255
DIGEST_PLACE = re.compile(
    r"(?:sha256/[0-9a-f]{2}/[0-9a-f]{64}|sha384/[0-9a-f]{2}/[0-9a-f]{96}|sha512/[0-9a-f]{2}/[0-9a-f]{128})\Z"
)
#: Bytes of a link: the name of an algorithm, a colon and the number, and no line end.
LINK_SIZES = (71, 103, 135)
EMPTY_BLOB = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
EXAMPLES = 5


class _OutOfBounds(Exception):
    """The survey has looked at as much as it may."""


class _Survey:
    """One walk. `counts` says how many of each kind were met, `examples` names some of them."""

    def __init__(self, root: str, entries: int, seconds: float, layers_walked: bool) -> None:
        self.base = os.path.join(root, LAYOUT)
        self.layers_walked = layers_walked
        self.left = entries
        self.until = time.monotonic() + seconds
        self.uid = os.geteuid()
        self.manifests: set[str] = set()
        self.stray_tags: set[str] = set()
        self.counts: dict[str, int] = {}
        self.examples: dict[str, list[str]] = {}

    def met(self, kind: str, example: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        kept = self.examples.setdefault(kind, [])
        if len(kept) < EXAMPLES:
            kept.append(example)

    def children(self, path: str, walked: bool = True) -> list[tuple[str, os.stat_result]]:
        """Names and status of what is in a directory, in the registry's order; what it cannot list is noted.

        `walked` says that garbage collection lists it too: a directory that may be searched and not listed stops that,
        and no pull.
        """
        if time.monotonic() > self.until:
            raise _OutOfBounds
        try:
            found = sorted(os.listdir(path))
        except (FileNotFoundError, NotADirectoryError):
            return []  # removed a moment ago, or not there yet
        except OSError:
            if walked:
                self.met("unlistable", path)
            # What mkfs puts there holds no image, but the walk of a garbage collection ends at it all the same.
            if os.path.basename(path) != "lost+found":
                self.met("hidden" if os.access(path, os.X_OK) else "unreadable", path)
            return []
        self.left -= len(found)
        if self.left < 0:
            raise _OutOfBounds
        listed = []
        for name in found:
            try:
                listed.append((name, os.stat(os.path.join(path, name))))
            except FileNotFoundError:
                continue
            except OSError:
                if walked:
                    self.met("unlistable", os.path.join(path, name))
                self.met("unreadable", os.path.join(path, name))
        return listed

    def removable(self, path: str, itself: os.stat_result) -> bool:
        """Whether this user may remove what is in a directory: write and search, and past the sticky bit."""
        sticky = itself.st_mode & stat.S_ISVTX and self.uid not in (0, itself.st_uid)
        return not sticky and os.access(path, os.W_OK | os.X_OK)

    def readable(self, path: str) -> bool:
        if os.access(path, os.R_OK):
            self.met("readable", path)
            return True
        self.met("unreadable", path)
        return False

    def repositories(self) -> None:
        self.repository(os.path.join(self.base, "repositories"), "")

    def repository(self, path: str, name: str) -> None:
        """One directory below repositories/, and those in it."""
        children = self.children(path)
        kinds = {child: stat.S_ISDIR(found.st_mode) for child, found in children}
        if "_layers" in kinds:
            self.met("repository", path)
            if not REPOSITORY.match(name) or len(name) > LONGEST_NAME:
                self.met("misnamed", path)
        for child, found in children:
            below = os.path.join(path, child)
            if child.startswith("_") and not kinds[child] and child != "_layers":
                self.met("blinding", below)
            elif child == "_manifests" and kinds[child]:
                # By name, as the registry does: it never lists this directory itself.
                self.links(os.path.join(below, "revisions"), "manifest", walked=True)
                self.links(os.path.join(below, "tags"), "tag", walked=False)
                self.erasable(below, found)
            elif child == "_layers" and kinds[child]:
                self.links(below, "layer", walked=self.layers_walked)
            elif kinds[child] and not child.startswith("_"):
                self.repository(below, f"{name}/{child}" if name else child)

    def links(self, path: str, kind: str, walked: bool) -> None:
        """The files called link below a repository: empty ones were cut short by a crash or a full disk."""
        for child, found in self.children(path, walked):
            below = os.path.join(path, child)
            if stat.S_ISDIR(found.st_mode):
                self.links(below, kind, walked)
            elif child == "link":
                if kind == "manifest":
                    self.manifests.add(os.path.basename(path))
                readable = self.readable(below)
                if kind == "manifest" and not readable:
                    self.met("unmarkable", below)
                if found.st_size not in LINK_SIZES:
                    self.met(f"{'misshapen' if found.st_size else 'empty'} {kind} link", below)
            elif kind == "tag" and os.path.basename(path) == "tags":
                self.met("stray tag", below)
                self.stray_tags.add(path)

    def erasable(self, path: str, itself: os.stat_result) -> None:
        """Whether a manifest of this repository may be deleted: its link and its tags are removed."""
        self.met("manifests", path)
        closed = self.first_closed(path, itself)
        if closed:
            self.met("undeletable", closed)

    def first_closed(self, path: str, itself: os.stat_result) -> str:
        children = [(name, found) for name, found in self.children(path, walked=False) if stat.S_ISDIR(found.st_mode)]
        # Nothing is removed from the directories that only hold revisions/, tags/ and sha256/ themselves.
        fixed = {"revisions", "tags", "sha256"}
        holds = not children or not fixed.issuperset(name for name, _ in children)
        if holds and not self.removable(path, itself):
            return path
        return next(
            (closed for name, found in children if (closed := self.first_closed(os.path.join(path, name), found))), ""
        )

    def blobs(self) -> None:
        base = os.path.join(self.base, "blobs")
        for algorithm, found in self.children(base):
            if not stat.S_ISDIR(found.st_mode):
                self.stray(algorithm, os.path.join(base, algorithm), "")
                continue
            place = os.path.join(base, algorithm)
            for prefix, itself in self.children(place):
                self.prefix(os.path.join(place, prefix), f"{algorithm}/{prefix}", itself)

    def prefix(self, path: str, place: str, itself: os.stat_result) -> None:
        """One of the up to 256 directories that hold the blobs whose digests begin alike."""
        if not stat.S_ISDIR(itself.st_mode):
            self.stray(os.path.basename(path), path, os.path.dirname(place))
            return
        removable = self.removable(path, itself)
        for digest, found in self.children(path):
            below = os.path.join(path, digest)
            if stat.S_ISDIR(found.st_mode):
                self.blob(below, f"{place}/{digest}", removable and self.removable(below, found))
            else:
                self.stray(digest, below, place)

    def blob(self, path: str, place: str, removable: bool) -> None:
        for name, found in self.children(path):
            below = os.path.join(path, name)
            if name != "data" or not DIGEST_PLACE.match(place):
                self.stray(name, below, place)
                continue
            self.met("blob", path)
            if not removable:
                self.met("uncollectable", path)
            manifest = os.path.basename(path) in self.manifests
            readable = self.readable(below)
            if not readable and manifest:
                self.met("unmarkable", below)
            if found.st_size == 0 and not place.endswith(EMPTY_BLOB):
                self.met("empty manifest" if manifest else "empty blob", below)
            elif manifest and readable and not _is_object(below, found.st_size):
                self.met("misshapen manifest", below)

    def stray(self, name: str, path: str, place: str) -> None:
        # Garbage collection takes any file of this name for a blob and stops where its directory is no digest.
        if name == "data" and not DIGEST_PLACE.match(place):
            self.met("stray", path)


def _is_object(path: str, size: int) -> bool:
    """Whether a file begins and ends as a JSON object does; one that was cut short does not."""
    with open(path, "rb") as file:
        begins = file.read(64).lstrip()[:1]
        file.seek(max(0, size - 64))
        return begins == b"{" and file.read().rstrip()[-1:] == b"}"


def survey(root: str, entries: int, seconds: float, layers_walked: bool) -> dict[str, object]:
    """Walk repositories, then blobs. Half of the bounds is for each.

    `layers_walked`: garbage collection of the release lists the links of layers too, as 3.x does.
    """
    looked = _Survey(root, entries // 2, seconds / 2, layers_walked)
    complete = True
    for walk in (looked.repositories, looked.blobs):
        try:
            walk()
        except _OutOfBounds:
            complete = False
        except RecursionError:
            complete = False
        looked.left, looked.until = entries // 2, time.monotonic() + seconds / 2
    counts = {**looked.counts, "repositories with stray tags": len(looked.stray_tags)}
    return {"complete": complete, "counts": counts, "examples": looked.examples}
