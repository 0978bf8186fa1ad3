"""Imports go down the floors of the house, and every rule about them can fail."""

from __future__ import annotations

import pytest

from tests.architecture.floors import FLOORS, RULES, SEES_EVERYTHING, Rule, room
from tests.architecture.imports import Import, circles, imports_of, sources


@pytest.fixture(scope="module")
def found() -> list[Import]:
    return imports_of(sources())


def _named(says: str) -> Rule:
    return next(rule for rule in RULES if rule.says == says)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_the_house_keeps_the_rule(rule: Rule, found: list[Import]) -> None:
    assert list(rule.broken(found)) == []


def test_no_modules_import_each_other_in_a_circle(found: list[Import]) -> None:
    assert circles(found) == []


def test_every_room_is_a_floor_or_may_see_everything() -> None:
    rooms = {room(name) for name in sources()} - {""}

    assert rooms <= {*FLOORS, *SEES_EVERYTHING}


PLANTED = [
    ("an import never rises", "domain.x", "import desktop_advisor.storage.store"),
    ("an import never rises", "report.x", "from desktop_advisor import usecases"),
    ("an import never rises", "storage.x", "from desktop_advisor.bootstrap import open_window"),
    ("an import never rises", "domain.x", "from ..advice import rules"),
    (
        "an import never rises",
        "signing.x",
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from desktop_advisor.report import model",
    ),
    ("Qt stays in ui/", "usecases.x", "def f():\n    from PySide6.QtCore import QObject"),
    ("SQL stays out of ui/", "ui.x", "from sqlalchemy.orm import Session"),
    ("ReportLab stays in report/", "ui.x", "import reportlab.platypus as p"),
    ("ReportLab stays in report/", "demo.x", "import reportlab"),
    ("ui/ speaks no HTTP", "ui.x", "async def f():\n    import requests"),
    ("only the demo starts the server", "usecases.x", "from sync.server import app"),
    ("the pure floors know no database", "advice.x", "import sqlalchemy"),
    ("domain/ needs the standard library only", "domain.x", "import msgspec"),
    (
        "pyxform and openpyxl stay out of the start-up path",
        "questionnaire.compiled",
        "def f():\n    import pyxform.xls2xform",
    ),
]


@pytest.mark.parametrize(("says", "module", "source"), PLANTED)
def test_a_planted_import_breaks_its_rule(says: str, module: str, source: str) -> None:
    modules = {
        f"desktop_advisor.{module}": source,
        "desktop_advisor.usecases": "",
        "desktop_advisor.advice.rules": "",
    }

    assert list(_named(says).broken(imports_of(modules)))


@pytest.mark.parametrize(
    ("says", "source"),
    [
        ("sync/ knows nothing of desktop_advisor", "from desktop_advisor.domain import german"),
        ("Qt stays out of sync/", "import PySide6"),
    ],
)
def test_a_planted_import_in_sync_breaks_its_rule(says: str, source: str) -> None:
    assert list(_named(says).broken(imports_of({"sync.client.run": source})))


def test_every_rule_is_proven_to_be_able_to_fail() -> None:
    in_sync = {"sync/ knows nothing of desktop_advisor", "Qt stays out of sync/"}

    assert {rule.says for rule in RULES} == {says for says, _, _ in PLANTED} | in_sync


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ui.x", "from desktop_advisor.usecases import companies"),
        ("storage.x", "from desktop_advisor.domain import answers"),
        ("demo.x", "from sync.server import app"),
        ("report.x", "import reportlab"),
    ],
)
def test_an_allowed_import_breaks_nothing(module: str, source: str) -> None:
    found = imports_of({f"desktop_advisor.{module}": source})

    assert [text for rule in RULES for text in rule.broken(found)] == []


def test_a_planted_circle_is_found_also_behind_a_late_import() -> None:
    ring = {"sync.a": "import sync.b", "sync.b": "from sync import a"}
    late = {"sync.a": "import sync.b", "sync.b": "def f():\n    from sync import a"}

    assert circles(imports_of(ring)) == [["sync.a", "sync.b", "sync.a"]]
    assert circles(imports_of(late)) == [["sync.a", "sync.b", "sync.a"]]
