"""Of several requests only the last is heard, and only slow work shows that it works."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.reporting.latest_work import SLOW_MS, LatestWork
from desktop_advisor.ui.tasks import Control

LONG_MS = 5_000


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_a_newer_request_replaces_those_before(qtbot: QtBot, owner: QObject) -> None:
    work, let_go, begun, heard = LatestWork(owner), Event(), [], []

    def request(name: str) -> None:
        def do(_control: Control) -> str:
            begun.append(name)
            let_go.wait(5)
            return name

        work.run(do, heard.append, heard.append)

    for name in ("one", "two", "three"):
        request(name)
    let_go.set()
    qtbot.waitUntil(lambda: bool(heard), timeout=LONG_MS)
    assert heard == ["three"]
    assert begun == ["one", "three"]


def test_only_slow_work_shows_itself(qtbot: QtBot, owner: QObject) -> None:
    work, let_go, said, heard = LatestWork(owner), Event(), [], []
    work.slow.connect(said.append)
    work.run(lambda _: 1, heard.append, heard.append)
    qtbot.waitUntil(lambda: heard == [1], timeout=LONG_MS)
    assert True not in said
    work.run(lambda _: let_go.wait(5), heard.append, heard.append)
    qtbot.waitUntil(lambda: True in said, timeout=SLOW_MS + LONG_MS)
    let_go.set()
    qtbot.waitUntil(lambda: said[-1] is False, timeout=LONG_MS)


def test_what_was_dropped_is_not_heard_and_the_next_request_is(
    qtbot: QtBot, owner: QObject
) -> None:
    work, let_go, heard = LatestWork(owner), Event(), []

    def do(control: Control) -> str:
        let_go.wait(5)
        return "cancelled" if control.cancelled() else "done"

    work.run(do, heard.append, heard.append)
    work.drop()
    assert not work.is_running
    let_go.set()
    work.run(lambda _: "next", heard.append, heard.append)
    qtbot.waitUntil(lambda: heard == ["next"], timeout=LONG_MS)


def test_an_error_is_handed_back(qtbot: QtBot, owner: QObject) -> None:
    work, heard = LatestWork(owner), []
    work.run(lambda _: 1 // 0, lambda _: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=LONG_MS)
    assert isinstance(heard[0], ZeroDivisionError)
