"""A text and an environment to the configuration that a release would have in its hands."""

from __future__ import annotations

from collections.abc import Mapping

from registry_preflight.check import Where
from registry_preflight.config import overrides
from registry_preflight.config.document import MAPPING, SCALAR, Node, parse, too_deep
from registry_preflight.config.gotypes import (
    Decoder,
    Duplicate,
    GoMap,
    GoType,
    Ignored,
    Refused,
    TypeMismatch,
    Variable,
)
from registry_preflight.config.parameters import every_driver_key
from registry_preflight.config.problem import ConfigError, Problem
from registry_preflight.config.structure import configuration_type
from registry_preflight.config.tables import Release, load, worked_out
from registry_preflight.lean import NamedTuple

WHOLE, SECTION, CONTENT = "config", "section", "content"
SUPPORTED_VERSION = "0.1"


class Reading(NamedTuple):
    """What came of it. `values` is `None` where nothing could be decoded; `form` is what kind of file it was."""

    form: str
    root: Node | None
    values: GoMap | None
    problems: list[Problem]
    overrides: list[overrides.Override]
    ignored: list[Ignored]
    duplicates: list[Duplicate]


def read(text: bytes, environment: Mapping[str, str], release: Release) -> Reading:
    """Read a config as a release does, going on past errors where more can be told."""
    try:
        root = parse(text)
    except ConfigError as error:
        return Reading(WHOLE, None, None, [error.problem], [], [], [])
    try:
        return _Read(release, environment).read(root)
    except RecursionError:  # each alias may go as deep again as the file itself
        return Reading(WHOLE, root, None, [too_deep().problem], [], [], [])


class _Read:
    def __init__(self, release: Release, environment: Mapping[str, str]) -> None:
        self.release = release
        self.environment = environment
        self.dialect = str(release.fact("go_yaml"))
        self.decoder = Decoder(self.dialect)
        self.problems: list[Problem] = []

    def read(self, root: Node | None) -> Reading:
        type = configuration_type(self.release.name)
        form = _form(root)
        values = type.fresh()
        try:
            if root is not None:
                self._decode(root, type, values, form)
        except ConfigError as error:
            self.problems.append(error.problem)
            return self._reading(form, root, None, [])
        self.problems.extend(_refusal(refused) for refused in self.decoder.refusals)
        self.problems.extend(_mismatch(mismatch) for mismatch in self.decoder.mismatches)
        if form != WHOLE and values["version"] == "":
            values["version"] = SUPPORTED_VERSION
        elif values["version"] != SUPPORTED_VERSION and not any(problem.kind == "version" for problem in self.problems):
            self.problems.append(_unsupported(str(values["version"]), cut_off=root is not None and root.cut_off))
        applied, stopped = overrides.apply(
            values, self.environment, dialect=self.dialect, indexes=bool(self.release.fact("env_list_indexes"))
        )
        self.problems.extend(stopped)
        self._one_driver(values)
        return self._reading(form, root, values, applied)

    def _decode(self, root: Node, type: GoType, values: GoMap, form: str) -> None:
        if form == CONTENT:
            good, storage = self.decoder.decode(root, type.fields["storage"].type)
            if good:
                values["storage"] = storage
                values.sources["storage"] = (root, root)
        else:
            self.decoder.decode(root, type, values)

    def _one_driver(self, values: GoMap) -> None:
        storage = values["storage"]
        drivers = drivers_of(storage, self.release)
        if len(drivers) > 1 and not any(problem.kind == "driver" for problem in self.problems):
            variables = [source.name for name in drivers if (source := _variable(storage, name))]
            self.problems.append(
                Problem(
                    kind="driver",
                    what=f"The file and the environment together name {len(drivers)} drivers: {', '.join(drivers)}.",
                    why="The registry panics: it takes exactly one storage driver.",
                    fix="Set REGISTRY_STORAGE to the driver's name as well, which drops the file's storage section, or unset the variable.",
                    where=Where(path="storage", variable=variables[0] if variables else None),
                )
            )
        elif not [name for name in drivers if name] and not self.problems:
            self.problems.append(
                Problem(
                    kind="driver",
                    what="No storage driver is configured.",
                    why="The registry exits: it has no default storage.",
                    fix="Name one driver below storage, for example `filesystem: {rootdirectory: /var/lib/registry}`.",
                    where=Where(path="storage"),
                )
            )

    def _reading(
        self, form: str, root: Node | None, values: GoMap | None, applied: list[overrides.Override]
    ) -> Reading:
        return Reading(form, root, values, self.problems, applied, self.decoder.ignored, self.decoder.duplicates)


def _variable(storage: object, name: str) -> Variable | None:
    source = storage.sources[name][1] if isinstance(storage, GoMap) and name in storage.sources else None
    return source if isinstance(source, Variable) else None


def drivers_of(storage: object, release: Release) -> list[str]:
    """The keys of a storage map that the release takes for drivers."""
    reserved = release.strings("reserved_storage_keys")
    return [name for name in storage if name not in reserved] if isinstance(storage, GoMap) else []


def _form(root: Node | None) -> str:
    """Whether a file is a whole config, a `storage:` section (what Docker Trusted Registry takes) or that section's content."""
    if root is None or root.kind != MAPPING or root.cut_off:
        return WHOLE
    keys = {key.value for key in root.children[::2] if key.kind == SCALAR}
    if keys == {"storage"}:
        return SECTION
    if keys & _top_level():
        return WHOLE
    return CONTENT if keys.intersection(every_driver_key()) else WHOLE


@worked_out()
def _top_level() -> frozenset[str]:
    return frozenset(("version", "storage", *(path.split(".")[0] for path in load("sections"))))


def _unsupported(version: str, *, cut_off: bool) -> Problem:
    what = (
        f"The version is {version!r}; a registry reads {SUPPORTED_VERSION} only."
        if version
        else "The config has no version."
    )
    fix = f"Write `version: {SUPPORTED_VERSION}` at the top level."
    if cut_off and not version:
        what = "The registry reads this file only to where its first block ends, and there is no version in that."
        fix = "Indent all top-level keys alike: a line further left ends the document."
    return Problem(
        kind="version",
        what=what,
        why="The registry exits with 'unsupported version'.",
        fix=fix,
        where=Where(path="version"),
    )


def _refusal(refused: Refused) -> Problem:
    return Problem(
        kind=refused.kind,
        what=refused.what[:1].upper() + refused.what[1:],
        why="The registry panics on it." if refused.panics else "The registry refuses its configuration and exits.",
        fix=refused.fix,
        where=refused.node.where,
    )


def _mismatch(mismatch: TypeMismatch) -> Problem:
    return Problem(
        kind="type",
        what=f"This is {mismatch.found}, where {mismatch.type.name} belongs.",
        why="The registry refuses its whole configuration over one value of the wrong type, and exits.",
        fix=_mended(mismatch),
        where=mismatch.node.where,
    )


def _mended(mismatch: TypeMismatch) -> str:
    """How to mend it; YAML makes one text of a key and its value where nothing that it takes for a blank parts them."""
    text = mismatch.node.value if mismatch.node.kind == SCALAR else ""
    if "\u00a0" in text:
        return "Type the blanks anew: one of them is a no-break space, which was pasted and is no blank to YAML."
    if mismatch.type.kind == "map" and text.partition(":")[0].isidentifier() and ":" in text:
        return "Put a blank after the colon: without one, the key and its value are one text."
    if mismatch.type.kind == "map" and mismatch.found == "true or false":
        return f"Give {mismatch.type.name}, such as {{enabled: true}}."
    if mismatch.type.kind == "map":
        return f"Give {mismatch.type.name}, or indent the line if it belongs to the key above."
    return f"Give {mismatch.type.name}."
