"""What must not stand in the sources: download hosts, and translated f-strings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT, sources

_NAMES = ("py pi.org", "python hosted.org", "npm js.org", "crates .io", "yarn pkg.com")
_SETTINGS = (r"--(extra-)?index -url", r"index -url\s*=", r"registry \s*=\s*.?http")
_HOSTS = re.compile("|".join([re.escape(n.replace(" ", "")) for n in _NAMES]))
_INDEXES = re.compile("|".join(pattern.replace(" ", "") for pattern in _SETTINGS))
"""Written with a blank inside, so that this file does not find itself."""
_TEXT = (".py", ".toml", ".lock", ".md", ".cfg", ".json", ".txt", ".yml", ".spec", ".in", ".csv")
_OTHERS = ("Makefile", ".gitignore", ".ci/run", ".ci/system-libraries")
_SKIPPED = {".venv", ".git", ".hypothesis", "build", "dist", ".mypy_cache", ".ruff_cache"}
_TRANSLATING = frozenset({"tr", "translate", "QT_TRANSLATE_NOOP"})


def _texts() -> Iterator[Path]:
    for folder in ("desktop_advisor", "sync", "tests", "resources"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in _TEXT and not _SKIPPED & set(path.parts):
                yield path
    yield from (p for p in ROOT.iterdir() if p.suffix in _TEXT and p.name != "uv.lock")
    yield from (ROOT / name for name in _OTHERS)


def translated_f_strings(source: str) -> list[int]:
    """Lines where tr() gets an f-string; lupdate takes it and the translation is never found."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = getattr(called, "attr", getattr(called, "id", ""))
        arguments = [inner for argument in node.args for inner in ast.walk(argument)]
        is_built = any(isinstance(a, ast.JoinedStr) for a in arguments) or any(
            isinstance(a, ast.BinOp) and isinstance(a.op, ast.Mod | ast.Add) for a in node.args
        )
        if name in _TRANSLATING and is_built:
            lines.append(node.lineno)
    return lines


def names_a_host(text: str) -> bool:
    """Whether a registry's host or an index option stands in the text."""
    return bool(_HOSTS.search(text) or _INDEXES.search(text))


def test_no_download_host_or_index_is_named() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in _texts()
        if path.is_file() and names_a_host(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "text",
    ["https://py~pi.org/sim~ple", "pip install --index~-url=x", "regi~stry = https://example.org"],
)
def test_a_planted_host_is_found(text: str) -> None:
    assert names_a_host(text.replace("~", ""))


def test_no_f_string_is_translated() -> None:
    found = {name: translated_f_strings(text) for name, text in sources().items()}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    ["self.tr(f'{n} Fragen')", "tr('a' + b)", "translate('x', f'{a}')", "self.tr('%d' % n)"],
)
def test_a_planted_translated_f_string_is_found(source: str) -> None:
    assert translated_f_strings(source) == [1]


def test_formatting_after_translation_is_fine() -> None:
    assert translated_f_strings("self.tr('{n} Fragen').format(n=n)") == []
