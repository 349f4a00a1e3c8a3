"""What is secret in a config and its environment, and how it is kept out of everything that is shown.

A secret is known by where it stands (the tables say so), or by a key's or a variable's name where no table knows the
key. It is masked by value, in every encoding that a client library or a server may echo it in.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterable, Iterator

from registry_preflight.config.document import MAPPING, SCALAR, Node, lines, parse
from registry_preflight.config.gotext import printed
from registry_preflight.config.overrides import PREFIX
from registry_preflight.config.problem import ConfigError
from registry_preflight.config.scalars import TagMismatch, resolve
from registry_preflight.config.tables import Data, load, worked_out
from registry_preflight.lean import TYPE_CHECKING, cached_property, cast, lru_cache
from registry_preflight.pattern import Pattern

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

_NAMES = Pattern(
    r"(?i)secret|passw|passphrase|token|credential|private_?key|account_?key|api_?key|license_?key|connection_?string|sas|authorization|signature"
)
_IDENTIFIERS = Pattern(r"(?i)access_?key_?(?:id)?$")
_NOT_SECRET = Pattern(r"(?i)tokens?url|realm|service|issuer|file|path|endpoint|bundle|provider|type$")
_IN_URLS = (
    (Pattern(r"(?<=://)([^/\s:@]*):([^/\s@]+)@"), f":{MASK}@"),
    (
        Pattern(
            r"(?i)([?&](?:sig|signature|x-amz-signature|x-amz-security-token|temp_url_sig|awsaccesskeyid|token)=)[^&\s\"']+"
        ),
        MASK,
    ),
)
#: A key and what separates it from its value, in text that is no YAML.
_ASSIGNMENT = Pattern(r"""["']?([\w.-]+)["']?[ \t]*[:=][ \t]*""")
_NUMERIC = tuple("+-.0123456789")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
#: Characters of base64 that are a secret's own and no word by chance.
_SHORTEST_CORE = 6
_LONG_WORD = Pattern(r"[A-Za-z0-9+/=_-]{32,}")
_POSITION = Pattern(r"\[[0-9]+\]")
_BETWEEN_WORDS = Pattern(r"""[\s,{}\[\]"']+""")
_KEYS = Pattern(r"(?i)secret_?key|(?:^|_)key$|_sas$")


class Secrets:
    """The secrets of one config; nothing is looked for before the first text is masked."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._learnt: tuple[tuple[str, str], ...] = ()

    def learn(self, values: Iterable[str], kind: str = "secret") -> None:
        """Mask these as well from now on, as secrets or as an `identifier`: a run met them outside of the config."""
        self._learnt += tuple((value, kind) for value in values if value)
        self.__dict__.pop("_variants", None)

    def mask(self, text: str) -> str:
        """The text with every secret in it replaced."""
        for variant, shown in self._variants:
            if variant in text:
                text = text.replace(variant, shown)
        if "://" in text or "=" in text:
            for pattern, shown in _IN_URLS:
                text = pattern.sub(lambda found, shown=shown: found[1] + shown, text)
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
        if self._config.reading.root is None and (value := _value_in_broken(line)):
            line, column = line[: -len(value)] + MASK, min(column or 1, len(line) - len(value) + 1)
        elif self._config.reading.root is None:
            line = _LONG_WORD.sub(MASK, line)  # it may be a line of a key
        return self.mask(line)[:MAX_EXCERPT], column

    @property
    def found(self) -> bool:
        """Whether there is anything secret at all."""
        return bool(self._variants)

    def masked_value(self, path: str, value: object) -> object:
        """A setting's value for the effective config: masked whole if its place is secret, by value if not."""
        if value in (None, "") or not isinstance(value, str | int | float):
            return value
        kind, _ = _kind_of(tuple(_POSITION.sub("", path).split(".")))
        if kind:
            return shown_for(str(value), kind == "identifier")
        return self.mask(value) if isinstance(value, str) else value

    @cached_property
    def _nodes(self) -> list[tuple[Node, str]]:
        """The nodes whose value is secret, and whether they are `secret` or an `identifier`."""
        root = self._config.reading.root
        prefix = ("storage",) if self._config.form == "content" else ()
        return list(_walk(root, prefix)) if root is not None else []

    @cached_property
    def _variants(self) -> list[tuple[str, str]]:
        """Every spelling of every secret with what is shown instead, the longest first."""
        variants: dict[str, str] = {}
        for value, kind in self._values():
            for part in {value, *value.splitlines()}:
                if len(part) >= SHORTEST:
                    shown = shown_for(part, kind == "identifier")
                    for variant in encodings(part):
                        variants[variant] = min(variants.get(variant, shown), shown, key=len)
        return sorted(variants.items(), key=lambda item: -len(item[0]))

    def _values(self) -> Iterator[tuple[str, str]]:
        yield from self._learnt
        for node, kind in self._nodes:
            yield from ((text, kind) for text in self._printings(node))
        if self._config.reading.root is None and self._config.text:
            yield from ((value, "secret") for value in _values_in_broken(lines(self._config.text)))
        for name, value in self._config.environment.items():
            kind = self._variable_kind(name)
            if kind or (":" in value and name.startswith(PREFIX) and _NAMES.search(value)):
                yield from self._in_variable(name, value, kind)

    def _in_variable(self, name: str, value: str, kind: str) -> Iterator[tuple[str, str]]:
        """The secrets in a variable: the whole value, and what it is as YAML, where it may be a map of many settings."""
        if kind:
            yield value, kind
            yield value.strip().strip("\"'"), kind
        try:
            root = parse(value.encode("utf-8", "surrogateescape")) if name.startswith(PREFIX) else None
        except ConfigError:
            yield from ((word, kind or "secret") for word in _values_in_broken([f"secret: {value}"]))
            return
        path = tuple(name.lower().split("_")[1:])
        for node, of in _walk(root, path, kind) if root is not None else ():
            yield from ((text, of) for text in self._printings(node))

    def _printings(self, node: Node) -> Iterator[str]:
        """A secret as it is written and, where it is a number, as it is printed."""
        yield node.value
        if node.plain and node.value[:1] in _NUMERIC:
            try:
                _, number = resolve(node.tag, node.value, str(self._config.release.fact("go_yaml")))
            except TagMismatch:
                return
            yield from (printed(number), str(number))

    def _variable_kind(self, name: str) -> str:
        if not name.startswith(PREFIX):
            return "secret" if is_secret_name(name) else "identifier" if _IDENTIFIERS.search(name) else ""
        path = tuple(name.lower().split("_")[1:])
        # S3_SECRET_KEY was meant for s3.secretkey, though the registry reads it as s3.secret.key.
        kinds = {_kind_of(path)[0], _kind_of((*path[:2], "_".join(path[2:])))[0] if len(path) > 2 else ""}
        return "secret" if "secret" in kinds else max(kinds)


def _token_end(line: str, at: int, value: str) -> int:
    """Where a scalar that begins at `at` ends on its line: at its closing quote, after its text, or at the line's end."""
    quote = line[at : at + 1]
    if quote in ("'", '"'):
        end = at + 1
        while end < len(line) and line[end] != quote:
            end += 2 if line[end] == "\\" and quote == '"' else 1
            if quote == "'" and line[end : end + 2] == "''":  # that is one quote, and no end
                end += 2
        return min(end + 1, len(line))
    return at + len(value) if value and line.startswith(value, at) else len(line)


@lru_cache(maxsize=1)
def _telling_names() -> frozenset[str]:
    """The names of the drivers' secrets and identifiers, to be known outside their section."""
    return frozenset(name.rpartition(".")[2] for (_, name), kind in _kinds().items() if kind != "public")


def _value_in_broken(line: str) -> str:
    """What follows the first key of a line that sounds like a secret."""
    for found in _ASSIGNMENT.finditer(line):
        if is_secret_name(found[1]) or found[1].lower() in _telling_names():
            return line[found.end() :]
    return ""


def _values_in_broken(lines: Iterable[str]) -> Iterator[str]:
    """What may be a secret in text that is no YAML: all that follows a telling name, and what is indented below it."""
    inside = -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        value = _value_in_broken(line)
        if value:
            inside = indent
            yield value.strip()
            yield value.strip("\"' \t[{*&!")
            yield from _BETWEEN_WORDS.split(value.split(" #")[0])
        elif line.strip() and indent <= inside:
            inside = -1
        elif inside >= 0:
            yield line.strip()


def _walk(root: Node, path: tuple[str, ...], kind: str = "") -> Iterator[tuple[Node, str]]:
    """Every secret below a node, and its kind; with `kind`, all that is below it.

    Aliases can multiply a file into billions of nodes, so none is looked at twice in vain. What is secret by its place
    stands few levels deep; further down, and in such a flood, only names count.
    """
    seen: set[object] = set()
    stack = [(root, path, kind)]
    while stack:
        node, path, kind = stack.pop()
        node = node.resolved()
        visit = (node, kind or (path if len(path) <= _PLACES and len(seen) < _FLOOD else ()))
        if visit in seen:
            continue
        seen.add(visit)
        if node.kind == SCALAR and kind:
            yield node, kind
        elif node.kind == MAPPING:
            stack.extend(_below(node, path, kind))
        else:
            stack.extend((child, path, kind) for child in node.children if kind or child.kind != SCALAR)


def _below(node: Node, path: tuple[str, ...], kind: str) -> Iterator[tuple[Node, tuple[str, ...], str]]:
    """The values of a map, and what is secret among them."""
    for key, value in zip(node.children[::2], node.children[1::2], strict=True):
        inner = (*path, key.value)
        if kind:
            yield value, inner, kind
            continue
        own, by_table = _kind_of(inner)
        # A map that is only called like a secret, such as auth.token, holds settings with names of their own.
        if own and (value.resolved().kind != MAPPING or by_table):
            yield value, inner, own
        elif value.kind != SCALAR:
            yield value, inner, ""


@lru_cache(maxsize=8192)
def _kind_of(path: tuple[str, ...]) -> tuple[str, bool]:
    """`secret`, `identifier` or nothing for what stands at a path, and whether a table says so rather than the name."""
    name = path[-1]
    if len(path) >= 3 and path[0] == "storage":
        kind = _kinds().get((path[1], ".".join(path[2:])), "") or _kinds().get((path[1], name), "")
    else:
        kind = "secret" if _POSITION.sub("", ".".join(path)) in _sections() else ""
    if kind:
        return ("" if kind == "public" else kind), True
    return ("secret" if is_secret_name(name) else "identifier" if _IDENTIFIERS.search(name) else ""), False


def is_secret_name(name: str) -> bool:
    """Whether a key or a variable that no table knows sounds like a secret."""
    return bool(_NAMES.search(name) or _KEYS.search(name)) and not _NOT_SECRET.search(name)


def shown_for(value: str, identifier: bool) -> str:
    """What stands in for a secret: of an identifier, such as an access key's, the last four characters may be seen."""
    return MASK + value[-4:] if identifier and len(value) >= 12 else MASK


def encodings(secret: str) -> set[str]:
    """A secret as it is, in URLs, in JSON, HTML and XML, as Python prints it, in hexadecimal, and in base64 at each alignment."""
    raw = secret.encode("utf-8", "surrogateescape")
    found = {secret, raw.hex(), raw.hex().upper()}
    if not raw.isalnum():  # letters and digits look the same everywhere
        found |= {repr(secret)[1:-1], repr(raw)[2:-1], _percent(raw, b" ", "%%%02X").replace(" ", "+")}
        for safe in (b"", b"/", b"$&+=:@", b"!'()*"):
            found |= {_percent(raw, safe, form) for form in ("%%%02X", "%%%02x")}
        found |= _escaped(secret)
    for padding in range(3):
        # Characters that share bits with a neighbour differ with that neighbour, so they are left off at both ends.
        first = (0, 2, 3)[padding]
        encoded = b2a_base64(bytes(padding) + raw, newline=False).rstrip(b"=")
        core = encoded[first : len(encoded) - (1 if (padding + len(raw)) % 3 else 0)].decode()
        if len(core) >= _SHORTEST_CORE:
            found |= {core, core.replace("+", "-").replace("/", "_")}
    return {variant for variant in found if len(variant) >= SHORTEST}


def _percent(raw: bytes, safe: bytes, form: str) -> str:
    return "".join(chr(byte) if byte in _UNRESERVED or byte in safe else form % byte for byte in raw)


def _escaped(secret: str) -> set[str]:
    """Within the quotes of JSON, as Go, Python and others write it, and within HTML and XML."""
    json = (
        secret.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    ascii = "".join(one if one < "\x7f" else f"\\u{ord(one):04x}" for one in json if one <= "\uffff")
    go = json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    quotes = (("&quot;", "&#x27;"), ("&#34;", "&#39;"), ("&quot;", "&#39;"), ("&quot;", "&apos;"))
    return {json, json.replace("/", "\\/"), ascii, go, html} | {
        html.replace('"', two).replace("'", one) for two, one in quotes
    }


@worked_out()
def _kinds() -> dict[tuple[str, str], str]:
    """(driver's key, parameter) to `secret`, `identifier` or `public`, misspelt names included."""
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
    return kinds


@worked_out()
def _sections() -> frozenset[str]:
    """The paths of typed settings that are secret, without list positions."""
    return frozenset(
        path.replace("[]", "") for path, entry in load("sections").items() if cast("Data", entry).get("secret")
    )
