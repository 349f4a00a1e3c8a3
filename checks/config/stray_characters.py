"""`config.stray-characters`."""

from __future__ import annotations

from collections.abc import Iterator

from registry_preflight import DELETE, GC, PULL, PUSH, Config, Finding, Given, blocker, check, given_values, warning

#: Not seen in an editor, or taken for their plain relatives.
_UNSEEN = {
    "\u00a0": "a no-break space",
    "\u200b": "a zero-width space",
    "\u200e": "a direction mark",
    "\ufeff": "a byte order mark",
}
_UNSEEN |= dict.fromkeys("\u2018\u2019\u201c\u201d", "typographic quotes")
_ONE_LINE = "Use `|-` instead of `|`, or write the value on one line."
_QUOTES = "\"'"
#: base64 is read past line ends.
_TOLERANT = ("accountkey", "encodedkey")
_SECTIONS = ("storage.", "http.secret", "http.addr", "http.host", "redis.", "auth.", "proxy.")


@check("config.stray-characters")
def stray_characters(config: Config) -> Iterator[Finding]:
    """No value carries blanks, line ends or quotes that nobody meant.

    A block scalar (`|`) ends in a line end that becomes part of the value; `|-` leaves it off. Quotes inside quotes
    stay. The registry sends the value as it is, and the storage refuses a key or a name that it does not know.
    """
    for given in given_values(config):
        value = given.value
        if type(value) is not str or (value.isascii() and _clean(value)) or not given.path.startswith(_SECTIONS):
            continue
        kind = "" if _told_elsewhere(config, given.path) else _stray(given)
        if kind:
            yield _finding(config, given, kind)


def _told_elsewhere(config: Config, path: str) -> bool:
    """Of the keys of the s3 family more is to be said; what is no number or boolean is refused as a whole."""
    if config.family in ("s3", "s3goamz") and path.endswith((".accesskey", ".secretkey")):
        return True
    prefix = f"storage.{config.driver}."
    entry = config.parameters.entries.get(path.removeprefix(prefix), {}) if path.startswith(prefix) else {}
    return str(entry.get("type", "text")).rstrip("'}").endswith(("bool", "int"))


def _clean(value: str) -> bool:
    return (value.strip() == value and value[:1] not in _QUOTES and "\n" not in value) or not value


def _stray(given: Given) -> str:
    value = str(given.value)
    if value.rstrip("\r\n") != value:
        return "" if given.path.endswith(_TOLERANT) and value.strip() == value.rstrip() else "ends in a line end"
    if value.strip(" \t") != value:
        return "begins or ends with a blank"
    if len(value) > 1 and value[0] in _QUOTES and value[-1] == value[0]:
        return "is in quotes that belong to the value"
    return next((f"holds {name}" for character, name in _UNSEEN.items() if character in value), "")


def _finding(config: Config, given: Given, kind: str) -> Finding:
    prefix = f"storage.{config.driver}."
    name = given.path.removeprefix(prefix)
    entry = config.parameters.entries.get(name, {}) if given.path.startswith(prefix) else {}
    # No store issues a key id or names a bucket like that, but Swift takes any name; a password may have any character.
    fatal = (
        bool(entry)
        and config.family != "swift"
        and (entry.get("secret") == "identifier" or name in ("bucket", "container", "accountname"))
    )
    return (blocker if fatal else warning)(
        what=f"The value of {given.path} {kind}.",
        why="The storage refuses every request with it." if fatal else "The registry takes it as part of the value.",
        fix=_ONE_LINE if "line end" in kind and not given.variable else "Take it away.",
        where=given.path,
        breaks=(PUSH, PULL, DELETE, GC) if fatal else (),
    )
