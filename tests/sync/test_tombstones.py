"""A restored server hears again which company files were erased, many at a time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from sync.server import administration, events
from sync.server.models import LogEntry, StoredReply
from sync.server.people_models import AuditEntry, CompanyFile
from tests.sync.by_hand import Desk, change, changeset
from tests.sync.central import COMPANY, Central

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
    with central.database.reading() as session:
        return set(session.scalars(select(StoredReply.device_id)))


def test_erasures_of_files_unknown_here_are_remembered_and_void_no_reply(
    central: Central, desks: list[Desk], looked_into: list[bytes]
) -> None:
    unknown = {str(uuid.UUID(int=number)) for number in range(1, 1502)}

    tell(desks[0], *sorted(unknown))

    assert looked_into == []
    assert answered(central) == {desk.enrolment.device_id for desk in desks}
    with central.database.reading() as session:
        erased = select(CompanyFile.company_id).where(CompanyFile.purged_ms == 5)
        assert set(session.scalars(erased)) == unknown
        told = select(func.count()).select_from(LogEntry).where(LogEntry.kind == "purged")
        assert session.scalar(told) == len(unknown)
        noted = select(AuditEntry.subject).where(AuditEntry.action == "file purged again")
        assert set(session.scalars(noted)) == unknown


def test_a_kept_reply_is_looked_into_once_for_all_files_that_are_erased_together(
    central: Central, desks: list[Desk], looked_into: list[bytes]
) -> None:
    tell(desks[0], OTHER, str(uuid.UUID(int=1)), THIRD)

    assert len(looked_into) == len(desks)
    assert answered(central) == {desks[0].enrolment.device_id}
    with central.database.reading() as session:
        kept = select(LogEntry.company_id).where(LogEntry.body != b"")
        assert set(session.scalars(kept)) == {COMPANY}


def test_an_erasure_that_is_told_twice_is_noted_once(central: Central, desks: list[Desk]) -> None:
    for _ in range(2):
        tell(desks[0], OTHER, OTHER)

    with central.database.reading() as session:
        told = select(func.count()).select_from(LogEntry).where(LogEntry.kind == "purged")
        assert session.scalar(told) == 1
