"""What happens to a company file beside edits: granted, withdrawn, moved along, erased for good.

Each event takes its place in the network's log, so that every laptop meets it in order. The
functions work inside the caller's write transaction and take the log's lock themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from sync.protocol import PULL_BYTES, Tombstone
from sync.server import blobs, parts
from sync.server.access import WORKING_ROLES, mine_among, portions, works_with_files
from sync.server.audit import note
from sync.server.database import lock_log, now_ms
from sync.server.devices import Caller
from sync.server.indicators import published
from sync.server.models import (
    Device,
    KnownRun,
    LogEntry,
    QuarantinedChange,
    ServerIdentity,
    StoredReply,
)
from sync.server.people_models import Advisor, Assignment, CaseFigure, CompanyFile, JoinedCompany
from sync.server.reply import KeptReply
from sync.tally import Tally

Event = Literal["granted", "withdrawn", "purged"]
REPLIES_AT_ONCE = 10
"""Kept replies in memory at a time; each may have as much as a reply may."""


class UnknownFileError(LookupError):
    """The network has no such company file, or not any more."""


def assign(
    session: Session,
    network_id: int,
    company_id: str,
    *,
    team_id: int | None = None,
    advisor_id: str | None = None,
) -> Assignment:
    """The open assignment of the file to one team or one advisor, new or present already.

    Raises: UnknownFileError, ValueError unless exactly one of team and advisor is given.
    """
    if (team_id is None) == (advisor_id is None):
        raise ValueError("a company file is assigned to one team or to one advisor")
    lock_log(session, network_id)
    file = session.get(CompanyFile, (network_id, company_id))
    if file is None or file.purged_ms is not None:
        raise UnknownFileError(company_id)
    present = session.scalars(
        select(Assignment).where(
            Assignment.network_id == network_id,
            Assignment.company_id == company_id,
            Assignment.ended_ms.is_(None),
            Assignment.team_id == team_id if advisor_id is None else _is_advisor(advisor_id),
        )
    ).first()
    if present is not None:
        return present
    assignment = Assignment(
        network_id=network_id,
        company_id=company_id,
        team_id=team_id,
        advisor_id=advisor_id,
        since_ms=now_ms(),
    )
    session.add(assignment)
    session.flush()
    _append(session, network_id, "granted", [company_id], team_id=team_id, advisor_id=advisor_id)
    return assignment


def withdraw(session: Session, assignment_id: int) -> None:
    """End an assignment; laptops that thereby lose the file let it go. Ended ones stay ended.

    Raises: UnknownFileError.
    """
    assignment = session.get(Assignment, assignment_id)
    if assignment is None:
        raise UnknownFileError(assignment_id)
    lock_log(session, assignment.network_id)
    session.refresh(assignment)
    if assignment.ended_ms is not None:
        return
    assignment.ended_ms = now_ms()
    session.flush()
    _append(
        session,
        assignment.network_id,
        "withdrawn",
        [assignment.company_id],
        team_id=assignment.team_id,
        advisor_id=assignment.advisor_id,
    )


def purge(
    session: Session, network_id: int, company_id: str, reason: str, erased_ms: int | None = None
) -> bool:
    """Erase a company file for good (Art. 17 GDPR); whether there was anything to erase.

    Its place and the reason stay, so that it never comes back. A file unknown here is marked too,
    because a laptop may still bring it. erased_ms: when that was, now if None. The attachments'
    bytes go with the next sweep, as no file names them any more.
    """
    lock_log(session, network_id)
    stone = Tombstone(company_id=company_id, erased_ms=erased_ms or now_ms(), reason=reason)
    here = _files_here(session, network_id, [company_id])
    if company_id in here and here[company_id].purged_ms is not None:
        return False
    _bury(session, network_id, [stone], here)
    return True


def moved(session: Session, advisor_id: str, from_team: int, to_team: int) -> None:
    """An advisor changes teams: their laptops get the new team's files and let go the old one's.

    What the old team lost earlier is named again, as events for that team do not reach them now.
    """
    advisor = session.get_one(Advisor, advisor_id)
    lock_log(session, advisor.network_id)
    _announce(session, advisor, to_team, lost=Assignment.team_id == from_team)


def role_changed(session: Session, advisor_id: str) -> None:
    """An advisor got another role, already written down: files go or come with it."""
    advisor = session.get_one(Advisor, advisor_id)
    lock_log(session, advisor.network_id)
    lost = or_(Assignment.team_id == advisor.team_id, _is_advisor(advisor_id))
    _announce(session, advisor, advisor.team_id, lost=lost)


def erase_again(session: Session, caller: Caller, tombstones: Sequence[Tombstone]) -> None:
    """Purge what a laptop remembers as purged.

    Believed only by a server that was restored from a copy and may thus have lost the purge, and
    only of files that the caller works with or that nobody here knows; else any laptop could erase
    a file by saying that it was erased. Every other claim is noted for the auditor. When it is said
    to have been does not count: the clock may have been wrong then, or be wrong now.
    """
    if session.scalars(select(ServerIdentity)).one().restored_ms is None:
        return
    network_id = caller.network_id
    claims = {stone.company_id: stone for stone in tombstones}
    here = _files_here(session, network_id, list(claims))
    believed = mine_among(session, caller, claims)
    if works_with_files(caller):
        believed |= claims.keys() - here.keys()
    stones = []
    for company_id, stone in claims.items():
        if company_id in here and here[company_id].purged_ms is not None:
            continue
        action = "purge claimed"
        if company_id in believed:
            action = "file purged again"
            stones.append(stone)
        detail = {"erased_ms": stone.erased_ms, "reason": stone.reason}
        actor = f"Gerät {caller.registration_id}"
        note(session, network_id, actor, action, company_id, detail)
    _bury(session, network_id, stones, here)


def note_restoration(session: Session) -> None:
    """Write down from when on this database, an older copy, may have lost purges."""
    newest = session.scalar(select(func.coalesce(func.max(LogEntry.received_ms), 0))) or 0
    identity = session.scalars(select(ServerIdentity)).one()
    if identity.restored_from_ms is not None:
        newest = min(newest, identity.restored_from_ms)
    identity.restored_from_ms, identity.restored_ms = newest, now_ms()


def _announce(
    session: Session, advisor: Advisor, team_id: int, *, lost: ColumnElement[bool]
) -> None:
    """Grants of what the advisor works with in this team, withdrawals of all else in `lost`.

    lost: assignments open or ended, as a laptop may not have met their end yet.
    """
    files = select(Assignment.company_id).where(Assignment.network_id == advisor.network_id)
    mine: set[str] = set()
    if advisor.role in WORKING_ROLES:
        theirs = or_(Assignment.team_id == team_id, _is_advisor(advisor.id))
        mine = set(session.scalars(files.where(Assignment.ended_ms.is_(None), theirs)))
    gone = sorted(set(session.scalars(files.where(lost))) - mine)
    _append(session, advisor.network_id, "withdrawn", gone, advisor_id=advisor.id)
    _append(session, advisor.network_id, "granted", sorted(mine), advisor_id=advisor.id)


def _is_advisor(advisor_id: str) -> ColumnElement[bool]:
    return Assignment.advisor_id == advisor_id


def _files_here(
    session: Session, network_id: int, company_ids: Sequence[str]
) -> dict[str, CompanyFile]:
    """Those of these files that the network knows, the erased ones too."""
    return {
        file.company_id: file
        for some in portions(company_ids)
        for file in session.scalars(
            select(CompanyFile)
            .where(CompanyFile.network_id == network_id, CompanyFile.company_id.in_(some))
            .execution_options(populate_existing=True)
        )
    }


def _bury(
    session: Session,
    network_id: int,
    stones: Sequence[Tombstone],
    here: Mapping[str, CompanyFile],
) -> None:
    """Erase these files together. here: those of them that the network knows."""
    for stone in stones:
        at_ms = stone.erased_ms or now_ms()
        file = here.get(stone.company_id)
        if file is None:
            file = CompanyFile(
                network_id=network_id,
                company_id=stone.company_id,
                created_ms=at_ms,
                created_by="",
            )
            session.add(file)
        file.name, file.purged_ms, file.purge_reason = "", at_ms, stone.reason
        file.change_count, file.mark = 0, Tally().text
    session.flush()
    buried = [stone.company_id for stone in stones]
    if buried:
        _empty(session, network_id, buried)
        _append(session, network_id, "purged", buried)
    _void_replies(session, network_id, here.keys() & {*buried})


def _empty(session: Session, network_id: int, company_ids: Sequence[str]) -> None:
    """Take out all that was kept of the content of these company files, but for kept replies.

    What is kept aside and attachments may be of files that the network does not know.
    """
    for some in portions(company_ids):
        of_files = (LogEntry.network_id == network_id, LogEntry.company_id.in_(some))
        session.execute(update(LogEntry).where(*of_files).values(body=b"", size=0))
        for table in (KnownRun, QuarantinedChange, CaseFigure, JoinedCompany):
            session.execute(
                delete(table).where(table.network_id == network_id, table.company_id.in_(some))
            )
    published.forget_companies(session, network_id, company_ids)
    blobs.forget_companies(session, network_id, company_ids)
    for some in portions(company_ids):
        session.execute(
            update(Assignment)
            .where(
                Assignment.network_id == network_id,
                Assignment.company_id.in_(some),
                Assignment.ended_ms.is_(None),
            )
            .values(ended_ms=now_ms())
        )
    parts.forget_network(session, network_id)


def _void_replies(session: Session, network_id: int, company_ids: AbstractSet[str]) -> None:
    """Forget replies kept for repetition that hold one of these files.

    A laptop that lost such a reply is registered anew and offers its changes again. Every reply of
    the network is read while others wait for its log: once for all files that go together, and not
    at all where there is none that the network has ever given out.
    """
    if not company_ids:
        return
    replies = (
        select(StoredReply.device_id, StoredReply.body)
        .join(Device, Device.id == StoredReply.device_id)
        .where(Device.network_id == network_id)
        .execution_options(yield_per=REPLIES_AT_ONCE)
    )
    holding = [device for device, body in session.execute(replies) if _holds(body, company_ids)]
    session.execute(delete(StoredReply).where(StoredReply.device_id.in_(holding)))


def _holds(body: bytes, company_ids: AbstractSet[str]) -> bool:
    """Whether a kept reply holds one of the files, as one does that cannot be looked into."""
    try:
        return not company_ids.isdisjoint(KeptReply.unpacked(body).named())
    except (ValueError, msgspec.DecodeError):
        return True


def _append(
    session: Session,
    network_id: int,
    kind: Event,
    company_ids: Sequence[str],
    *,
    team_id: int | None = None,
    advisor_id: str | None = None,
) -> None:
    if not company_ids:
        return
    head = session.scalar(select(func.max(LogEntry.seq)).where(LogEntry.network_id == network_id))
    now = now_ms()
    parted = _stretches(session, network_id, company_ids) if kind == "granted" else {}
    places = [
        (company_id, first) for company_id in company_ids for first in parted.get(company_id, [0])
    ]
    entries = [
        {
            "network_id": network_id,
            "seq": seq,
            "company_id": company_id,
            "device_id": "",
            "received_ms": now,
            "change_count": first,
            "size": 0,
            "body": b"",
            "kind": kind,
            "to_team": team_id,
            "to_advisor": advisor_id,
        }
        for seq, (company_id, first) in enumerate(places, start=(head or 0) + 1)
    ]
    session.execute(insert(LogEntry), entries)


def _stretches(
    session: Session, network_id: int, company_ids: Sequence[str]
) -> dict[str, list[int]]:
    """Where each stretch of the history begins that a reply has room for, of those files that
    have several; 0 for the first one."""
    found: dict[str, list[int]] = {}
    for some in portions(company_ids):
        of_these = (LogEntry.network_id == network_id, LogEntry.company_id.in_(some))
        is_large = func.sum(LogEntry.size) > PULL_BYTES
        large = select(LogEntry.company_id).where(*of_these).group_by(LogEntry.company_id)
        for company_id in session.scalars(large.having(is_large)).all():
            of_file = (LogEntry.network_id == network_id, LogEntry.company_id == company_id)
            sizes = select(LogEntry.seq, LogEntry.size).where(*of_file).order_by(LogEntry.seq)
            found[company_id] = _beginnings((seq, size) for seq, size in session.execute(sizes))
    return found


def _beginnings(sizes: Iterable[tuple[int, int]]) -> list[int]:
    begins, room = [0], PULL_BYTES
    for seq, size in sizes:
        if size > room and room < PULL_BYTES:
            begins.append(seq)
            room = PULL_BYTES
        room -= size
    return begins
