"""Checks known by an index that was made when the package was built, and imported only when they run.

Importing every check would take longer than an offline run may; most of them have nothing to say about most configs.
An editable install has no index and imports them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight.bundle import import_quickly
from registry_preflight.check import Check, Finding, Stage, Touches
from registry_preflight.lean import cache, cast

Row = tuple[object, ...]


class LaterStorage:
    """Stands in for the storage handle of a check that has not been imported."""


class Later:
    """Stands in for the function of a check that has not been imported."""

    def __init__(self, module: str, name: str) -> None:
        self.module = module
        self.name = name

    def __call__(self, subject: object) -> Iterator[Finding]:
        raise AssertionError(f"{self.module}.{self.name} was called before it was imported")


def real(check: Check) -> Check:
    """The check itself, imported if it was only known by the index. Raises whatever the import raises."""
    if not isinstance(check.function, Later):
        return check
    if check.id not in _IMPORTED:
        _IMPORTED[check.id] = _import(check)
    return _IMPORTED[check.id]


_IMPORTED: dict[str, Check] = {}


def _import(check: Check) -> Check:
    assert isinstance(check.function, Later)
    return cast("Check", getattr(import_quickly(check.function.module), check.function.name))._replace(
        plugin=check.plugin
    )


def to_row(check: Check, module: str, name: str) -> Row:
    """A check as the index has it: what the plan needs to know."""
    return (
        module,
        name,
        check.id,
        check.title,
        check.storage is not None,
        check.needs,
        check.touches.value,
        check.drivers,
        check.releases,
        tuple(stage.value for stage in check.stages),
        tuple(stage.value for stage in check.proves),
        check.aliases,
        check.when,
    )


def from_rows(rows: tuple[Row, ...]) -> Iterator[Check]:
    """The checks of an index, in its order."""
    kinds = {kind.value: kind for kind in Touches}

    @cache
    def stages(names: tuple[str, ...]) -> tuple[Stage, ...]:
        return tuple(Stage(name) for name in names)

    for module, name, id, title, stored, needs, touches, drivers, releases, bears, proves, aliases, when in rows:
        yield Check(
            cast("str", id),
            cast("str", title),
            "",
            Later(cast("str", module), cast("str", name)),
            LaterStorage if stored else None,
            cast("tuple[str, ...]", needs),
            kinds[cast("str", touches)],
            cast("tuple[str, ...]", drivers),
            cast("tuple[str, ...]", releases),
            stages(cast("tuple[str, ...]", bears)),
            stages(cast("tuple[str, ...]", proves)),
            cast("tuple[str, ...]", aliases),
            cast("tuple[str, ...]", when),
        )


def index_source(checks: tuple[tuple[Check, str, str], ...]) -> str:
    """The index as a module's text: one row a check, in the order in which they run."""
    rows = "".join(f"    {to_row(check, module, name)!r},\n" for check, module, name in checks)
    return f'"""What the plan needs to know of the checks beside this file; made by setup.py."""\n\nROWS = (\n{rows})\n'
