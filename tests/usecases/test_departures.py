"""Files that leave a laptop during a run: said by name once, and not kept by name when purged."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.usecases.companies import CompanyDraft, create_company, list_companies
from desktop_advisor.usecases.sync_journal import read_journal
from desktop_advisor.usecases.synchronising import enrol_device, synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.server.assignments import REASONS, file, purge, withdraw


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


def withdraw_from_all(server: CentralServer, company_id: uuid.UUID) -> None:
    held = file(server.database, 1, str(company_id))
    assert held is not None
    for holder in held.holders:
        team = int(holder.id) if holder.kind == "team" else None
        advisor = holder.id if holder.kind == "advisor" else None
        withdraw(server.database, 1, str(company_id), "Leitung", team_id=team, advisor_id=advisor)


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
