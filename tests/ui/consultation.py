"""The demo's visit in a store of its own, for the tests of the four central screens."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.demo import story
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.models import Visit
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Screen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.companies import create_company
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.visits import begin_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say

Shown = TypeVar("Shown", bound=Screen)
SLOW_MS = 20_000
"""Two cores are shared; drawing the first report loads ReportLab and draws fifteen pages."""


@dataclass(frozen=True)
class Consultation:
    """One visit under way."""

    place: Workplace
    company_id: uuid.UUID
    visit_id: uuid.UUID
    case_id: uuid.UUID

    def interview(self, perspective: Perspective = Perspective.MANAGEMENT) -> Interview:
        """What is stored, read anew."""
        read = Interview(self.place, self.visit_id)
        read.switch(perspective)
        return read

    def destination(self, where: Where, focus: str = "") -> Destination:
        """One of its screens."""
        return Destination(
            where,
            company_id=self.company_id,
            case_id=self.case_id,
            visit_id=self.visit_id,
            focus=focus,
        )


def begin(place: Workplace) -> Consultation:
    """The foundry's visit, nothing asked yet."""
    company_id = create_company(place, story.COMPANY)
    visit_id = plan_visit(place, company_id, starts_at=place.clock(), people=story.PEOPLE)
    begin_visit(place, visit_id)
    with place.store.read() as session:
        case_id = session.get_one(Visit, visit_id).case_id
    assert case_id is not None
    return Consultation(place, company_id, visit_id, case_id)


def tell(
    consultation: Consultation, *, works_council: bool = True, is_released: bool = True
) -> None:
    """Everything the story's people say; the works council lets its part be seen."""
    interview = consultation.interview()
    site = [name for name in interview.questions() if name.startswith("d12")]
    _tell(consultation, Perspective.MANAGEMENT, story.MANAGEMENT)
    _tell(consultation, Perspective.MANAGEMENT, dict(zip(site, story.SITE, strict=True)))
    if works_council:
        _tell(consultation, Perspective.WORKS_COUNCIL, story.WORKS_COUNCIL)
        if is_released:
            speaker = story.WORKS_COUNCIL_SPEAKER
            release_view(consultation.place, consultation.case_id, speaker)


def _tell(consultation: Consultation, side: Perspective, answers: dict[str, str]) -> None:
    """The first, and what needs a reason, as asked; the rest as stored, which is much quicker."""
    talk = consultation.interview(side)
    asked = {q for q in answers if q in story.REASONS} | {next(iter(answers))}
    for question in asked:
        talk.answer(question, answers[question], story.REASONS.get(question, ""))
    rest = {question: value for question, value in answers.items() if question not in asked}
    stored = say(consultation.place, consultation.case_id, side, rest)
    assert stored == talk.assessment_id


def window_at(qtbot: QtBot, place: Workplace, destination: Destination) -> MainWindow:
    """The real window, opened there and loaded."""
    window = MainWindow(place, start=Destination(Where.COMPANIES))
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.open(destination)
    settle(qtbot)
    return window


def close(window: MainWindow) -> None:
    """Close it and end its timers now, before the store is closed under them."""
    window.close()
    QThreadPool.globalInstance().waitForDone(SLOW_MS)
    shiboken6.delete(window)


def settle(qtbot: QtBot) -> None:
    """Let running tasks end and what they hand back arrive."""
    QThreadPool.globalInstance().waitForDone(SLOW_MS)
    qtbot.wait(30)


def screen_of(window: MainWindow, kind: type[Shown]) -> Shown:
    """The screen at the front, of the kind expected."""
    shown = window.screen_shown
    assert isinstance(shown, kind)
    return shown


def visible_words(root: QWidget) -> str:
    """Everything that can be read in a widget."""
    parts = [w.text() for w in root.findChildren(QLabel) if w.isVisible()]
    parts += [w.text() for w in root.findChildren(QPushButton) if w.isVisible()]
    return "\n".join(parts)
