"""The report on the desk: looked at, signed, sealed, handed over, corrected, checked."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop_advisor.signing.verification import Outcome
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.screen import StatePill
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.company_file import add_contact, show_company_file
from desktop_advisor.usecases.mail_drafts import waiting_mails
from desktop_advisor.usecases.pending_signatures import kept_signatures
from desktop_advisor.usecases.reporting import read_report, read_snapshot, verify_report
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import (
    SLOW_MS,
    Consultation,
    begin,
    close,
    screen_of,
    settle,
    tell,
    visible_words,
    window_at,
)
from tests.ui.lock.steps import lock, unlock
from tests.workplaces import PIN


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    made = begin(bare_place)
    tell(made, works_council=False)
    return made


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.REPORT))
    shown = screen_of(made, ReportScreen)
    qtbot.waitUntil(lambda: shown.opened is not None, timeout=SLOW_MS)
    yield made
    shown.signatures.clear()
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> ReportScreen:
    return screen_of(window, ReportScreen)


def state(screen: ReportScreen) -> str:
    (pill,) = screen.pills()
    assert isinstance(pill, StatePill)
    return pill.text


def sign(qtbot: QtBot, screen: ReportScreen, line: int = 0) -> None:
    """Press the line, draw with the mouse, take it over."""
    QTest.mouseClick(screen.desk.signatures.lines[line], Qt.MouseButton.LeftButton)
    pad = screen.sheet.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    for n in range(1, 20):
        QTest.mouseMove(pad, QPoint(60 + 15 * n, 100 + (30 if n % 2 else -30)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(345, 100))
    QTest.mouseClick(screen.sheet.take, Qt.MouseButton.LeftButton)
    settle(qtbot)


def seal(qtbot: QtBot, window: MainWindow, screen: ReportScreen) -> uuid.UUID:
    """Press Siegeln, confirm, wait; the sealed report's id."""
    assert window.header.primary is not None
    window.header.primary.click()
    QTest.keyClicks(screen.confirm.pin.edit, PIN)
    QTest.mouseClick(screen.confirm.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: screen.opened is not None and not screen.opened.is_draft, timeout=SLOW_MS
    )
    assert screen.opened is not None
    assert screen.opened.report_id is not None
    return screen.opened.report_id


def test_the_draft_shows_its_pages_and_chapters(screen: ReportScreen, qtbot: QtBot) -> None:
    assert state(screen) == "vorläufig"
    assert screen.subtitle() == "Beratungsbericht · Fassung 1"
    assert screen.desk.preview.pages.count() >= 6
    titles = [row.title.text() for row in screen.desk.chapters.rows]
    assert {"Zusammenfassung", "Maßnahmenplan", "Unterschriften"} <= set(titles)
    assert "Prüfsumme" in visible_words(screen.desk.worth)


def test_a_chapter_scrolls_to_its_page(screen: ReportScreen, qtbot: QtBot) -> None:
    row = next(r for r in screen.desk.chapters.rows if r.title.text() == "Unterschriften")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert screen.desk.preview.pages.current_page() > 1
    assert row.property("chosen")


def test_escape_closes_what_is_open_before_it_leaves_the_report(
    window: MainWindow, screen: ReportScreen
) -> None:
    window.stack.setFocus()  # the keyboard is elsewhere, as after a press on the header
    screen.check()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert screen.primary() is not None, "back from checking"
    screen.search_field()
    screen.desk.contents.open_list()
    window.stack.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not screen.desk.contents.is_list_open()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not screen.desk.preview.finder.isVisible()
    assert window.screen_shown is screen


def test_a_locked_window_hides_the_sheet_one_signs_on_and_gives_it_back(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen
) -> None:
    screen.ask_signature(0)
    assert screen.sheet.isVisible()
    lock(qtbot, window)
    assert not screen.sheet.isVisible()
    window.resize(1500, 800)
    unlock(qtbot, window)
    assert screen.sheet.isVisible()
    assert screen.sheet.geometry() == window.rect()
    screen.sheet.cancel.click()


def test_zooming_draws_the_pages_anew_and_sharper(screen: ReportScreen, qtbot: QtBot) -> None:
    pages = screen.desk.preview.pages
    qtbot.waitUntil(pages.is_sharp, timeout=SLOW_MS)
    before = pages.shown_rect(0).width()
    screen.desk.preview.bar.larger.click()
    assert not pages.is_sharp()
    qtbot.waitUntil(pages.is_sharp, timeout=SLOW_MS)
    assert pages.shown_rect(0).width() > before
    assert pages.drawn()[0].width() == pages.wanted_pixels()


def test_nothing_can_be_sealed_before_somebody_signed(
    window: MainWindow, screen: ReportScreen
) -> None:
    assert window.header.primary is not None
    assert window.header.primary.text() == "Siegeln …"
    assert not window.header.primary.isEnabled()
    screen.ask_seal()
    assert not screen.confirm.isVisible()


def test_a_signature_needs_a_name_and_strokes(screen: ReportScreen) -> None:
    screen.ask_signature(0)
    assert screen.sheet.name.text() == "Martin Uhlig"
    assert not screen.sheet.take.isEnabled()
    screen.sheet.name.clear()
    QTest.mousePress(screen.sheet.pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    QTest.mouseMove(screen.sheet.pad, QPoint(200, 60))
    QTest.mouseRelease(screen.sheet.pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    assert not screen.sheet.take.isEnabled()
    screen.sheet.name.setText("Martin Uhlig")
    assert screen.sheet.take.isEnabled()
    assert "Prüfsumme" in visible_words(screen.sheet)
    QTest.keyClick(screen.sheet, Qt.Key.Key_Escape)
    assert screen.signatures == {}


def test_a_signed_report_is_sealed_and_stays_intact(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen, visit: Consultation
) -> None:
    hash_seen = screen.opened.checksum
    sign(qtbot, screen)
    report_id = seal(qtbot, window, screen)
    assert state(screen) == "final"
    assert screen.opened.checksum == hash_seen
    (slot,) = read_snapshot(visit.place, report_id).signatures
    assert (slot.name, slot.role, slot.place) == ("Martin Uhlig", "Geschäftsführung", "Zwickau")
    assert verify_report(visit.place, report_id).outcome is Outcome.VALID
    assert window.header.primary is not None
    assert window.header.primary.text() == "Kopie speichern"
    assert not screen.desk.signatures.lines[0].isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_sealed_file_leaves_byte_for_byte_as_a_copy_and_on_a_stick(
    qtbot: QtBot,
    window: MainWindow,
    screen: ReportScreen,
    visit: Consultation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign(qtbot, screen)
    report_id = seal(qtbot, window, screen)
    target = tmp_path / "Kopie.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.header.primary.click()
    settle(qtbot)
    assert target.read_bytes() == read_report(visit.place, report_id)
    assert "Byte für Byte gleich" in visible_words(screen)

    stick = tmp_path / "Stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    QTest.keyClick(screen.desk.hand_over.rows["stick"], Qt.Key.Key_Return)
    settle(qtbot)
    (pdf,) = stick.glob("*.pdf")
    assert pdf.read_bytes() == target.read_bytes()
    assert len(list(stick.glob("*-Beleg.txt"))) == 1
    assert "Bericht und Beleg liegen in" in visible_words(screen)
    screen.hand_over.mailing.write(report_id, "fremd@example.org")
    assert "gehört zu keinem Kontakt" in visible_words(screen)
    assert waiting_mails(visit.place) == []

    add_contact(visit.place, visit.company_id, name="Martin Uhlig", email="uhlig@example.org")
    mail = screen.desk.hand_over.rows["mail"]
    mail.setFocus()
    QTest.keyClick(mail, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.y() == mail.mapToGlobal(mail.rect().bottomLeft()).y(), "at the row, not the mouse"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert [waiting.recipient for waiting in waiting_mails(visit.place)] == ["uhlig@example.org"]
    assert "ist vorgemerkt" in visible_words(screen)


def test_a_copy_that_cannot_be_written_is_said(
    qtbot: QtBot,
    window: MainWindow,
    screen: ReportScreen,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign(qtbot, screen)
    seal(qtbot, window, screen)
    missing = tmp_path / "kein Laufwerk" / "Kopie.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(missing), ""))
    screen.hand_over.save_copy()
    settle(qtbot)
    assert "ist nicht erreichbar" in visible_words(screen)


def test_a_correction_is_a_new_version_that_replaces_the_first(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen, visit: Consultation
) -> None:
    sign(qtbot, screen)
    first = seal(qtbot, window, screen)
    versions = screen.desk.versions
    QTest.mouseClick(versions.correct, Qt.MouseButton.LeftButton)
    QTest.mouseClick(versions.correct, Qt.MouseButton.LeftButton)
    assert "Bitte nennen Sie den Grund" in visible_words(versions)
    QTest.keyClicks(versions.reason.edit, "Die Kopfzahl war falsch.")
    QTest.mouseClick(versions.correct, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.opened.is_draft, timeout=SLOW_MS)
    assert screen.subtitle() == "Beratungsbericht · Fassung 2"
    assert screen.opened.model.replaces is not None
    assert screen.opened.model.replaces.reason == "Die Kopfzahl war falsch."
    sign(qtbot, screen)
    second = seal(qtbot, window, screen)
    reports = {
        r.report_id: r.is_replaced for r in show_company_file(visit.place, visit.company_id).reports
    }
    assert reports == {first: True, second: False}
    screen.show_version(first)
    qtbot.waitUntil(lambda: screen.opened.report_id == first, timeout=SLOW_MS)
    assert state(screen) == "ersetzt"


def test_unsealed_signatures_wait_with_their_content_until_given_up(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen, visit: Consultation
) -> None:
    sign(qtbot, screen)
    assert screen.opened is not None
    signed = screen.opened.checksum
    assert window.open(Destination(Where.COMPANIES))
    assert window.open(visit.destination(Where.REPORT))
    again = screen_of(window, ReportScreen)
    qtbot.waitUntil(lambda: again.opened is not None, timeout=SLOW_MS)
    assert again.opened is not None
    assert (again.opened.checksum, list(again.signatures)) == (signed, [0])
    assert "noch nicht gesiegelt" in visible_words(again)
    QTest.mouseClick(again.trouble.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not again.signatures, timeout=SLOW_MS)
    assert kept_signatures(visit.place, visit.case_id) is None


def test_a_wrong_pin_seals_nothing_and_asks_once_more(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen, visit: Consultation
) -> None:
    sign(qtbot, screen)
    screen.ask_seal()
    QTest.keyClicks(screen.confirm.pin.edit, "falsch1")
    QTest.keyClick(screen.confirm.pin.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: "Die Siegel-PIN stimmt nicht" in visible_words(screen.confirm), timeout=SLOW_MS
    )
    assert kept_signatures(visit.place, visit.case_id) is not None
    assert show_company_file(visit.place, visit.company_id).reports == ()
    seal(qtbot, window, screen)
    assert kept_signatures(visit.place, visit.case_id) is None


def test_the_pad_shows_what_is_signed_and_nothing_else(screen: ReportScreen) -> None:
    screen.ask_signature(0)
    assert screen.opened is not None
    words = visible_words(screen.sheet)
    model = screen.opened.model
    assert screen.sheet.geometry() == screen.window().rect()
    assert model.company.name in words
    assert screen.opened.checksum in words
    assert model.summary.sentences[0] in words
    assert "Bestätigt, dass die Beratung stattgefunden hat" in words
    QTest.keyClick(screen.sheet, Qt.Key.Key_Escape)


def test_checking_says_why_the_sealed_version_is_unchanged(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen
) -> None:
    sign(qtbot, screen)
    seal(qtbot, window, screen)
    screen.check()
    qtbot.waitUntil(
        lambda: "Das Dokument ist unverändert" in visible_words(screen.verify), timeout=SLOW_MS
    )
    words = visible_words(screen.verify)
    assert "Das Siegel ist unversehrt und deckt die ganze Datei ab." in words
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert not screen.verify.isVisible()


def test_a_dropped_file_with_one_changed_byte_is_not_intact(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen, visit: Consultation, tmp_path: Path
) -> None:
    sign(qtbot, screen)
    pdf = bytearray(read_report(visit.place, seal(qtbot, window, screen)))
    pdf[len(pdf) // 3] ^= 1
    altered = tmp_path / "verändert.pdf"
    altered.write_bytes(pdf)
    screen.check()
    settle(qtbot)
    qtbot.waitUntil(lambda: screen.verify.verdict is not None, timeout=SLOW_MS)
    drop(screen, altered)
    qtbot.waitUntil(lambda: screen.verify.verdict is not None, timeout=SLOW_MS)
    assert not screen.verify.verdict.is_intact
    assert "ist unverändert" not in visible_words(screen.verify)


def test_only_a_pdf_can_be_dropped(screen: ReportScreen, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "notiz.txt"))])
    entering = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()
    screen.verify.dragEnterEvent(entering)
    assert not entering.isAccepted()


def drop(screen: ReportScreen, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.verify.dropEvent(event)
