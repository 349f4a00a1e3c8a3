"""The Go values that the registry's YAML library makes of a tree, given the type that it decodes into.

`decode` follows the rules of yaml.v2: what fits where, what null does, which errors are collected and which end the
document at once, that duplicate keys of a struct merge and those of a map replace, that `<<` takes its turn in order.
Each map, struct and list remembers which node (or environment variable) each of its values came from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from registry_preflight.config.document import ALIAS, MAPPING, SCALAR, SEQUENCE, Node, unexpected_nesting
from registry_preflight.config.gotext import INT64_MAX, INT64_MIN, decode_base64, parse_duration, printed
from registry_preflight.config.problem import yaml_problem
from registry_preflight.config.scalars import BINARY, MERGE, NULL, STR, Scalar, TagMismatch, resolve
from registry_preflight.lean import NamedTuple

#: Values that aliases may multiply into.
MAX_BY_ALIAS = 50_000


class Variable(NamedTuple):
    """The environment variable that a value came from, in the place where values from the file have their node."""

    name: str


Source = Node | Variable


class GoMap(dict[str, object]):
    """A map or a struct. `sources` has the key's and the value's source; keys that are no text are `\\x00` + their text.

    `shared`: a struct that nothing was assigned to yet, which all variables of its type have in common; never written to.
    """

    __slots__ = ("shared", "sources", "type")

    def __init__(self, type: GoType) -> None:
        super().__init__()
        self.type = type
        self.sources: dict[str, tuple[Source, Source]] = {}
        self.shared = False


class GoList(list[object]):
    """A slice, with the source of each element."""

    __slots__ = ("sources", "type")

    def __init__(self, type: GoType) -> None:
        super().__init__()
        self.type = type
        self.sources: list[Source] = []


class GoType:
    """A Go type as far as decoding and the environment's overrides see it.

    `sees_null`: its own reading is asked even for null. `inline` is the piece of a variable's name for fields that stand
    directly in this struct in the file. Kinds: string, int, bool, duration, any, struct (with `fields` by YAML name), map (text keys), untyped (a map that
    was read into `any`: its keys may be anything) and list (`element`).
    `unmarshal` is the type's own reading, given the node and the decoder; `name` is for messages.
    """

    __slots__ = ("_zero", "element", "fields", "inline", "kind", "name", "sees_null", "unmarshal")

    def __init__(
        self,
        kind: str,
        *,
        element: GoType | None = None,
        fields: Mapping[str, Field] | None = None,
        unmarshal: Callable[[Decoder, Node], object] | None = None,
        name: str = "",
        sees_null: bool = False,
        inline: str = "",
    ) -> None:
        self.kind = kind
        self.sees_null = sees_null
        self._zero: GoMap | None = None
        self.inline = inline
        self.element = element
        self.fields: Mapping[str, Field] = fields or {}
        self.unmarshal = unmarshal
        self.name = name or _NAMES.get(kind, kind)

    def zero(self) -> object:
        """The value of a variable that nothing was assigned to; of a struct the shared one, see `fresh`."""
        if self.kind != "struct":
            return _ZERO.get(self.kind)
        if self._zero is None:
            self._zero = self.fresh()
            self._zero.shared = True
        return self._zero

    def fresh(self) -> GoMap:
        """A struct that may be written to."""
        made = GoMap(self)
        for name, field in self.fields.items():
            made[name] = field.type.zero()
        return made


class Field(NamedTuple):
    """A struct's field: its type and its piece of an environment variable's name.

    `inlined`: it belongs to the struct's inline part; `direct`: a variable reaches it without naming that part, too.
    """

    type: GoType
    variable: str
    inlined: bool = False
    direct: bool = True


_NAMES = {"string": "text", "int": "a whole number", "bool": "true or false", "duration": "a duration such as 10s"}
_NAMES |= {"struct": "a map of settings", "map": "a map of settings", "list": "a list", "any": "anything"}
_ZERO: dict[str, object] = {"string": "", "int": 0, "bool": False, "duration": 0}
ANY = GoType("any")
UNTYPED = GoType("untyped", element=ANY)
ANY_LIST = GoType("list", element=ANY)
PARAMETERS = GoType("map", element=ANY)
STRING, INT, BOOL, DURATION = (GoType(kind) for kind in ("string", "int", "bool", "duration"))


class TypeMismatch(NamedTuple):
    """A value that does not fit; yaml.v2 goes on reading and refuses the document in the end."""

    node: Node
    type: GoType
    found: str


class Duplicate(NamedTuple):
    """A key that stands twice in one mapping; the last one wins, or, in a struct, both are merged."""

    key: str
    first: Node
    last: Node


class Ignored(NamedTuple):
    """A key that the release has no field for, and the fields that it has there."""

    key: str
    node: Node
    known: tuple[str, ...]


class Refused(Exception):
    """A type's own unmarshaler said no. `kind` is that of the `Problem` it becomes; `value` what was read nevertheless."""

    def __init__(
        self, node: Node, what: str, fix: str, *, panics: bool = False, kind: str = "type", value: object = None
    ) -> None:
        super().__init__(what)
        self.kind = kind
        self.node = node
        self.what = what
        self.fix = fix
        self.panics = panics
        self.value = value


class Decoder:
    """One decoding of one document, by one dialect of the library."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.mismatches: list[TypeMismatch] = []
        self.refusals: list[Refused] = []
        self.duplicates: list[Duplicate] = []
        self.ignored: list[Ignored] = []
        self._open_aliases: set[int] = set()
        self._seen_mappings: set[int] = set()
        self._decoded = 0
        self._by_alias = 0

    def decode(self, node: Node, type: GoType, current: object = None) -> tuple[bool, object]:
        """Decode a node into a type; `current` is what the variable holds. Answers whether it fitted, and the value.

        Raises `ConfigError` where the document can't be read any further; mismatches and refusals are collected.
        """
        self._decoded += 1
        if self._open_aliases:
            self._count_alias(node)
        if node.kind == ALIAS:
            return self._alias(node, type, current)
        if type.unmarshal is not None and (type.sees_null or not self._is_null(node)):
            return self._custom(node, type)
        if node.kind == SCALAR:
            return self._scalar(node, type)
        if node.kind == MAPPING:
            return self._mapping(node, type, current)
        return self._sequence(node, type)

    def _count_alias(self, node: Node) -> None:
        """Bound what aliases multiply into; the newer library has a bound of its own, on their share of all values."""
        self._by_alias += 1
        most = 0.99 * self._decoded  # up to 400,000 values, which is past our own bound
        if self.dialect == "2.4" and self._by_alias > 100 and self._decoded > 1000 and self._by_alias > most:
            raise yaml_problem(
                "Aliases make up more than 99 % of the values in this YAML, which the registry's parser takes for an attack.",
                "Write the values out instead of repeating them by alias.",
                node.line,
                node.column,
            )
        if self._by_alias > MAX_BY_ALIAS:
            raise unexpected_nesting(node)

    def _is_null(self, node: Node) -> bool:
        if node.tag == NULL:
            return True
        if node.kind != SCALAR or node.tag:
            return False
        if node.value == "":
            return node.plain or self.dialect == "2015"
        return node.value in ("null", "~")

    def _custom(self, node: Node, type: GoType) -> tuple[bool, object]:
        assert type.unmarshal is not None
        before = len(self.mismatches)
        try:
            value = type.unmarshal(self, node)
        except Refused as refused:
            # The library ends the document here. Going on finds what else there is to mend.
            self.refusals.append(refused)
            return refused.value is not None, refused.value
        return len(self.mismatches) == before, value

    def _alias(self, node: Node, type: GoType, current: object) -> tuple[bool, object]:
        if id(node) in self._open_aliases:
            raise yaml_problem(
                f"The anchor &{node.value} holds an alias to itself.",
                "Remove the alias from inside what it stands for.",
                node.line,
                node.column,
            )
        self._open_aliases.add(id(node))
        try:
            return self.decode(node.resolved(), type, current)
        finally:
            self._open_aliases.discard(id(node))

    def text(self, node: Node) -> str | None:
        """The node as a Go string; a mismatch is recorded where it is none."""
        good, value = self.decode(node, STRING)
        return str(value) if good else None

    def _scalar(self, node: Node, type: GoType) -> tuple[bool, object]:
        tag, value = self._resolved(node)
        if value is None:
            return True, type.zero()
        kind = type.kind
        if kind == "any":
            return True, value
        if kind == "string":
            return True, value if tag == BINARY else node.value
        if kind == "bool" and isinstance(value, bool):
            return True, value
        if kind in ("int", "duration"):
            number = _integer(value, duration=kind == "duration" and tag == STR)
            if number is not None:
                return True, number
        self.mismatches.append(TypeMismatch(node, type, _found(value)))
        return False, None

    def _resolved(self, node: Node) -> tuple[str, Scalar]:
        if not node.tag and not node.plain:
            return STR, node.value
        try:
            tag, value = resolve(node.tag, node.value, self.dialect)
        except TagMismatch as error:
            raise yaml_problem(
                f"The explicit tag does not fit its value: {error}.", "Remove the tag.", node.line, node.column
            ) from None
        if tag == BINARY:
            binary = decode_base64(str(value))
            if binary is None:
                raise yaml_problem(
                    "The !!binary value is not base64.", "Mend the base64 or remove the tag.", node.line, node.column
                )
            value = binary.decode("utf-8", "replace")
        return tag, value

    def _sequence(self, node: Node, type: GoType) -> tuple[bool, object]:
        if type.kind not in ("list", "any"):
            self.mismatches.append(TypeMismatch(node, type, "a list"))
            return False, None
        element = type.element or ANY
        made = GoList(ANY_LIST if type is ANY else type)
        for child in node.children:
            good, value = self.decode(child, element)
            if good:
                made.append(value)
                made.sources.append(child)
        return True, made

    def _mapping(self, node: Node, type: GoType, current: object) -> tuple[bool, object]:
        if type.kind == "struct":
            made = current if isinstance(current, GoMap) and not current.shared else type.fresh()
            self._pairs(node, made, self._set_field)
        elif type.kind in ("map", "untyped", "any"):
            made = (
                current
                if type.kind != "any" and isinstance(current, GoMap)
                else GoMap(UNTYPED if type is ANY else type)
            )
            self._pairs(node, made, self._set_entry)
        else:
            self.mismatches.append(TypeMismatch(node, type, "a map"))
            return False, None
        return True, made

    def _pairs(self, node: Node, into: GoMap, assign: Callable[[GoMap, Node, Node], None]) -> None:
        children = node.children
        self._note_duplicates(node)
        for at in range(0, len(children), 2):
            key, value = children[at], children[at + 1]
            if key.kind == SCALAR and key.value == "<<" and (key.plain or key.tag == MERGE):
                self._merge(value, into)
            else:
                assign(into, key, value)

    def _note_duplicates(self, node: Node) -> None:
        if len(node.children) < 4 or id(node) in self._seen_mappings:
            return
        self._seen_mappings.add(id(node))
        seen: dict[str, Node] = {}
        for key in node.children[::2]:
            if key.kind == SCALAR and key.value != "<<":
                if key.value in seen:
                    self.duplicates.append(Duplicate(key.value, seen[key.value], key))
                seen[key.value] = key

    def _merge(self, node: Node, into: GoMap) -> None:
        parts = list(reversed(node.children)) if node.kind == SEQUENCE else [node]
        for part in parts:
            if part.resolved().kind != MAPPING:
                raise yaml_problem(
                    "The merge key << needs a map or a list of maps.",
                    "Give << an alias of a map.",
                    part.line,
                    part.column,
                )
            self.decode(part, into.type, into)

    def _set_field(self, into: GoMap, key: Node, value: Node) -> None:
        name = self.text(key)
        if name is None:
            return
        field = into.type.fields.get(name)
        if field is None:
            self.ignored.append(Ignored(name, key, tuple(into.type.fields)))
            return
        good, decoded = self.decode(value, field.type, into[name])
        if good:
            into[name] = decoded
            into.sources[name] = (key, value)

    def _set_entry(self, into: GoMap, key: Node, value: Node) -> None:
        good, name = self.decode(key, ANY if into.type is UNTYPED else STRING)
        if not good:
            return
        if isinstance(name, GoMap | GoList):
            raise yaml_problem(
                "A map or a list can't be a key here.",
                "Use a plain name as the key; where a template's {{ ... }} stands there, render it first.",
                key.line,
                key.column,
            )
        good, decoded = self.decode(value, into.type.element or ANY)
        if good:
            text = name if isinstance(name, str) else f"\x00{printed(name)}"
            into[text] = decoded
            into.sources[text] = (key, value)


def _integer(value: Scalar, *, duration: bool) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        # Go truncates; a float out of range is whatever the processor makes of it, but never refused below 2^63.
        if value > float(INT64_MAX):
            return None
        return int(value) if value > float(INT64_MIN) else INT64_MIN
    if isinstance(value, int):
        return value if value <= INT64_MAX else None
    return parse_duration(value) if duration and value is not None else None


def _found(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, int | float) else "text"
