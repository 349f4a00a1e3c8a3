"""`s3.storage-class`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note, warning

from ._store import at_amazon


@check("s3.storage-class", when=("storage.*.storageclass",), needs=["storage.driver"], drivers=["s3", "s3goamz"])
def storage_class(config: Config) -> Iterator[Finding]:
    """The storage class suits many small objects that are read at once and often deleted.

    The class goes with every write: layers, but also the small links and the states of running uploads, which are
    deleted minutes later. Classes for rare access bill at least 30 or 90 days and 128 KiB for each of them. Other
    stores than Amazon's know few of its classes. Archive classes, which cannot be read at once, are refused at start.
    """
    parameter = config.parameter("storageclass")
    if parameter.wanted:
        return
    name = parameter.text.upper()
    if name in ("", "STANDARD", "NONE"):
        return
    if not at_amazon(config):
        yield warning(
            what=f"The storage class {name} is asked for at a store that is not Amazon's.",
            why="Most others know STANDARD alone and refuse the write: the registry starts, and pushes fail.",
            fix=f"Remove {parameter.path}, or set it to NONE, which sends no class (2.7 and later).",
            where=parameter.path,
        )
    elif name in _ODD:
        say, why, fix = _ODD[name]
        yield say(
            what=f"The storage class is {name}.", why=why, fix=fix.replace("PATH", parameter.path), where=parameter.path
        )


_RARE = (
    "Each small file, also those of running uploads that live for minutes, is billed for at least 128 KiB and {} days."
)
_LIFECYCLE = "Set PATH: STANDARD, and let a lifecycle rule move what is old below docker/registry/v2/blobs."
_ODD = {
    "STANDARD_IA": (warning, _RARE.format(30), _LIFECYCLE),
    "ONEZONE_IA": (warning, _RARE.format(30) + " All is kept in one zone, and lost with it.", _LIFECYCLE),
    "GLACIER_IR": (
        warning,
        _RARE.format(90) + " It can be read at once, unlike the other archive classes.",
        _LIFECYCLE,
    ),
    "REDUCED_REDUNDANCY": (
        warning,
        "Amazon loses such objects more readily and no longer recommends the class; a lost layer breaks its images.",
        "Set PATH: STANDARD",
    ),
    "INTELLIGENT_TIERING": (
        note,
        "It works as long as the bucket's optional archive tiers are off: what is in them cannot be read at once.",
        "Leave the archive access tiers off.",
    ),
    "OUTPOSTS": (
        warning,
        "It exists on Outposts alone, where the bucket is addressed by an access point's ARN.",
        "Set PATH: STANDARD unless the bucket is on an Outpost.",
    ),
    "EXPRESS_ONEZONE": (
        warning,
        "It exists in directory buckets alone (names that end with --x-s3), which need the right s3:CreateSession.",
        "Set PATH: STANDARD unless the bucket is a directory bucket.",
    ),
}
