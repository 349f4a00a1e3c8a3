"""The hand-made cases: each a config, an environment, and why it is worth asking."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml
from registry_preflight.fixtures.registry import Given

CASES = Path(__file__).with_name("cases")
_BYTE_ORDER_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


class Case(NamedTuple):
    """One question to the registry. `build` says why Debian's build answers it unlike the release, where it does."""

    id: str
    why: str
    given: Given
    build: str = ""


class CaseBroken(ValueError):
    """A case file that cannot be read; the text names the case."""


def load_cases() -> list[Case]:
    """Every case, in the order of the files and of the cases in them. Raises `CaseBroken`."""
    with (CASES / "bases.toml").open("rb") as stream:
        bases = tomllib.load(stream)
    cases = [case for path in sorted(CASES.glob("*.yml")) for case in _load(path, bases)]
    ids = [case.id for case in cases]
    if twice := {id for id in ids if ids.count(id) > 1}:
        raise CaseBroken(f"ids given twice: {', '.join(sorted(twice))}")
    return cases


def _load(path: Path, bases: Mapping[str, Mapping[str, str]]) -> Iterator[Case]:
    content = yaml.safe_load(path.read_text("utf-8"))
    for row in content["cases"]:
        if unknown := set(row) - _FIELDS:
            raise CaseBroken(f"{row.get('id', path.name)}: unknown field {', '.join(sorted(unknown))}")
        text = row["config"] if "config" in row else _built(row, row.get("base", content["base"]), bases)
        given = Given(_encoded(text, row.get("encoding", "")), row.get("env", {}), row.get("files", {}))
        yield Case(row["id"], row["why"], given, row.get("build", ""))


# `config` is the whole text. Without it the text is built: `version`, lines of `http`, lines at the `top`, the driver
# `base` with the parameters `without` some and `with` others, and what stands `beside` it under storage.
_FIELDS = {
    "id",
    "why",
    "config",
    "version",
    "http",
    "top",
    "base",
    "without",
    "with",
    "beside",
    "env",
    "files",
    "encoding",
    "build",
}


def _built(row: Mapping[str, str], base: str, bases: Mapping[str, Mapping[str, str]]) -> str:
    driver = {name: f"{name}: {value}" for name, value in bases[base].items() if name not in row.get("without", ())}
    http = {"addr": 'addr: "127.0.0.1:@PORT@"', "secret": "secret: s"}
    lines = [f"version: {row.get('version', '0.1')}", "http:", *_laid_over(http, row.get("http", ""), 2)]
    lines += [row["top"]] if "top" in row else []
    parameters = _laid_over(driver, row.get("with", ""), 4)
    lines += ["storage:", f"  {base}:" if parameters else f"  {base}: {{}}", *parameters]
    lines += _indented(row.get("beside", ""), 2)
    return "\n".join(line.rstrip("\n") for line in lines) + "\n"


def _laid_over(settings: Mapping[str, str], raw: str, depth: int) -> list[str]:
    """The settings without those that the raw lines give anew, and then these."""
    lines = _indented(raw, depth)
    given = {line.partition(":")[0].strip() for line in lines}
    return [" " * depth + line for name, line in settings.items() if name not in given] + lines


def _indented(raw: str, depth: int) -> list[str]:
    return [" " * depth + line for line in raw.split("\n") if line]


def _encoded(text: str, encoding: str) -> str | bytes:
    if not encoding:
        return text
    return _BYTE_ORDER_MARKS.get(encoding, b"") + text.encode(encoding.removesuffix("-no-bom"))
