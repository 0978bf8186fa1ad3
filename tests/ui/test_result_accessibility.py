"""Auswertung, Beratung, Wissen, Rechner, Wiedervorlage: named, reached by Tab, nothing cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from desktop_advisor.demo.firm_records import Records
from desktop_advisor.demo.worked_firms import Worked, enter, read_firm
from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.results.section import TABS
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.widgets import FigureButton
from desktop_advisor.usecases.recommending import agree_measure, refresh_recommendations
from tests.ui.consultation import close, screen_of, settle, window_at
from tests.ui.interview.test_accessibility import ROLES, called, controls, spoken, walk
from tests.ui.sample import RESOURCES, empty_workplace
from tests.ui.test_every_screen import clipped, pressed_height

Reach = Callable[[MainWindow], object]


def nothing(_: MainWindow) -> None:
    """The screen as it opens."""


def arithmetic(window: MainWindow) -> None:
    """The first figure that can be pressed, with its arithmetic open."""
    figures = [f for f in window.findChildren(FigureButton) if f.isVisible()]
    figures[0].click()


def plan(form: str, window: MainWindow) -> None:
    """The plan in one of its forms."""
    screen = screen_of(window, AdviceScreen)
    screen.show_view("plan")
    screen.plan.show_form(form)


def measure(window: MainWindow) -> None:
    """One measure with everything about it."""
    plan("table", window)
    screen = screen_of(window, AdviceScreen)
    screen.plan.open_measure(next(iter(screen.table.lines)))


def talk(window: MainWindow) -> None:
    """A talk being added in the company file."""
    screen_of(window, CompanyFileScreen).talks.plus.click()


PARTS: dict[str, tuple[Where, str, Reach]] = {
    **{f"results-{tab.key}": (Where.RESULTS, tab.key, nothing) for tab in TABS},
    "arithmetic": (Where.RESULTS, "overview", arithmetic),
    "advice": (Where.ADVICE, "list", nothing),
    **{f"plan-{f}": (Where.ADVICE, "plan", partial(plan, f)) for f in ("board", "timeline")},
    "plan-table": (Where.ADVICE, "plan", nothing),
    "measure": (Where.ADVICE, "plan", measure),
    "follow-up": (Where.ADVICE, "follow-up", nothing),
    **{f"calculator-{name}": (Where.CALCULATORS, name, nothing) for name in ("82", "de_minimis")},
    "knowledge": (Where.KNOWLEDGE, "", nothing),
    "article": (Where.KNOWLEDGE, "paragraf-82", nothing),
    "offer": (Where.KNOWLEDGE, "regionales-wachstum-land", nothing),
    "company-file": (Where.COMPANY, "", nothing),
}
"""Part → screen, what it is opened with, and the way there."""


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """The cable maker with a works council, two measures agreed."""
    place = empty_workplace(tmp_path_factory.mktemp("worked"))
    made = replace(read_firm(RESOURCES, "kabelsatz-chemnitz"), records=Records())
    firm = enter(place, made)
    for view in refresh_recommendations(place, firm.case_id)[:2]:
        agree_measure(place, view)
    yield firm
    QThreadPool.globalInstance().waitForDone(10_000)
    place.close()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, worked: Worked) -> Iterator[MainWindow]:
    """The real window in type of 150 %."""
    apply_theme(qapp, LIGHT, 1.5)
    made = window_at(qtbot, worked.place, Destination(Where.COMPANIES))
    yield made
    close(made)


@pytest.mark.parametrize("where", dict.fromkeys(where for where, _, _ in PARTS.values()))
def test_every_control_is_named_reached_and_never_cut(
    qtbot: QtBot, window: MainWindow, worked: Worked, where: Where
) -> None:
    """One window shows one part of the screen after the other."""
    for name, (_, focus, reach) in [part for part in PARTS.items() if part[1][0] is where]:
        goal = Destination(where, worked.company_id, worked.case_id, worked.visit_id, focus=focus)
        assert window.open(goal), name
        settle(qtbot)
        reach(window)
        settle(qtbot)
        with suppress(TimeoutError):
            qtbot.waitUntil(lambda: clipped(window) == [], timeout=2000)
        found = controls(window)
        told = Counter(spoken(widget) for widget in found)
        window.stack.setFocus()
        assert {
            "cut": clipped(window),
            "unnamed": [called(widget) for widget in found if not spoken(widget)[0].strip()],
            "unfitting": [called(widget) for widget in found if not has_a_fitting_role(widget)],
            "told twice": {said: count for said, count in told.items() if count > 1},
            "reached": len(walk()) > 1,
            "too small": too_small(window),
        } == FAULTLESS, name


FAULTLESS = {
    "cut": [],
    "unnamed": [],
    "unfitting": [],
    "told twice": {},
    "reached": True,
    "too small": {},
}


def has_a_fitting_role(widget: QWidget) -> bool:
    """What Qt has no role for, a drawn chart or page, is told by its name alone."""
    roles = next((roles for kind, roles in ROLES if isinstance(widget, kind)), None)
    return roles is None or spoken(widget)[1] in roles


def too_small(root: QWidget) -> dict[str, tuple[int, int]]:
    """Buttons no finger hits."""
    return {
        button.accessibleName() or button.text(): (button.width(), pressed_height(button))
        for button in cast(list[QAbstractButton], root.findChildren(QAbstractButton))
        if button.isVisible()
        and not isinstance(button.parent(), QLineEdit)
        and min(button.width(), pressed_height(button)) < TARGET
    }
