"""YAML text to a tree of nodes that remember where they stand.

The registry's parser is a port of libyaml, so libyaml's own events are read here (through PyYAML), and only the first
document, as `yaml.Unmarshal` does. What a plain scalar means is another matter: see `scalars.py`.
"""

from __future__ import annotations

from registry_preflight.check import Where
from registry_preflight.config.problem import ConfigError, Problem, yaml_problem
from registry_preflight.lean import Any, cached_property
from registry_preflight.pattern import Pattern

MAX_BYTES = 1 << 20
MAX_DEPTH = 100
MAX_FLOW_COLONS = 100
TAG_PREFIX = "tag:yaml.org,2002:"

SCALAR, MAPPING, SEQUENCE, ALIAS = "scalar", "mapping", "sequence", "alias"


class Node:
    """A node of the tree. `line` and `column` count from 1; `plain` is true for an unquoted scalar without a tag.

    `cut_off`: of a document's root, that the text goes on behind it in a way that is no YAML any more.
    """

    __slots__ = ("children", "column", "cut_off", "kind", "line", "plain", "tag", "target", "value")

    def __init__(self, kind: str, line: int, column: int, value: str = "", tag: str = "", plain: bool = False) -> None:
        self.kind = kind
        self.line = line
        self.column = column
        self.value = value
        self.tag = tag
        self.plain = plain
        self.children: list[Node] = []
        self.target: Node | None = None
        self.cut_off = False

    def resolved(self) -> Node:
        """The node itself, or what an alias stands for."""
        return self.target if self.target is not None else self

    @property
    def where(self) -> Where:
        return Where(line=self.line, column=self.column)


def parse(text: bytes) -> Node | None:
    """Read the first YAML document of `text`; `None` where there is none.

    Raises `ConfigError` for text that no registry can parse, or that is past the bounds on size and depth.
    """
    if len(text) > MAX_BYTES:
        raise _limit(f"The file is larger than {MAX_BYTES >> 20} MiB.", None)
    changed = _with_inner_marks(text) if _MARK in text[1:] else text
    for _ in range(MAX_FLOW_COLONS):
        try:
            root = _Reader(changed).document()
        except _FlowColon as colon:
            changed = _with_colon_kept(changed, colon)
        else:
            if changed is not text:
                _restore(root)
            return root
    raise _limit("This YAML has more colons before commas and brackets than any config has.", None)


class _FlowColon(Exception):
    """libyaml refuses a colon before one of `,?[]{}` in a flow, such as in `{a: b:}`; the registry's parser takes it for a letter."""

    def __init__(self, index: int, refusal: ConfigError) -> None:
        super().__init__()
        self.index = index
        self.refusal = refusal


def _with_colon_kept(text: bytes, colon: _FlowColon) -> bytes:
    """The text with a stand-in for the colon. Raises the refusal itself for text that is not UTF-8."""
    try:
        characters = text.decode("utf-8")
    except UnicodeDecodeError:
        raise colon.refusal from None
    at = colon.index + characters.startswith("\ufeff")
    if characters[at : at + 1] != ":":
        raise colon.refusal
    return f"{characters[:at]}{_COLON_STAND_IN}{characters[at + 1 :]}".encode()


_MARK = "\ufeff".encode()
#: Stands in for a byte order mark while libyaml reads: it has the same length, and libyaml takes it for text.
_STAND_IN = "\ufdd0"
_COLON_STAND_IN = "\ufdd1"
_MARK_AT_START = Pattern(rb"(?<=[\r\n])" + _MARK)
_SLASH_ESCAPED = Pattern(r"(?<!\\)(?:\\\\)*\\/")
_LINE_ENDS = Pattern("\r\n|[\r\n\x85\u2028\u2029]")


def _with_inner_marks(text: bytes) -> bytes:
    """Keep libyaml from passing over a byte order mark that begins a line: to the registry's parser it is a letter there.

    Raises `ConfigError` for two marks at the beginning, which make that parser swallow the first letter of lines.
    """
    if text.startswith(_MARK * 2):
        raise yaml_problem(
            "The file begins with two byte order marks.", "Remove the first six bytes of the file.", 1, 1
        )
    return bytes(_MARK_AT_START.sub(_STAND_IN.encode(), text))


def _restore(root: Node | None) -> None:
    nodes = [root] if root is not None else []
    for node in nodes:
        node.value = node.value.replace(_STAND_IN, _MARK.decode()).replace(_COLON_STAND_IN, ":")
        nodes.extend(node.children)


def _limit(what: str, where: Where | None) -> ConfigError:
    return ConfigError(
        Problem(
            kind="limit",
            what=what,
            why="No registry config needs that much; it is past what this tool reads, so nothing is foretold.",
            fix="Check that this is the registry's config and not some other file.",
            where=where or Where(),
        )
    )


def too_deep() -> ConfigError:
    """The error for aliases that nest in each other beyond what any config needs."""
    return _limit("Aliases in this YAML nest in each other deeper than in any config.", None)


def unexpected_nesting(node: Node) -> ConfigError:
    """The error for aliases that multiply beyond what any config needs."""
    return _limit("Aliases in this YAML multiply into more values than any config has.", node.where)


_EXCERPT_HINTS = {
    "cannot start any token": "Put the value in quotes: @, ` and % may not begin a plain value.",
    "control characters are not allowed": "Remove the control character; a binary value needs base64.",
    "unexpected end of stream": "Close the quote, bracket or brace that was opened.",
    "undefined alias": "Put the value in quotes if the leading * belongs to it.",
    "mapping values are not allowed": "Indent the line under its key, or put a value that holds ': ' in quotes.",
    "tab": "Indent with spaces: YAML does not take tabs there.",
    "unknown directive": "Put the value in quotes if the leading % belongs to it.",
}


def _fix(problem: str) -> str:
    return next((fix for part, fix in _EXCERPT_HINTS.items() if part in problem), "Mend the YAML at this place.")


class _Reader:
    def __init__(self, text: bytes) -> None:
        from registry_preflight.config import libyaml

        self._yaml = libyaml.load()
        self._text = text
        self._parser = self._yaml.CParser(text)
        self._anchors: dict[str, Node] = {}

    def _next(self) -> Any:
        try:
            return self._parser.get_event()
        except self._yaml.YAMLError as error:
            refusal = self._refused(error)
            if getattr(error, "problem", "") == "found unexpected ':'":
                raise _FlowColon(error.problem_mark.index, refusal) from None
            raise refusal from None

    def document(self) -> Node | None:
        self._next()  # the stream's start
        event = self._next()
        if event is None or isinstance(event, self._yaml.StreamEndEvent):
            return None
        if event.version not in (None, (1, 1)):
            raise yaml_problem(
                "The %YAML line names a version that the registry's parser refuses.",
                "Remove the %YAML line: every release reads YAML 1.1.",
                event.start_mark.line + 1,
                1,
            )
        root = self._node(self._next(), 1, flow=False)
        self._next()  # the document's end, which looks one token ahead, as the registry does
        root.cut_off = self._cut_off()
        return root

    def _cut_off(self) -> bool:
        """Whether text follows that belongs to no document, such as keys after a dedent: the registry does not read on."""
        try:
            self._next()
        except ConfigError:
            return True
        return False

    def _node(self, event: Any, depth: int, *, flow: bool) -> Node:
        y = self._yaml
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        kind = type(event)
        if kind is y.ScalarEvent:
            if event.style == '"':
                self._refuse_slash(event)
            elif flow and not event.style and "?" in event.value:
                raise yaml_problem(
                    "The registry's parser takes the ? in braces or brackets for the beginning of another key.",
                    "Put the value in quotes.",
                    line,
                    column,
                )
            node = Node(SCALAR, line, column, event.value, event.tag or "", event.implicit[0])
            if event.anchor:
                self._anchors[event.anchor] = node
            return node
        if kind is y.AliasEvent:
            return self._alias(event, line, column)
        if depth > MAX_DEPTH:
            raise _limit(f"The YAML nests deeper than {MAX_DEPTH} levels.", Where(line=line, column=column))
        is_mapping = kind is y.MappingStartEvent
        node = Node(MAPPING if is_mapping else SEQUENCE, line, column, tag=event.tag or "")
        if event.anchor:
            self._anchors[event.anchor] = node
        end = y.MappingEndEvent if is_mapping else y.SequenceEndEvent
        children = node.children
        while type(child := self._next()) is not end:
            children.append(self._node(child, depth + 1, flow=event.flow_style))
        return node

    def _alias(self, event: Any, line: int, column: int) -> Node:
        node = Node(ALIAS, line, column, event.anchor)
        node.target = self._anchors.get(event.anchor)
        if node.target is None:
            raise yaml_problem(
                f"The alias *{event.anchor} has no anchor &{event.anchor} before it.",
                "Put the value in quotes if the leading * belongs to it.",
                line,
                column,
            )
        return node

    def _refuse_slash(self, event: Any) -> None:
        """The one escape that libyaml has learnt since the registry's parser was made from it."""
        if b"\\/" not in self._text:
            return
        token = self._characters[event.start_mark.index : event.end_mark.index]
        if _SLASH_ESCAPED.search(token):
            raise yaml_problem(
                r"The registry's parser does not know the escape \/ in double quotes.",
                "Write / without the backslash.",
                event.start_mark.line + 1,
                event.start_mark.column + 1,
            )

    @cached_property
    def _characters(self) -> str:
        return characters(self._text)

    def _refused(self, error: Any) -> ConfigError:
        """libyaml's error as a problem; a reader's error (bad UTF-8, control characters) has a position but no mark."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        position = getattr(error, "position", None)
        if mark is None and position is not None:
            before = self._text[:position]
            line, column = before.count(b"\n") + 1, position - before.rfind(b"\n")
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "the text cannot be read"
        context = getattr(error, "context", None)
        if "maximum nesting depth" in problem:  # libyaml's own bound, which its scanner meets before our count does
            return _limit(f"The YAML nests deeper than {MAX_DEPTH} levels.", Where(line=line, column=column))
        said = f"{problem} ({context})" if context else str(problem)
        return yaml_problem(
            f"This is not YAML that the registry can read: {said}.",
            _fix(str(problem)),
            line,
            column,
        )


def characters(text: bytes) -> str:
    """The text as libyaml counts it: without its byte order mark, which also tells UTF-16."""
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(text[:2], "utf-8")
    return text.decode(encoding, "replace").removeprefix(_MARK.decode())


def lines(text: bytes) -> list[str]:
    """The lines of a text as libyaml counts them."""
    return _LINE_ENDS.split(characters(text))


def paths(root: Node | None) -> dict[Node, str]:
    """The dotted path of every key and value: `storage.s3.region`, `notifications.endpoints[0].url`."""
    found: dict[Node, str] = {}
    stack: list[tuple[Node, str]] = [(root, "")] if root is not None else []
    while stack:
        node, path = stack.pop()
        found[node] = path
        if node.kind == MAPPING:
            for key, value in zip(node.children[::2], node.children[1::2], strict=True):
                found[key] = below = f"{path}.{key.value}" if path else key.value
                stack.append((value, below))
        elif node.kind == SEQUENCE:
            stack.extend((child, f"{path}[{at}]") for at, child in enumerate(node.children))
    return found
