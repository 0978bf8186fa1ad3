"""The language of the draft: chosen beside its pages, kept for the case, fixed by a signature."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.usecases.pending_signatures import discard_signatures
from desktop_advisor.usecases.report_edits.passages import change_passage
from desktop_advisor.usecases.report_edits.showing import show_edits
from desktop_advisor.usecases.report_language import report_language
from desktop_advisor.usecases.reporting import DrawnSignature
from tests.report.sample import signature_picture
from tests.ui.consultation import SLOW_MS, Consultation, begin, close, screen_of, tell, window_at


@pytest.fixture
def visit(bare_place: object) -> Consultation:
    made = begin(bare_place)  # type: ignore[arg-type]
    tell(made, works_council=False)
    return made


@pytest.fixture
def screen(qtbot: QtBot, visit: Consultation) -> Iterator[ReportScreen]:
    window = window_at(qtbot, visit.place, visit.destination(Where.REPORT))
    shown = screen_of(window, ReportScreen)
    qtbot.waitUntil(lambda: shown.opened is not None, timeout=SLOW_MS)
    yield shown
    shown.signatures.clear()
    close(window)


def press(qtbot: QtBot, screen: ReportScreen, word: str, language: str) -> None:
    (button,) = [b for b in screen.desk.language.findChildren(QPushButton) if b.text() == word]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: screen.opened is not None and screen.opened.model.language == language,
        timeout=SLOW_MS,
    )


def titles(screen: ReportScreen) -> set[str]:
    return {row.title.text() for row in screen.desk.chapters.rows}


def test_the_draft_is_shown_in_the_language_pressed_and_signed_in_it(
    screen: ReportScreen, visit: Consultation, qtbot: QtBot
) -> None:
    assert screen.opened is not None
    place, case_id = visit.place, visit.case_id
    change_passage(place, case_id, "summary.level", generated="Damals.", text="Meine Worte.")
    press(qtbot, screen, "English", "en")
    assert {"Summary", "Action plan", "Signatures"} <= titles(screen)
    assert report_language(place, case_id) == "en"

    english = screen.opened.model
    assert english.edited == ()
    assert show_edits(place, case_id, english).foreign == 1
    words = {"generated": english.summary.sentences[0], "text": "My words.", "language": "en"}
    change_passage(place, case_id, "summary.level", **words)
    press(qtbot, screen, "Deutsch", "de")
    assert screen.opened.model.summary.sentences[0] == "Meine Worte."
    press(qtbot, screen, "English", "en")
    assert screen.opened.model.summary.sentences[0] == "My words."

    slot = screen.opened.model.signatures[0]
    assert slot.role == "Management"
    drawn = DrawnSignature(slot.name, slot.role, "Zwickau", signature_picture(), place.clock())
    screen.take_signature(drawn)
    assert screen.desk.language.isHidden()
    screen.speak("de")
    assert screen.opened.model.language == "en"
    qtbot.waitUntil(lambda: not screen._signed.is_running, timeout=SLOW_MS)
    discard_signatures(place, case_id)
