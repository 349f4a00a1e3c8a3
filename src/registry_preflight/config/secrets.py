"""What is secret in a config and its environment, and how it is kept out of everything that is shown.

A secret is known by where it stands (the tables say so), or by a key's or a variable's name where no table knows the
key. It is masked by value, in every encoding that a client library or a server may echo it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, cast

from registry_preflight.config.document import MAPPING, SCALAR, Node
from registry_preflight.config.tables import Data, load

if TYPE_CHECKING:
    from registry_preflight.config.effective import Config

MASK = "****"
#: A value shorter than this is masked where it stands, and nowhere else: it may be a part of any word.
SHORTEST = 5
#: Levels down to which a setting's place decides whether it is secret, and visits of nodes after which it no longer does.
_PLACES = 6
_FLOOD = 3_000
#: Characters of an excerpt: a line of a config may be a megabyte long.
MAX_EXCERPT = 2000

_NAMES = re.compile(
    r"secret|passw|passphrase|token|credential|private_?key|account_?key|api_?key|license_?key|connection_?string|sas|authorization|signature",
    re.IGNORECASE,
)
_IDENTIFIERS = re.compile(r"access_?key_?(?:id)?$", re.IGNORECASE)
_NOT_SECRET = re.compile(r"tokens?url|realm|service|issuer|file|path|endpoint|bundle|provider|type$", re.IGNORECASE)
_IN_URLS = (
    (re.compile(r"(?<=://)([^/\s:@]*):([^/\s@]+)@"), rf"\1:{MASK}@"),
    (re.compile(r"(?i)([?&](?:sig|signature|x-amz-signature|x-amz-security-token|temp_url_sig|awsaccesskeyid|token)=)[^&\s\"']+"), rf"\1{MASK}"),
)
_ASSIGNMENT = re.compile(r"""^(\s*(?:-\s+|export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*)(\S.*)$""")


class Secrets:
    """The secrets of one config; nothing is looked for before the first text is masked."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def mask(self, text: str) -> str:
        """The text with every secret in it replaced."""
        for variant, shown in self._variants:
            if variant in text:
                text = text.replace(variant, shown)
        for pattern, replacement in _IN_URLS:
            if "://" in text or "=" in text:
                text = pattern.sub(replacement, text)
        return text

    def mask_line(self, number: int, line: str, column: int | None = None) -> tuple[str, int | None]:
        """A line of the file with its secrets masked, also those too short to be masked by value, and where `column` went.

        Where the file could not be parsed, the values of keys that sound like secrets are masked.
        """
        here = [node for node, _ in self._nodes if node.line == number and node.kind == SCALAR]
        for node in sorted(here, key=lambda node: -node.column):
            at = node.column - 1
            end = _token_end(line, at, node.value)
            line = f"{line[:at]}{MASK}{line[end:]}"
            if column is not None and column > at + 1:
                column = max(at + 1, column + len(MASK) - (end - at))
        found = _ASSIGNMENT.match(line) if self._config.reading.root is None else None
        if found and is_secret_name(found[2]):
            line, column = found[1] + MASK, min(column or 1, len(found[1]) + 1)
        return self.mask(line)[:MAX_EXCERPT], column

    @property
    def found(self) -> bool:
        """Whether there is anything secret at all."""
        return bool(self._variants)

    def masked_value(self, path: str, value: object) -> object:
        """A setting's value for the effective config: masked whole if its place is secret, by value if not."""
        if value in (None, "") or not isinstance(value, str | int | float):
            return value
        kind = self._kind_of(path.split("."))
        if kind:
            return shown_for(str(value), kind == "identifier")
        return self.mask(value) if isinstance(value, str) else value

    @cached_property
    def _nodes(self) -> list[tuple[Node, str]]:
        """The nodes whose value is secret, and whether they are `secret` or an `identifier`."""
        root = self._config.reading.root
        prefix = ("storage",) if self._config.form == "content" else ()
        return list(self._walk(root, prefix, set())) if root is not None else []

    def _walk(self, node: Node, path: tuple[str, ...], seen: set[object]) -> Iterator[tuple[Node, str]]:
        """Every secret below a node. Aliases can multiply a file into billions of nodes, so none is looked at twice in vain.

        What is secret by its place stands few levels deep; further down, and in such a flood, only names count.
        """
        node = node.resolved()
        visit = (node, path if len(path) <= _PLACES and len(seen) < _FLOOD else ())
        if visit in seen:
            return
        seen.add(visit)
        if node.kind == MAPPING:
            for key, value in zip(node.children[::2], node.children[1::2], strict=True):
                kind = self._kind_of([*path, key.value])
                # A map that is only called like a secret, such as auth.token, holds settings with names of their own.
                if kind and (value.resolved().kind != MAPPING or self._by_table([*path, key.value])):
                    yield from ((leaf, kind) for leaf in _leaves(value, kind, seen))
                else:
                    yield from self._walk(value, (*path, key.value), seen)
        else:
            for child in node.children:
                yield from self._walk(child, path, seen)

    def _by_table(self, path: list[str]) -> str:
        if len(path) >= 3 and path[0] == "storage":
            return _kinds().get((path[1], ".".join(path[2:])), "") or _kinds().get((path[1], path[-1]), "")
        return "secret" if re.sub(r"\[[0-9]+\]", "", ".".join(path)) in _sections() else ""

    def _kind_of(self, path: list[str]) -> str:
        name = path[-1]
        if kind := self._by_table(path):
            return "" if kind == "public" else kind
        return "secret" if is_secret_name(name) else "identifier" if _IDENTIFIERS.search(name) else ""

    @cached_property
    def _variants(self) -> list[tuple[str, str]]:
        """Every spelling of every secret with what is shown instead, the longest first."""
        variants: dict[str, str] = {}
        for value, kind in self._values():
            for part in {value, *value.splitlines()}:
                if len(part) >= SHORTEST:
                    shown = shown_for(part, kind == "identifier")
                    for variant in encodings(part):
                        variants.setdefault(variant, shown)
        return sorted(variants.items(), key=lambda item: -len(item[0]))

    def _values(self) -> Iterator[tuple[str, str]]:
        for node, kind in self._nodes:
            yield node.value, kind
        for name, value in self._config.environment.items():
            kind = self._variable_kind(name)
            if kind:
                yield value, kind
                yield value.strip().strip("\"'"), kind
            elif ":" in value and name.startswith("REGISTRY_") and _NAMES.search(value):
                yield from _secrets_in_yaml(value)

    def _variable_kind(self, name: str) -> str:
        if name.startswith("REGISTRY_"):
            path = name.lower().split("_")[1:]
            if (kind := self._kind_of(path)) or len(path) < 2:
                return kind
            return self._kind_of([*path[:2], "_".join(path[2:])]) if len(path) > 2 else ""
        return "secret" if is_secret_name(name) else "identifier" if _IDENTIFIERS.search(name) else ""


def _token_end(line: str, at: int, value: str) -> int:
    """Where a scalar that begins at `at` ends on its line: at its closing quote, after its text, or at the line's end."""
    quote = line[at : at + 1]
    if quote in ("'", '"'):
        end = at + 1
        while end < len(line) and line[end] != quote:
            end += 2 if line[end] == "\\" and quote == '"' else 1
        return min(end + 1, len(line))
    return at + len(value) if value and line.startswith(value, at) else len(line)


def _secrets_in_yaml(text: str) -> Iterator[tuple[str, str]]:
    """Secrets in a variable that holds a whole map, such as `{accesskey: a, secretkey: b}`."""
    for name, value in re.findall(r"""["']?([\w.-]+)["']?\s*:\s*["']?([^"',}\s]+)""", text):
        if is_secret_name(name):
            yield value, "secret"


def _leaves(node: Node, kind: str, seen: set[object]) -> Iterator[Node]:
    """The scalars below a node, each once."""
    node = node.resolved()
    if (node, kind) in seen:
        return
    seen.add((node, kind))
    if node.kind == SCALAR:
        yield node
    for child in node.children[1::2] if node.kind == MAPPING else node.children:
        yield from _leaves(child, kind, seen)


def is_secret_name(name: str) -> bool:
    """Whether a key or a variable that no table knows sounds like a secret."""
    return bool(_NAMES.search(name) or re.search(r"secret_?key|(?:^|_)key$|_sas$", name, re.IGNORECASE)) and not _NOT_SECRET.search(name)


def shown_for(value: str, identifier: bool) -> str:
    """What stands in for a secret: of an identifier, such as an access key's, the last four characters may be seen."""
    return MASK + value[-4:] if identifier and len(value) >= 12 else MASK


def encodings(secret: str) -> set[str]:
    """A secret as it is, in URLs, in JSON, in hexadecimal, and in base64 at each of the three alignments."""
    import base64
    from urllib.parse import quote, quote_plus

    raw = secret.encode("utf-8", "surrogateescape")
    escaped = secret.replace("\\", "\\\\").replace('"', '\\"')
    found = {secret, quote(raw, safe=""), quote(raw), quote_plus(raw), escaped, escaped.replace("/", "\\/"), raw.hex()}
    for padding in range(3):
        # Characters that share bits with a neighbour differ with that neighbour, so they are left off at both ends.
        first = (0, 2, 3)[padding]
        last = len(base64.b64encode(bytes(padding) + raw).rstrip(b"=")) - (1 if (padding + len(raw)) % 3 else 0)
        core = base64.b64encode(bytes(padding) + raw)[first:last].decode()
        if len(core) >= 6:
            found |= {core, core.replace("+", "-").replace("/", "_")}
    return {variant for variant in found if len(variant) >= SHORTEST}


_CACHE: dict[str, object] = {}


def _kinds() -> dict[tuple[str, str], str]:
    """(driver's key, parameter) to `secret`, `identifier` or `public`, misspelt names included."""
    if "kinds" not in _CACHE:
        from registry_preflight.config.parameters import driver_keys, parameter_entries
        from registry_preflight.config.tables import driver_names

        kinds: dict[tuple[str, str], str] = {}
        for driver in driver_names():
            table = load(f"drivers/{driver}")
            entries = parameter_entries(table)
            for key in driver_keys(table):
                for name, entry in entries.items():
                    secret = entry.get("secret")
                    kind = "secret" if secret is True else "identifier" if secret == "identifier" else "public"
                    kinds[key, name] = kind
                    for wrong in cast("list[str]", entry.get("misspelt", [])) if kind != "public" else []:
                        if wrong not in entries:
                            kinds[key, wrong] = kind
                for name, entry in entries.items():
                    if entry.get("secret_keys"):
                        del kinds[key, name]
        _CACHE["kinds"] = kinds
    return cast("dict[tuple[str, str], str]", _CACHE["kinds"])


def _sections() -> set[str]:
    """The paths of typed settings that are secret, without list positions."""
    if "sections" not in _CACHE:
        _CACHE["sections"] = {
            path.replace("[]", "") for path, entry in load("sections").items() if cast("Data", entry).get("secret")
        }
    return cast("set[str]", _CACHE["sections"])
