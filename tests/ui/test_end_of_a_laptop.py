"""A laptop joins a network by a pasted text, and one that is shut out erases itself when told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.wiped import WipedPage
from desktop_advisor.ui.synchronise.screen import SynchroniseScreen
from desktop_advisor.ui.synchronise.wipe_sheet import WipeSheet
from desktop_advisor.usecases.sync_journal import read_journal
from desktop_advisor.usecases.synchronising import enrol_device
from desktop_advisor.usecases.wiping import Wiped
from desktop_advisor.usecases.workplace import Workplace
from sync.server.console.codes import enrolment_text
from sync.server.laptops import order_wipe, revoke


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS") as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, place: Workplace) -> Iterator[MainWindow]:
    made = MainWindow(place, start=Destination(Where.SYNCHRONISE))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def screen_of(window: MainWindow) -> SynchroniseScreen:
    screen = window.screen_shown
    assert isinstance(screen, SynchroniseScreen)
    return screen


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def shut_out(window: MainWindow, server: CentralServer, *, wipe: bool) -> str:
    enrol_device(window.place, server.url, server.one_time_code(), "Laptop 1")
    held = StoreChanges(window.place.store).enrolment()
    assert held is not None
    (order_wipe if wipe else revoke)(server.database, held.device_id)
    screen_of(window).refresh()
    return held.device_id


def test_the_text_of_the_qr_code_fills_address_and_code(
    qtbot: QtBot, window: MainWindow, server: CentralServer
) -> None:
    screen = screen_of(window)
    edit = screen.enrolment.form.edit("code")
    edit.setFocus()
    qtbot.keyClicks(edit, enrolment_text(server.url, server.one_time_code()))
    assert screen.enrolment.form.texts()["server"] == server.url
    with qtbot.waitSignal(screen.enrolment.enrolled, timeout=20_000):
        screen.enrolment.enrol()
    assert "Angemeldet bei ITAS." in texts(screen.said)
    assert not screen.enrolment.isVisible()
    assert read_journal(window.place)[0].text == "Angemeldet bei ITAS."


def test_a_laptop_that_is_only_shut_out_is_not_asked_to_erase_itself(
    qtbot: QtBot, window: MainWindow, server: CentralServer
) -> None:
    shut_out(window, server, wipe=False)
    screen = screen_of(window)
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    assert "Dieses Gerät ist am Server nicht mehr zugelassen." in texts(screen.trouble)
    assert not screen.order.isVisible()


def test_an_order_is_shown_put_off_and_carried_out(
    qtbot: QtBot, window: MainWindow, server: CentralServer
) -> None:
    shut_out(window, server, wipe=True)
    screen = screen_of(window)
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    assert screen.order.isVisible()
    screen.order.button.click()
    sheet = screen.findChild(WipeSheet)
    assert sheet is not None
    assert any("121 Eingaben in 4 Akten gibt es nur hier" in text for text in texts(sheet))
    sheet.reject()
    assert (window.place.folder / "schluessel.json").exists()
    sheet = WipeSheet(window.place, screen.sync.order, screen)  # type: ignore[arg-type]
    sheet.wiped.connect(screen.wiped)
    sheet.open()
    with qtbot.waitSignal(window.wiped, timeout=20_000) as ended:
        sheet.erase.click()
    (wiped,) = ended.args
    assert isinstance(wiped, Wiped)
    assert (wiped.unsent, wiped.is_reported) == (121, True)
    assert list(window.place.folder.iterdir()) == []
    window.show_state()
    assert not window.isVisible()


@pytest.mark.parametrize("is_reported", [True, False])
def test_the_end_screen_is_honest(qtbot: QtBot, *, is_reported: bool) -> None:
    page = WipedPage(Wiped("ITAS", 3, is_reported, ("anlagen",)))
    qtbot.addWidget(page)
    said = " ".join(texts(page))
    assert "Verloren sind 3 Eingaben" in said
    assert "anlagen" in said
    assert ("kam bei ITAS nicht an" in said) is not is_reported
    with qtbot.waitSignal(page.quit_pressed):
        page.button.click()
