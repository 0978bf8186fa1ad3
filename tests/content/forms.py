"""The shipped questionnaires, compiled once per test process, and sessions over them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from desktop_advisor.questionnaire.authoring.compiling import Compiled, compile_workbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.xform import XForm, read_xform

FORMS = Path(__file__).parents[2] / "resources" / "forms"
KURZCHECK, VOLLCHECK = FORMS / "kurzcheck.md", FORMS / "vollcheck.md"
LANGUAGES = ("Deutsch (de)", "English (en)")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

Rows = list[dict[str, str]]


def rows_of(workbook: Path, sheet: str) -> Rows:
    """The filled rows of a sheet."""
    return [row for _, row in read_workbook(workbook).sheet(sheet).rows()]


def anchors_of(workbook: Path) -> dict[str, Rows]:
    """List name → its rows of the choices sheet."""
    lists: dict[str, Rows] = {}
    for row in rows_of(workbook, "choices"):
        lists.setdefault(row["list_name"], []).append(row)
    return lists


@cache
def compiled(workbook: Path) -> Compiled:
    """XForm and sidecar."""
    return compile_workbook(workbook)


@cache
def form_of(workbook: Path) -> XForm:
    """The compiled form, read."""
    return read_xform(compiled(workbook).xform)


def session(form: XForm, **values: str) -> FormSession:
    """An empty form without rows in its tables, then these answers by question name."""
    opened = FormSession(form, now=lambda: NOW, empty_repeats=True)
    for name, value in values.items():
        opened.set_value(opened.ref_of(name), value)
    return opened


def asked(opened: FormSession, name: str) -> bool:
    """Whether the question is relevant."""
    return opened.state(opened.ref_of(name)).relevant
