"""The bodies of S3 requests, and of the answers that tell several things at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from registry_preflight.storage.s3_answers import Element


class Object(NamedTuple):
    """An object of a listing; `size` in bytes."""

    key: str
    size: int
    storage_class: str


class Listing(NamedTuple):
    """A page of a listing: objects, and the prefixes that a delimiter made of the others."""

    objects: tuple[Object, ...]
    prefixes: tuple[str, ...]
    truncated: bool
    root: str  # the name of the XML element: another store may answer something else with 200


class Upload(NamedTuple):
    """A multipart upload under way."""

    key: str
    id: str


def listing(root: Element) -> Listing:
    """A page of a listing."""
    objects = tuple(
        Object(one.key("Key"), int(one.get("Size") or 0), one.get("StorageClass")) for one in root.each("Contents")
    )
    prefixes = tuple(one.key("Prefix") for one in root.each("CommonPrefixes"))
    return Listing(objects, prefixes, root.get("IsTruncated") == "true", root.name)


def delete_body(keys: Iterable[str | tuple[str, str]]) -> bytes:
    """The body of DeleteObjects."""

    def one(key: str | tuple[str, str]) -> str:
        name, version = key if isinstance(key, tuple) else (key, "")
        versioned = f"<VersionId>{escape(version)}</VersionId>" if version else ""
        return f"<Object><Key>{escape(name)}</Key>{versioned}</Object>"

    inside = "".join(map(one, keys))
    return f'<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{inside}<Quiet>false</Quiet></Delete>'.encode()


def completion(parts: Sequence[tuple[int, str]]) -> bytes:
    """The body of CompleteMultipartUpload: the number and the ETag of each part."""
    inside = "".join(
        f"<Part><ETag>{escape(etag)}</ETag><PartNumber>{number}</PartNumber></Part>" for number, etag in parts
    )
    name = "CompleteMultipartUpload"
    return f'<{name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{inside}</{name}>'.encode()
