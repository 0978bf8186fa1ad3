"""Synchronisieren: state, enrolment, one run with progress, conflicts, all in plain German."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.conflicts import Conflict, ConflictValue
from desktop_advisor.storage.fields import shape
from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.synchronise import conflicts as conflicts_card
from desktop_advisor.ui.synchronise import enrolment as enrolment_card
from desktop_advisor.ui.synchronise import screen as module
from desktop_advisor.ui.synchronise.record_words import field_words
from desktop_advisor.ui.synchronise.screen import SynchroniseScreen
from desktop_advisor.ui.synchronise.wording import (
    file_state,
    result_words,
    value_words,
)
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.synchronising import (
    CompanySyncState,
    SyncFailed,
    SyncOverview,
    SyncResult,
    show_sync,
)
from desktop_advisor.usecases.workplace import Workplace
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
def enrolled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a server knew this laptop."""

    def overview(place: Workplace) -> SyncOverview:
        return SyncOverview("https://server.example", "ITAS", show_sync(place).companies)

    monkeypatch.setattr(module, "show_sync", overview)


def run_as(monkeypatch: pytest.MonkeyPatch, work: Callable[..., SyncResult]) -> None:
    monkeypatch.setattr(module, "synchronise", work)


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


# -- one run -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("enrolled")
def test_a_run_shows_progress_and_ends_in_the_log(
    qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def work(
        _place: Workplace,
        *,
        progress: Callable[[str, float], None],
        cancelled: Callable[[], bool],
    ) -> SyncResult:
        progress("Änderungen werden gesendet …", 0.5)
        go_on.wait(5)
        return result(sent=119, received=1)

    run_as(monkeypatch, work)
    screen = opened(qtbot, place)
    screen.run()
    qtbot.waitUntil(lambda: "Änderungen werden gesendet …" in texts(screen.progress))
    assert screen.progress.isVisible()
    action = screen.primary()
    assert action is not None
    assert not action.enabled
    with qtbot.waitSignal(screen.committed):
        go_on.set()
    log = " ".join(texts(screen))
    assert "119 Änderungen gesendet und bestätigt, 1 Änderung empfangen." in log
    assert not screen.progress.isVisible()


@pytest.mark.usefixtures("enrolled")
def test_a_run_can_be_stopped(
    qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(
        _place: Workplace, *, progress: Callable[[str, float], None], cancelled: Callable[[], bool]
    ) -> SyncResult:
        while not cancelled():
            threading.Event().wait(0.005)
        raise SyncFailed("cancelled")

    run_as(monkeypatch, work)
    screen = opened(qtbot, place)
    screen.run()
    with qtbot.waitSignal(screen.committed):
        screen.progress.stop.click()
    assert "Die Synchronisation wurde abgebrochen." in texts(screen.trouble)
    assert screen.trouble.property("tone") == "attention"


@pytest.mark.usefixtures("enrolled")
def test_a_failed_run_says_what_is_safe(
    qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(_place: Workplace, **_callbacks: object) -> SyncResult:
        raise SyncFailed("offline")

    run_as(monkeypatch, work)
    screen = opened(qtbot, place)
    with qtbot.waitSignal(screen.committed):
        screen.run()
    said = texts(screen.trouble)
    assert "Der Server ist nicht erreichbar." in said
    assert any("gespeichert" in text for text in said)
    assert screen.trouble.isVisible()


# -- conflicts ---------------------------------------------------------------------------------


def phone_conflict(company_id: uuid.UUID) -> Conflict:
    moment = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    return Conflict(
        company_id,
        "contact",
        uuid.UUID(int=7),
        "phone",
        (
            ConflictValue("0375 111", "Jana Richter", "Laptop 1", moment, ("aa", 1)),
            ConflictValue("0375 222", "Tom Weiß", "Laptop 2", moment, ("bb", 1)),
        ),
    )


def test_a_conflict_shows_both_values_and_one_press_settles_it(
    qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflict = phone_conflict(foundry(place))
    settled: list[object] = []
    monkeypatch.setattr(module, "conflicts", lambda _place: [] if settled else [conflict])
    monkeypatch.setattr(
        conflicts_card, "settle_conflict", lambda _place, _conflict, value: settled.append(value)
    )
    screen = opened(qtbot, place)
    said = texts(screen.conflicts)
    assert "Gießerei Muldental GmbH · Ansprechperson: Telefon" in said
    assert {"„0375 111“", "„0375 222“"} <= set(said)
    assert any("Tom Weiß · Laptop 2" in text for text in said)
    choose = next(
        b
        for b in screen.conflicts.findChildren(QPushButton)
        if b.accessibleName() == "Diese gilt: 0375 222"
    )
    choose.click()
    assert settled == ["0375 222"]
    assert not screen.conflicts.isVisible()


def test_what_the_works_council_said_in_two_versions_stays_covered_until_asked_for(
    qtbot: QtBot, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    company_id = foundry(place)
    file = show_company_file(place, company_id)
    assert file.case_id is not None
    note_id = write_note(place, file.case_id, "Quitten", perspective=Perspective.WORKS_COUNCIL)
    moment = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    values = tuple(
        ConflictValue(words, "Jana Richter", "Laptop", moment, (words, 1))
        for words in ("Quittengelee", "Quittenbrot")
    )
    conflict = Conflict(company_id, "note", note_id, "text", values)
    monkeypatch.setattr(module, "conflicts", lambda _place: [conflict])
    screen = opened(qtbot, place)
    assert not any("Quitten" in text for text in texts(screen.conflicts))
    buttons = screen.conflicts.findChildren(QPushButton)
    next(b for b in buttons if b.text() == "Fassungen aufdecken").click()
    assert "„Quittengelee“" in texts(screen.conflicts)
    screen.refresh()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any("Quitten" in text for text in texts(screen.conflicts))
    release_view(place, file.case_id, "Sabine Krauß")
    screen.refresh()
    assert "„Quittengelee“" in texts(screen.conflicts)


UNSAID = {"case_id", "visit_id", "assessment_id", "report_id", "parent_id", "measure_id"}
UNSAID |= {"recommendation_id", "attachment_id", "snapshot_id", "replaces_id", "image_id", "key"}
UNSAID |= {"form_id", "form_version", "form_hash", "text_version", "rule", "audience", "fired_by"}
UNSAID |= {"is_current", "sha256", "size", "media_type", "version", "content_hash", "file_hash"}
UNSAID |= {"forms", "catalogue_version", "scoring_version", "upgraded_id", "upgraded_hash"}
UNSAID |= {"upgraded_at", "upgrade_note"}
UNSAID |= {"started_at", "written_at", "added_at", "sealed_at", "sealed_by", "signed_at"}
"""Set once by the program or computed from the rest: two people never set them differently."""

# -- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unsent", "quarantined", "conflicts", "words"),
    [
        (0, 0, 0, "✓ bestätigt"),
        (3, 0, 0, "3 noch nicht gesendet"),
        (3, 2, 0, "2 zurückgestellt"),
        (3, 2, 1, "1 Konflikt"),
    ],
)
def test_a_file_says_first_what_needs_a_person(
    unsent: int, quarantined: int, conflicts: int, words: str
) -> None:
    state = CompanySyncState(uuid.UUID(int=1), "Gießerei", unsent, quarantined, conflicts)
    assert file_state(state, is_enrolled=True)[0] == words


def test_a_run_that_moved_nothing_says_so() -> None:
    assert "Nichts Neues" in result_words(result())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "leer"),
        (None, "leer"),
        (True, "ja"),
        ("2026-12-01", "01.12.2026"),
        ({"state": "answered", "value": "3", "reason": ""}, "3"),
        (
            {"state": "na", "value": "", "reason": "kein Fuhrpark"},
            "nicht zutreffend (kein Fuhrpark)",
        ),
    ],
)
def test_values_of_the_log_are_said_in_german(value: object, words: str) -> None:
    assert value_words(value) == words


def test_every_record_and_what_two_people_may_set_differently_has_words() -> None:
    for name in ENTITIES:
        shown = shape(name)
        assert shown is not None
        unnamed = {f for f in shown.fields if field_words(name, f).endswith(f": {f}")}
        assert not field_words(name, "deleted").startswith(name)
        assert unnamed <= UNSAID


def test_an_unknown_field_is_still_named() -> None:
    assert field_words("contact", "fax") == "Ansprechperson: fax"
