"""Makes the file of bundle.py, while a wheel is built."""

from __future__ import annotations
import __future__

import ast
import marshal
import os
from collections.abc import Iterable
from types import CodeType

from registry_preflight.bundle import HEAD, TOP, Index, magic


def pack(folder: str, names: Iterable[str], first: Iterable[str] = ()) -> bytes:
    """The file for these modules of the package in a folder: the index, then the code of each, then of the `first` all at once."""
    index: Index = {}
    codes: dict[str, bytes] = {}
    at = 0
    for name in names:
        stem = folder + name[len(TOP) :].replace(".", "/")
        is_package = os.path.isdir(stem)
        place = f"{stem}/__init__.py" if is_package else f"{stem}.py"
        with open(place, "rb") as file:
            source = file.read()
        code = marshal.dumps(
            _compiled(source, os.path.relpath(place, folder), has_pages=name.startswith(f"{TOP}.checks"))
        )
        index[name] = (at, len(code), len(source), is_package)
        codes[name] = code
        at += len(code)
    codes[""] = marshal.dumps(tuple((name, marshal.loads(codes[name])) for name in first))
    index[""] = (at, len(codes[""]), 0, False)
    head = marshal.dumps((magic(), index))
    return len(head).to_bytes(HEAD, "little") + head + b"".join(codes.values())


def _compiled(source: bytes, place: str, *, has_pages: bool) -> CodeType:
    """A module's code without what no run looks at: types of arguments, docstrings of functions (a check's is its page)."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            given = node.args
            for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg):
                if argument is not None:
                    argument.annotation = None
        body = getattr(node, "body", None)
        if isinstance(body, list):
            document = isinstance(node, ast.FunctionDef) and not has_pages and ast.get_docstring(node) is not None
            node.body = [each for each in body[document:] if not _for_types(each)] or [ast.Pass()]  # type: ignore[attr-defined]
    annotations = any(isinstance(each, ast.ImportFrom) and each.module == "__future__" for each in tree.body)
    tree.body = [each for each in tree.body if not (isinstance(each, ast.ImportFrom) and each.module == "__future__")]
    flags = __future__.annotations.compiler_flag if annotations else 0
    code: CodeType = compile(ast.fix_missing_locations(tree), place, "exec", flags=flags, dont_inherit=True, optimize=0)
    return code


def _for_types(node: ast.AST) -> bool:
    """Whether a statement is there for type checkers alone."""
    alone = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return alone and not getattr(node, "orelse", ())
