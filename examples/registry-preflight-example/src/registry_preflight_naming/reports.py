"""The report formats of this package; each becomes an option of `check`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from registry_preflight import Report, Reports, report

COLUMNS = ("config", "check", "severity", "path", "line", "what", "fix")


@report("csv", title="a line for each finding, for a spreadsheet")
def as_csv(reports: Reports) -> Iterator[str]:
    """The findings of all configs in one table."""
    yield _line(COLUMNS)
    for one in reports:
        yield from _lines(one)


def _lines(one: Report) -> Iterator[str]:
    for result in one.results:
        for found in result.findings:
            where = found.where
            yield _line((one.source, result.id, found.severity, where.path, where.line or "", found.what, found.fix))


def _line(cells: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(_harmless(str(cell)) for cell in cells)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula, and a config may come from anybody."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell
