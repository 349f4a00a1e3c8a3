"""Rules that remove or move objects."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Finding, S3Storage, blocker, check

from ._lifecycle import active, touches
from ._rights import BUCKET_EXISTS
from ._store import path_of

#: Classes whose objects must be restored before they can be read.
ARCHIVES = frozenset({"GLACIER", "DEEP_ARCHIVE"})


@check("s3.lifecycle", storage=S3Storage, needs=[BUCKET_EXISTS], touches="reads", drivers=["s3"])
def lifecycle(storage: S3Storage) -> Iterator[Finding]:
    """No lifecycle rule removes or archives the registry's objects.

    A layer that is shared by new images is as old as the first push of it: a rule that goes by age removes what is in
    use. What a rule has moved to an archive can't be read until it is restored.
    """
    rules = storage.survey.setting("lifecycle")
    for rule in active(rules) if rules is not None else ():
        if not touches(rule, storage.place()):
            continue
        name = rule.get("ID") or "without a name"
        age = rule.get("Expiration/Days") or rule.get("Expiration/Date")
        if age:
            yield _found(storage, name, f"removes objects ({age}{' days' if age.isdigit() else ''})")
        archive = next(
            (one.get("StorageClass") for one in rule.each("Transition") if one.get("StorageClass") in ARCHIVES), ""
        )
        if archive:
            yield _found(storage, name, f"moves objects to {archive}")


def _found(storage: S3Storage, name: str, does: str) -> Finding:
    return blocker(
        what=f"The lifecycle rule {name} of {storage.bucket} {does} below {storage.place()}.",
        why="Layers that images still use go with age: pulls fail one day, and pushes that rely on a layer being there make broken images.",
        fix=f"Limit the rule to another prefix than {storage.place()}/, and leave removal to garbage collection.",
        where=path_of(storage.config, "bucket"),
        evidence="GET ?lifecycle",
    )
