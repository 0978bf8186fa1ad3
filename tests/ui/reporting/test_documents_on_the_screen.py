"""All documents on one screen: chosen, looked at, searched, saved, printed, passed on."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.report.chapters import ALWAYS, CHAPTERS
from desktop_advisor.report.preview import page_count
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.reporting.printing import new_printer
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.documents.listing import DOCUMENTS, document
from desktop_advisor.usecases.report_edits.chapters import show_chapter
from desktop_advisor.usecases.save_folder import last_folder
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import SLOW_MS, close, screen_of, settle, visible_words, window_at
from tests.ui.sample import foundry


@pytest.fixture
def case_id(place: Workplace) -> uuid.UUID:
    """A draft of few chapters, so that drawing it takes no time."""
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
    qtbot.waitUntil(shown.desk.preview.pages.is_sharp, timeout=SLOW_MS)
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> ReportScreen:
    return screen_of(window, ReportScreen)


def choose(qtbot: QtBot, screen: ReportScreen, document_id: str) -> None:
    """Open the list, press the row, wait for its pages."""
    contents = screen.desk.contents
    QTest.mouseClick(contents.chooser, Qt.MouseButton.LeftButton)
    assert contents.is_list_open()
    QTest.keyClick(contents.rows[document_id], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.shelf.shown.id == document_id, timeout=SLOW_MS)
    qtbot.waitUntil(screen.desk.preview.pages.is_sharp, timeout=SLOW_MS)


def offer(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[str]:
    """Take what the dialog offers, in that folder; what it offered."""
    offered: list[str] = []

    def take(_parent: QWidget, _title: str, name: str, *_rest: object) -> tuple[str, str]:
        offered.append(name)
        return str(folder / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", take)
    return offered


def test_a_document_is_shown_saved_and_left_again(
    qtbot: QtBot,
    place: Workplace,
    window: MainWindow,
    screen: ReportScreen,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offered, pages = offer(monkeypatch, tmp_path), screen.desk.preview.pages
    assert list(screen.desk.contents.rows) == [made.id for made in DOCUMENTS]
    pages.go_to(2)
    left_at = pages.spot()

    choose(qtbot, screen, "hours")

    assert screen.subtitle() == "Stundennachweis"
    assert document("hours").purpose in visible_words(screen.desk)
    assert not screen.desk.signatures.isVisible()
    assert screen.pills() == ()
    assert window.header.primary is not None
    window.header.primary.click()
    settle(qtbot)
    written = tmp_path / Path(offered[0]).name
    assert written.name.startswith("Stundennachweis-")
    assert screen.desk.preview.paper is not None
    assert written.read_bytes() == screen.desk.preview.paper.pdf
    assert last_folder(place) == tmp_path
    window.header.primary.click()
    settle(qtbot)
    assert Path(offered[1]).parent == tmp_path
    choose(qtbot, screen, "report")
    assert pages.spot() == left_at
    assert screen.desk.signatures.isVisible()
    assert window.header.primary.text() == "Siegeln …"


def test_a_document_that_cannot_be_drawn_is_said_and_the_last_one_stays(
    qtbot: QtBot, screen: ReportScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop_advisor.ui.reporting.shelf.read_paper", lambda _pdf: read_nothing()
    )
    screen.shelf.choose("hours")
    qtbot.waitUntil(lambda: "Fehler" in visible_words(screen.trouble), timeout=SLOW_MS)
    assert screen.shelf.is_report
    assert screen.desk.preview.pages.count() > 2


def read_nothing() -> None:
    raise ValueError


def test_a_slow_document_leaves_the_window_free_and_gives_way_to_a_newer_choice(
    qtbot: QtBot, screen: ReportScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go, shown = Event(), []
    screen.shelf.changed.connect(lambda drawn: shown.append(drawn.document.id))
    monkeypatch.setattr("desktop_advisor.ui.reporting.shelf.read_paper", lambda _: let_go.wait(20))
    screen.shelf.choose("hours")
    qtbot.waitUntil(screen.desk.preview.progress.isVisible, timeout=SLOW_MS)
    screen.desk.preview.pages.go_to(1)
    assert screen.desk.preview.pages.current_page() == 1
    screen.shelf.choose("report")
    assert not screen.desk.preview.progress.isVisible()
    let_go.set()
    settle(qtbot)
    assert shown == ["report"]


def test_without_a_printer_the_advisor_is_told(
    qtbot: QtBot, screen: ReportScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop_advisor.ui.reporting.handing_over.is_printer_missing", lambda: True
    )
    QTest.keyClick(screen.window(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "kein Drucker eingerichtet" in visible_words(screen.trouble)
    assert screen.hand_over.work.dialog is None


def test_the_report_is_searched_leafed_through_and_printed(
    qtbot: QtBot, window: MainWindow, screen: ReportScreen, tmp_path: Path
) -> None:
    preview = screen.desk.preview
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert preview.finder.isVisible()
    QTest.keyClicks(preview.finder.field, "Unterschriften")
    qtbot.waitUntil(lambda: len(preview.finder.hits) > 1, timeout=SLOW_MS)
    preview.finder.step(1)
    found_on = preview.finder.hits[1].page
    screen.desk.contents.kind.chosen.emit("pages")
    assert screen.desk.thumbnails.currentIndex().row() == preview.pages.current_page()
    assert found_on in {preview.pages.current_page(), preview.pages.current_page() + 1}

    target = tmp_path / "druck.pdf"
    printer = new_printer("Probe")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    assert preview.paper is not None
    screen.hand_over.work.print_to(printer, preview.paper.pdf)
    assert screen.hand_over.work.progress.isVisible()
    qtbot.waitUntil(lambda: "an den Drucker" in visible_words(screen.trouble), timeout=SLOW_MS)
    assert page_count(target.read_bytes()) == preview.pages.count()
    assert not screen.hand_over.work.progress.isVisible()


def test_the_report_goes_out_for_other_programs(
    qtbot: QtBot, screen: ReportScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, tmp_path)
    rows = screen.desk.hand_over.rows
    assert {"copy", "print", "docx", "xlsx", "json"} <= set(rows)
    assert not {"stick", "mail"} & set(rows), "only a sealed report is handed over"
    QTest.keyClick(rows["json"], Qt.Key.Key_Return)
    settle(qtbot)
    (written,) = tmp_path.glob("*.json")
    assert json.loads(written.read_text("utf-8"))
    assert "Die Datei liegt in" in visible_words(screen.trouble)
    QTest.keyClick(rows["copy"], Qt.Key.Key_Return)
    settle(qtbot)
    (draft,) = tmp_path.glob("*.pdf")
    assert draft.read_bytes().startswith(b"%PDF")


def test_the_print_dialog_opens_and_can_be_left(qtbot: QtBot, screen: ReportScreen) -> None:
    screen.hand_over.print_shown()
    dialog = screen.hand_over.work.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible, timeout=SLOW_MS)
    assert dialog.maxPage() == screen.desk.preview.pages.count()
    dialog.reject()
    assert not screen.hand_over.work.progress.isVisible()
