"""The JSON report: the types below are its fields, from which both the document and its JSON Schema are made."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from math import isfinite
from typing import NamedTuple, Union, get_args, get_origin, get_type_hints

from registry_preflight.check import EVERY_STAGE, Stage
from registry_preflight.lean import StrEnum
from registry_preflight.result import (
    Chain,
    EffectiveValue,
    Plugin,
    Prediction,
    Report,
    Result,
    RunFacts,
    Status,
    Verdict,
)

SCHEMA_VERSION = 1
TOOL = "registry-preflight"

Document = dict[str, object]


class Tool(NamedTuple):
    """The program that wrote the report."""

    name: str
    version: str
    plugins: tuple[Plugin, ...]


class ConfigFacts(NamedTuple):
    """The config that was checked, and what the registry makes of it."""

    source: str
    sha256: str
    driver: str
    effective: tuple[EffectiveValue, ...]


class Counts(NamedTuple):
    """How many checks ended with each status."""

    passed: int
    warned: int
    failed: int
    skipped: int
    broken: int


class Traffic(NamedTuple):
    """What the run sent and received over the network, and the requests that waited for each other."""

    count: int  # type: ignore[assignment]  # the contract names it so; nobody counts in a tuple of four
    bytes_sent: int
    bytes_received: int
    chain: Chain


class ReportDocument(NamedTuple):
    """The verdict on one config, and everything that led to it."""

    schema_version: int
    tool: Tool
    run: RunFacts
    config: ConfigFacts
    verdict: Verdict
    predictions: Mapping[Stage, Prediction]
    root_causes: tuple[str, ...]
    counts: Counts
    results: tuple[Result, ...]
    left_behind: tuple[str, ...]
    requests: Traffic


def document(report: Report) -> Document:
    """The report as values that `json.dumps` takes, in the order of the contract."""
    tally = dict.fromkeys(Status, 0)
    for result in report.results:
        tally[result.status] += 1
    shape = ReportDocument(
        schema_version=SCHEMA_VERSION,
        tool=Tool(TOOL, report.tool_version, report.plugins),
        run=report.run,
        config=ConfigFacts(report.source, report.sha256, report.driver, report.effective),
        verdict=report.verdict,
        predictions={stage: report.predictions[stage] for stage in EVERY_STAGE},
        root_causes=report.root_causes,
        counts=Counts(*(tally[Status(name)] for name in Counts._fields)),
        results=report.results,
        left_behind=report.left_behind,
        requests=Traffic(*report.requests, report.chain),
    )
    encode = _encoder(ReportDocument)
    made = encode(shape) if encode else shape
    assert isinstance(made, dict)
    return made


def report_schema() -> Document:
    """The JSON Schema (draft 2020-12) of what `--json` writes: one report, or an array of them."""
    definitions: Document = {}
    root = _schema(ReportDocument, definitions)
    _definition(definitions, ReportDocument)["schema_version"] = {"const": SCHEMA_VERSION}
    _definition(definitions, Tool)["name"] = {"const": TOOL}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "registry-preflight report",
        "description": "What --json writes: a report, or an array of reports if several configs were given. "
        "Later versions may add fields.",
        "oneOf": [root, {"type": "array", "items": root}],
        "$defs": definitions,
    }


# ---- values


_Encoder = Callable[[object], object]


@cache
def _encoder(kind: object) -> _Encoder | None:
    """How to turn a value of this type into JSON values; None if `json` takes it as it is."""
    if kind is float:
        return _number
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _record_encoder(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _items_encoder(_encoder(arguments[0]))
    if origin in (Union, types.UnionType):
        inner = [encoder for encoder in map(_encoder, arguments) if encoder]
        return _optional_encoder(inner[0]) if inner else None
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_encoder(_encoder(arguments[1]))
    return None


def _number(value: object) -> object:
    """Microseconds are enough, and JSON has no infinity: YAML's spelling stands for it."""
    if not isinstance(value, float):
        return value
    if isfinite(value):
        return round(value, 6)
    return ".nan" if value != value else ".inf" if value > 0 else "-.inf"


def _record_encoder(kind: type[tuple[object, ...]]) -> _Encoder:
    hints = get_type_hints(kind)
    names = tuple(hints)
    special = [(name, encoder) for name in names if (encoder := _encoder(hints[name]))]

    def encode(record: object) -> object:
        assert isinstance(record, tuple)
        made: dict[str, object] = dict(zip(names, record, strict=True))
        for name, encoder in special:
            if value := made[name]:  # most checks have no finding and took no time, and this is the inner loop
                made[name] = encoder(value)
        return made

    return encode


def _items_encoder(inner: _Encoder | None) -> _Encoder | None:
    if inner is None:
        return None

    def encode(value: object) -> object:
        assert isinstance(value, tuple)
        return [inner(item) for item in value]

    return encode


def _optional_encoder(inner: _Encoder) -> _Encoder:
    return lambda value: None if value is None else inner(value)


def _mapping_encoder(inner: _Encoder | None) -> _Encoder:
    def encode(value: object) -> object:
        assert isinstance(value, Mapping)
        return {str(key): inner(item) if inner else item for key, item in value.items()}

    return encode


# ---- schema


_PRIMITIVES: Mapping[object, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
}


def _schema(kind: object, definitions: Document) -> Document:
    if kind in _PRIMITIVES:
        return {"type": _PRIMITIVES[kind]}
    if kind is object:
        return {}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(member.value) for member in kind]}
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _record_schema(kind, definitions)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin in (Union, types.UnionType):
        return _union_schema(arguments, definitions)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_schema(arguments[0], _schema(arguments[1], definitions))
    raise TypeError(f"no JSON Schema is known for {kind!r}")


def _union_schema(members: tuple[object, ...], definitions: Document) -> Document:
    if all(member in _PRIMITIVES for member in members):
        return {"type": list(dict.fromkeys(_PRIMITIVES[member] for member in members))}
    return {"anyOf": [_schema(member, definitions) for member in members]}


def _mapping_schema(key: object, value: Document) -> Document:
    if isinstance(key, type) and issubclass(key, StrEnum):
        names = [str(member.value) for member in key]
        return {"type": "object", "properties": dict.fromkeys(names, value), "required": names}
    return {"type": "object", "additionalProperties": value or True}


def _record_schema(kind: type[tuple[object, ...]], definitions: Document) -> Document:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # keeps its place, and ends a type that holds itself
        properties = {name: _schema(hint, definitions) for name, hint in get_type_hints(kind).items()}
        definitions[kind.__name__] = {
            "description": " ".join((kind.__doc__ or "").split()),
            "type": "object",
            "properties": properties,
            "required": list(properties),
        }
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _definition(definitions: Document, kind: type) -> Document:
    """The properties of a type that is defined already."""
    definition = definitions[kind.__name__]
    assert isinstance(definition, dict)
    properties = definition["properties"]
    assert isinstance(properties, dict)
    return properties
