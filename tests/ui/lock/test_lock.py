"""What the lock hides, what it keeps, and what happens to work that runs."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.storage.errors import DiskFull, StoreLocked
from desktop_advisor.storage.store import Store
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.picture_viewer import PictureViewer
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.interview.tables import TableEditor
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import LIGHT, SUN
from desktop_advisor.usecases.questionnaire_moves import move
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, window_at
from tests.ui.interview.table_steps import FORM, HEADS, ROWS, open_cell, values
from tests.ui.lock.steps import (
    lock,
    notes_after_a_crash,
    notes_of,
    unlock,
    words_on_screen,
)
from tests.workplaces import PASSPHRASE

CONTROL = Qt.KeyboardModifier.ControlModifier
MATRIX = "d07_matrix"


# -- what it hides ---------------------------------------------------------------------------


def test_nothing_of_any_company_is_seen_while_it_is_locked(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    name = screen.title()
    assert name in words_on_screen()
    lock(qtbot, window)
    said = words_on_screen()
    assert name not in said
    assert screen.conduct.running.question(MATRIX).text not in said
    assert "Gesperrt" in said
    assert window.windowTitle() == "Desktop Advisor (gesperrt)"
    unlock(qtbot, window)
    assert name in words_on_screen()
    assert window.windowTitle() == "Desktop Advisor"


def test_the_locked_store_cannot_be_read(
    qtbot: QtBot, window: MainWindow, visit: Consultation
) -> None:
    lock(qtbot, window)
    with pytest.raises(StoreLocked):
        visit.interview()
    unlock(qtbot, window)
    assert visit.interview().company_name == window.header.title.text()


def test_pictures_and_sheets_in_windows_of_their_own_are_hidden_and_come_back(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    viewer = PictureViewer("Werkhalle Muldental.jpg", picture(), screen)
    viewer.open()
    assert "Werkhalle Muldental.jpg" in words_on_screen()
    lock(qtbot, window)
    assert "Werkhalle" not in words_on_screen()
    unlock(qtbot, window)
    assert viewer.isVisible()
    assert viewer.windowModality() is Qt.WindowModality.WindowModal
    viewer.close()


def picture() -> bytes:
    from PySide6.QtCore import QBuffer

    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_menus_are_closed_and_a_file_dialog_is_answered_with_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    menu = QMenu(window)
    menu.addAction("Gießerei Muldental GmbH")
    menu.popup(window.pos())
    QTimer.singleShot(0, window, window.lock.lock)
    found, _ = QFileDialog.getSaveFileName(
        window, "", "Bericht.pdf", options=QFileDialog.Option.DontUseNativeDialog
    )
    assert found == ""
    assert not menu.isVisible()
    assert window.lock.is_locked


def test_keys_of_the_window_do_nothing_while_it_is_locked(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    page = lock(qtbot, window)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_F, Qt.Key.Key_Plus, Qt.Key.Key_N):
        QTest.keyClick(page.passphrase, key, CONTROL)
    QTest.keyClick(page.passphrase, Qt.Key.Key_F1)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Escape)
    assert window.lock.is_locked
    assert window.screen_shown is screen
    assert theme().scale == 1.0


def test_tab_goes_through_the_lock_page_and_stays_on_it(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    page = lock(qtbot, window)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        stops = []
        for _ in range(4):
            held = window.focusWidget()
            assert held is not None
            assert page.isAncestorOf(held)
            stops.append(held)
            QTest.keyClick(held, key)
        assert {page.passphrase, page.button} <= set(stops)


# -- what it keeps ---------------------------------------------------------------------------


def test_the_same_question_view_side_and_keyboard_are_there_again(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    screen.conduct.show_view(View.LIST)
    held = window.focusWidget()
    before = words_on_screen()
    lock(qtbot, window)
    unlock(qtbot, window)
    assert window.screen_shown is screen
    assert screen.conduct.current == MATRIX
    assert screen.conduct.view is View.LIST
    assert screen.conduct.running.perspective is Perspective.WORKS_COUNCIL
    assert window.focusWidget() is held
    assert words_on_screen() == before


def test_answers_go_on_after_unlocking(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen, visit: Consultation
) -> None:
    lock(qtbot, window)
    unlock(qtbot, window)
    QTest.keyClicks(screen.panel, "3")
    assert visit.interview().question(MATRIX).response.value == "3"


def test_half_a_note_is_committed_before_the_lock_falls_and_stays_in_its_field(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen, visit: Consultation, tmp_path: Path
) -> None:
    screen.notes.write()
    note = screen.notes.free_note
    QTest.keyClicks(note.text, "Die Formerei sucht")
    assert notes_of(visit) == []
    lock(qtbot, window)
    assert "Formerei" not in words_on_screen()
    note.text.settle()  # as a timer would that comes late
    assert notes_after_a_crash(visit, tmp_path / "danach") == ["Die Formerei sucht"]
    unlock(qtbot, window)
    assert note.isVisible()
    assert note.text.toPlainText() == "Die Formerei sucht"
    assert notes_of(visit) == ["Die Formerei sucht"]
    assert window.focusWidget() is note.text
    QTest.keyClicks(note.text, " zwei Leute")
    qtbot.waitUntil(lambda: notes_of(visit) == ["Die Formerei sucht zwei Leute"])


def test_text_that_could_not_be_saved_stays_and_is_saved_after_unlocking(
    qtbot: QtBot,
    window: MainWindow,
    screen: InterviewScreen,
    visit: Consultation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = screen.context.note
    QTest.keyClicks(note, "Matrix nur in der Gießerei")

    def full(_store: Store, _author: str) -> None:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(Store, "edit", full)
        page = lock(qtbot, window)
    assert not window.lock.is_all_saved
    assert page.unsaved.isVisible()
    note.settle()  # as a timer would that comes late
    window.close()
    assert window.isVisible(), "closing would lose the text"
    unlock(qtbot, window)
    assert note.toPlainText() == "Matrix nur in der Gießerei"
    assert visit.interview().question(MATRIX).note == "Matrix nur in der Gießerei"


def test_half_a_figure_in_a_table_is_committed_and_one_without_sense_stays(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    visit = begin(bare_place)
    compile_file(FORM, bare_place.forms)
    move(bare_place, visit.case_id, "tables_form")
    visit.interview().fill_rows("products", ROWS)
    made = window_at(qtbot, bare_place, visit.destination(Where.INTERVIEW, "products"))
    editor = made.findChild(TableEditor)
    assert editor is not None
    line = open_cell(qtbot, editor, 0, HEADS)
    line.selectAll()
    QTest.keyClicks(line, "12")
    lock(qtbot, made)
    unlock(qtbot, made)
    assert values(visit.interview(), 0)["product_heads"] == "12"
    line = open_cell(qtbot, editor, 1, HEADS)
    line.selectAll()
    QTest.keyClicks(line, "viele")
    lock(qtbot, made)
    unlock(qtbot, made)
    assert "viele" in [editor.model.index(1, HEADS).data(), *typed_in(editor)]
    close(made)


def typed_in(part: QWidget) -> list[str]:
    return [line.text() for line in part.findChildren(QLineEdit) if line.isVisible()]


def test_what_is_typed_in_a_form_is_there_again(qtbot: QtBot, window: MainWindow) -> None:
    window.open(Destination(Where.COMPANIES, create=True))
    field = next(e for e in window.stack.findChildren(QLineEdit) if e.hasFocus())
    QTest.keyClicks(field, "Kabelwerk Son")
    lock(qtbot, window)
    unlock(qtbot, window)
    assert field.isVisible()
    assert field.hasFocus()
    assert field.text() == "Kabelwerk Son"


def test_the_hall_is_as_bright_as_before_and_so_is_its_lock(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    screen.conduct.show_view(View.HALL)
    page = lock(qtbot, window)
    assert page.palette().window().color().name().lower() == SUN.paper.lower()
    unlock(qtbot, window)
    assert screen.conduct.view is View.HALL
    assert theme().tokens == SUN
    screen.conduct.show_view(View.ONE)
    assert theme().tokens == LIGHT


def test_a_window_closed_while_locked_loses_nothing(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    QTest.keyClicks(screen.panel, "2")
    lock(qtbot, window)
    with qtbot.waitSignal(window.closed):
        window.close()
    folder = window.place.folder
    window.place.close()
    again = Store.open(folder, PASSPHRASE, clock=window.place.clock)
    again.close()
    window.lock._lift()


# -- work that runs --------------------------------------------------------------------------


def test_running_work_ends_first_and_then_the_keys_go(
    qtbot: QtBot, window: MainWindow, visit: Consultation
) -> None:
    may_end = threading.Event()
    read: list[str] = []

    def work(_control: Control) -> str:
        may_end.wait(10)
        return visit.interview().company_name

    run_task(window, work, on_done=read.append, on_failed=lambda error: pytest.fail(str(error)))
    window.lock.lock()
    page = window.lock.page
    assert page is not None
    assert page.still_busy.isVisible()
    assert not window.place.store.is_locked
    assert visit.interview().company_name not in words_on_screen()
    may_end.set()
    qtbot.waitUntil(lambda: window.place.store.is_locked)
    assert len(read) == 1
    assert not page.still_busy.isVisible()


def test_one_may_go_on_while_the_work_still_runs(qtbot: QtBot, window: MainWindow) -> None:
    may_end = threading.Event()
    done: list[bool] = []
    run_task(
        window,
        lambda _control: may_end.wait(10),
        on_done=done.append,
        on_failed=lambda error: pytest.fail(str(error)),
    )
    window.lock.lock()
    unlock(qtbot, window)
    assert not window.place.store.is_locked
    may_end.set()
    qtbot.waitUntil(lambda: done == [True])
    window.show_state()
    assert not window.place.store.is_locked


def test_news_and_timers_do_not_touch_a_locked_store(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    lock(qtbot, window)
    window.network.changed.emit()
    screen.committed.emit()
    window._state_pause.timeout.emit()
    assert window.place.store.is_locked
