"""The Go types of a release's configuration, built from the tables, and the readings that some types have of their own."""

from __future__ import annotations

from registry_preflight.config.document import Node
from registry_preflight.config.gotext import parse_duration, parse_int
from registry_preflight.config.gotypes import (
    ANY,
    BOOL,
    DURATION,
    INT,
    PARAMETERS,
    STRING,
    Decoder,
    Field,
    GoList,
    GoMap,
    GoType,
    Refused,
)
from registry_preflight.config.parameters import every_driver_key
from registry_preflight.config.tables import VERSIONS, Data, at, load, order, release, spans, worked_out
from registry_preflight.lean import cache, cast
from registry_preflight.words import nearest

LOG_LEVELS = ("error", "warn", "info", "debug")
STRINGS = GoType("list", element=STRING)
_STORAGE_MAP = GoType("map", element=PARAMETERS)
_AUTH_MAP = GoType("map", element=PARAMETERS)


def _version_reader(panics: bool) -> GoType:
    def read(decoder: Decoder, node: Node) -> object:
        text = decoder.text(node)
        if text is None:
            return ""
        major, dot, rest = text.partition(".")
        fix = "Write `version: 0.1`."
        if parse_int(major, 10, unsigned=True) is None:
            raise Refused(node, f"version {text!r} does not begin with a number.", fix, kind="version")
        if not dot and panics:
            raise Refused(
                node, f"version {text!r} has no dot, over which this release panics.", fix, panics=True, kind="version"
            )
        if parse_int(rest.partition(".")[0] if panics else rest, 10, unsigned=True) is None:
            raise Refused(node, f"version {text!r} has no number after its dot.", fix, kind="version")
        return text

    return GoType("string", unmarshal=read, name="a version such as 0.1")


def _read_level(decoder: Decoder, node: Node) -> object:
    text = decoder.text(node)
    if text is None:
        return ""
    if text.lower() not in LOG_LEVELS:
        raise Refused(node, f"{text!r} is no log level.", f"Use one of {', '.join(LOG_LEVELS)}.")
    return text.lower()


def _either(decoder: Decoder, node: Node, type: GoType) -> GoMap:
    """A map, or else a lone word that names the only key: both spellings that storage and auth take."""
    before = len(decoder.mismatches)
    good, value = decoder.decode(node, type)
    refused = decoder.mismatches[before:]
    if good and not refused and isinstance(value, GoMap):
        return value
    del decoder.mismatches[before:]
    made = GoMap(type)
    word = decoder.text(node)
    if word is None:
        decoder.mismatches[before:] = refused or decoder.mismatches[before:]
    else:
        made[word] = GoMap(PARAMETERS)
        made.sources[word] = (node, node)
    return made


def _several_drivers(node: Node, value: GoMap, drivers: list[str], reserved: tuple[str, ...]) -> Refused:
    """The refusal of a storage section with more than one driver: mostly a setting beside the driver that is misspelt."""
    known = every_driver_key()
    stray = next((name for name in drivers if name not in known), drivers[-1])
    meant = nearest(stray, reserved)
    key = value.sources[stray][0] if stray in value.sources else node
    return Refused(
        key if isinstance(key, Node) else node,
        f"storage names {len(drivers)} drivers ({', '.join(drivers)}); a registry takes exactly one, and counts every key"
        f" there but {', '.join(reserved)}.",
        f"Write {meant} instead of {stray}." if meant else "Keep one driver and remove the other keys.",
        kind="driver",
        value=value,
    )


def _storage_reader(reserved: tuple[str, ...]) -> GoType:
    def read(decoder: Decoder, node: Node) -> object:
        value = _either(decoder, node, _STORAGE_MAP)
        drivers = [name for name in value if name not in reserved]
        if len(drivers) > 1:
            raise _several_drivers(node, value, drivers, reserved)
        return value

    return GoType("map", element=PARAMETERS, unmarshal=read, name="a map that names one driver")


def _read_auth(decoder: Decoder, node: Node) -> object:
    value = _either(decoder, node, _AUTH_MAP)
    if len(value) > 1:
        raise Refused(
            node, f"auth names {len(value)} kinds ({', '.join(value)}); a registry takes one.", "Keep one of them."
        )
    return value


_LEVEL = GoType("string", unmarshal=_read_level, name="a log level")
_AUTH = GoType("map", element=PARAMETERS, unmarshal=_read_auth, name="a map that names one kind of access control")
_SIMPLE = {
    "string": STRING,
    "int": INT,
    "bool": BOOL,
    "duration": DURATION,
    "any": ANY,
    "map": PARAMETERS,
    "strings": STRINGS,
    "header": GoType("map", element=STRINGS, name="a map of lists of text"),
    "version": STRING,
    "loglevel": _LEVEL,
    "auth": _AUTH,
}


class _Branch:
    """A place in the tree of keys while it is put together: what its own line of the table says, and what is below it."""

    def __init__(self) -> None:
        self.entry: Data = {}
        self.below: dict[str, _Branch] = {}

    def descend(self, name: str) -> _Branch:
        return self.below.setdefault(name, _Branch())


def _one_of(allowed: tuple[str, ...], name: str, fold: bool) -> GoType:

    def read(decoder: Decoder, node: Node) -> object:
        text = decoder.text(node)
        if text is not None and (text.lower() if fold else text) not in allowed:
            raise Refused(node, f"{text!r} is no value of {name}.", f"Use one of {', '.join(allowed)}.")
        return text or ""

    return GoType("string", unmarshal=read)


def _strict(kind: str) -> GoType:
    """3.0's own reading of redis: YAML's types as they are, durations as text; null leaves a setting alone, but no duration."""
    wanted = {"string": str, "duration": str, "int": int, "bool": bool, "strings": GoList}[kind]
    said = {"string": "text, in quotes if it looks like a number", "duration": "a duration such as 10s"}
    plain = _SIMPLE[kind]

    def read(decoder: Decoder, node: Node) -> object:
        _, value = decoder.decode(node, ANY)
        if value is None and kind != "duration":
            return plain.zero()
        fits = isinstance(value, wanted) and (kind != "int" or not isinstance(value, bool))
        if kind == "strings" and isinstance(value, GoList):
            fits = all(isinstance(item, str) for item in value)
        if kind == "duration" and isinstance(value, str):
            fits = parse_duration(value) is not None
        if not fits:
            name = said.get(kind, plain.name)
            raise Refused(node, f"release 3.0 takes only {name} here.", f"Give {name}.")
        return parse_duration(str(value)) if kind == "duration" else value

    return GoType(plain.kind, element=plain.element, unmarshal=read, name=plain.name, sees_null=True)


#: A type as the table has it: its kind, the words that it is confined to, whether their case is free, the piece of a
#: variable's name for its inline part, and what is below it.
_Shape = tuple[str, tuple[str, ...], bool, str, tuple["_Outline", ...]]
#: A field: its name, its piece of a variable's name, whether it is inlined and direct (see `Field`), and its shape.
_Outline = tuple[str, str, bool, bool, _Shape]


def _shape(branch: _Branch, version: str) -> _Shape:
    kind = str(at(branch.entry.get("type", "struct"), version))
    words = branch.entry.get("values")
    if kind == "string" and isinstance(words, list):
        return "one-of", tuple(str(word) for word in words), branch.entry.get("case_sensitive") is False, "", ()
    inline = ""
    below: tuple[_Outline, ...] = ()
    if kind == "struct":
        inlined = (
            str(each.entry.get("env", part.upper()))
            for part, each in branch.below.items()
            if each.entry.get("inline") and spans(each.entry, version)
        )
        inline, below = next(inlined, ""), _outlines(branch, version)
    elif kind == "structs":
        below = _outlines(branch.descend("[]"), version)
    elif kind == "middleware":
        below = _outlines(branch.descend("*").descend("[]"), version)
    return kind, (), False, inline, below


def _outlines(branch: _Branch, version: str) -> tuple[_Outline, ...]:
    outlines: dict[str, _Outline] = {}
    for name, below in branch.below.items():
        if not spans(below.entry, version):
            continue
        if below.entry.get("inline"):
            direct = order(version) >= order(str(below.entry.get("direct_since", VERSIONS[0])))
            for key, variable, _, _, shape in _outlines(below, version):
                outlines[key] = (key, variable, True, direct, shape)
        elif below.entry.get("type") or below.below:
            outlines[name] = (name, str(below.entry.get("env", name.upper())), False, True, _shape(below, version))
    return tuple(outlines.values())


@worked_out(VERSIONS)
def outline(version: str) -> tuple[_Outline, ...]:
    """The fields of the whole configuration in a release."""
    root = _Branch()
    for path, entry in load("sections").items():
        branch = root
        for part in _parts(path):
            branch = branch.descend(part)
        branch.entry = cast("Data", entry)
    return _outlines(root, version)


def _type(name: str, shape: _Shape) -> GoType:
    kind, words, fold, inline, below = shape
    if kind == "one-of":
        return _one_of(words, name, fold)
    if kind.startswith("strict-"):
        return _strict(kind.removeprefix("strict-"))
    if kind == "struct":
        return GoType("struct", fields=_fields(below), inline=inline)
    if kind == "structs":
        return GoType("list", element=GoType("struct", fields=_fields(below)))
    if kind == "middleware":
        item = GoType("struct", fields=_fields(below))
        return GoType("map", element=GoType("list", element=item), name="a map of lists of middleware")
    return _SIMPLE[kind]


def _fields(outlines: tuple[_Outline, ...]) -> dict[str, Field]:
    return {
        name: Field(_type(name, shape), variable, inlined, direct)
        for name, variable, inlined, direct, shape in outlines
    }


def _parts(path: str) -> list[str]:
    return path.replace("[]", ".[]").split(".")


@cache
def configuration_type(target: str) -> GoType:
    """The type of a whole configuration, for a target."""
    to = release(target)
    fields = _fields(outline(to.version))
    fields["version"] = Field(_version_reader(panics=to.major < 3), "VERSION")
    fields["storage"] = Field(_storage_reader(to.strings("reserved_storage_keys")), "STORAGE")
    return GoType("struct", fields=fields)
