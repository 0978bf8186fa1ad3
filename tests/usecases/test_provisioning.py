"""The morning's check: a green seal, or one list that says what to do."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.storage.models import Attachment
from desktop_advisor.usecases import provisioning
from desktop_advisor.usecases.certificate import show_certificate
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.provisioning import Way, check_readiness, ready_since
from desktop_advisor.usecases.synchronising import LastRun, enrol_device, synchronise
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS") as running:
        yield running


def whats(place: Workplace) -> list[str]:
    return [finding.what for finding in check_readiness(place).todos]


def test_without_a_server_a_complete_laptop_is_ready_and_says_that_there_is_no_copy(
    place: Workplace,
) -> None:
    assert ready_since(place) is None
    found = check_readiness(place)
    assert found.is_ready
    assert found.as_of is None
    assert any("keine zweite Kopie" in note.what for note in found.notes)
    assert ready_since(place) == found.at


def test_the_seal_holds_for_its_day_only(place: Workplace) -> None:
    at = check_readiness(place).at
    tomorrow = replace(place, clock=lambda: at + timedelta(days=1))
    assert ready_since(tomorrow) is None


def test_what_is_not_at_the_server_is_asked_for_until_it_has_been_synchronised(
    place: Workplace, server: CentralServer
) -> None:
    place = replace(place, clock=lambda: datetime.now(UTC))
    enrol_device(place, server.url, server.one_time_code(), "Laptop")
    assert whats(place) == ["Mit dem zentralen Server wurde noch nie abgeglichen."]
    synchronise(place)
    found = check_readiness(place)
    assert found.is_ready, found.todos
    assert found.as_of is not None
    create_company(place, CompanyDraft(name="Neue GmbH"))
    (finding,) = check_readiness(place).todos
    assert finding.what.endswith("noch nicht am Server gesichert.")
    assert finding.way is Way.SYNCHRONISE
    assert ready_since(place) is None
    synchronise(place)
    later = replace(place, clock=lambda: datetime.now(UTC) + timedelta(days=8))
    assert any(what.startswith("Zuletzt abgeglichen am") for what in whats(later))


def test_an_attachment_without_its_bytes_is_missed(place: Workplace, server: CentralServer) -> None:
    company_id = create_company(place, CompanyDraft(name="Muldental GmbH"))
    enrol_device(place, server.url, server.one_time_code(), "Laptop")
    synchronise(place)
    with place.store.edit(place.author) as session:
        session.add(
            Attachment(
                id=uuid.uuid4(), company_id=company_id, file_name="foto.jpg", sha256="ab" * 32
            )
        )
    assert "1 Anlage liegt noch nicht auf diesem Gerät." in whats(place)
    synchronise(place)
    found = check_readiness(place)
    assert found.is_ready
    assert any("auf einem anderen Gerät" in note.what for note in found.notes)


def test_a_full_disk_is_said_with_what_is_needed(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(provisioning.shutil, "disk_usage", lambda _folder: Usage(600 * 1024**2))
    assert whats(place) == ["Auf dem Laufwerk sind nur noch 600 MB frei."]


@pytest.mark.parametrize(("days", "words"), [(-10, "gilt nur bis"), (10, "abgelaufen")])
def test_a_certificate_about_to_end_is_found_before_the_visit(
    place: Workplace, days: int, words: str
) -> None:
    held = show_certificate(place)
    assert held is not None
    then = held.valid_to + timedelta(days=days)
    todos = check_readiness(replace(place, clock=lambda: then)).todos
    (finding,) = [todo for todo in todos if todo.way is Way.CERTIFICATE]
    assert words in finding.what


def test_a_damaged_questionnaire_is_found_in_the_morning(place: Workplace) -> None:
    place.forms.mkdir(exist_ok=True)
    (place.forms / "eigener.own").write_text("0" * 12, encoding="ascii")
    (what,) = whats(place)
    assert "eigener" in what


def test_a_clock_that_is_off_is_said_with_its_direction(place: Workplace) -> None:
    for ahead_s, said in ((-720.0, ["Die Uhr dieses Geräts geht 12 Minuten nach."]), (12.0, [])):
        run = LastRun(at=place.clock().timestamp(), clock_ahead_s=ahead_s)
        place.store.save_setting("sync.last", msgspec.json.encode(run).decode())
        assert whats(place) == said
