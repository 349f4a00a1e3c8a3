"""`REGISTRY_*` variables laid over the decoded file, one by one in byte order, as the registry's own parser does it.

The registry walks its configuration struct by reflection: each piece of the name between underscores is one level, the
value is read as YAML. What the walk does with a piece depends on the Go type that it has reached, hence the surprises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from registry_preflight.check import Where
from registry_preflight.config.document import MAX_DEPTH, parse
from registry_preflight.config.gotypes import PARAMETERS, UNTYPED, Decoder, GoList, GoMap, GoType, Variable
from registry_preflight.config.problem import ConfigError, Problem
from registry_preflight.lean import NamedTuple

PREFIX = "REGISTRY_"

APPLIED, UNKNOWN, UNREACHABLE, WITHOUT_EFFECT = "applied", "unknown", "unreachable", "without-effect"


class Override(NamedTuple):
    """What became of one variable.

    `fate`: `applied` (at `path`), `unknown` (no such setting; a warning in the registry's log), `unreachable` (below a
    map that the file has written, which the registry will not touch; a warning too), `without-effect` (silence).
    """

    name: str
    value: str
    fate: str
    path: str = ""


#: What to do where a value alone is no YAML, as passwords and keys at times are none.
_QUOTED = (
    "The value is read as YAML: put it into double quotes that are part of it, as a shell passes on '\"VALUE\"', and a file"
    ' of variables "VALUE".'
)


class _Stop(Exception):
    def __init__(self, what: str, fix: str, panics: bool = False) -> None:
        super().__init__(what)
        self.what, self.fix, self.panics = what, fix, panics


Setter = Callable[[object], None]


def apply(
    root: GoMap, environment: Mapping[str, str], *, dialect: str, indexes: bool
) -> tuple[list[Override], list[Problem]]:
    """Lay the variables over `root`, in place. `indexes`: the release reads list positions (3.x).

    The registry stops at the first variable that it cannot read. This goes on without it: what the others set is
    there once that one is mended, and no check takes it for missing.
    """
    done: list[Override] = []
    problems: list[Problem] = []
    for name in sorted(
        (name for name in environment if name.startswith(PREFIX)),
        key=lambda name: name.encode("utf-8", "surrogateescape"),
    ):
        walk = _Walk(name, environment[name], dialect, indexes)
        if name.count("_") > MAX_DEPTH:
            return done, [*problems, _too_deep(name)]
        try:
            walk.into(root.type, root, name.split("_")[1:], None)
        except _Stop as stop:
            problems.append(_problem(name, stop))
            continue
        done.append(Override(name, environment[name], walk.fate, ".".join(walk.path)))
    return done, problems


def _too_deep(name: str) -> Problem:
    return Problem(
        kind="limit",
        what=f"The name of the variable {name[:40]}... has more than {MAX_DEPTH} pieces.",
        why="No setting of a registry stands so deep; it is past what this tool reads, so nothing is foretold.",
        fix="Unset it.",
        where=Where(variable=name),
    )


def _problem(name: str, stop: _Stop) -> Problem:
    return Problem(
        kind="variable",
        what=f"{name}: {stop.what}",
        why="The registry panics on this variable."
        if stop.panics
        else "The registry refuses its whole configuration over this variable and exits.",
        fix=stop.fix,
        where=Where(variable=name),
    )


def _writable(type: GoType, value: object) -> object:
    """The value itself, or a struct of its own where it is the one that all have in common."""
    return type.fresh() if isinstance(value, GoMap) and value.shared else value


class _Walk:
    def __init__(self, name: str, payload: str, dialect: str, indexes: bool) -> None:
        self.variable = Variable(name)
        self.payload = payload
        self.dialect = dialect
        self.indexes = indexes
        self.path: list[str] = []
        self.fate = APPLIED

    def into(self, type: GoType, value: object, pieces: list[str], assign: Setter | None) -> None:
        """One step down. `assign` replaces the value where Go could (it is addressable), else it is `None`."""
        if type.kind == "any":
            if value is None:
                made = GoMap(PARAMETERS)
                if assign is not None:
                    assign(made)
                self._map(made, pieces)
            elif isinstance(value, GoMap | GoList):
                self.into(value.type, value, pieces, None)
            else:
                self.fate = WITHOUT_EFFECT
        elif type.kind == "struct" and isinstance(value, GoMap):
            self._struct(value, pieces)
        elif type.kind == "map" and isinstance(value, GoMap):
            self._map(value, pieces)
        elif type is UNTYPED:
            self.fate = UNREACHABLE
        elif type.kind == "list" and self.indexes:
            self._list(type, value, pieces, assign)
        else:
            self.fate = WITHOUT_EFFECT

    def _struct(self, struct: GoMap, pieces: list[str]) -> None:
        if not pieces:
            raise _Stop("the name ends at a list's position.", "Name the setting below it as well.", panics=True)
        inline = bool(struct.type.inline) and pieces[0] == struct.type.inline and len(pieces) > 1
        if inline:
            pieces = pieces[1:]
        found = next(
            (
                (name, field)
                for name, field in struct.type.fields.items()
                if field.variable == pieces[0] and (field.inlined if inline else field.direct)
            ),
            None,
        )
        if found is None:
            self.fate = UNKNOWN
            return
        name, field = found
        self.path.append(name)
        if len(pieces) == 1:
            struct[name] = self._read(field.type)
            struct.sources[name] = (self.variable, self.variable)
            return
        struct[name] = _writable(field.type, struct[name])
        if struct[name] is None and field.type.kind == "map":
            struct[name] = GoMap(field.type)

        def assign(value: object) -> None:
            struct[name] = value

        self.into(field.type, struct[name], pieces[1:], assign)

    def _map(self, into: GoMap, pieces: list[str]) -> None:
        if not pieces:
            raise _Stop("the name ends at a list's position.", "Name the setting below it as well.", panics=True)
        if len(pieces) > 1:
            for key, value in into.items():
                if key.upper() == pieces[0] and value is not None:
                    self.path.append(key)
                    self.into(into.type.element or PARAMETERS, value, pieces[1:], None)
                    return
        element = into.type.element or PARAMETERS
        key = pieces[0].lower()
        self.path.append(key)
        if len(pieces) == 1:
            value = self._read(element, into_map=element.kind == "map")
        else:
            box = [GoMap(element) if element.kind == "map" else _writable(element, element.zero())]
            self.into(element, box[0], pieces[1:], lambda made: box.__setitem__(0, made))
            value = box[0]
        into[key] = value
        into.sources[key] = (self.variable, self.variable)

    def _list(self, type: GoType, value: object, pieces: list[str], assign: Setter | None) -> None:
        items = value if isinstance(value, GoList) else GoList(type)
        element = type.element or PARAMETERS
        if not pieces:
            raise _Stop("the name ends at a list.", "Name a position and the setting below it.", panics=True)
        try:
            index = int(pieces[0]) if pieces[0].strip() == pieces[0] and "_" not in pieces[0] else None
        except ValueError:
            index = None
        if index is None or index > len(items):
            raise _Stop(
                f"{pieces[0]!r} is no position in a list of {len(items)}.", "Count the list's positions from 0."
            )
        if index < 0:
            raise _Stop("a list has no negative position.", "Count the list's positions from 0.", panics=True)
        if index == len(items):
            if assign is None:
                raise _Stop(
                    "the list came from the file, and the registry can't lengthen such a list.",
                    "Give the whole list in the file or in one variable.",
                    panics=True,
                )
            items.append(_writable(element, element.zero()))
            items.sources.append(self.variable)
            assign(items)
        self.path[-1] += f"[{index}]"
        self.into(element, items[index], pieces[1:], lambda made: items.__setitem__(index, made))

    def _read(self, type: GoType, into_map: bool = False) -> object:
        """The variable's value as YAML of that type; nothing at all leaves the zero value."""
        decoder = Decoder(self.dialect)
        try:
            node = parse(self.payload.encode("utf-8", "surrogateescape"))
            if node is None:
                return GoMap(type) if into_map else type.zero()
            good, value = decoder.decode(node, type, GoMap(type) if into_map else None)
        except ConfigError as error:
            fix = _QUOTED if error.problem.kind == "yaml" else error.problem.fix
            raise _Stop(error.problem.what, fix) from None
        if decoder.refusals:
            refused = decoder.refusals[0]
            raise _Stop(refused.what, refused.fix, refused.panics)
        if not good or decoder.mismatches:
            wanted, found = (
                (decoder.mismatches[0].type.name, decoder.mismatches[0].found)
                if decoder.mismatches
                else ("another shape", "this")
            )
            raise _Stop(
                f"its value is read as YAML and is {found}, where {wanted} belongs.",
                "Give a value of that shape, as YAML, or unset the variable if it is not meant for this setting.",
            )
        self._claim(value)
        return GoMap(type) if value is None and into_map else value

    def _claim(self, value: object) -> None:
        """Whatever stands in the value came from this variable, and not from a line of the file."""
        if isinstance(value, GoMap):
            value.sources = dict.fromkeys(value.sources, (self.variable, self.variable))
            for item in value.values():
                self._claim(item)
        elif isinstance(value, GoList):
            value.sources = [self.variable] * len(value.sources)
            for item in value:
                self._claim(item)
