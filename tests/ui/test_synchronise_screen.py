"""Synchronisieren: state, enrolment, one run with progress, conflicts, all in plain German."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.change_log import Edit
from desktop_advisor.storage.models import Report
from desktop_advisor.storage.session import write_and_fold
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.ui.conflicts.screen import ConflictsScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.frame.header import PillButton
from desktop_advisor.ui.screen import StatePill
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.synchronise import enrolment as enrolment_card
from desktop_advisor.ui.synchronise import run as run_module
from desktop_advisor.ui.synchronise.screen import SynchroniseScreen
from desktop_advisor.ui.synchronise.wording import file_state
from desktop_advisor.ui.widgets import ListRow
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.company_file import add_contact
from desktop_advisor.usecases.sync_phases import RunLog, RunView, Step, StepState
from desktop_advisor.usecases.synchronising import (
    SyncFailed,
    SyncResult,
    enrol_device,
    show_sync,
    synchronise,
)
from desktop_advisor.usecases.workplace import Workplace
from sync.client import transport
from sync.client.outcome import Phase, Progress
from sync.server.administration import enrolment_code
from tests.ui.sample import foundry


def opened(qtbot: QtBot, place: Workplace) -> SynchroniseScreen:
    screen = SynchroniseScreen(place, Destination(Where.SYNCHRONISE))
    screen.resize(1158, 708)
    screen.refresh()
    screen.show()
    qtbot.addWidget(screen)
    qtbot.waitExposed(screen)
    return screen


def result(sent: int = 0, received: int = 0, quarantined: int = 0) -> SyncResult:
    return SyncResult(sent, received, quarantined, files_sent=0, files_received=0, seconds=0.4)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS") as running:
        yield running


@pytest.fixture
def enrolled(place: Workplace, server: CentralServer) -> CentralServer:
    """The real server on loopback knows this laptop."""
    enrol_device(place, server.url, server.one_time_code(), "Laptop 1")
    return server


def run_as(monkeypatch: pytest.MonkeyPatch, work: Callable[..., SyncResult]) -> None:
    monkeypatch.setattr(run_module, "synchronise", work)


# -- before enrolment --------------------------------------------------------------------------


def test_without_a_server_the_next_step_is_to_enrol(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place)
    action = screen.primary()
    assert action is not None
    assert action.label == "Gerät anmelden"
    assert screen.enrolment.isVisible()
    assert "nur auf diesem Gerät" in texts(screen.files)


def test_an_address_and_a_code_are_asked_for_beside_their_fields(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place)
    screen.enrolment.form.put({"server": "server.example"})
    screen.enrolment.enrol()
    lines = screen.enrolment.form.lines
    assert lines["server"].error.text() == "Eine Adresse beginnt mit https://."
    assert lines["code"].error.text() == "Bitte ausfüllen."


def test_a_refused_code_is_said_and_what_was_typed_stays(
    qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise SyncFailed("code-not-accepted")

    monkeypatch.setattr(enrolment_card, "join_network", refuse)
    screen = opened(qtbot, place)
    screen.enrolment.form.put({"server": "https://s.example", "code": "ABC", "device": "Laptop"})
    with qtbot.waitSignal(screen.enrolment.failed):
        screen.enrolment.enrol()
    assert any("Einmalcode wurde nicht angenommen" in text for text in texts(screen.enrolment))
    assert screen.enrolment.form.texts()["code"] == "ABC"


def test_an_enrolment_says_whose_laptop_it_is(
    qtbot: QtBot, place: Workplace, server: CentralServer
) -> None:
    code = enrolment_code(server.database, "ITAS", person="Ute Klein").text
    screen = opened(qtbot, place)
    screen.enrolment.form.put({"server": server.url, "code": code, "device": "Laptop"})
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.enrolment.enrol()
    assert "Angemeldet als Ute Klein im Netzwerk ITAS." in texts(screen.said)


# -- one run -----------------------------------------------------------------------------------


def test_an_edit_after_a_run_takes_nothing_from_what_the_server_has(
    place: Workplace, enrolled: CentralServer
) -> None:
    synchronise(place)
    company_id = foundry(place)
    before = {row.company_id: row.applied for row in show_sync(place).companies}
    add_contact(place, company_id, name="Ines Vogel", role="gf")
    (row,) = [row for row in show_sync(place).companies if row.company_id == company_id]
    assert row.unsent
    assert row.applied == before[company_id]


def test_a_run_goes_through_its_phases_and_ends_in_the_journal(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer
) -> None:
    screen = opened(qtbot, place)
    waiting = show_sync(place).unsent
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    view = screen.sync.view
    assert view is not None
    states = {step.step: step.state for step in view}
    assert states[Step.HELLO] is states[Step.CHANGES_UP] is states[Step.DONE] is StepState.DONE
    assert states[Step.FILES_UP] is states[Step.CHANGES_DOWN] is StepState.NOTHING
    sent = f"{waiting} Änderungen gesendet und bestätigt, keine Änderungen empfangen."
    assert sent in texts(screen.said)
    assert sent in texts(screen.journal)
    assert "nichts zu tun" in texts(screen.phases)
    assert not screen.phases.progress.isVisible()
    assert "✓ bestätigt" in texts(screen.files)


def test_a_second_press_starts_no_second_run_and_another_screen_does_not_stop_it(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, runs = threading.Event(), list[int]()
    log = RunLog()

    def work(
        _place: Workplace,
        *,
        progress: Callable[[RunView], None],
        cancelled: Callable[[], bool],
    ) -> SyncResult:
        runs.append(1)
        told = Progress(phase=Phase.SEND_BLOBS, done=3, total=12, bytes_sent=3_400_000)
        progress(log.hear(Progress(phase=Phase.SEND_BLOBS)))
        progress(log.hear(told))
        go_on.wait(10)
        return result(sent=119, received=1)

    run_as(monkeypatch, work)
    window = MainWindow(place, start=Destination(Where.SYNCHRONISE))
    qtbot.addWidget(window)
    window.show()
    screen = window.screen_shown
    assert isinstance(screen, SynchroniseScreen)
    screen.run()
    screen.run()
    assert not window.sync.start()
    words = "Dateien senden · 3 von 12 · 3,4 MB"
    qtbot.waitUntil(lambda: window.rail.foot.run.text() == words)
    action = screen.primary()
    assert action is not None
    assert not action.enabled
    window.open(Destination(Where.TODAY))
    assert window.rail.foot.run.isVisible()
    with qtbot.waitSignal(window.sync.ended):
        go_on.set()
    assert runs == [1]
    assert not window.rail.foot.run.isVisible()
    window.rail.foot.setFocus()
    qtbot.keyClick(window.rail.foot, Qt.Key.Key_Return)
    assert window.screen_shown is screen
    assert "119 Änderungen gesendet und bestätigt, 1 Änderung empfangen." in texts(screen.said)
    window.close()


def test_a_run_can_be_stopped_and_the_next_press_goes_on(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(
        _place: Workplace,
        *,
        progress: Callable[[RunView], None],
        cancelled: Callable[[], bool],
    ) -> SyncResult:
        while not cancelled():
            threading.Event().wait(0.005)
        raise SyncFailed("cancelled")

    run_as(monkeypatch, work)
    screen = opened(qtbot, place)
    screen.run()
    with qtbot.waitSignal(screen.committed):
        screen.phases.progress.stop.click()
    assert "Die Synchronisation wurde abgebrochen." in texts(screen.trouble)
    assert screen.trouble.property("tone") == "attention"
    action = screen.primary()
    assert action is not None
    assert (action.label, action.enabled) == ("Fortsetzen", True)
    monkeypatch.undo()
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        action.run()
    assert show_sync(place).unsent == 0


def test_a_failed_run_says_where_it_failed_and_what_is_safe(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "ATTEMPTS", 1)
    changes = StoreChanges(place.store)
    held = changes.enrolment()
    assert held is not None
    changes.save_enrolment(structs.replace(held, server_url="http://127.0.0.1:1"))
    screen = opened(qtbot, place)
    with qtbot.waitSignal(screen.committed, timeout=20_000):
        screen.run()
    said = texts(screen.trouble)
    assert "Der Server ist nicht erreichbar." in said
    assert any("gespeichert" in text for text in said)
    assert "fehlgeschlagen" in texts(screen.phases)
    assert "Nicht gelungen" in " ".join(texts(screen.journal))


def test_one_press_in_the_morning_synchronises_checks_and_seals(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer
) -> None:
    screen = opened(qtbot, place)
    screen.provision.sync_first.setChecked(False)
    with qtbot.waitSignal(screen.provision.checked, timeout=20_000):
        screen.provision.button.click()
    (row,) = screen.provision.list.rows
    assert "Noch nicht bereit für unterwegs" in texts(screen.provision.seal)
    with qtbot.waitSignal(screen.provision.checked, timeout=20_000):
        row.findChildren(QPushButton)[0].click()
    assert screen.provision.found is not None
    assert screen.provision.found.is_ready
    seal = " ".join(texts(screen.provision.seal))
    assert "Bereit für unterwegs · Stand 09:" in seal
    assert "Abgeglichen mit dem Server: 24.11.2026" in seal
    assert not screen.provision.list.isVisible()
    assert show_sync(place).unsent == 0


def test_without_a_network_the_check_still_says_how_things_stand(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(_place: Workplace, **_callbacks: object) -> SyncResult:
        raise SyncFailed("offline")

    run_as(monkeypatch, offline)
    screen = opened(qtbot, place)
    with qtbot.waitSignal(screen.provision.checked, timeout=20_000):
        screen.provision.button.click()
    assert "Der Server ist nicht erreichbar." in texts(screen.trouble)
    assert "Noch nicht bereit für unterwegs" in texts(screen.provision.seal)


def test_files_are_filtered_and_a_row_opens_its_file(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place)
    assert len(screen.files.list.rows) == 4
    screen.files.filter.chosen.emit("all")
    screen.files.filter.set_value("aside")
    screen.files.filter.chosen.emit("aside")
    (only,) = screen.files.list.rows
    assert isinstance(only, QLabel)
    assert only.text() == "Der Server hat nichts zurückgestellt."
    screen.files.filter.set_value("open")
    screen.files.order.set_value("name")
    screen.files.order.chosen.emit("name")
    names = [r.title.text() for r in screen.files.list.rows if isinstance(r, ListRow)]
    assert names == sorted(names)
    first = screen.files.list.rows[0]
    assert isinstance(first, ListRow)
    assert "nur hier" in first.detail.text()
    with qtbot.waitSignal(screen.navigate) as asked:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert asked.args[0].company_id == foundry(place)


# -- conflicts ---------------------------------------------------------------------------------


def test_open_conflicts_are_counted_and_lead_to_where_they_are_decided(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place)
    assert not screen.conflicts.isVisible()
    company = foundry(place)
    with place.store.edit("Tom Weiß") as session:
        edits = [Edit(company, "company", company, "town", town, bases=()) for town in ("A", "B")]
        write_and_fold(session, edits)
    screen.refresh()
    assert screen.conflicts.isVisible()
    assert "1 Angabe in mehreren Fassungen, in 1 Firmenakte" in texts(screen.conflicts)
    with qtbot.waitSignal(screen.navigate) as asked:
        screen.conflicts.button.click()
    assert asked.args == [Destination(Where.CONFLICTS)]


def test_the_header_says_what_is_to_be_decided_and_leads_there(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer
) -> None:
    synchronise(place)
    company = foundry(place)
    with place.store.edit("Tom Weiß") as session:
        edits = [Edit(company, "company", company, "town", town, bases=()) for town in ("A", "B")]
        write_and_fold(session, edits)
    synchronise(place)
    window = MainWindow(place, start=Destination(Where.SYNCHRONISE))
    qtbot.addWidget(window)
    window.show()
    screen = window.screen_shown
    assert isinstance(screen, SynchroniseScreen)
    (pill,) = window.header.findChildren(PillButton)
    assert (pill.text(), pill.property("tone")) == ("1 Angabe zu entscheiden", "attention")
    assert not any("alles synchronisiert" in text for text in texts(window.header))
    assert show_sync(place).unsent == 0
    pill.click()
    assert isinstance(window.screen_shown, ConflictsScreen)
    window.close()


def test_what_came_in_after_the_signature_is_shown_and_asks_for_nothing(
    qtbot: QtBot, place: Workplace, enrolled: CentralServer
) -> None:
    company, report = foundry(place), new_id(place.clock())
    with place.store.edit(place.author) as session:
        sealed_at = place.clock()
        session.add(Report(id=report, company_id=company, sealed_at=sealed_at, reason="so"))
    with place.store.edit("ein anderes Programm") as session:
        edit = Edit(company, "report", report, "reason", "nachgetragen", bases=())
        write_and_fold(session, [edit])
    synchronise(place)
    screen = opened(qtbot, place)
    said = "1 Angabe nach Unterschrift eingegangen; das Gesiegelte bleibt"
    assert [pill.text for pill in screen.pills() if isinstance(pill, StatePill)] == [
        "✓ alles synchronisiert"
    ]
    assert {said, "Hier ist nichts zu entscheiden."} <= set(texts(screen.conflicts))
    assert screen.conflicts.property("kind") == "card"
    (row,) = [row for row in show_sync(place).companies if row.company_id == company]
    assert (row.conflicts, row.late, row.is_open) == (0, 1, False)
    assert file_state(row, is_enrolled=True)[0] == "✓ bestätigt"
    assert any(text.endswith(said) for text in texts(screen.files))
    conflicts = ConflictsScreen(place, Destination(Where.CONFLICTS))
    qtbot.addWidget(conflicts)
    conflicts.refresh()
    assert conflicts.subtitle() == said
    assert "gilt" in texts(conflicts.comparison)
    assert "gilt vorläufig" not in texts(conflicts.comparison)
    assert conflicts.primary() is None


def test_files_that_look_alike_are_mentioned_after_a_sync(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place)
    assert not screen.duplicates.isVisible()
    for name in ("Lederwerk Pegau GmbH", "Lederwerk Pegau"):
        create_company(place, CompanyDraft(name=name, postcode="04523"))
    screen.refresh()
    qtbot.waitUntil(screen.duplicates.isVisible)
    with qtbot.waitSignal(screen.navigate) as asked:
        screen.duplicates.wanted.emit()
    assert asked.args == [Destination(Where.DUPLICATES)]
