"""A window in the middle of the interview."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, screen_of, window_at
from tests.ui.lock.steps import unlock

MATRIX = "d07_matrix"


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    return begin(bare_place)


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    """In the middle of the interview."""
    made = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, MATRIX))
    yield made
    if made.lock.is_locked:
        unlock(qtbot, made)
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> InterviewScreen:
    return screen_of(window, InterviewScreen)
