"""Files and functions stay small enough to be read in one go (style)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.imports import ROOT

LONGEST_FILE = 450
LONGEST_FUNCTION = 60


def _files() -> Iterator[Path]:
    for folder in ("desktop_advisor", "sync", "tests"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def long_functions(source: str) -> list[str]:
    """Functions over the limit, as name and length."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(f"{node.name}: {length}")
    return found


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _files()}

    assert {p.name: n for p, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    long = {path.name: long_functions(path.read_text(encoding="utf-8")) for path in _files()}

    assert {name: functions for name, functions in long.items() if functions} == {}


def test_a_planted_long_function_is_found() -> None:
    source = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION

    assert long_functions(source) == ["f: 61"]
