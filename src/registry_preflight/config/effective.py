"""The config as a registry will see it: what a check is given to look at."""

from __future__ import annotations

from collections.abc import Mapping

from registry_preflight.check import Where
from registry_preflight.config.document import Node, lines, paths
from registry_preflight.config.gotypes import PARAMETERS, Duplicate, GoList, GoMap, Ignored, Source, Variable
from registry_preflight.config.options import Options
from registry_preflight.config.overrides import Override
from registry_preflight.config.parameters import Parameter, Parameters, driver_table
from registry_preflight.config.problem import Problem
from registry_preflight.config.reading import CONTENT, Reading, drivers_of, read
from registry_preflight.config.secrets import Secrets
from registry_preflight.config.signs import signs
from registry_preflight.config.tables import Data, Release, at, release
from registry_preflight.lean import NamedTuple, cached_property, lru_cache
from registry_preflight.pattern import Pattern

_STEP = Pattern(r"([^.\[\]]+)|\[([0-9]+)\]")
_LAST_STEP = Pattern(r"(?:(?:^|\.)[^.\[\]]*|\[[0-9]+\])$")

#: A file with more unknown keys is no registry config; to look for what each was meant for would take minutes.
MOST_UNKNOWN = 500


class UnknownKey(NamedTuple):
    """A key that the release has no use for, and the keys that it knows in that place."""

    path: str
    key: str
    where: Where
    known: tuple[str, ...]


class Config:
    """One configuration, read as one release reads it. Nothing of it changes once it is made."""

    def __init__(self, text: bytes, environment: Mapping[str, str], to: Release, source: str, options: Options) -> None:
        self.text = text
        self.source = source
        self.environment = environment
        self.release = to
        self.options = options
        self.reading: Reading = read(text, environment, to)
        self.secrets = Secrets(self)

    @property
    def form(self) -> str:
        """`config` for a whole file, `section` for a storage section alone, `content` for what stands in such a section."""
        return self.reading.form

    @property
    def problems(self) -> list[Problem]:
        """What stops the release from reading the config, the first that it would meet first."""
        return self.reading.problems

    @property
    def overrides(self) -> list[Override]:
        """Each `REGISTRY_*` variable and what became of it."""
        return self.reading.overrides

    @cached_property
    def drivers(self) -> list[str]:
        """The storage drivers that the config names."""
        return drivers_of(self.get("storage"), self.release)

    @cached_property
    def driver(self) -> str:
        """The storage driver, as written; empty where there is none or more than one.

        Beside words that no release has a driver for, which are misspelt settings, the one that is a driver counts.
        """
        named = self.drivers if len(self.drivers) < 2 else [name for name in self.drivers if driver_table(name)]
        return named[0] if len(named) == 1 else ""

    @cached_property
    def parameters(self) -> Parameters:
        """The driver's parameters; empty ones where there is no driver."""
        given = self.get(f"storage.{self.driver}") if self.driver else None
        return Parameters(self.driver, given if isinstance(given, GoMap) else None, self.release)

    @property
    def table(self) -> Data | None:
        """The driver's table; `None` for a driver that nobody knows."""
        return self.parameters.table

    @property
    def family(self) -> str:
        """The driver's proper name: `s3` for its alias `s3aws`."""
        return str(self.table["name"]) if self.table else self.driver

    @property
    def driver_known(self) -> bool:
        """Whether this release has the driver."""
        return self.parameters.known

    def parameter(self, name: str) -> Parameter:
        """A parameter of the driver. Raises `KeyError` for a name that its table does not have."""
        return self.parameters[name]

    # -- values ------------------------------------------------------------------------------------------------------

    def _walk(self, path: str) -> tuple[bool, object, tuple[Source, Source] | None]:
        value: object = self.reading.values
        source: tuple[Source, Source] | None = None
        for step in _steps(path):
            if isinstance(step, str) and isinstance(value, GoMap) and step in value:
                source = value.sources.get(step, source if value.type.kind != "struct" else None)
                value = value[step]
            elif isinstance(step, int) and isinstance(value, GoList) and step < len(value):
                source = (value.sources[step], value.sources[step])
                value = value[step]
            else:
                return False, None, source
        return True, value, source

    def get(self, path: str, default: object = None) -> object:
        """The decoded value at a dotted path such as `notifications.endpoints[0].url`; null and absent give `default`."""
        found, value, _ = self._walk(path)
        return value if found and value is not None else default

    def text_at(self, path: str) -> str:
        """The value at a path where it is text; empty otherwise."""
        value = self.get(path)
        return value if isinstance(value, str) else ""

    def section(self, path: str) -> GoMap:
        """The map at a path; an empty one where there is none."""
        value = self.get(path)
        return value if isinstance(value, GoMap) else GoMap(PARAMETERS)

    def items(self, path: str) -> list[object]:
        """The list at a path; an empty one where there is none."""
        value = self.get(path)
        return list(value) if isinstance(value, GoList) else []

    def has(self, path: str) -> bool:
        """Whether the file or the environment gives the key, be it null."""
        parent, _, last = path.rpartition(".")
        found, value, _ = self._walk(parent)
        return found and isinstance(value, GoMap) and last in value and last in value.sources

    @cached_property
    def present(self) -> frozenset[str]:
        """The path of every setting that is given (`[]` for any position of a list, `storage.*` for the driver's section), every variable as `$NAME`, `--ntp` and `--iam-policy` if they were given, and the marks of `signs`."""
        paths = {f"${name}" for name in self.environment}
        if paths:
            paths.add("$*")
        if self.options.ntp:
            paths.add("--ntp")
        if self.options.iam_policies:
            paths.add("--iam-policy")
        if any(name.startswith("REGISTRY_") for name in self.environment):
            paths.add("$REGISTRY_*")
        _collect(self.reading.values, "", paths)
        own = f"storage.{self.driver}."
        paths.update(f"storage.*.{path[len(own) :]}" for path in tuple(paths) if path.startswith(own))
        paths.update(signs(self))
        return frozenset(paths)

    def where(self, path: str, *, key: bool = False) -> Where:
        """The place of a value (or its key): the nearest one above it that the config has."""
        steps = path
        while steps:
            found, _, source = self._walk(steps)
            if found and source is not None:
                return self._place(path, source[0 if key or steps != path else 1])
            # A name that holds a bracket or a dot can't be taken apart; then the whole of what is left goes.
            shorter = _LAST_STEP.sub("", steps)
            steps = shorter if len(shorter) < len(steps) else ""
        return Where(path=path)

    def _place(self, path: str, source: Source) -> Where:
        if isinstance(source, Variable):
            return Where(path=path, variable=source.name)
        return self._with_excerpt(Where(path=path, line=source.line, column=source.column))

    def _with_excerpt(self, where: Where) -> Where:
        if where.line is None or not 0 < where.line <= len(self._lines):
            return where
        excerpt, caret = self.secrets.mask_line(where.line, self._lines[where.line - 1].rstrip(), where.column)
        return where._replace(excerpt=excerpt, caret=caret if caret != where.column else None)

    def line(self, number: int) -> str | None:
        """A line of the file, secrets masked; counted from 1."""
        return self._with_excerpt(Where(line=number)).excerpt

    @cached_property
    def _lines(self) -> list[str]:
        return lines(self.text)

    def resolve(self, where: Where) -> Where:
        """Fill in line, column, variable and excerpt of a place that has only a path, and the excerpt of one with a line."""
        if where.line is None and where.variable is None and where.path:
            return self.where(where.path)
        if where.line is not None and where.excerpt is None:
            return self._with_excerpt(where)
        return where

    def network_at_start(self) -> str:
        """Why the start can't be foretold from the config; empty where it can, and where the driver's own checks ask the storage."""
        asked = self.table is not None and self.table.get("start_checked") is True and not self.options.offline
        if self.table is not None and not asked and at(self.table.get("start"), self.release.version) == "network":
            instead = self.table.get("start_decided_by", [])
            names = [str(name) for name in instead] if isinstance(instead, list) else []
            if not any(self.parameters.reads(name) and self.parameters.raw(name)[0] for name in names):
                return f"the {self.driver} driver calls its storage when the registry starts"
        if not self.text_at("proxy.remoteurl"):
            return ""
        if self.release.fact("proxy_pings_at_start") and not self._proxy_silent():
            return "a pull-through cache calls the registry that it mirrors when it starts"
        if self.family not in ("filesystem", "inmemory"):
            return "a pull-through cache reads its schedule from the storage when it starts"
        return ""

    @property
    def redirects(self) -> bool:
        """Whether clients are sent elsewhere for layers: to the storage, or to where a middleware says."""
        return self.get("storage.redirect.disable") is not True

    @property
    def redirects_to_storage(self) -> bool:
        """Whether clients are sent to the storage itself, with no middleware that changes the address."""
        return self.redirects and not self.items("middleware.storage")

    @property
    def starts_with_a_request(self) -> bool:
        """Whether the registry is a pull-through cache over s3: it reads its schedule at start, and panics where it can't
        (2.8.2, seen). Over azure, 3.x takes a missing container for a missing schedule.
        """
        return self.family == "s3" and bool(self.text_at("proxy.remoteurl"))

    def _proxy_silent(self) -> bool:
        return self.get("proxy.exec") is not None and self.release.major >= 3

    # -- keys ----------------------------------------------------------------------------------------------------------

    @property
    def duplicates(self) -> list[tuple[str, Duplicate]]:
        """Keys that stand twice, with their path."""
        return [(self._path_of(duplicate.last), duplicate) for duplicate in self.reading.duplicates]

    @cached_property
    def _paths(self) -> dict[Node, str]:
        return paths(self.reading.root)

    def _path_of(self, node: Node) -> str:
        path = self._paths.get(node, "")
        return f"storage.{path}" if self.form == CONTENT and path else path

    def unknown_keys(self) -> list[UnknownKey]:
        """Keys that the release does not read, outside and inside the driver's section: the first few hundred of them."""
        unknown = [self._ignored(ignored) for ignored in self.reading.ignored[:MOST_UNKNOWN]]
        parameters = self.parameters
        for key in (parameters.given or ()) if parameters.known else ():
            if (key.lower() if parameters.folds_case else key) not in parameters.names:
                path = f"storage.{self.driver}.{key}"
                unknown.append(UnknownKey(path, key, self.where(path, key=True), parameters.names))
                if len(unknown) >= 2 * MOST_UNKNOWN:
                    break
        return unknown

    def _ignored(self, ignored: Ignored) -> UnknownKey:
        place = self._place(self._path_of(ignored.node), ignored.node)
        return UnknownKey(place.path, ignored.key, place, ignored.known)


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[str | int, ...]:
    """A dotted path as keys and positions."""
    return tuple(name or int(index) for name, index in _STEP.findall(path))


def _collect(value: object, path: str, into: set[str]) -> None:
    if isinstance(value, GoMap):
        for key in value.sources:
            below = f"{path}.{key}" if path else key
            into.add(below)
            _collect(value[key], below, into)
        if value.type.kind == "struct":  # a variable may have set a field of a struct that the file does not have
            for key, item in value.items():
                if key not in value.sources and isinstance(item, GoMap) and not item.shared:
                    into.add(f"{path}.{key}" if path else key)
                    _collect(item, f"{path}.{key}" if path else key, into)
    elif isinstance(value, GoList):
        for item in value:
            _collect(item, f"{path}[]", into)


def load_config(
    text: bytes, environment: Mapping[str, str], target: str, *, source: str = "-", options: Options | None = None
) -> Config:
    """Read a config as the release that `target` names would.

    Raises `KeyError` for an unknown target.
    """
    return Config(text, environment, release(target), source, options or Options())
