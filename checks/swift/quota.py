"""`swift.quota`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry_preflight import PUSH, CannotTell, Finding, SwiftStorage, blocker, check, warning

from ._terms import CONTAINER, IMAGE, LAYER, MARGIN, WHERE

#: What the push of that image leaves beside the segments of its large layer.
OBJECTS = 12


@check("swift.quota", storage=SwiftStorage, needs=[CONTAINER], touches="reads", drivers=["swift"], stages=(PUSH,))
def quota(storage: SwiftStorage) -> Iterator[Finding]:
    """The quotas leave room for an image of 40 MB.

    The driver sends in chunks, so Swift can't compare a length with a quota: each segment is taken while what is used does not
    exceed it, and the last one overshoots. A layer that is larger than what is left passes its first segments, then the push
    fails, and the container is over its quota (2.8.2, seen). A container's numbers are exact. An account's lag behind by
    minutes: a push that is larger than what is left goes well, and those that follow fail.
    """
    head = storage.head
    if head.ok:
        yield from _bytes(storage, head.value.headers)
        yield from _objects(storage, head.value.headers)
    account = storage.account
    if account.ok:
        yield from _account(account.value.headers)


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else None


def _bytes(storage: SwiftStorage, headers: Mapping[str, str]) -> Iterator[Finding]:
    limit, used = _number(headers, "x-container-meta-quota-bytes"), _number(headers, "x-container-bytes-used") or 0
    if limit is None or limit >= used + IMAGE + MARGIN:
        return
    if limit >= used + IMAGE:
        raise CannotTell(f"an image of 40 MB would fill the quota of {limit} bytes to within {MARGIN}")
    yield _full(storage, f"{limit} bytes, of which {used} are used", "quota-bytes")


def _objects(storage: SwiftStorage, headers: Mapping[str, str]) -> Iterator[Finding]:
    limit, used = _number(headers, "x-container-meta-quota-count"), _number(headers, "x-container-object-count") or 0
    chunk = storage.config.parameter("chunksize").value
    segments = -(-LAYER // chunk) if isinstance(chunk, int) and chunk > 0 else 2
    if limit is not None and limit < used + OBJECTS + segments:
        yield _full(
            storage, f"{limit} objects, of which {used} are there; that image takes {OBJECTS + segments}", "quota-count"
        )


def _full(storage: SwiftStorage, what: str, name: str) -> Finding:
    return blocker(
        what=f"The container's quota has no room for an image of 40 MB: {what}.",
        why="The registry starts, and the push fails when it has sent a part; the container is over its quota afterwards.",
        fix=f"Raise it: swift post -m '{name}:NUMBER' {storage.container} (an empty value removes it), or free some space.",
        where=WHERE,
        breaks=(PUSH,),
    )


def _account(headers: Mapping[str, str]) -> Iterator[Finding]:
    limit = _number(headers, "x-account-meta-quota-bytes")
    limit = _number(headers, "x-account-quota-bytes") if limit is None else limit
    used = _number(headers, "x-account-bytes-used") or 0
    if limit is not None and used <= limit < used + IMAGE:
        yield warning(
            what=f"The account's quota is {limit} bytes, of which {used} are used.",
            why="The next image may still go in, since the account's numbers lag behind; those after it fail with 500.",
            fix="Have the cluster's operators raise the quota of the account, or free some space.",
            where=WHERE,
        )
