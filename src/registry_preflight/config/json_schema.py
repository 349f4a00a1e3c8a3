"""A JSON Schema of the config that a release reads, made from the same tables as everything else.

It is stricter than the registry where the registry is silent: a key that nobody reads is an error here, so that an
editor shows it.
"""

from __future__ import annotations

from typing import cast

from registry_preflight.config.gotypes import GoType
from registry_preflight.config.parameters import allowed_values, driver_in_release, driver_keys, parameter_entries
from registry_preflight.config.structure import LOG_LEVELS, configuration_type
from registry_preflight.config.tables import Data, Release, at, driver_names, load, spans

Schema = dict[str, object]

_BOOLEAN_TEXT = ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"]
_DURATION = r"^[-+]?(0|([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h))+$"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_PARAMETER_KINDS: dict[str, Schema] = {
    "text": _TEXT,
    "path": _TEXT,
    "text-or-default": _TEXT,
    "base64": _TEXT,
    "parsebool": {"anyOf": [{"type": "boolean"}, {"enum": _BOOLEAN_TEXT}]},
    "bool": {"type": "boolean"},
    "strict-bool": {"type": "boolean"},
    "s3-int": {"type": ["integer", "string"]},
    "scan-int": {"type": ["integer", "string"]},
    "gcs-int": {"type": ["integer", "string"]},
    "threads-int": {"type": ["integer", "string"]},
    "strict-int": {"type": "integer"},
    "strict-string": {"type": "string"},
    "strict-base64": {"type": "string"},
    "strict-strings": {"type": "array", "items": {"type": "string"}},
    "strict-map": {"type": "object"},
    "map": {"type": "object"},
    "strict-duration": {"type": "string", "pattern": _DURATION},
}
_KINDS: dict[str, Schema] = {
    "string": _TEXT,
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "duration": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _DURATION}]},
    "any": {},
    "untyped": {"type": "object"},
}


def config_schema(to: Release) -> Schema:
    """The schema of a whole config for a release, draft 2020-12."""
    root = _type(configuration_type(to.name), "", to.version)
    properties = cast("dict[str, Schema]", root["properties"])
    properties["version"] = {"enum": ["0.1", 0.1], "description": "The config's version: 0.1."}
    properties["storage"] = _storage(to)
    for path in ("log", "loglevel"):
        if path in properties:
            _level(properties, path)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Registry configuration for {to.name}",
        **root,
        "required": ["version", "storage"],
    }


def _level(properties: dict[str, Schema], path: str) -> None:
    level: Schema = {"type": "string", "pattern": f"^(?i:{'|'.join(LOG_LEVELS)})$"}
    if path == "loglevel":
        properties[path] |= level
    else:
        cast("dict[str, Schema]", properties[path]["properties"])["level"] |= level


def _type(type: GoType, path: str, version: str) -> Schema:
    """A Go type as a schema; null is allowed wherever the registry takes it for the zero value."""
    described = _described(path)
    if type.kind == "struct":
        properties = {
            name: _nullable(_type(field.type, f"{path}.{name}" if path else name, version))
            for name, field in type.fields.items()
        }
        return {**described, "type": "object", "properties": properties, "additionalProperties": False}
    if type.kind == "list":
        return {**described, "type": "array", "items": _type(type.element or GoType("any"), f"{path}[]", version)}
    if type.kind == "map":
        inner = _type(type.element or GoType("any"), f"{path}.*", version)
        return {**described, "type": "object", "additionalProperties": _nullable(inner)}
    return {**described, **_KINDS[type.kind], **_enumeration(path, version)}


def _nullable(schema: Schema) -> Schema:
    kind = schema.get("type")
    if isinstance(kind, str):
        return {**schema, "type": [kind, "null"]}
    if isinstance(kind, list):
        return {**schema, "type": [*kind, "null"]}
    return schema


def _entry(path: str) -> Data:
    return cast("Data", load("sections").get(path, {}))


def _described(path: str) -> Schema:
    entry = _entry(path)
    described: Schema = {}
    if entry.get("doc"):
        described["description"] = entry["doc"]
    if entry.get("secret"):
        described["writeOnly"] = True
    return described


def _enumeration(path: str, version: str) -> Schema:
    words = allowed_values(_entry(path), version) if path else ()
    return {"enum": list(words)} if words else {}


def _storage(to: Release) -> Schema:
    drivers: dict[str, Schema] = {}
    for name in driver_names():
        table = load(f"drivers/{name}")
        for key in driver_keys(table):
            if driver_in_release(table, key, to.version) and name not in to.strings("drivers_left_out"):
                drivers[key] = _driver(table, to.version)
    reserved = to.strings("reserved_storage_keys")
    return {
        "description": "Exactly one storage driver, and the settings beside it.",
        "anyOf": [
            {"enum": ["inmemory", "filesystem"]},
            {
                "type": "object",
                "properties": {**drivers, **{name: schema for name, schema in _beside().items() if name in reserved}},
                "additionalProperties": False,
                "oneOf": [{"required": [name]} for name in drivers],
            },
        ],
    }


def _beside() -> dict[str, Schema]:
    """The settings beside the driver, by name; a release has those that it reserves a word for."""
    return {
        "cache": {
            "type": "object",
            "properties": {
                "blobdescriptor": {"enum": ["inmemory", "redis"]},
                "blobdescriptorsize": {"type": "integer"},
            },
        },
        "delete": {"type": "object", "properties": {"enabled": {"type": "boolean"}}, "additionalProperties": False},
        "redirect": {
            "type": "object",
            "properties": {"disable": {"type": "boolean"}},
            "required": ["disable"],
            "additionalProperties": False,
        },
        "maintenance": _maintenance(),
        "tag": {
            "type": "object",
            "properties": {"concurrencylimit": {"type": "integer", "minimum": 0}},
            "additionalProperties": False,
        },
    }


def _maintenance() -> Schema:
    duration: Schema = {"type": "string", "pattern": _DURATION}
    purging: Schema = {
        "type": "object",
        "properties": {
            "enabled": {"type": "boolean"},
            "age": duration,
            "interval": duration,
            "dryrun": {"type": "boolean"},
        },
        "anyOf": [
            {"properties": {"enabled": {"const": False}}, "required": ["enabled"]},
            {"required": ["age", "interval", "dryrun"]},
        ],
    }
    readonly: Schema = {"type": "object", "properties": {"enabled": {"type": "boolean"}}}
    return {
        "type": ["object", "null"],
        "properties": {"uploadpurging": purging, "readonly": readonly},
        "additionalProperties": False,
    }


def _driver(table: Data, version: str) -> Schema:
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for name, entry in parameter_entries(table).items():
        if not spans(entry, version):
            continue
        if at(entry.get("required", False), version) is True and "." not in name:
            required.append(name)
        outer, _, inner = name.partition(".")
        schema = _parameter(entry, version)
        if inner:
            nested = properties.setdefault(outer, {"type": "object"})
            cast("dict[str, Schema]", nested.setdefault("properties", {}))[inner] = schema
        else:
            properties[name] = {**schema, **properties.get(name, {})}
    made: Schema = {
        "description": table["title"],
        "type": ["object", "null"] if not required else "object",
        "properties": properties,
    }
    return {**made, "additionalProperties": False, **({"required": required} if required else {})}


def _parameter(entry: Data, version: str) -> Schema:
    kind = str(at(entry.get("type", "text"), version))
    schema = dict(_PARAMETER_KINDS[kind])
    if entry.get("doc"):
        schema["description"] = entry["doc"]
    words = allowed_values(entry, version)
    if words:
        schema["enum"] = (
            sorted({*words, *(word.lower() for word in words)}) if entry.get("case_sensitive") is False else list(words)
        )
    for name in ("minimum", "maximum"):
        bound = at(entry.get(name), version)
        if isinstance(bound, int):
            schema[name] = bound
    default = at(entry.get("default"), version)
    if default is not None:
        schema["default"] = default
    if entry.get("secret") is True:
        schema["writeOnly"] = True
    return _nullable(schema) if not words and at(entry.get("null", "default"), version) == "default" else schema
