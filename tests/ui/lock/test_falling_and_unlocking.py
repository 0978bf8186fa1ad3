"""When the lock falls by itself or on demand, the way back in, and the setting."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.frame.key_sheet import KeySheet
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.lock.idleness import SLEPT_S, Idleness, Moment
from desktop_advisor.ui.lock.sleep import is_suspend
from desktop_advisor.ui.settings.screen import SettingsScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.unlock import UnlockPage, pause_s
from desktop_advisor.usecases.locking import lock_minutes, save_lock_minutes
from tests.ui.consultation import screen_of
from tests.ui.lock.steps import lock, unlock, words_on_screen

CONTROL = Qt.KeyboardModifier.ControlModifier


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
