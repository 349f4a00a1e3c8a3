"""`moving.s3-numbers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, check, note


@check("moving.s3-numbers", needs=["storage.driver"], drivers=["s3"])
def s3_numbers(config: Config) -> Iterator[Finding]:
    """Sizes mean the same on both sides.

    Up to 2.8 the S3 driver reads a size as Go does, 0xA00000 and all, and refuses what is left over. From 3.0 on it
    takes the leading decimal digits and ignores the rest: 0xA00000 is 0, 10MB is 10.
    """
    given = config.parameters.given
    if not given:
        return
    for name in ("chunksize", "multipartcopychunksize", "multipartcopythresholdsize", "multipartcopymaxconcurrency"):
        raw = given.get(name)
        if isinstance(raw, str) and not raw.isdigit():
            yield note(
                what=f"{name} is {raw!r}, which 2.x and 3.x read differently.",
                why="2.x takes signs, 0x and leading zeros and refuses the rest; 3.x takes the leading digits and"
                " ignores the rest.",
                fix="Write plain decimal digits.",
                where=f"storage.{config.driver}.{name}",
            )
