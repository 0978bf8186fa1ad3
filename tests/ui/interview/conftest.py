"""The foundry's visit, the real window on its interview, and the screen in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.conftest import opened_copy
from tests.ui.consultation import Consultation, begin, close, window_at
from tests.ui.interview.states import furnish
from tests.ui.sample import empty_workplace

Furnished = tuple[tuple[Path, datetime], Consultation]
"""A closed store, when it was left, and the visit in it."""


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


@pytest.fixture(scope="session")
def furnished_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Furnished]:
    """What the states show, by questionnaire: made once a run, when it is first asked for."""
    made: dict[str, Furnished] = {}

    def furnished(questionnaire: str) -> Furnished:
        if questionnaire not in made:
            folder = tmp_path_factory.mktemp(questionnaire) / "store"
            visit = begin(empty_workplace(folder))
            furnish(visit, questionnaire)
            made[questionnaire] = (folder, visit.place.clock()), visit
            visit.place.close()
        return made[questionnaire]

    return furnished


@pytest.fixture
def furnished_visit(
    tmp_path: Path, furnished_once: Callable[[str], Furnished]
) -> Iterator[Callable[[str], Consultation]]:
    """The furnished visit by questionnaire, in a store of the test's own."""
    with ExitStack() as places:

        def visit(questionnaire: str) -> Consultation:
            left, made = furnished_once(questionnaire)
            copy = contextmanager(opened_copy)(left, tmp_path / "furnished")
            return replace(made, place=places.enter_context(copy))

        yield visit
