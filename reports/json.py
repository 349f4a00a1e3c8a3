"""JSON for programs: the contract is the schema that `registry-preflight schema report` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry_preflight import Report, document


def iter_chunks(reports: Iterable[Report], many: bool) -> Iterator[str]:
    """One object, or with `many` an array with one report a line; never more than one report in memory.

    It is pure ASCII, so that no terminal and no encoding can change it. Raises `ValueError` if there is not exactly
    one report and `many` is false.
    """
    from json import JSONEncoder

    encode = JSONEncoder(separators=(",", ":"), check_circular=False, allow_nan=False, default=str).encode
    if not many:
        (only,) = reports
        yield encode(document(only)) + "\n"
        return
    before = "[\n"
    for each in reports:
        yield before + encode(document(each))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
