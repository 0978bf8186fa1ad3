"""The foundry's visit, the real window on its interview, and the screen in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, window_at


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    return begin(bare_place)


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW))
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> InterviewScreen:
    shown = window.screen_shown
    assert isinstance(shown, InterviewScreen)
    assert shown.interview is not None
    return shown
