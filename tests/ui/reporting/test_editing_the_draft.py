"""The draft edited on its pages: pressed, written, seen, taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report.chapters import ALWAYS, CHAPTERS
from desktop_advisor.storage.errors import DiskFull
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.reporting.editing.edit_mode import EditMode
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.report_edits.chapters import show_chapter
from desktop_advisor.usecases.report_edits.passages import change_passage
from desktop_advisor.usecases.reporting import DrawnSignature
from desktop_advisor.usecases.workplace import Workplace
from tests.report.reading import pages_of
from tests.ui.consultation import SLOW_MS, close, screen_of, visible_words, window_at
from tests.ui.sample import foundry

LEVEL = "summary.level"


@pytest.fixture
def case_id(place: Workplace) -> uuid.UUID:
    """A draft of six short chapters, so that drawing it takes no time."""
    found = show_company_file(place, foundry(place)).case_id
    assert found is not None
    for chapter in set(CHAPTERS) - {*ALWAYS, "occasion", "profile", "annex"}:
        show_chapter(place, found, chapter, is_shown=False)
    return found


@pytest.fixture
def window(qtbot: QtBot, place: Workplace, case_id: uuid.UUID) -> Iterator[MainWindow]:
    made = window_at(qtbot, place, Destination(Where.REPORT, case_id=case_id))
    shown = screen_of(made, ReportScreen)
    qtbot.waitUntil(lambda: shown.opened is not None, timeout=SLOW_MS)
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> ReportScreen:
    return screen_of(window, ReportScreen)


@pytest.fixture
def mode(qtbot: QtBot, screen: ReportScreen) -> EditMode:
    """Editing, with the passages marked on the pages."""
    screen.edit()
    drawn(qtbot, screen.edit_mode)
    return screen.edit_mode


def drawn(qtbot: QtBot, mode: EditMode) -> None:
    """Until the pages are as the model is."""
    qtbot.waitUntil(lambda: not mode.is_drawing, timeout=SLOW_MS)
    assert mode.layer.isVisible()


def press(mode: EditMode, key: str) -> None:
    """On the passage, where it stands on the page."""
    mode.layer.choose(key)
    QTest.mouseClick(
        mode.layer, Qt.MouseButton.LeftButton, pos=mode.layer.rect_of(key).center().toPoint()
    )


def printed(screen: ReportScreen) -> str:
    """The words of the pages on the desk."""
    paper = screen.desk.preview.paper
    assert paper is not None
    return " ".join(pages_of(paper.pdf))


def test_a_pressed_passage_is_written_anew_and_stands_on_the_page(
    qtbot: QtBot, screen: ReportScreen, mode: EditMode, place: Workplace, case_id: uuid.UUID
) -> None:
    press(mode, LEVEL)
    card = mode.panel.passage
    assert card.key == LEVEL
    before = card.words.toPlainText()
    assert before in printed(screen)
    card.words.selectAll()
    QTest.keyClicks(card.words, "Es geht gut voran.")
    QTest.keyClick(card.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    drawn(qtbot, mode)
    assert screen.opened is not None
    assert screen.opened.model.summary.sentences[0] == "Es geht gut voran."
    words = printed(screen)
    assert words.count("Es geht gut voran.") == 2
    assert words.index(before) > words.index("Bearbeitete Passagen")
    assert mode.layer.hasFocus()
    assert compose_report(place, case_id).edited[0].original == before

    QTest.keyClick(mode.layer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    drawn(qtbot, mode)
    assert "Es geht gut voran." not in printed(screen)
    assert before in printed(screen)


def test_typed_words_are_kept_without_any_button_and_stay_where_they_cannot_be_stored(
    qtbot: QtBot,
    screen: ReportScreen,
    mode: EditMode,
    place: Workplace,
    case_id: uuid.UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise DiskFull

    press(mode, LEVEL)
    QTest.keyClicks(mode.panel.passage.words, " Erst einmal: ")
    assert screen.settle()
    stored = compose_report(place, case_id)
    assert "Erst einmal:" in stored.summary.sentences[0]
    mode.panel.passage.revert.click()
    drawn(qtbot, mode)
    assert compose_report(place, case_id).edited == ()
    assert "Erst einmal" not in mode.panel.passage.words.toPlainText()

    press(mode, LEVEL)
    monkeypatch.setattr("desktop_advisor.ui.reporting.editing.draft_editing.change_passage", full)
    QTest.keyClicks(mode.panel.passage.words, " Verloren?")
    assert not screen.settle()
    mode.end()
    assert mode.is_active
    assert " Verloren?" in mode.panel.passage.words.toPlainText()
    monkeypatch.undo()
    assert screen.settle()


def test_tab_goes_from_passage_to_passage_and_what_is_outdated_or_gone_is_shown(
    qtbot: QtBot, screen: ReportScreen, mode: EditMode, place: Workplace, case_id: uuid.UUID
) -> None:
    layer = mode.layer
    layer.setFocus(Qt.FocusReason.TabFocusReason)
    first = layer.key()
    seen = [first]
    while QTest.keyClick(layer, Qt.Key.Key_Tab) is None and layer.hasFocus():
        seen.append(layer.key())
    edits = mode.editing.edits
    shown = {chapter.chapter for chapter in edits.chapters if chapter.is_shown}
    assert set(seen) == {p.key for p in edits.passages if p.text and p.chapter in shown}
    layer.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(layer, Qt.Key.Key_Backtab)
    QTest.keyClick(layer, Qt.Key.Key_Return)
    assert mode.panel.passage.key == layer.key() != ""
    assert mode.panel.passage.words.hasFocus()
    assert layer.accessibleDescription().startswith(mode.panel.passage.heading.text())

    for key, text in ((LEVEL, "Mein Satz."), ("advice.gone.text", "Mein Rat.")):
        change_passage(place, case_id, key, generated="Damals anders.", text=text)
    mode.editing.refresh()
    drawn(qtbot, mode)
    qtbot.waitUntil(lambda: "Mein Rat." in visible_words(mode.panel.made))
    mode.panel.made.rows[LEVEL].pressed.emit()
    card = mode.panel.passage
    assert "Der erzeugte Text hat sich seitdem geändert." in visible_words(card)
    assert card.original.text() == screen.opened.model.edited[0].original  # type: ignore[union-attr]
    card.outdated.action.click()
    assert "seitdem geändert" not in visible_words(card)
    mode.panel.made.drops["advice.gone.text"].click()
    qtbot.waitUntil(lambda: "Mein Rat." not in visible_words(mode.panel.made))


def test_chapters_are_switched_and_own_parts_stand_at_their_end(
    qtbot: QtBot,
    screen: ReportScreen,
    mode: EditMode,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticks = mode.panel.chapters.ticks
    assert not ticks["signatures"].isEnabled()
    ticks["profile"].click()
    drawn(qtbot, mode)
    titles = [row.title.text() for row in screen.desk.chapters.rows]
    assert "Unternehmensprofil" not in titles
    mode.panel.chapters.ticks["profile"].click()
    drawn(qtbot, mode)
    titles = [row.title.text() for row in screen.desk.chapters.rows]
    assert "Unternehmensprofil" in titles

    panel = mode.panel
    panel.adding.choose("profile")
    panel.adding.paragraph.click()
    QTest.keyClicks(panel.own.words, "Die Halle ist neu.")
    panel.own.apply.click()
    drawn(qtbot, mode)
    assert "Die Halle ist neu." in printed(screen)

    picture = tmp_path / "halle.jpg"
    Image.new("RGB", (900, 600), "teal").save(picture)
    monkeypatch.setattr(panel.adding, "ask_file", lambda: picture)
    panel.adding.photo.click()
    assert "keine Einwilligung" in visible_words(panel)
    panel.adding.consent.action.click()
    qtbot.waitUntil(lambda: panel.own.heading.text() == "Bildunterschrift", timeout=SLOW_MS)
    QTest.keyClicks(panel.own.words, "Blick nach Westen")
    panel.own.apply.click()
    drawn(qtbot, mode)
    words = printed(screen)
    assert words.index("Die Halle ist neu.") < words.index("Blick nach Westen")

    photo = mode.editing.edits.insertions[-1].insertion_id
    panel.open(keys.own(str(photo)))
    panel.own.up.click()
    drawn(qtbot, mode)
    words = printed(screen)
    assert words.index("Blick nach Westen") < words.index("Die Halle ist neu.")
    panel.own.remove.click()
    drawn(qtbot, mode)
    assert "Blick nach Westen" not in printed(screen)


def test_a_signed_report_is_not_edited_and_nobody_signs_one_that_is(
    qtbot: QtBot, screen: ReportScreen
) -> None:
    screen.signatures[0] = DrawnSignature("Uhlig", "GF", "Zwickau", b"", datetime.now(UTC))
    screen.edit()
    assert not screen.edit_mode.is_active
    assert "sein Inhalt steht damit fest" in visible_words(screen)
    screen.signatures.clear()

    screen.edit()
    mode = screen.edit_mode
    drawn(qtbot, mode)
    screen.ask_signature(0)
    assert not screen.sheet.isVisible()
    mode.panel.finish.click()
    assert not mode.is_active
    assert screen.desk.signatures.isVisible()
    screen.ask_signature(0)
    assert screen.sheet.isVisible()
    screen.sheet.hide()
