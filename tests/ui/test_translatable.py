"""Every sentence can be translated: `tr` and `translate` get plain literals."""

from __future__ import annotations

import ast
from pathlib import Path

import desktop_advisor.ui

UI = Path(desktop_advisor.ui.__file__).parent


def translated_arguments(tree: ast.AST) -> list[ast.expr]:
    """What is handed to tr(text) and translate(context, text)."""
    found = []
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            if name == "tr":
                found += call.args[:1]
            elif name == "translate" and _is_ours(call.func):
                found += call.args[:2]
    return found


def _is_ours(function: ast.Name | ast.Attribute) -> bool:
    """A painter translates too, but into places."""
    if isinstance(function, ast.Name):
        return True
    return isinstance(function.value, ast.Name) and function.value.id == "QCoreApplication"


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    """The extractor silently drops f-strings and variables; placeholders are filled afterwards."""
    wrong = [
        f"{file.relative_to(UI)}:{argument.lineno}"
        for file in UI.rglob("*.py")
        for argument in translated_arguments(ast.parse(file.read_text("utf-8")))
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    assert wrong == []


def test_the_check_sees_a_sentence_put_together() -> None:
    arguments = translated_arguments(ast.parse("self.tr(f'{n} Akten')"))
    assert [type(argument) for argument in arguments] == [ast.JoinedStr]
