"""What a stranger's plugin needs: the decorator, and how its formats are found."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from registry_preflight import Format, Reports, load_formats, report
from registry_preflight.format import formats_of

from .samples import not_ready, ready


@report("csv", title="one line for each config")
def csv(reports: Reports) -> Iterator[str]:
    """A stranger's format."""
    for each in reports:
        yield f"{each.source},{each.verdict}\n"


def test_a_format_renders_what_its_function_yields() -> None:
    assert list(csv.render(Reports([ready(), not_ready()]))) == ["ready.yml,ready\n", "storage.yml,not-ready\n"]


def test_an_entry_point_may_name_a_format() -> None:
    assert formats_of(csv) == {"csv": csv}


def test_an_entry_point_may_name_a_module() -> None:
    module = ModuleType("acme")
    module.__dict__.update(anything=5, whatever=csv)
    assert formats_of(module) == {"csv": csv}


@pytest.mark.parametrize("plugin", [ModuleType("acme"), 5, None, Format])
def test_an_entry_point_without_a_format_is_refused(plugin: object) -> None:
    with pytest.raises(ValueError, match="no report format"):
        formats_of(plugin)


def test_two_formats_of_one_name_are_refused() -> None:
    module = ModuleType("acme")
    module.__dict__.update(one=csv, other=csv._replace(title="another"))
    with pytest.raises(ValueError, match="two reports are named 'csv'"):
        formats_of(module)


@pytest.mark.parametrize("name", ["", "-x", "CSV", "c s v", "c/v", "ü"])
def test_a_name_that_is_no_option_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        report(name, title="")(csv.render)


def test_the_formats_of_this_package_come_by_the_same_door() -> None:
    assert {"terminal", "json", "html"} <= load_formats()[0].keys()
