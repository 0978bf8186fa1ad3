"""The lock: what it hides, what it keeps, when it falls, and the way back in."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from ctypes import wintypes
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.errors import DiskFull, StoreLocked
from desktop_advisor.storage.store import Store
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.frame.key_sheet import KeySheet
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.picture_viewer import PictureViewer
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.lock.idleness import SLEPT_S, Idleness, Moment
from desktop_advisor.ui.lock.page import LockPage
from desktop_advisor.ui.lock.sleep import is_suspend
from desktop_advisor.ui.settings.screen import SettingsScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.unlock import UnlockPage, pause_s
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import LIGHT, SUN
from desktop_advisor.usecases.locking import lock_minutes, save_lock_minutes
from desktop_advisor.usecases.notes import list_notes
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, screen_of, window_at
from tests.workplaces import PASSPHRASE

CONTROL = Qt.KeyboardModifier.ControlModifier
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


def lock(qtbot: QtBot, window: MainWindow) -> LockPage:
    """Locked, and the keys gone."""
    window.lock.lock()
    qtbot.waitUntil(lambda: window.place.store.is_locked)
    assert window.lock.page is not None
    return window.lock.page


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    page = window.lock.page
    assert page is not None
    page.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(window.lock.lifted, timeout=10_000):
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)


def words_on_screen() -> str:
    """Everything that can be read in any window of the program."""
    parts: list[str] = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            parts.append(top.windowTitle())
            parts += [text_of(part) for part in top.findChildren(QWidget) if part.isVisible()]
    return "\n".join(part for part in parts if part)


def text_of(part: QWidget) -> str:
    if isinstance(part, (QLabel, QPushButton, QLineEdit)):
        return part.text()
    return part.toPlainText() if isinstance(part, QPlainTextEdit) else ""


def notes_of(visit: Consultation) -> list[str]:
    return [note.text for note in list_notes(visit.place, visit.case_id)]


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
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen, visit: Consultation
) -> None:
    screen.notes.write()
    note = screen.notes.free_note
    QTest.keyClicks(note.text, "Die Formerei sucht")
    assert notes_of(visit) == []
    lock(qtbot, window)
    assert "Formerei" not in words_on_screen()
    note.text.settle()  # as a timer would that comes late
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


# -- when it falls ---------------------------------------------------------------------------


def test_ctrl_l_locks_the_interview_also_from_a_text_field(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen
) -> None:
    screen.context.note.setFocus()
    QTest.keyClick(screen.context.note, Qt.Key.Key_L, CONTROL)
    assert window.lock.is_locked


def test_ctrl_l_locks_also_while_a_sheet_is_open(qtbot: QtBot, window: MainWindow) -> None:
    window.show_keys()
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    assert "Strg L" in words_on_screen()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is sheet.windowHandle())
    QTest.keyClick(sheet.windowHandle(), Qt.Key.Key_L, CONTROL)
    assert window.lock.is_locked
    assert not sheet.isVisible()
    unlock(qtbot, window)
    sheet.close()


def test_the_rail_and_the_header_of_the_interview_lock_too(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.header.lock.isVisible()
    window.header.lock.click()
    assert window.lock.is_locked
    unlock(qtbot, window)
    window.open(Destination(Where.TODAY))
    assert not window.header.lock.isVisible()
    window.rail.lock.click()
    assert window.lock.is_locked


class TurnedMoment:
    """A clock the test turns."""

    def __init__(self) -> None:
        self.now = Moment(1000.0, 5000.0)

    def __call__(self) -> Moment:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now = Moment(self.now.steady_s + seconds, self.now.wall_s + seconds)

    def sleep(self, seconds: float) -> None:
        self.now = Moment(self.now.steady_s, self.now.wall_s + seconds)


class Watched:
    """An idleness on a turned clock; times: how often it was due."""

    def __init__(self, limit_s: Callable[[], float | None]) -> None:
        self.clock = TurnedMoment()
        self.idleness = Idleness(limit_s, clock=self.clock)
        self.times = 0
        self.idleness.due.connect(self._count)

    def _count(self) -> None:
        self.times += 1

    def wait(self, seconds: float) -> None:
        """Ticks as the timer would, every two seconds."""
        for _ in range(round(seconds / 2)):
            self.clock.wait(2)
            self.idleness.check()


def test_it_is_due_after_the_minutes_that_nobody_touched_it(qapp: QApplication) -> None:
    watched = Watched(lambda: 600)
    watched.wait(598)
    assert watched.times == 0
    watched.wait(2)
    assert watched.times == 1


def test_every_touch_begins_the_minutes_anew(qtbot: QtBot) -> None:
    watched = Watched(lambda: 600)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    watched.idleness.begin()
    touches: list[Callable[[], object]] = [
        lambda: QTest.keyClick(field.windowHandle(), Qt.Key.Key_A),
        lambda: QTest.mouseClick(field.windowHandle(), Qt.MouseButton.LeftButton),
        lambda: QTest.mouseMove(field.windowHandle(), field.rect().center()),
    ]
    for touch in touches:
        watched.wait(590)
        touch()
        watched.wait(590)
        assert watched.times == 0
        touch()
    field.close()


def test_never_means_never_but_not_for_sleep(qapp: QApplication) -> None:
    watched = Watched(lambda: None)
    watched.wait(7200)
    assert watched.times == 0
    watched.clock.sleep(SLEPT_S + 1)
    watched.idleness.check()
    assert watched.times == 1


def test_a_gap_in_time_means_that_the_laptop_slept(qapp: QApplication) -> None:
    watched = Watched(lambda: 600)
    watched.clock.sleep(SLEPT_S - 10)
    watched.idleness.check()
    assert watched.times == 0
    watched.clock.sleep(SLEPT_S + 1)
    watched.idleness.check()
    assert watched.times == 1


def test_a_clock_set_back_changes_nothing(qapp: QApplication) -> None:
    watched = Watched(lambda: 600)
    watched.wait(590)
    watched.clock.sleep(-7200)
    watched.wait(8)
    assert watched.times == 0
    watched.wait(2)
    assert watched.times == 1


def test_the_window_locks_itself_when_it_is_due(qtbot: QtBot, window: MainWindow) -> None:
    window.lock.idleness.due.emit()
    assert window.lock.is_locked
    window.lock.idleness.due.emit()
    unlock(qtbot, window)


def test_the_timer_of_the_window_looks_at_the_setting(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = TurnedMoment()
    monkeypatch.setattr(window.lock.idleness, "_clock", clock)
    window.lock.idleness.touch()
    window.lock.idleness.check()
    save_lock_minutes(window.place, 5)
    for _ in range(149):
        clock.wait(2)
        window.lock.idleness.check()
    assert not window.lock.is_locked
    clock.wait(2)
    window.lock.idleness.check()
    assert window.lock.is_locked


@pytest.mark.parametrize(
    ("kind", "message", "reason", "is_one"),
    [
        (b"windows_generic_MSG", 0x0218, 0x0004, True),
        (b"windows_dispatcher_MSG", 0x0218, 0x0004, True),
        (b"windows_generic_MSG", 0x0218, 0x0012, False),
        (b"windows_generic_MSG", 0x0100, 0x0004, False),
        (b"xcb_generic_event_t", 0x0218, 0x0004, False),
    ],
)
def test_windows_saying_that_it_goes_to_sleep_is_understood(
    kind: bytes, message: int, reason: int, is_one: bool
) -> None:
    said = wintypes.MSG(message=message, wParam=reason)
    assert is_suspend(kind, ctypes.addressof(said)) is is_one


# -- the way back in -------------------------------------------------------------------------


def test_a_wrong_passphrase_opens_nothing_and_the_right_one_does(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = lock(qtbot, window)
    page.passphrase.setText("geraten")
    page.unlock()
    qtbot.waitUntil(page.trouble.isVisible)
    assert "Die Passphrase ist nicht richtig." in words_on_screen()
    assert window.place.store.is_locked
    unlock(qtbot, window)
    assert not window.place.store.is_locked


def test_the_pause_after_wrong_passphrases_grows_to_half_a_minute() -> None:
    assert [pause_s(wrong) for wrong in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def test_what_is_asked_in_the_pause_is_tried_when_it_is_over(qtbot: QtBot) -> None:
    from desktop_advisor.storage.errors import WrongPassphrase

    tried: list[str] = []

    def open_store(typed: str) -> str:
        tried.append(typed)
        if typed != "richtig":
            raise WrongPassphrase
        return typed

    page = UnlockPage(open_store, second_ms=3_600_000)
    qtbot.addWidget(page)
    page.show()

    def attempt(passphrase: str) -> None:
        page.passphrase.setText(passphrase)
        page.unlock()

    for seconds in (1, 2, 4):
        attempt(f"falsch {seconds}")
        qtbot.waitUntil(partial(says, page, f"Warten: {seconds} s"))
        for _ in range(seconds if seconds < 4 else 1):
            page._second.timeout.emit()
    attempt("richtig")
    assert page.patience.text() == "Wird in 3 s geprüft"
    assert tried == ["falsch 1", "falsch 2", "falsch 4"]
    with qtbot.waitSignal(page.unlocked):
        for _ in range(3):
            page._second.timeout.emit()
    assert page.patience.text() == ""
    page.close()


def says(page: UnlockPage, words: str) -> bool:
    return page.patience.text() == words


# -- the setting -----------------------------------------------------------------------------


def test_the_minutes_are_chosen_in_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    assert lock_minutes(window.place) == 10
    window.open(Destination(Where.SETTINGS))
    card = screen_of(window, SettingsScreen).locking
    assert card.minutes.value() == "10"
    segments = {b.text(): b for b in card.minutes.findChildren(QPushButton)}
    assert list(segments) == ["5", "10", "15", "30", "nie"]
    segments["nie"].click()
    assert lock_minutes(window.place) is None
    segments["15"].click()
    assert lock_minutes(window.place) == 15
