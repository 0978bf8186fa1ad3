"""Files that leave a laptop during a run: said by name once, and not kept by name when purged."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import CompanyDraft, create_company, list_companies
from desktop_advisor.usecases.departures import Departure
from desktop_advisor.usecases.sync_journal import read_journal
from desktop_advisor.usecases.synchronising import enrol_device, synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.server.assignments import REASONS, assign, file, purge, withdraw
from sync.server.quarantine import quarantined, retry


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS") as running:
        yield running


@pytest.fixture
def company_id(place: Workplace, server: CentralServer) -> uuid.UUID:
    """A file that both ends hold."""
    made = create_company(place, CompanyDraft(name="Muldental GmbH"))
    enrol_device(place, server.url, server.one_time_code(), "Laptop")
    synchronise(place)
    return made


def withdraw_from_all(server: CentralServer, company_id: uuid.UUID) -> dict[str, Any]:
    """Who it was taken from last, as `assign` names them."""
    held = file(server.database, 1, str(company_id))
    assert held is not None
    who: dict[str, Any] = {}
    for holder in held.holders:
        who = {"advisor_id": holder.id}
        if holder.kind == "team":
            who = {"team_id": int(holder.id)}
        withdraw(server.database, 1, str(company_id), "Leitung", **who)
    return who


def erased_lines(place: Workplace) -> list[str]:
    return [line.text for line in read_journal(place) if line.kind == "erased"]


def test_a_purged_file_is_named_once_and_never_kept_by_name(
    place: Workplace, server: CentralServer, company_id: uuid.UUID
) -> None:
    purge(server.database, 1, str(company_id), next(iter(REASONS)), "Leitung")
    (words,) = synchronise(place).departed
    assert words == "Die Akte „Muldental GmbH“ wurde endgültig gelöscht (Art. 17 DSGVO), auch hier."
    assert list_companies(place) == []
    (line,) = erased_lines(place)
    assert "endgültig gelöscht" in line
    assert not any("Muldental" in f"{kept}" for kept in read_journal(place))
    assert synchronise(place).departed == ()


def test_a_withdrawn_file_is_said_to_stay_at_the_server(
    place: Workplace, server: CentralServer, company_id: uuid.UUID
) -> None:
    withdraw_from_all(server, company_id)
    (words,) = synchronise(place).departed
    assert words.startswith("Die Akte „Muldental GmbH“ ist Ihnen nicht mehr zugewiesen")
    assert "am Server bleibt sie erhalten" in words
    assert list_companies(place) == []
    assert erased_lines(place) == [words]
    assert "Koordination" not in words


def test_what_was_entered_in_a_withdrawn_file_is_said_to_lie_with_the_coordination(
    place: Workplace, server: CentralServer, company_id: uuid.UUID
) -> None:
    who = withdraw_from_all(server, company_id)
    with place.store.edit(place.author) as session:
        company = session.get_one(Company, company_id)
        company.town, company.street = "Wilkau", "Am Hang 3"
    (words,) = synchronise(place).departed
    assert "2 Ihrer Eingaben liegen noch ungeprüft bei Ihrer Koordination" in words
    assert erased_lines(place) == [words]
    held = list(quarantined(server.database, 1))
    assert {line.field for line in held} == {"town", "street"}

    assign(server.database, 1, str(company_id), "Leitung", **who)
    synchronise(place)
    with place.store.read() as session:
        assert session.get_one(Company, company_id).town == ""
    for line in held:
        retry(server.database, 1, line.id, "Leitung")
    synchronise(place)
    with place.store.read() as session:
        assert session.get_one(Company, company_id).town == "Wilkau"


def test_one_entry_is_told_as_one() -> None:
    words = Departure(uuid.uuid4(), "Muldental GmbH", is_purged=False, kept_aside=1).words
    assert "Eine Ihrer Eingaben liegt noch" in words
