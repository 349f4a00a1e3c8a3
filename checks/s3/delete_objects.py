"""The right to remove objects."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, EVERY_STAGE, GC, PUSH, Finding, S3Storage, blocker, check, warning

from ._rights import BUCKET_EXISTS, refused, tried

_WHOLE = "Each push ends with the removal of its upload: it fails after all data has been sent. Deletes and collections fail too."
_OVERLOOKED = (
    "2.x overlooks what it may not delete: pushes and deletes look well, their uploads and manifests stay, and garbage"
    " collection says success and frees nothing."
)
_NOTICED = "3.x makes an error of each object that it may not delete: pushes fail at their end, and collections too."
_UNTAGGED = "3.x answers 202 to the DELETE of a manifest all the same; its tags stay, and name what is no longer there."


@check(
    "s3.delete-objects",
    storage=S3Storage,
    needs=[BUCKET_EXISTS],
    touches="writes",
    drivers=["s3"],
    stages=[PUSH, DELETE, GC],
    proves=[DELETE, GC],
)
def delete_objects(storage: S3Storage) -> Iterator[Finding]:
    """Objects can be removed wherever the registry removes some.

    The end of each push removes the upload, the DELETE of a manifest its links and tags, garbage collection the blobs.
    All go by DeleteObjects, which a store may refuse as a whole or, with status 200, key by key. The check asks for
    keys that do not exist, and then removes what it wrote.
    """
    rehearsal = storage.rehearsal
    rehearsal.begin(*(f"delete {name}" for name in rehearsal.places))
    denied = [
        (place, step) for name, place in rehearsal.places.items() if (step := tried(storage, f"delete {name}")).error
    ]
    if not denied:
        left = rehearsal.step("remove")
        if left.error:
            yield refused(storage, left.error, "DeleteObjects", "remove what they wrote", _WHOLE, [PUSH, DELETE, GC])
        return
    errors = [step.error for _, step in denied if step.error is not None]
    by_key = all("per-key" in error.fields for error in errors)
    removing = {stage for place, _ in denied for stage in place.removing}
    if by_key and not rehearsal.three:
        removing &= {GC}
    breaks = [stage for stage in EVERY_STAGE if stage in removing]
    noticed = _NOTICED if breaks else _UNTAGGED
    why = noticed if rehearsal.three else _OVERLOOKED if by_key else _WHOLE
    places = "anything" if len(denied) == len(rehearsal.places) else " or ".join(_a(place.name) for place, _ in denied)
    finding = blocker if breaks or "upload" in places or places == "anything" else warning
    yield refused(storage, errors[0], "DeleteObjects", f"delete {places}", why, breaks, finding)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
