"""What one reply brings a laptop: a page of the network's log, as far as the caller may see it.

What others work with is skipped by the database, so a page costs what it brings. An event reaches
those whom it concerns, but what it does follows from the rights that hold now: whoever was granted
a file, lost it and got it back meets one grant and no withdrawal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import (
    BindParameter,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from sync import wire
from sync.protocol import MAX_REPLY_BYTES, PULL_BYTES, FileTally, Gone
from sync.server.access import is_mine, mine_among, named, portions
from sync.server.among import among
from sync.server.devices import Caller
from sync.server.models import LogEntry, table_of
from sync.server.people_models import CompanyFile

PULL_ENTRIES = 2000
"""Log entries per reply."""
CONTENT = ("block", "changes")
"""Kinds of entries that have a body."""


@dataclass(frozen=True)
class PullingDevice:
    """Who asks; see `models.Device`."""

    id: str
    own_from: int


@dataclass
class Page:
    """What to let go of, then what to take in, and where to go on.

    pulled: (company file, JSON array of changes), left as they arrived, unknown members included.
    frames: (company file, block) as it arrived.
    """

    cursor: int
    more: bool = False
    gone: dict[str, Gone] = field(default_factory=dict)
    pulled: list[tuple[str, bytes]] = field(default_factory=list)
    frames: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, company_id: str, kind: str, body: bytes) -> None:
        """A log entry's changes, in the form in which they arrived; none once they were erased."""
        if body and kind == "block":
            self.frames.append((company_id, body))
        elif body:
            self.pulled.append((company_id, wire.unpack(body, "zstd", MAX_REPLY_BYTES)))

    @property
    def files(self) -> set[str]:
        """The company files that it brings changes of."""
        return {company_id for company_id, _ in (*self.pulled, *self.frames)}


def page_after(
    session: Session,
    caller: Caller,
    device: PullingDevice,
    cursor: int,
    head: int,
    again: Collection[str] = (),
) -> Page:
    """The page of the log from `cursor` to its head, with the files in `again` as a whole.

    One file's history is never split, so that it is what a reply's size is bounded by.
    """
    asked_for = {
        "device": device.id,
        "own_from": device.own_from,
        "team": caller.team_id,
        "advisor": caller.advisor_id,
        "after": cursor,
        "head": head,
    }
    rows = session.connection().execute(_ENTRIES, named(caller) | asked_for).all()
    page = _cut(rows, head)
    rows = [row for row in rows if row.seq <= page.cursor]
    page.gone = _gone(session, caller, rows)
    whole = {row.company_id: row.seq for row in rows if row.kind == "granted"}
    asked = mine_among(session, caller, set(again))
    parts = [
        row.seq
        for row in rows
        if row.kind in CONTENT
        and row.company_id not in asked
        and row.seq > whole.get(row.company_id, 0)
    ]
    for company_id, seq in [*whole.items(), *((file, head) for file in sorted(asked))]:
        for kind, body in _whole_file(session, caller, company_id, seq):
            page.add(company_id, kind, body)
    for company_id, kind, body in _bodies(session, caller, parts):
        page.add(company_id, kind, body)
    return page


def tallies(session: Session, caller: Caller, company_ids: Collection[str]) -> list[FileTally]:
    """How many changes the log holds of these files, which the caller works with."""
    if not company_ids:
        return []
    asked_for = {"my_network": caller.network_id, "companies": company_ids}
    rows = session.connection().execute(_TALLIES, asked_for)
    return [FileTally(company_id=company_id, count=n, mark=mark) for company_id, n, mark in rows]


def _cut(rows: Sequence[Row[int, str, str, int]], head: int) -> Page:
    """Up to where one reply goes: at least one entry, and no more than fits."""
    room = PULL_BYTES
    for count, row in enumerate(rows):
        is_full = room < PULL_BYTES and row.weight > room
        if count == PULL_ENTRIES or is_full:
            return Page(cursor=rows[count - 1].seq, more=True)
        room -= int(row.weight)
    return Page(cursor=head)


def _gone(
    session: Session, caller: Caller, rows: Iterable[Row[int, str, str, int]]
) -> dict[str, Gone]:
    events = {row.company_id: row.kind for row in rows if row.kind in {"withdrawn", "purged"}}
    return gone_files(session, caller, events)


def gone_files(session: Session, caller: Caller, company_ids: Collection[str]) -> dict[str, Gone]:
    """Why each of these files, none of which the caller works with, has to leave the laptop."""
    purged: dict[str, int] = {}
    for some in portions(sorted(company_ids)):
        query = select(CompanyFile.company_id, CompanyFile.purged_ms).where(
            CompanyFile.network_id == caller.network_id,
            CompanyFile.company_id.in_(some),
            CompanyFile.purged_ms.is_not(None),
        )
        purged.update((company_id, at_ms or 0) for company_id, at_ms in session.execute(query))
    return {
        company_id: Gone(company_id=company_id, reason="purged", erased_ms=purged[company_id])
        if company_id in purged
        else Gone(company_id=company_id, reason="withdrawn")
        for company_id in company_ids
    }


def _whole_file(
    session: Session, caller: Caller, company_id: str, until: int
) -> Iterator[tuple[str, bytes]]:
    """The file's history up to a place in the log, as (kind, body) of several entries."""
    of_file = {"my_network": caller.network_id, "company": company_id, "until": until}
    rows = session.connection().execute(_WHOLE_FILE, of_file)
    return ((kind, body) for kind, body in rows)


def _bodies(
    session: Session, caller: Caller, seqs: Sequence[int]
) -> Iterator[tuple[str, str, bytes]]:
    """(company file, kind, body) at these places."""
    if not seqs:
        return iter(())
    asked_for = {"my_network": caller.network_id, "seqs": seqs}
    rows = session.connection().execute(_BODIES, asked_for)
    return ((company_id, kind, body) for company_id, kind, body in rows)


_LOG, _FILE = table_of(LogEntry).c, table_of(CompanyFile).c
_HAS_BODY = _LOG.kind.in_(CONTENT)
_NETWORK: BindParameter[int] = bindparam("my_network")


def _entries() -> Select[int, str, str, int]:
    """What concerns a caller, in the order of the log; rights and rows in one statement.

    What the device sent itself need not come back. weight: bytes that an entry brings: a grant
    brings the file's history.
    """
    mine = is_mine(_LOG.company_id)
    concerns = or_(_LOG.to_team == bindparam("team"), _LOG.to_advisor == bindparam("advisor"))
    is_others = or_(_LOG.device_id != bindparam("device"), _LOG.seq <= bindparam("own_from"))
    earlier = table_of(LogEntry).alias("earlier")
    history = (
        select(func.coalesce(func.sum(earlier.c.size), 0))
        .where(
            earlier.c.network_id == _LOG.network_id,
            earlier.c.company_id == _LOG.company_id,
            earlier.c.seq < _LOG.seq,
        )
        .scalar_subquery()
    )
    weight = case((_LOG.kind == "granted", history), else_=_LOG.size).label("weight")
    return (
        select(_LOG.seq, _LOG.kind, _LOG.company_id, weight)
        .where(
            _LOG.network_id == _NETWORK,
            _LOG.seq > bindparam("after"),
            _LOG.seq <= bindparam("head"),
            or_(
                and_(_HAS_BODY, is_others, mine),
                and_(_LOG.kind == "granted", concerns, mine),
                and_(_LOG.kind == "withdrawn", concerns, ~mine),
                _LOG.kind == "purged",
            ),
        )
        .order_by(_LOG.seq)
        .limit(PULL_ENTRIES + 1)
    )


_ENTRIES = _entries()
_TALLIES = select(_FILE.company_id, _FILE.change_count, _FILE.mark).where(
    _FILE.network_id == _NETWORK,
    among(_FILE.company_id, "companies"),
)
_WHOLE_FILE = (
    select(_LOG.kind, _LOG.body)
    .where(
        _LOG.network_id == _NETWORK,
        _LOG.company_id == bindparam("company"),
        _HAS_BODY,
        _LOG.seq <= bindparam("until"),
    )
    .order_by(_LOG.seq)
)
_BODIES = (
    select(_LOG.company_id, _LOG.kind, _LOG.body)
    .where(_LOG.network_id == _NETWORK, among(_LOG.seq, "seqs"))
    .order_by(_LOG.seq)
)
