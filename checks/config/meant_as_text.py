"""`config.meant-as-text`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import (
    DELETE,
    GC,
    PULL,
    PUSH,
    Config,
    Finding,
    Parameter,
    blocker,
    check,
    given_values,
    printed,
    warning,
)

_USES = "The registry works with the changed text."
_TEXT = ("text", "path", "base64", "text-or-default")


@check("config.meant-as-text", needs=["storage.driver"])
def meant_as_text(config: Config) -> Iterator[Finding]:
    """No text for the driver is turned into something else by YAML.

    Without quotes, YAML 1.1 reads 0123 as the octal number 83, 1e5 as 100000, on and no as booleans. Drivers such as s3
    print whatever they are given, so they work with the number's or the boolean's text, and a list or a map becomes
    text as well. Nothing is said of it at start.
    """
    given = config.parameters.given
    if not given:
        return
    for name, raw in given.items():
        # Drivers that print what they get read their keys to the letter, so the key is the parameter's name.
        if type(raw) is not str and config.parameters.reads(name) and _is_text(config, name):
            parameter = config.parameters[name]
            if not parameter.wanted:
                yield from _changed(config, parameter)


def _is_text(config: Config, name: str) -> bool:
    kind = config.parameters.entries[name].get("type")
    if isinstance(kind, dict):
        kind = kind.get(max((key for key in kind if not config.release.before(key)), default=""))
    return kind in _TEXT


def _changed(config: Config, parameter: Parameter) -> Iterator[Finding]:
    read = parameter.value if isinstance(parameter.value, str) else ""
    if parameter.raw is None:
        if read == "<nil>":
            yield warning(
                what=f"{parameter.path} is left blank, and the {config.driver} driver takes that for the text <nil>.",
                why="The registry works with that word instead of the default.",
                fix=f"Give {parameter.name} a value or remove the line.",
                where=parameter.path,
            )
        return
    written = _written(config, parameter.path)
    if isinstance(parameter.raw, list | dict):
        kind = "a list" if isinstance(parameter.raw, list) else "a map"
        yield warning(
            what=f"{parameter.path} is {kind}, where the {config.driver} driver wants text.",
            why="The driver prints it and works with what comes out: brackets, blanks and all.",
            fix=f"Give {parameter.name} as one text, in quotes.",
            where=parameter.path,
        )
    elif written is not None and written != printed(parameter.raw) and read:
        fatal = parameter.secret
        inside = bool(_variable(config, parameter.path))
        yield (blocker if fatal else warning)(
            what=f"YAML takes {parameter.path} for {_kind(parameter.raw)}, and makes {_change(parameter, written)}.",
            why="The storage is sent another value than the one written, and refuses it." if fatal else _USES,
            fix="Put the value in quotes inside the variable, too: '\"...\"'."
            if inside
            else "Put the value in quotes.",
            where=parameter.path,
            breaks=(PUSH, PULL, DELETE, GC) if fatal else (),
        )


def _change(parameter: Parameter, written: str) -> str:
    return "another text" if parameter.secret else f"{printed(parameter.raw)!r} instead of {written!r}"


def _kind(raw: object) -> str:
    return "a boolean" if isinstance(raw, bool) else "a number"


def _written(config: Config, path: str) -> str | None:
    variable = _variable(config, path)
    if variable:
        # A variable that holds a whole map is not taken apart again.
        value = config.environment[variable].strip()
        return value if value[:1] not in "{[\"'" else None
    return next((given.written for given in given_values(config) if given.path == path), None)


def _variable(config: Config, path: str) -> str:
    return config.where(path).variable or ""
