"""`storage.numbers`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Config, Finding, Parameter, check, given_values, note, printed, warning


@check("storage.numbers", needs=["storage.driver"])
def numbers(config: Config) -> Iterator[Finding]:
    """The driver reads each number as it is written.

    What a driver makes of a number differs by release. In 3.x s3 reads the leading digits and leaves the rest: 10MB is
    10, 0x1000 is 0, and 1e7, which a template easily writes for ten million, is 1. In 2.x a leading zero means octal.
    Some drivers raise a figure that is too small.
    """
    given = config.parameters.given
    if not given:
        return
    entries = config.parameters.entries
    for key in given:
        entry = entries.get(key)
        if entry is None or not config.parameters.reads(key):
            continue
        parameter = config.parameters[key]
        if type(parameter.value) is int and not parameter.wanted and parameter.raw is not None:
            yield from _changed(config, parameter)


def _changed(config: Config, parameter: Parameter) -> Iterator[Finding]:
    value, raw = parameter.value, parameter.raw
    written = raw if isinstance(raw, str) else _written(config, parameter)
    if str(value) == written.strip().lstrip("+"):
        return
    meant = _meant(written)
    unit = f" {parameter.entry['unit']}" if "unit" in parameter.entry else ""
    least = parameter.entry.get("at_least")
    if meant == value:
        return
    if isinstance(least, int) and meant is not None and meant < least:
        yield note(
            what=f"{parameter.path} is {written}; the {config.driver} driver works with {value}.",
            why=f"It replaces a figure below {least} without a word.",
            fix=f"Write {least} or more.",
            where=parameter.path,
        )
        return
    yield warning(
        what=f"{config.release.name} reads {written!r} as {value}{unit} for {parameter.path}.",
        why="The driver takes what it can make out and says nothing about the rest.",
        fix=f"Write {meant if meant is not None else 'the figure'} in plain decimal digits, without a unit.",
        where=parameter.path,
    )


def _written(config: Config, parameter: Parameter) -> str:
    found = next((given for given in given_values(config) if given.path == parameter.path), None)
    if found is None or found.written is None:
        return printed(parameter.raw)
    return found.written


_FACTORS = {
    "": 1,
    "k": 1000,
    "kb": 1000,
    "kib": 1 << 10,
    "m": 10**6,
    "mb": 10**6,
    "mib": 1 << 20,
    "g": 10**9,
    "gb": 10**9,
    "gib": 1 << 30,
    "b": 1,
}


def _meant(written: str) -> int | None:
    """The number that a person means by this text; `None` where one can only guess."""
    plain = written.strip().lower().replace("_", "")
    if plain[:2] in ("0x", "0o", "0b"):
        try:
            return int(plain, 0)
        except ValueError:
            return None
    digits = plain.rstrip("bgikm ")
    factor = _FACTORS.get(plain[len(digits) :].strip())
    try:
        return int(float(digits) * factor) if factor is not None else None
    except (ValueError, OverflowError):
        return None
