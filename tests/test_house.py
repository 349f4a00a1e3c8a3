"""The numbers that keep the code readable: how long a module and a function may be, and who may catch whatever comes."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("src", "checks", "reports", "fixtures", "benchmarks")
MODULE, FUNCTION = 400, 40
#: What catches nearly everything; run.py is the place for it.
BROAD = {"Exception", "BaseException"}
CATCHES = Path("src/registry_preflight/run.py")


@functools.cache
def modules() -> dict[Path, tuple[list[str], list[ast.AST]]]:
    """The lines and the nodes of each module, by its path from the root."""
    texts = {path: path.read_text() for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))}
    return {
        path.relative_to(ROOT): (text.splitlines(), list(ast.walk(ast.parse(text)))) for path, text in texts.items()
    }


def test_no_module_is_too_long() -> None:
    assert {str(path): len(lines) for path, (lines, _) in modules().items() if len(lines) > MODULE} == {}


def test_no_function_is_too_long() -> None:
    assert {place: length for place, length in function_lengths() if length > FUNCTION} == {}


def test_who_catches_whatever_comes_says_why() -> None:
    silent = [
        f"{path}:{node.lineno}"
        for path, (lines, nodes) in modules().items()
        for node in nodes
        if isinstance(node, ast.ExceptHandler) and broad(node) and path != CATCHES
        if "  # " not in lines[node.lineno - 1]
    ]
    assert silent == []


def function_lengths() -> Iterator[tuple[str, int]]:
    """Each function's place, and its lines from `def` on."""
    for path, (_, nodes) in modules().items():
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def broad(handler: ast.ExceptHandler) -> bool:
    """Whether it catches nearly everything: by name, in a tuple, or as a bare `except`."""
    if handler.type is None:
        return True
    return any(isinstance(name, ast.Name) and name.id in BROAD for name in ast.walk(handler.type))
