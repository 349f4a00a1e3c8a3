"""The formats that come with the program, found as a stranger's would be: by the entry point of their package.

Each imports its module only when it is used, for a run should not pay for what it does not write.
"""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import Reports, report


@report("terminal", title="plain text for people: what a run shows by itself")
def as_terminal(reports: Reports) -> Iterator[str]:
    """Made for the view of the reports: its width, colours and encoding."""
    from .terminal import iter_chunks

    return iter_chunks(reports, reports.many, reports.view)


@report("json", title="one JSON object, or an array of them, for programs")
def as_json(reports: Reports) -> Iterator[str]:
    """The whole report, field by field."""
    from .json import iter_chunks

    return iter_chunks(reports, reports.many)


@report("html", title="one HTML page that stands alone, to read, print and hand on")
def as_html(reports: Reports) -> Iterator[str]:
    """The page of one report, or one page with all of them."""
    from .html import iter_chunks

    return iter_chunks(reports, reports.many)
