"""Pages for people: a check's, a setting's, and the effective config."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry_preflight.check import Check, Touches
from registry_preflight.config.effective import Config
from registry_preflight.config.parameters import allowed_values, driver_keys, driver_table, parameter_entries
from registry_preflight.config.tables import VERSIONS, Data, at, driver_names, load, order, spans
from registry_preflight.lean import cast
from registry_preflight.result import EffectiveValue

_TOUCHES = {
    Touches.NOTHING: "nothing but the config and the files that it names",
    Touches.NETWORK: "the network, no storage",
    Touches.READS: "the storage, for reading",
    Touches.WRITES: "the storage: it writes under names of its own and removes them",
}


def check_page(check: Check) -> str:
    """A check's page: title, text and facts."""
    facts = {
        "id": check.id + (f" (formerly {', '.join(check.aliases)})" if check.aliases else ""),
        "touches": _TOUCHES[check.touches],
        "needs": ", ".join(check.needs),
        "drivers": ", ".join(check.drivers) or "all",
        "releases": ", ".join(check.releases) or "all",
        "bears on": ", ".join(dict.fromkeys(stage.value for stage in (*check.stages, *check.proves))),
        "from": check.plugin,
    }
    lines = [check.title, "=" * len(check.title), "", *([check.page, ""] if check.page else [])]
    return "\n".join([*lines, *_facts(facts)]) + "\n"


def _facts(facts: dict[str, str]) -> list[str]:
    width = max(len(name) for name in facts)
    return [f"{name:<{width}}  {value}" for name, value in facts.items() if value]


def setting_names() -> list[str]:
    """Every setting that has a page, as `storage.s3.chunksize` or `http.secret`."""
    names = [*load("sections")]
    for driver in driver_names():
        table = load(f"drivers/{driver}")
        names += [f"storage.{key}.{name}" for key in driver_keys(table) for name in parameter_entries(table)]
    return names


def setting_page(name: str) -> str | None:
    """A setting's page, for `storage.s3.chunksize`, `s3.chunksize`, `http.secret` or a driver; `None` if nobody knows it."""
    path = name.removeprefix("storage.")
    driver, _, parameter = path.partition(".")
    table = driver_table(driver)
    if table is not None and parameter in parameter_entries(table):
        return _page(f"storage.{driver}.{parameter}", parameter_entries(table)[parameter])
    if table is not None and not parameter:
        return _driver_page(driver, table)
    entry = load("sections").get(name)
    return _page(name, cast("Data", entry)) if entry is not None else None


def _driver_page(driver: str, table: Data) -> str:
    releases = [version for version in VERSIONS if spans(table, version)]
    title = f"storage.{driver}: {table['title']}"
    lines = [title, "=" * len(title), "", f"Releases: {', '.join(releases) or 'none of those known here'}."]
    if table.get("removed"):
        lines.append(str(table["removed"]))
    lines.append("")
    for name, entry in parameter_entries(table).items():
        lines.append(f"  {name:<28}{entry.get('doc', '')}")
    return "\n".join(lines) + "\n"


def _page(path: str, entry: Data) -> str:
    lines = [path, "=" * len(path), "", str(entry.get("doc", "")), ""]
    rows = []
    for version in VERSIONS:
        rows.append(
            f"  {version}  "
            + (_in_release(entry, version) if spans(entry, version) else "not read: ignored in silence")
        )
    secret = ["", "Secret: masked in every report."] if entry.get("secret") else []
    misspelt = cast("list[str]", entry.get("misspelt", []))
    also = ["", f"Often misspelt as {', '.join(misspelt[:6])}."] if misspelt else []
    return "\n".join([*lines, "By release:", *_merged(rows), *secret, *also]) + "\n"


def _merged(rows: list[str]) -> list[str]:
    """Rows whose text is the same, on one line."""
    merged: dict[str, list[str]] = {}
    for row in rows:
        version, _, text = row.strip().partition("  ")
        merged.setdefault(text, []).append(version)
    return [f"  {', '.join(sorted(versions, key=order))}: {text}" for text, versions in merged.items()]


def _in_release(entry: Data, version: str) -> str:
    parts = [_KINDS.get(str(at(entry.get("type", "text"), version)), str(at(entry.get("type", "text"), version)))]
    minimum, maximum = at(entry.get("minimum"), version), at(entry.get("maximum"), version)
    if minimum is not None:
        parts.append(f"at least {minimum}")
    if maximum is not None:
        parts.append(f"at most {maximum}")
    if "unit" in entry:
        parts.append(f"in {entry['unit']}")
    if words := allowed_values(entry, version):
        parts.append(f"one of {', '.join(words)}")
    default = at(entry.get("default"), version)
    required = at(entry.get("required", False), version)
    if required is True:
        parts.append("required")
    elif required:
        kind, _, rest = str(required).partition(":")
        parts.append(f"required {'without' if kind == 'unless' else 'with'} {rest}")
    elif default not in (None, ""):
        parts.append(f"default {str(default).lower() if isinstance(default, bool) else default}")
    return "; ".join(parts)


_KINDS = {
    "text": "text",
    "string": "text",
    "strict-string": "text (a YAML number or boolean is refused)",
    "text-or-default": "text (anything else counts as not given)",
    "parsebool": "true or false, also as text",
    "bool": "true or false",
    "strict-bool": "true or false, never in quotes",
    "int": "whole number",
    "s3-int": "whole number, also as text, also 0x...",
    "scan-int": "whole number; what follows the digits is dropped without a word",
    "gcs-int": "whole number, also as text",
    "threads-int": "whole number, also as text",
    "strict-int": "whole number, never in quotes",
    "duration": "duration such as 10s (a bare number is nanoseconds)",
    "strict-duration": "duration as text, such as 100ms",
    "base64": "base64 text",
    "strict-base64": "base64 text",
    "path": "path of a file",
    "strings": "list of texts",
    "strict-strings": "list of texts",
    "map": "map",
    "strict-map": "map",
    "struct": "map of settings",
    "structs": "list of maps",
    "header": "map of lists of text",
    "loglevel": "error, warn, info or debug",
}


def effective_lines(config: Config, values: Iterable[EffectiveValue]) -> Iterator[str]:
    """`path: value` with the origin behind it, one line each."""
    rows = [(f"{value.path}: {_printed(value.value)}", _origin(config, value)) for value in values]
    width = min(max((len(left) for left, _ in rows), default=0), 60)
    for left, origin in rows:
        yield f"{left:<{width}}  # {origin}"


def _printed(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    clean = "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
    return clean if not isinstance(value, str) or (clean and clean.strip() == clean) else f"'{clean}'"


def _origin(config: Config, value: EffectiveValue) -> str:
    origin = value.origin
    if origin.kind == "environment":
        place = str(origin.name)
    elif origin.kind == "file":
        place = f"{config.source}:{origin.line}:{origin.column}"
    else:
        place = "default"
    return f"{place}; {value.note}" if value.note else place
