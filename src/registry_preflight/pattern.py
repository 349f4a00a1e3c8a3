"""Regular expressions that are compiled when they are first used: most runs need few of them, and each costs its start.

A wheel carries them compiled. Then not even `re` is imported, whose import takes half as long as a whole offline run may.
"""

from __future__ import annotations

from registry_preflight.lean import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

#: Flags, code, number of groups, their numbers by name, their names by number: what the C matcher is made of.
Code = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]


class Pattern:
    """Stands for `re.compile(pattern)`; its methods are those of the compiled pattern. Flags are written inline: `(?i)`.

    A replacement with back references would import `re` after all: give `sub` a function instead.
    """

    if TYPE_CHECKING:
        match: Callable[..., re.Match[str] | None]
        fullmatch: Callable[..., re.Match[str] | None]
        search: Callable[..., re.Match[str] | None]
        findall: Callable[..., list[Any]]
        finditer: Callable[..., Any]
        sub: Callable[..., Any]
        split: Callable[..., list[str]]

    def __init__(self, pattern: str | bytes) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        method = getattr(_compiled(self.pattern), name)
        self.__dict__[name] = method
        return method


def _compiled(pattern: str | bytes) -> re.Pattern[Any]:
    if (ready := _ready().get(pattern)) is not None:
        import _sre

        flags, code, groups, by_name, names = ready
        return cast("re.Pattern[Any]", _sre.compile(pattern, flags, code, groups, by_name, names))
    import re

    return re.compile(pattern)


_READY: list[dict[str | bytes, Code]] = []


def _ready() -> dict[str | bytes, Code]:
    """The patterns that were compiled with the wheel, if that was for the matcher of this Python."""
    if not _READY:
        import _sre

        try:
            patterns = __import__("registry_preflight._patterns", fromlist=["CODES"])
        except ImportError:  # an editable install
            _READY.append({})
        else:
            _READY.append(patterns.CODES if (_sre.MAGIC, _sre.CODESIZE) == patterns.MATCHER else {})
    return _READY[0]


def compile_patterns() -> tuple[tuple[int, int], dict[str | bytes, Code]]:
    """For which matcher, and the code of every pattern of the modules that are loaded, as `re` would make it."""
    import gc
    from re import _compiler, _parser  # type: ignore[attr-defined]  # private, and stable since re was written

    codes: dict[str | bytes, Code] = {}
    for pattern in sorted({each.pattern for each in gc.get_objects() if isinstance(each, Pattern)}, key=repr):
        parsed = _parser.parse(pattern, 0)
        names: list[str | None] = [None] * parsed.state.groups
        for name, number in parsed.state.groupdict.items():
            names[number] = name
        code = [int(word) for word in _compiler._code(parsed, 0)]  # its opcodes are numbers with names
        codes[pattern] = (int(parsed.state.flags), code, parsed.state.groups - 1, parsed.state.groupdict, tuple(names))
    return (_compiler._sre.MAGIC, _compiler._sre.CODESIZE), codes


def patterns_source() -> str:
    """The patterns of the modules that are loaded, compiled, as a module's text."""
    matcher, codes = compile_patterns()
    return f'"""The patterns of all modules; made by setup.py."""\n\nMATCHER = {matcher!r}\nCODES = {codes!r}\n'
