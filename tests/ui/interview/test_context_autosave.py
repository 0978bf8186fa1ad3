"""What is typed is on its way to the disk within a second, pause or not."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.interview.autosave import LONGEST_MS, AutosavedNote
from desktop_advisor.ui.widgets.field_form import PAUSE_MS


def test_typing_without_a_pause_is_saved_within_a_second(qtbot: QtBot) -> None:
    note = AutosavedNote()
    qtbot.addWidget(note)
    keys = QTimer(note, interval=PAUSE_MS // 5)
    keys.timeout.connect(lambda: QTest.keyClick(note, "x"))
    keys.start()
    with qtbot.waitSignal(note.settled, timeout=3 * LONGEST_MS) as saved:
        pass
    keys.stop()
    assert saved.args is not None
    assert set(saved.args[0]) == {"x"}
    assert LONGEST_MS <= 1000


def test_what_is_shown_from_the_disk_is_not_saved_again(qtbot: QtBot) -> None:
    note = AutosavedNote()
    qtbot.addWidget(note)
    QTest.keyClick(note, "x")
    note.put("vom anderen Gerät")
    with qtbot.assertNotEmitted(note.settled, wait=2 * LONGEST_MS):
        pass
