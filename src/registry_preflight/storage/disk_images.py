"""Looks whether the images of a store are whole: what their tags, manifests and links name has to be there.

Part of the disk worker, so it imports nothing of the package. It only reads, and stops after a number of images or of
seconds.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator

LAYOUT = "docker/registry/v2"
DIGEST = re.compile(r"(sha256|sha384|sha512):([0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})\Z")
#: Largest manifest that a registry takes, in bytes.
LARGEST = 4 << 20
EXAMPLES = 5


class _Broken(Exception):
    """An image cannot be pulled. `empty`: a file of zero bytes is why; `kept`: it cannot be deleted either."""

    def __init__(self, why: str, *, empty: bool = False, kept: bool = False) -> None:
        super().__init__(why)
        self.empty, self.kept = empty, kept


class _Images:
    def __init__(self, root: str, limit: int, seconds: float) -> None:
        self.base = os.path.join(root, LAYOUT)
        self.left = limit
        self.until = time.monotonic() + seconds
        self.found = {"images": 0, "broken": 0, "empty": 0, "kept": 0}
        self.examples: list[str] = []

    def look(self) -> bool:
        """Look at the images one by one; whether that were all."""
        for repository, tag in self.tags(os.path.join(self.base, "repositories")):
            self.left -= 1
            if self.left < 0 or self.late:
                return False
            try:
                self.image(repository, tag)
            except _Broken as broken:
                self.found["broken"] += 1
                self.found["empty"] += broken.empty
                self.found["kept"] += broken.kept
                if len(self.examples) < EXAMPLES:
                    self.examples.append(str(broken))
            except (OSError, RecursionError):
                continue  # what may not be read is told elsewhere
            self.found["images"] += 1
        return not self.late

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.until

    def tags(self, path: str) -> Iterator[tuple[str, str]]:
        """Every repository's path and one of its tags, in the registry's order."""
        names = [] if self.late else self._directories(path)
        if "_manifests" in names:
            for tag in self._directories(os.path.join(path, "_manifests", "tags")):
                yield path, tag
        for name in names:
            below = os.path.join(path, name)
            if not name.startswith("_") and not os.path.islink(below):
                yield from self.tags(below)

    @staticmethod
    def _directories(path: str) -> list[str]:
        try:
            with os.scandir(path) as entries:
                return sorted(entry.name for entry in entries if entry.is_dir())
        except OSError:
            return []

    def image(self, repository: str, tag: str) -> None:
        """Raises `_Broken` where its pull would fail."""
        link = os.path.join(repository, "_manifests", "tags", tag, "current", "link")
        if not os.path.exists(link):
            raise _Broken(f"{link} is not there")
        self.manifest(repository, self.digest(link, kept=True))

    def digest(self, link: str, *, kept: bool = False) -> tuple[str, str]:
        """The digest that a link holds: algorithm and number."""
        try:
            with open(link, "rb") as file:
                text = file.read(LARGEST).decode("utf-8", "replace")
        except FileNotFoundError:
            raise _Broken(f"{link} is not there", kept=kept) from None
        found = DIGEST.match(text)
        if found is None:
            raise _Broken(f"{link} holds no digest", empty=not text, kept=kept)
        return found[1], found[2]

    def size(self, digest: tuple[str, str], *, kept: bool = False) -> int:
        """Bytes of a blob."""
        path = self.data(digest)
        try:
            return os.stat(path).st_size
        except FileNotFoundError:
            raise _Broken(f"{path} is not there", kept=kept) from None

    def data(self, digest: tuple[str, str]) -> str:
        return os.path.join(self.base, "blobs", digest[0], digest[1][:2], digest[1], "data")

    def manifest(self, repository: str, digest: tuple[str, str]) -> None:
        """A manifest of a repository, and all that it names."""
        self.digest(os.path.join(repository, "_manifests", "revisions", *digest, "link"), kept=True)
        size = self.size(digest, kept=True)
        with open(self.data(digest), "rb") as file:
            content = file.read(LARGEST)
        try:
            said = json.loads(content)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise _Broken(f"{self.data(digest)} is no manifest", empty=not size)
        if isinstance(children := said.get("manifests"), list):
            self.one_of(repository, [child for child in children if isinstance(child, dict)])
            return
        for blob in (said.get("config"), *_list(said.get("layers")), *_list(said.get("fsLayers"))):
            self.blob(repository, blob)

    def one_of(self, repository: str, children: list[dict[str, object]]) -> None:
        """An index: a client takes one of its manifests, so one that is whole will do."""
        trouble: _Broken | None = None
        for child in children:
            try:
                self.manifest(repository, _parsed(child.get("digest")))
            except _Broken as broken:
                trouble = _Broken(str(broken), empty=broken.empty)
            else:
                return
        if trouble:
            raise trouble

    def blob(self, repository: str, said: object) -> None:
        """A config or a layer, as a manifest names it."""
        if not isinstance(said, dict) or said.get("urls"):
            return  # a foreign layer is fetched from its own place
        digest, wanted = _parsed(said.get("digest") or said.get("blobSum")), said.get("size")
        self.digest(os.path.join(repository, "_layers", *digest, "link"))
        size = self.size(digest)
        if isinstance(wanted, int) and size != wanted:
            raise _Broken(f"{self.data(digest)} has {size} bytes, not {wanted}", empty=not size)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _parsed(value: object) -> tuple[str, str]:
    found = DIGEST.match(value) if isinstance(value, str) else None
    if found is None:
        raise _Broken("a manifest names no digest")
    return found[1], found[2]


def images(root: str, limit: int, seconds: float) -> dict[str, object]:
    """Look at up to `limit` tagged images, for no longer than `seconds`."""
    looked = _Images(root, limit, seconds)
    complete = looked.look()
    return {"complete": complete, "examples": looked.examples, **looked.found}
