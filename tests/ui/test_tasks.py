"""Work runs elsewhere; everything it says arrives on the GUI thread."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.tasks import Control, run_task


def unexpected(what: object) -> None:
    pytest.fail(f"not expected: {what}")


def test_the_result_arrives_on_the_gui_thread(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    results: list[int] = []

    def work(_control: Control) -> int:
        threads.append(threading.current_thread())
        return 42

    def done(result: int) -> None:
        threads.append(threading.current_thread())
        results.append(result)

    owner = QObject()
    task = run_task(owner, work, on_done=done, on_failed=unexpected)
    with qtbot.waitSignal(task.finished):
        pass
    assert results == [42]
    assert threads[-1] is threading.main_thread()
    assert threads[0] is not threading.main_thread()


def test_an_error_is_handed_back_not_raised(qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work(_control: Control) -> None:
        raise ValueError("kaputt")

    owner = QObject()
    task = run_task(owner, work, on_done=unexpected, on_failed=errors.append)
    with qtbot.waitSignal(task.finished):
        pass
    assert [str(error) for error in errors] == ["kaputt"]


def test_progress_arrives_in_order_before_the_result(qtbot: QtBot) -> None:
    heard: list[object] = []

    def work(control: Control) -> str:
        control.progress("eins", 0.5)
        control.progress("zwei", 1.0)
        return "fertig"

    owner = QObject()
    task = run_task(
        owner,
        work,
        on_done=heard.append,
        on_failed=unexpected,
        on_progress=lambda words, share: heard.append((words, share)),
    )
    with qtbot.waitSignal(task.finished):
        pass
    assert heard == [("eins", 0.5), ("zwei", 1.0), "fertig"]


def test_work_that_is_cancelled_can_stop_and_report(qtbot: QtBot) -> None:
    started = threading.Event()
    results: list[bool] = []

    def work(control: Control) -> bool:
        started.set()
        while not control.cancelled():
            threading.Event().wait(0.005)
        return control.cancelled()

    owner = QObject()
    task = run_task(owner, work, on_done=results.append, on_failed=unexpected)
    assert started.wait(5)
    task.cancel()
    with qtbot.waitSignal(task.finished):
        pass
    assert results == [True]


def test_nothing_is_called_once_the_owner_is_gone(qtbot: QtBot) -> None:
    release = threading.Event()
    owner = QObject()

    def work(_control: Control) -> None:
        release.wait(5)

    task = run_task(owner, work, on_done=unexpected, on_failed=unexpected)
    shiboken6.delete(owner)
    with qtbot.waitSignal(task.finished):
        release.set()
