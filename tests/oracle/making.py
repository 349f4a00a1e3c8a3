"""Random configs and environments: a config that starts, some mutations of it, one way of writing it down.

All choices go through a `Chooser`, so the same code serves hypothesis, which shrinks what it chose, and a plain random
generator, which is faster. The first option is always the plainest: that is what a choice shrinks to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from registry_preflight.fixtures.registry import Given

from .spellings import (
    BESIDE,
    BESIDE_VALUES,
    BESIDE_VARIABLES,
    BROKEN,
    DEAD,
    DEAD_ADDRESS,
    ODD,
    ODD_KEYS,
    SURROUNDINGS,
    VERSIONS,
)
from .tables import Setting, Tables, read_tables
from .writing import Pairs, Value, written

T = TypeVar("T")

#: Debian has these drivers; of the others only what comes before the driver can be judged.
_DRIVERS = ("filesystem", *("s3",) * 9, *("filesystem",) * 5, *("inmemory",) * 4, *("swift",) * 3, "azure", "gcs")
_NOISE = " \t\n\r:-#'\"{}[],&*!|>%@`?~<=.\\0159aeExX_/\u00e9\ufeff\u0085\u2028\x01"


class Chooser(Protocol):
    """Where the choices come from."""

    def pick(self, options: Sequence[T]) -> T:
        """One of these."""

    def below(self, limit: int) -> int:
        """A number from 0 to one less than the limit."""

    def chance(self, percent: int) -> bool:
        """Whether something that is this likely happens."""


class Making:
    """One config in the making."""

    def __init__(self, choose: Chooser) -> None:
        self.choose = choose
        self.tables: Tables = read_tables()
        self.driver = choose.pick(_DRIVERS)
        self.parameters: Pairs = []
        self.storage: Pairs = [[self.driver, self.parameters]]
        self.http: Pairs = [["addr", '"127.0.0.1:@PORT@"'], ["secret", "s"]]
        self.top: Pairs = [["version", "0.1"], ["http", self.http], ["storage", self.storage]]
        self.environment: dict[str, str] = {}
        for setting in self.tables.drivers[self.driver]:
            if setting.required or setting.path == "storage.s3.regionendpoint":
                self.parameters.append([setting.key, setting.right[0]])

    def made(self) -> Given:
        """Mutate, write down, and mutate the text now and then."""
        for _ in range(self.choose.below(5)):
            self.choose.pick(_MUTATIONS)(self)
        text = written(self.top, self.choose)
        while self.choose.chance(12):
            text = self._text_mutated(text)
        return Given(
            text.replace(DEAD, DEAD_ADDRESS),
            {name: value.replace(DEAD, DEAD_ADDRESS) for name, value in self.environment.items()},
        )

    def set_parameter(self) -> None:
        """A parameter of this driver gets another value."""
        if settings := self.tables.drivers[self.driver]:
            setting = self.choose.pick(settings)
            put(self.parameters, setting.key, self.value(setting))

    def set_foreign_parameter(self) -> None:
        """A parameter of another driver, which this one ignores."""
        setting = self.choose.pick(self.tables.drivers[self.choose.pick(_DRIVERS)] or self.tables.sections)
        put(self.parameters, setting.key, self.value(setting))

    def drop_parameter(self) -> None:
        """A parameter goes missing."""
        if self.parameters:
            del self.parameters[self.choose.below(len(self.parameters))]

    def misspell(self) -> None:
        """A key is spelt otherwise, anywhere."""
        pairs = self.choose.pick([self.parameters, self.storage, self.http, self.top])
        if pairs:
            pair = pairs[self.choose.below(len(pairs))]
            pair[0] = self.spelt(str(pair[0]))

    def stand_beside(self) -> None:
        """A section stands beside the driver."""
        name = self.choose.pick(list(BESIDE))
        put(self.storage, name, self.odd() if self.choose.chance(15) else self.choose.pick(BESIDE[name]))

    def second_driver(self) -> None:
        """A second driver, or one under another name."""
        name = self.choose.pick(("filesystem", "s3aws", "inmemory", "foo", "s3goamz", "s3"))
        self.storage.append([name, self.choose.pick(("{}", "", "{a: b}", "x"))])

    def shape_of_driver(self) -> None:
        """The driver's parameters, or all of storage, are something else than a map of values."""
        if self.choose.chance(50):
            put(self.storage, self.driver, self.odd())
        else:
            put(self.top, "storage", self.driver if self.choose.chance(50) else self.odd())

    def set_section(self) -> None:
        """A key outside storage."""
        setting = self.choose.pick(self.tables.sections)
        self.lay(setting.path, self.value(setting))

    def shape_of_section(self) -> None:
        """Part of a path outside storage is something else than a section."""
        pieces = self.choose.pick(self.tables.sections).path.split(".")
        self.lay(".".join(pieces[: 1 + self.choose.below(len(pieces))]), self.odd())

    def set_version(self) -> None:
        """Another version."""
        put(self.top, "version", self.odd() if self.choose.chance(30) else self.choose.pick(VERSIONS))

    def odd_key(self) -> None:
        """A key that nobody knows, or that is hardly one."""
        pairs = self.choose.pick([self.parameters, self.storage, self.http, self.top])
        pairs.insert(self.choose.below(len(pairs) + 1), [self.choose.pick(ODD_KEYS), self.odd()])

    def repeat(self) -> None:
        """A key stands there twice, with the same value or another one."""
        pairs = self.choose.pick([self.parameters, self.http, self.top, self.storage])
        if pairs:
            key, value = pairs[self.choose.below(len(pairs))]
            pairs.insert(self.choose.below(len(pairs) + 1), [key, self.odd() if self.choose.chance(60) else value])

    def refer(self) -> None:
        """A value is an alias of one that stands before it or after it."""
        settings = self.tables.drivers[self.driver] or self.tables.sections
        setting = self.choose.pick(settings)
        anchor: list[Value] = ["x-a", f"&a {self.value(setting)}"]
        self.top.insert(self.choose.pick((0, len(self.top))), anchor)
        put(self.parameters, setting.key, "*a")

    def merge(self) -> None:
        """A merge key, before or after the keys that it competes with."""
        settings = self.tables.drivers[self.driver] or self.tables.sections
        setting = self.choose.pick(settings)
        self.top.insert(0, ["x-m", f"&m {{{setting.key}: {self.value(setting)}}}"])
        pairs = self.choose.pick([self.parameters, self.parameters, self.storage, self.http, self.top])
        merged = self.choose.pick(
            ("*m", "[*m]", "[*m, {a: b}]", f"{{{setting.key}: {self.value(setting)}}}", "x", "", "[x]")
        )
        pairs.insert(self.choose.below(len(pairs) + 1), ["<<", merged])

    def shuffle(self) -> None:
        """The order of keys is another."""
        pairs = self.choose.pick([self.top, self.parameters, self.storage])
        if len(pairs) > 1:
            pairs.append(pairs.pop(self.choose.below(len(pairs))))

    def set_variable(self) -> None:
        """A variable of the environment, on some level of a path."""
        setting = self.choose.pick(self._reachable())
        pieces = self._pieces(setting.path)
        level = self.choose.pick((len(pieces), len(pieces) - 1, 1, 2))
        name = "_".join(["REGISTRY", *pieces[: max(level, 1)]])
        right = setting.right if level == len(pieces) else (self.driver, "{}", "inmemory", "")
        value = self.odd() if self.choose.chance(50) else self.choose.pick(right)
        self.environment[self._variable_spelt(name)] = value

    def set_beside_variable(self) -> None:
        """A variable for what stands beside the driver."""
        name = self.choose.pick(BESIDE_VARIABLES)
        value = self.odd() if self.choose.chance(50) else self.choose.pick(BESIDE_VALUES)
        self.environment[f"REGISTRY_STORAGE_{name}"] = value

    def set_sdk_variable(self) -> None:
        """A variable that libraries read."""
        name, value = self.choose.pick(SURROUNDINGS)
        self.environment[name] = value

    def odd(self) -> str:
        """A value that hardly fits; seldom one that is not even YAML, since that would hide all the rest."""
        return self.choose.pick(BROKEN if self.choose.chance(12) else ODD)

    def value(self, setting: Setting) -> str:
        """A right value as a rule, an odd one now and then."""
        return self.odd() if self.choose.chance(40) else self.choose.pick(setting.right)

    def spelt(self, key: str) -> str:
        """The key with some slip of the hand."""
        if not key:
            return "x"
        at = self.choose.below(len(key))
        others = (setting for settings in self.tables.drivers.values() for setting in settings if setting.key == key)
        known = [name for setting in others for name in setting.misspelt]
        slips = (
            key + "s",
            key.upper(),
            key.title(),
            key[:at] + key[at + 1 :],
            key[:at] + "_" + key[at:],
            key[:at] + key[at:].upper(),
        )
        return self.choose.pick((*slips, f'"{key}"', f"!!str {key}", f"? {key}\n", *known))

    def lay(self, path: str, value: str) -> None:
        """Put a value at a dotted path, with the sections and lists above it."""
        head, _, rest = path.partition("[].")
        *above, last = head.replace("*", self.choose.pick(("storage", "registry", "x"))).split(".")
        pairs = self.top
        for name in above:
            inner = next((pair[1] for pair in pairs if pair[0] == name and isinstance(pair[1], list)), None)
            if inner is None:
                inner = []
                put(pairs, name, inner)
            pairs = inner
        put(pairs, last, f"[{{{self._element(rest, value)}}}]" if rest else value)

    def _element(self, path: str, value: str) -> str:
        """The inside of a flow map for one element of a list."""
        key, _, rest = path.partition(".")
        flow = value if "\n" not in value else "x"
        return f"{key}: {{{self._element(rest, value)}}}" if rest else f"{key}: {flow}"

    def _reachable(self) -> tuple[Setting, ...]:
        return (
            self.tables.drivers[self.driver if self.choose.chance(60) else self.choose.pick(_DRIVERS)]
            or self.tables.sections
        )

    def _pieces(self, path: str) -> list[str]:
        pieces, sofar = [], ""
        for name in path.replace("[]", ".0").split("."):
            sofar = f"{sofar}.{name}" if sofar else name
            pieces.append(self.tables.pieces.get(sofar, name.upper()))
        return pieces

    def _variable_spelt(self, name: str) -> str:
        if not self.choose.chance(25):
            return name
        at = self.choose.below(len(name))
        slips = (
            name + "_X",
            name + "_",
            name + "S",
            name[:at] + "_" + name[at:],
            name[:at] + name[at + 1 :],
            name.lower(),
        )
        deeper = (name + "_0_NAME", name + "_X_Y", name.replace("_", "__", 1), name.replace("S3", "S3AWS"))
        return self.choose.pick((*slips, *deeper)) or "X"

    def _text_mutated(self, text: str) -> str:
        if not text:
            return text
        return self._character_changed(text) if self.choose.chance(50) else self._line_changed(text)

    def _character_changed(self, text: str) -> str:
        at = self.choose.below(len(text))
        noise = self.choose.pick(_NOISE)
        return self.choose.pick(
            (text[:at] + text[at + 1 :], text[:at] + noise + text[at:], text[:at] + text[at] + text[at:])
        )

    def _line_changed(self, text: str) -> str:
        lines = text.split("\n")
        taken = lines.pop(self.choose.below(len(lines)))
        at = self.choose.below(len(lines) + 1)
        marked = self.choose.pick((" ", "  ", "\t", "# ", "- ", "---\n", "...\n")) + taken
        return "\n".join(lines[:at] + self.choose.pick(([], [taken], [taken, taken], [marked])) + lines[at:])


def put(pairs: Pairs, key: str, value: Value) -> None:
    """Give the key this value, in its place if it is there."""
    for pair in pairs:
        if pair[0] == key:
            pair[1] = value
            return
    pairs.append([key, value])


_MUTATIONS: tuple[Callable[[Making], None], ...] = (
    *(Making.set_parameter, Making.set_section) * 3,
    *(Making.set_variable, Making.stand_beside) * 2,
    *(
        Making.set_beside_variable,
        Making.set_foreign_parameter,
        Making.drop_parameter,
        Making.misspell,
        Making.second_driver,
    ),
    *(Making.shape_of_driver, Making.shape_of_section, Making.set_version, Making.odd_key, Making.repeat, Making.refer),
    *(Making.merge, Making.shuffle, Making.set_sdk_variable),
)
