"""What a run received before the program ended is sorted in behind the window that opens."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.clock import system_clock
from desktop_advisor.storage.errors import DiskFull
from desktop_advisor.storage.store import Store, StoreClosed
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from desktop_advisor.ui.app import Entrance
from desktop_advisor.ui.faults import LOG, FaultReporter
from desktop_advisor.ui.start.unlock import UnlockPage
from desktop_advisor.ui.tasks import is_work_under_way
from desktop_advisor.ui.today.screen import TodayScreen
from desktop_advisor.usecases import setting_up
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.setting_up import LeftoversWait, unlock
from desktop_advisor.usecases.visits import plan_visit
from sync.client.port import Settlement
from tests.sync.store_bench import ENROLMENT, PLENTY
from tests.ui.sample import RESOURCES
from tests.workplaces import PASSPHRASE, workplace

COMPANY = "Formenbau Zschopau"


@pytest.fixture
def folder(tmp_path: Path, set_up_once: tuple[Path, datetime]) -> Path:
    """A laptop that received a colleague's visit of today, and ended before it was sorted in."""
    ralf = workplace(tmp_path / "ralf")
    company = create_company(ralf, CompanyDraft(name=COMPANY, town="Zwickau"))
    plan_visit(ralf, company, starts_at=system_clock())
    frames = tuple(parcel.frame for parcel in StoreChanges(ralf.store).outbox(PLENTY))
    ralf.close()
    made = tmp_path / "jana"
    shutil.copytree(set_up_once[0], made)
    jana = unlock(RESOURCES, made, PASSPHRASE)
    StoreChanges(jana.store).settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))
    jana.close()
    return made


@pytest.fixture
def entrance(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Entrance]:
    made = Entrance(qapp, RESOURCES, folder)
    yield made
    if made.window is not None:
        made.window.close()


@pytest.fixture
def reporter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> FaultReporter:
    """As the program installs it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = FaultReporter(folder)
    made.install()
    return made


def entered(qtbot: QtBot, entrance: Entrance) -> TodayScreen:
    """Through the door with the passphrase; what the window opens with."""
    entrance.show()
    assert entrance.door is not None
    gate = entrance.door.centralWidget()
    assert isinstance(gate, UnlockPage)
    gate.passphrase.setText(PASSPHRASE)
    gate.unlock()
    qtbot.waitUntil(lambda: entrance.window is not None, timeout=20_000)
    assert entrance.window is not None
    screen = entrance.window.screen_shown
    assert isinstance(screen, TodayScreen)
    return screen


def is_shown(screen: TodayScreen) -> bool:
    return any(COMPANY in label.text() for label in screen.visits.findChildren(QLabel))


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def sort_in(_store: Store, _cancelled: Callable[[], bool]) -> bool:
        raise error

    monkeypatch.setattr(setting_up, "sort_in_all", sort_in)


def test_the_window_stands_first_and_then_shows_what_was_left_over(
    qtbot: QtBot, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_begin = threading.Event()

    def held(store: Store, cancelled: Callable[[], bool]) -> bool:
        assert may_begin.wait(20)
        return sort_in_all(store, cancelled)

    monkeypatch.setattr(setting_up, "sort_in_all", held)
    screen = entered(qtbot, entrance)
    assert screen.isVisible()
    assert not is_shown(screen)
    may_begin.set()
    qtbot.waitUntil(lambda: is_shown(screen))


def test_a_full_disk_leaves_the_window_open_and_says_what_is_not_shown_yet(
    qtbot: QtBot,
    qapp: QApplication,
    entrance: Entrance,
    reporter: FaultReporter,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with monkeypatch.context() as patch:
        fail_with(patch, DiskFull())
        screen = entered(qtbot, entrance)
        qtbot.waitUntil(lambda: reporter.box is not None and reporter.box.isVisible())
    assert reporter.box is not None
    words = f"{reporter.box.text()} {reporter.box.informativeText()}"
    assert words == str(LeftoversWait())
    reporter.box.close()
    assert screen.isVisible()
    assert entrance.window is not None
    entrance.window.close()

    again = Entrance(qapp, RESOURCES, folder)
    later = entered(qtbot, again)
    qtbot.waitUntil(lambda: is_shown(later))
    assert again.window is not None
    again.window.close()


def test_a_fault_of_ours_at_sorting_in_is_said_and_written_down(
    qtbot: QtBot,
    entrance: Entrance,
    reporter: FaultReporter,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fail_with(monkeypatch, ValueError("Umsatz 21,4 Mio."))
    screen = entered(qtbot, entrance)
    qtbot.waitUntil(lambda: reporter.box is not None and reporter.box.isVisible())
    assert reporter.box is not None
    assert reporter.box.text() == "Im Programm ist ein Fehler aufgetreten."
    reporter.box.close()
    assert screen.isVisible()
    assert "sort_in_leftovers" in (folder / LOG).read_text(encoding="utf-8")


@pytest.mark.parametrize("error", [None, StoreClosed("closed")])
def test_a_window_that_is_closed_stops_the_sorting_in_and_hears_no_more_of_it(
    qtbot: QtBot, entrance: Entrance, monkeypatch: pytest.MonkeyPatch, error: Exception | None
) -> None:
    stopped = threading.Event()

    def endless(_store: Store, cancelled: Callable[[], bool]) -> bool:
        given_up_s = time.monotonic() + 8
        while not cancelled() and time.monotonic() < given_up_s:
            stopped.wait(0.01)
        if cancelled():
            stopped.set()
        if error is not None:
            raise error
        return True

    monkeypatch.setattr(setting_up, "sort_in_all", endless)
    entered(qtbot, entrance)
    assert entrance.window is not None
    entrance.window.close()
    assert stopped.is_set()
    qtbot.waitUntil(lambda: not is_work_under_way())
