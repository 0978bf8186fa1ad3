"""Who is given which company file, and what leaves a laptop again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.client.errors import TryAgainError
from sync.server import administration, devices, events
from sync.server.devices import Caller
from sync.server.models import LogEntry, QuarantinedChange, Registration
from sync.server.people_models import Advisor, Assignment, CaseFigure, CompanyFile, Team
from sync.tally import Tally, runs
from tests.sync.central import COMPANY, Central, sync_whole
from tests.sync.in_process import FaultyLine, lose_request
from tests.sync.memory_store import MemoryStore

NAME = (COMPANY, "company", COMPANY, "name")


def caller_of(central: Central, store: MemoryStore) -> Caller:
    """Whom the server takes this laptop's user for."""
    enrolment = store.enrolment()
    assert enrolment is not None
    return devices.authenticate(central.database, f"Bearer {enrolment.token}")


def administer(central: Central, act: Callable[[Session], object]) -> None:
    """One act in one transaction."""
    with central.database.writing() as session:
        act(session)


def end_all(session: Session) -> None:
    """Withdraw every file from everybody."""
    for assignment in session.scalars(select(Assignment.id)).all():
        events.withdraw(session, assignment)


def rename(store: MemoryStore, name: str, now_ms: int = 1) -> None:
    """An edit of the company's name."""
    store.edit(*NAME[:3], "name", name, now_ms)


def test_a_withdrawn_file_leaves_and_a_granted_one_comes_whole(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")
    rename(first, "Huber SE", 2)
    for store in pair:
        sync_whole(store, central.transport)

    administer(central, end_all)
    outcomes = [sync_whole(store, central.transport) for store in pair]
    assert [outcome.withdrawn for outcome in outcomes] == [{COMPANY}, {COMPANY}]
    assert first.log == second.log == {}

    theirs = caller_of(central, second)
    administer(
        central,
        lambda session: events.assign(
            session, theirs.network_id, COMPANY, advisor_id=theirs.advisor_id
        ),
    )
    for store in pair:
        sync_whole(store, central.transport)
    assert first.log == {}
    assert second.shown(NAME) == "Huber SE"
    assert len(second.log) == 2


def test_what_is_unsent_of_a_withdrawn_file_goes_up_before_it_leaves(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    """Also behind a batch that was lost, so that the file is named when it is repeated."""
    first, _ = pair
    rename(first, "Huber")
    line = FaultyLine(central.transport)
    sync_whole(first, line)
    rename(first, "Huber SE", 2)
    line.plan = [lose_request]
    with pytest.raises(TryAgainError):
        sync_whole(first, line)
    administer(central, end_all)
    rename(first, "Huber AG", 3)

    outcome = sync_whole(first, line)

    assert (outcome.withdrawn, first.log) == ({COMPANY}, {})
    with central.database.reading() as session:
        kept = session.scalars(select(QuarantinedChange).order_by(QuarantinedChange.id)).all()
        assert [change.reason for change in kept] == ["not-assigned"] * 2
        assert [b"Huber SE" in kept[0].body, b"Huber AG" in kept[1].body] == [True, True]


def purge(central: Central, store: MemoryStore) -> None:
    """Erase the company file for good."""
    network_id = caller_of(central, store).network_id
    administer(central, lambda session: events.purge(session, network_id, COMPANY, "Art. 17"))


def test_a_purged_file_goes_from_everywhere_with_what_was_unsent(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")
    first.attach(COMPANY, COMPANY, b"Foto", 2)
    for store in pair:
        sync_whole(store, central.transport)

    purge(central, first)
    rename(second, "Maier", 3)
    outcomes = [sync_whole(store, central.transport) for store in pair]

    assert [outcome.purged for outcome in outcomes] == [{COMPANY}, {COMPANY}]
    assert first.log == second.log == {}
    assert first.blobs == second.blobs == {}
    assert central.held() == set()
    with central.database.reading() as session:
        assert not any(session.scalars(select(LogEntry.body)))
        assert session.scalars(select(QuarantinedChange)).all() == []
        assert session.scalars(select(CompanyFile)).one().name == ""


def test_what_was_purged_stays_so_when_an_older_server_and_laptop_come_back(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")
    for store in pair:
        sync_whole(store, central.transport)
    yesterday, image = central.copy(), second.copy()
    purge(central, first)
    sync_whole(first, central.transport)
    central.put_back(yesterday)
    administration.restored(central.database)

    for store in (image, first, image):
        sync_whole(store, central.transport)

    assert image.log == first.log == {}
    assert central.held() == set()


def test_no_laptop_erases_a_file_by_saying_that_it_was_purged(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")
    sync_whole(first, central.transport)
    second.purged[COMPANY] = 1

    sync_whole(second, central.transport)
    sync_whole(first, central.transport)

    assert first.shown(NAME) == "Huber"


def test_who_changes_teams_changes_files(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")
    for store in pair:
        sync_whole(store, central.transport)
    mover = caller_of(central, second)

    def move(session: Session) -> None:
        team = Team(network_id=mover.network_id, name="Zwei", shares_files=True, created_ms=1)
        session.add(team)
        session.flush()
        session.get_one(Advisor, mover.advisor_id).team_id = team.id
        events.moved(session, mover.advisor_id, mover.team_id, team.id)

    administer(central, move)
    assert sync_whole(second, central.transport).withdrawn == {COMPANY}

    def move_back(session: Session) -> None:
        advisor = session.get_one(Advisor, mover.advisor_id)
        left, advisor.team_id = advisor.team_id, mover.team_id
        session.flush()
        events.moved(session, mover.advisor_id, left, mover.team_id)

    administer(central, move_back)
    sync_whole(second, central.transport)
    assert second.shown(NAME) == "Huber"


def test_a_file_that_differs_is_exchanged_whole_and_named(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")
    first.edit(*NAME[:3], "town", "Aue", 2)
    for store in pair:
        sync_whole(store, central.transport)
    lost = next(iter(second.log))
    del second.log[lost], second.uploads[lost]
    rename(second, "Maier", 3)

    outcome = sync_whole(second, central.transport)

    assert outcome.differing == {COMPANY}
    assert lost in second.log
    assert sync_whole(second, central.transport).requests == 1


def test_the_server_knows_name_tally_figures_and_what_waits(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, _ = pair
    case = COMPANY.replace("1", "3")
    for n, month in enumerate(["2026-10", "2026-11"]):
        first.edit(COMPANY, "case_figures", case, "figures", {"schema": 1, "month": month}, n)
    rename(first, "Hu\x00ber")
    sync_whole(first, central.transport)

    with central.database.reading() as session:
        file = session.scalars(select(CompanyFile)).one()
        assert file.name == "Huber"
        expected = Tally().with_runs(runs(first.log))
        assert Tally.of(file.change_count, file.mark) == expected
        assert b"2026-11" in session.scalars(select(CaseFigure)).one().body
        assert set(session.scalars(select(Registration.unsent))) <= {0, None}
