"""How the tests reach the formats: as the command line does, by the entry points."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry_preflight import Report, Reports, View, load_formats

Render = Callable[..., str]


@pytest.fixture
def render() -> Render:
    """Render some reports in a format; several are `many`, and so is one where the test says it."""

    def render(name: str, *reports: Report, many: bool | None = None, **view: object) -> str:
        formats, _ = load_formats()
        several = len(reports) > 1 if many is None else many
        held = Reports(iter(reports), many=several, view=View()._replace(**view))  # type: ignore[arg-type]
        return "".join(formats[name].render(held))

    return render
