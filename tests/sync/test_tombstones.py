"""A restored server hears again which company files were erased, many at a time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from sync.client import session
from sync.client.errors import TryAgainError
from sync.server import administration, events
from sync.server.models import LogEntry, StoredReply
from sync.server.people_models import AuditEntry, CompanyFile
from tests.sync.by_hand import Desk, change, changeset
from tests.sync.central import COMPANY, Central, sync_whole
from tests.sync.in_process import FaultyLine, deliver, lose_reply
from tests.sync.memory_store import MemoryStore

OTHER = "0190a000-0000-7000-8000-000000000002"
THIRD = "0190a000-0000-7000-8000-000000000003"


@pytest.fixture
def desks(central: Central) -> list[Desk]:
    """Three laptops of a restored server, each of which got what the ones before it had sent."""
    administration.restored(central.database)
    desks = [Desk(central) for _ in range(3)]
    for n, (desk, company) in enumerate(zip(desks, (COMPANY, OTHER, THIRD), strict=True), 1):
        desk.verdicts(changeset(change(n, company=company), company=company))
    return desks


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The kept replies that are looked into, once for each time."""
    found: list[bytes] = []
    holds: Callable[..., bool] = events._holds

    def counted(body: bytes, *wanted: Any) -> bool:
        found.append(body)
        return holds(body, *wanted)

    monkeypatch.setattr(events, "_holds", counted)
    return found


def tell(desk: Desk, *company_ids: str) -> None:
    """The laptop says that these files were erased."""
    message = desk.message(last_reply=desk.last_reply)
    del message["batch"]
    message["erased"] = [
        {"company_id": company_id, "erased_ms": 5, "reason": "purged"} for company_id in company_ids
    ]
    assert desk.raw(msgspec.json.encode(message)).status == 200


def answered(central: Central) -> set[str]:
    """The devices whose last reply is kept."""
    with central.database.reading() as reading:
        return set(reading.scalars(select(StoredReply.device_id)))


def test_erasures_of_files_unknown_here_are_remembered_and_void_no_reply(
    central: Central, desks: list[Desk], looked_into: list[bytes]
) -> None:
    unknown = {str(uuid.UUID(int=number)) for number in range(1, 1502)}

    tell(desks[0], *sorted(unknown))

    assert looked_into == []
    assert answered(central) == {desk.enrolment.device_id for desk in desks}
    with central.database.reading() as reading:
        erased = select(CompanyFile.company_id).where(CompanyFile.purged_ms == 5)
        assert set(reading.scalars(erased)) == unknown
        told = select(func.count()).select_from(LogEntry).where(LogEntry.kind == "purged")
        assert reading.scalar(told) == len(unknown)
        noted = select(AuditEntry.subject).where(AuditEntry.action == "file purged again")
        assert set(reading.scalars(noted)) == unknown


def test_a_kept_reply_is_looked_into_once_for_all_files_that_are_erased_together(
    central: Central, desks: list[Desk], looked_into: list[bytes]
) -> None:
    tell(desks[0], OTHER, str(uuid.UUID(int=1)), THIRD)

    assert len(looked_into) == len(desks)
    assert answered(central) == {desks[0].enrolment.device_id}
    with central.database.reading() as reading:
        kept = select(LogEntry.company_id).where(LogEntry.body != b"")
        assert set(reading.scalars(kept)) == {COMPANY}


def test_an_erasure_that_is_told_twice_is_noted_once(central: Central, desks: list[Desk]) -> None:
    for _ in range(2):
        tell(desks[0], OTHER, OTHER)

    with central.database.reading() as reading:
        told = select(func.count()).select_from(LogEntry).where(LogEntry.kind == "purged")
        assert reading.scalar(told) == 1


@pytest.mark.parametrize("has_something_to_send", [False, True])
def test_a_laptop_tells_of_more_erased_files_than_a_request_names(
    central: Central, monkeypatch: pytest.MonkeyPatch, has_something_to_send: bool
) -> None:
    monkeypatch.setattr(session, "MAX_FILES_NAMED", 2)
    store = MemoryStore()
    central.enrol(store)
    if has_something_to_send:
        store.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    sync_whole(store, central.transport)
    store.purged |= {str(uuid.UUID(int=number)): number for number in range(1, 8)}
    administration.restored(central.database)

    sync_whole(store, central.transport)

    with central.database.reading() as reading:
        erased = select(CompanyFile.purged_ms).where(CompanyFile.purged_ms.is_not(None))
        assert sorted(reading.scalars(erased)) == [*range(1, 8)]


def test_a_batch_that_is_repeated_behind_them_is_not_taken_for_that_of_a_copy(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "MAX_FILES_NAMED", 2)
    store = MemoryStore()
    central.enrol(store)
    store.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    sync_whole(store, central.transport)
    store.purged |= {str(uuid.UUID(int=number)): number for number in range(1, 6)}
    administration.restored(central.database)
    line = FaultyLine(central.transport)
    refused, ahead = [deliver], [deliver, deliver]
    line.plan = [*refused, *ahead, lose_reply]
    with pytest.raises(TryAgainError):
        sync_whole(store, line)
    assert store.open_batch() is not None

    outcome = sync_whole(store, central.transport)

    assert not outcome.device_was_restored
    assert store.open_batch() is None
