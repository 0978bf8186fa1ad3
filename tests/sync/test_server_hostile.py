"""What a laptop or its advisor could try, or what goes wrong between two acts of administration."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.blocks import open_frame, read_outline
from sync.client.errors import TryAgainError
from sync.client.port import Settlement
from sync.server import administration, audit, events, people, quarantine
from sync.server.models import ServerIdentity
from sync.server.people_models import Assignment, CaseFigure, CompanyFile
from tests.sync.central import COMPANY, NETWORK, Central, sync_whole
from tests.sync.in_process import FaultyLine, lose_reply
from tests.sync.memory_store import MemoryStore
from tests.sync.test_server_rights import administer, caller_of

OTHER = COMPANY[:-1] + "9"
CASE = COMPANY[:-1] + "8"
Pair = tuple[MemoryStore, MemoryStore]


def network_of(central: Central) -> int:
    return people.network_id_of(central.database, NETWORK)


def make_auditor(central: Central, store: MemoryStore) -> None:
    advisor = caller_of(central, store).advisor_id
    people.set_role(central.database, network_of(central), advisor, "auditor", "Test")


def test_a_reply_given_again_holds_no_file_that_was_withdrawn_meanwhile(
    central: Central, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = pair
    first.edit(COMPANY, "company", COMPANY, "name", "Geheim AG", 1)
    sync_whole(first, central.transport)
    second.edit(OTHER, "company", OTHER, "name", "Eigene", 1)
    line = FaultyLine(central.transport)
    line.plan = [lose_reply]
    with pytest.raises(TryAgainError):
        sync_whole(second, line)

    def withdraw(session: Session) -> None:
        of_file = select(Assignment).where(Assignment.company_id == COMPANY)
        for assignment in session.scalars(of_file).all():
            events.withdraw(session, assignment.id)

    administer(central, withdraw)
    seen: set[str] = set()
    settle = second.settle

    def watched(settlement: Settlement) -> object:
        seen.update(change.company_id for change in settlement.pulled)
        seen.update(read_outline(open_frame(frame)).company_id for frame in settlement.frames)
        return settle(settlement)

    monkeypatch.setattr(second, "settle", watched)
    sync_whole(second, central.transport)

    assert COMPANY not in seen


@pytest.mark.parametrize("is_auditor", [True, False])
def test_after_a_restoration_only_who_works_with_a_file_is_believed_that_it_was_purged(
    central: Central, pair: Pair, is_auditor: bool
) -> None:
    first, second = pair
    first.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    sync_whole(first, central.transport)
    if is_auditor:
        make_auditor(central, second)
    with central.database.writing() as session:
        administration.begin_epoch(session)
    with central.database.reading() as session:
        restored_ms = session.scalars(select(ServerIdentity)).one().restored_ms
    assert restored_ms is not None
    second.purged[COMPANY] = restored_ms

    sync_whole(second, central.transport)

    with central.database.reading() as session:
        file = session.get_one(CompanyFile, (network_of(central), COMPANY))
    assert (file.purged_ms is None) is is_auditor
    noted = {entry.action for entry in audit.entries(central.database, network_of(central))}
    assert ("purge claimed" if is_auditor else "file purged again") in noted


def test_a_file_begun_by_somebody_who_may_no_longer_is_taken_in_after_all(
    central: Central, pair: Pair
) -> None:
    first, second = pair
    first.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    make_auditor(central, first)
    sync_whole(first, central.transport)

    (line,) = quarantine.quarantined(central.database, network_of(central))
    quarantine.retry(central.database, network_of(central), line.id, "Test")
    sync_whole(second, central.transport)

    assert second.shown((COMPANY, "company", COMPANY, "name")) == "Huber"


def test_nobody_changes_the_figures_of_another_file_s_case(central: Central, pair: Pair) -> None:
    first, second = pair
    first.edit(COMPANY, "case_figures", CASE, "figures", {"schema": 1}, 1)
    sync_whole(first, central.transport)
    second.edit(OTHER, "case_figures", CASE, "figures", {"schema": 1, "month": "x"}, 10**12)
    sync_whole(second, central.transport)

    with central.database.reading() as session:
        figure = session.get_one(CaseFigure, (network_of(central), CASE))
    assert (figure.company_id, figure.body) == (COMPANY, b'{"schema":1}')
