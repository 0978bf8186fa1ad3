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
from desktop_advisor.ui.widgets import Pill
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.provisioning import check_readiness, ready_since
from desktop_advisor.usecases.sync_journal import read_journal
from desktop_advisor.usecases.synchronising import enrol_device, synchronise
from desktop_advisor.usecases.wiping import Wiped, WipeQuestion
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
    assert "Dieses Gerät ist am Server nicht mehr zugelassen." in texts(screen.refused)
    assert not screen.trouble.isVisible()
    assert header_words(window) == ("nicht mehr zugelassen", "Jetzt synchronisieren")
    words = texts(screen.phases)
    assert words[words.index("Server begrüßen") + 1 :].count("fehlgeschlagen") == 1
    assert "fertig" not in words
    screen.show_order()
    assert screen.findChild(WipeSheet) is None


def header_words(window: MainWindow) -> tuple[str, str]:
    """The one pill and the one primary button."""
    (pill,) = window.header.findChildren(Pill)
    assert window.header.primary is not None
    return pill.text(), window.header.primary.text()


def test_a_laptop_that_is_shut_out_looks_so_everywhere_and_after_a_restart(
    qtbot: QtBot, window: MainWindow, server: CentralServer
) -> None:
    place = window.place
    enrol_device(place, server.url, server.one_time_code(), "Laptop 1")
    synchronise(place)
    check_readiness(place)
    held = StoreChanges(place.store).enrolment()
    assert held is not None
    order_wipe(server.database, held.device_id)
    screen = screen_of(window)
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    window.close()

    again = MainWindow(place, start=Destination(Where.SYNCHRONISE))
    qtbot.addWidget(again)
    again.show()
    screen = screen_of(again)

    assert header_words(again) == ("nicht mehr zugelassen", "Löschung ansehen …")
    assert again.rail.foot.network_state.text() == "Nicht mehr zugelassen"
    assert {tone_of(pill) for pill in screen.files.findChildren(Pill)} == {"neutral"}
    assert "✓ bestätigt" not in texts(screen)
    assert not screen.provision.isVisible()
    assert ready_since(place) is None
    create_company(place, CompanyDraft(name="Neue GmbH"))
    screen.refresh()
    again.show_state()
    assert "nur auf diesem Gerät" in again.rail.foot.unsent.text()
    assert any(pill.text().endswith("nur hier") for pill in screen.files.findChildren(Pill))
    again.close()


def tone_of(pill: Pill) -> str:
    return str(pill.property("tone"))


def test_a_laptop_that_is_accepted_again_looks_as_before(
    qtbot: QtBot, window: MainWindow, server: CentralServer
) -> None:
    shut_out(window, server, wipe=True)
    screen = screen_of(window)
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    enrol_device(window.place, server.url, server.one_time_code(), "Laptop 1")
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    assert header_words(window) == ("✓ alles synchronisiert", "Jetzt synchronisieren")
    assert not screen.refused.isVisible()
    assert screen.provision.isVisible()


def test_an_order_is_shown_put_off_and_carried_out(
    qtbot: QtBot, window: MainWindow, server: CentralServer
) -> None:
    shut_out(window, server, wipe=True)
    screen = screen_of(window)
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    assert "angeordnet" in " ".join(texts(screen.refused))
    assert window.header.primary is not None
    window.header.primary.click()
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


def test_one_entry_is_lost_in_the_singular(qtbot: QtBot, window: MainWindow) -> None:
    question = WipeQuestion("ITAS", "https://s.example", unsent=1, unsent_files=1, files=3)
    sheet = WipeSheet(window.place, question)
    page = WipedPage(Wiped("ITAS", 1, is_reported=True, left=()))
    for shown in (sheet, page):
        qtbot.addWidget(shown)
    assert "1 Eingabe in 1 Akte gibt es nur hier; sie geht verloren." in texts(sheet)
    assert sheet.height() == sheet.layout().totalHeightForWidth(sheet.width())  # type: ignore[union-attr]
    assert "Verloren ist 1 Eingabe, die kein Server hat." in texts(page)


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
