"""What a report format is: a function that turns reports into text, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from registry_preflight.lean import NamedTuple
from registry_preflight.result import Report


class View(NamedTuple):
    """How the text will be read. Only formats for a terminal need it.

    `width` is in columns; `unicode` says whether the reader's encoding holds more than ASCII.
    """

    width: int = 80
    color: bool = False
    quiet: bool = False
    unicode: bool = True


_PLAIN = View()


class Reports:
    """The reports of one call, to be read once and in order; each may be made only when it is asked for.

    `many` tells whether the user gave several configs: it does not change when some of them could not be read.
    """

    def __init__(self, reports: Iterable[Report], *, many: bool = False, view: View = _PLAIN) -> None:
        """Hold `reports`, which may be a generator."""
        self._reports = reports
        self.many = many
        self.view = view

    def __iter__(self) -> Iterator[Report]:
        """Each report in the order of the configs."""
        return iter(self._reports)


FormatFunction = Callable[[Reports], Iterator[str]]


class Format(NamedTuple):
    """A format as the command line sees it: `--NAME FILE` writes what `render` yields, encoded as UTF-8."""

    name: str
    title: str
    render: FormatFunction


def report(name: str, *, title: str) -> Callable[[FormatFunction], Format]:
    """Make a format of a function that yields text.

    Its package names the module in the entry point group `registry_preflight.reports`.

    Raises `ValueError` for a name that cannot be an option of the command line.
    """

    def make(function: FormatFunction) -> Format:
        if not name.replace("-", "").isalnum() or not name.isascii() or name != name.lower() or name[0] == "-":
            raise ValueError(f"a report's name is made of lower-case letters, digits and dashes, not {name!r}")
        return Format(name, title, function)

    return make


def formats_of(plugin: object) -> dict[str, Format]:
    """The formats that an entry point brought: the object is one, or a module or package that holds some.

    Raises `ValueError` where there is none, or where two have the same name.
    """
    held = [plugin] if isinstance(plugin, Format) else vars(plugin).values() if hasattr(plugin, "__dict__") else ()
    formats: dict[str, Format] = {}
    for value in held:
        if not isinstance(value, Format):
            continue
        if formats.setdefault(value.name, value) is not value:
            raise ValueError(f"two reports are named {value.name!r}")
    if not formats:
        raise ValueError("it holds no report format: a function under @report(...) is missing")
    return formats
