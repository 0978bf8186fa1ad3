"""What one reply brings a laptop: a page of the network's log, as far as the caller may see it.

What others work with is skipped by the database, so a page costs what it brings. An event reaches
those whom it concerns, but what it does follows from the rights that hold now: whoever was granted
a file, lost it and got it back meets one grant and no withdrawal.

A grant brings the file's history. That of a large file is several entries next to each other, each
of which brings a stretch of it, so that it takes several replies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

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
from sync.server.database import IN_BINARY
from sync.server.devices import Caller
from sync.server.models import LogEntry, table_of
from sync.server.people_models import CompanyFile

_Entry = Row[int, str, str, int, int]
PULL_ENTRIES = 1000
"""Log entries per reply."""
AGAIN_BYTES = MAX_REPLY_BYTES * 3 // 4
"""Most that a reply brings where a file was asked for as a whole: more would not be read."""
CONTENT = ("block", "changes")
"""Kinds of entries that have a body."""


@dataclass(frozen=True)
class PullingDevice:
    """Who asks; see `models.Device`."""

    id: str
    own_from: int


@dataclass(frozen=True)
class _Grant:
    """The stretch of a file's history that one entry of a grant brings; weight: its bytes."""

    company_id: str
    places: range
    weight: int
    is_whole: bool


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
    """The page of the log from `cursor` to its head, with files of `again` as a whole.

    Of those as many as fit, at least one; of one that no reply has room for its beginning.
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
    grants = _grants(rows)
    page, weight = _cut(rows, grants, head)
    rows = [row for row in rows if row.seq <= page.cursor]
    page.gone = _gone(session, caller, rows)
    granted = _brought(grants[row.seq] for row in rows if row.seq in grants)
    asked = _asked(session, caller, again) if again else []
    _add_stretches(session, caller, page, granted)
    whole = _add_whole(session, caller, page, asked, head, AGAIN_BYTES - weight)
    parts = [
        row.seq
        for row in rows
        if row.kind in CONTENT
        and row.company_id not in whole
        and not any(row.seq in grant.places for grant in granted.get(row.company_id, ()))
    ]
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


def _grants(rows: Sequence[_Entry]) -> dict[int, _Grant]:
    """What each grant brings, by its place: up to where the next entry of the same grant goes on.

    That one is in `rows` wherever the page has room for both, as it concerns the same people.
    """
    found: dict[int, _Grant] = {}
    for row, after in zip_longest(rows, rows[1:]):
        if row.kind != "granted":
            continue
        weight, end = int(row.weight), row.seq
        if after is not None and _goes_on(row, after):
            weight, end = weight - int(after.weight), after.since
        is_whole = not row.since and end == row.seq
        found[row.seq] = _Grant(row.company_id, range(row.since, end), weight, is_whole)
    return found


def _goes_on(grant: _Entry, after: _Entry) -> bool:
    same_file = (after.kind, after.company_id) == (grant.kind, grant.company_id)
    return same_file and after.since > 0


def _brought(grants: Iterable[_Grant]) -> dict[str, list[_Grant]]:
    """What to read of each granted file, once where it was granted several times."""
    found: dict[str, list[_Grant]] = {}
    for grant in grants:
        before = [] if grant.is_whole else found.get(grant.company_id, [])
        found[grant.company_id] = [*before, grant]
    return found


def _asked(session: Session, caller: Caller, again: Collection[str]) -> list[str]:
    """Those of these files that the caller works with and that one reply has room for."""
    mine = mine_among(session, caller, set(again))
    asked_for = {"my_network": caller.network_id, "companies": mine}
    asked: list[str] = []
    room = PULL_BYTES
    for company_id, size in session.connection().execute(_SIZES, asked_for):
        if not asked or size <= room:
            asked.append(company_id)
            room -= size
    return asked


def _cut(rows: Sequence[_Entry], grants: Mapping[int, _Grant], head: int) -> tuple[Page, int]:
    """Up to where one reply goes: at least one entry, and no more than fits; what it weighs."""
    room = PULL_BYTES
    for count, row in enumerate(rows):
        weight = grants[row.seq].weight if row.seq in grants else int(row.weight)
        is_full = room < PULL_BYTES and weight > room
        if count == PULL_ENTRIES or is_full:
            return Page(cursor=rows[count - 1].seq, more=True), PULL_BYTES - room
        room -= weight
    return Page(cursor=head), PULL_BYTES - room


def _gone(session: Session, caller: Caller, rows: Iterable[_Entry]) -> dict[str, Gone]:
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


def _add_stretches(
    session: Session, caller: Caller, page: Page, granted: Mapping[str, Sequence[_Grant]]
) -> None:
    for grant in (grant for several in granted.values() for grant in several):
        for kind, body, _ in _history(session, caller, grant.company_id, grant.places):
            page.add(grant.company_id, kind, body)


def _add_whole(
    session: Session, caller: Caller, page: Page, asked: Sequence[str], head: int, room: int
) -> set[str]:
    """Those of these files that there was room for to the end."""
    added: set[str] = set()
    for company_id in asked:
        for kind, body, size in _history(session, caller, company_id, range(head + 1)):
            room -= size
            if room < 0:
                return added
            page.add(company_id, kind, body)
        added.add(company_id)
    return added


def _history(
    session: Session, caller: Caller, company_id: str, places: range
) -> Iterator[tuple[str, bytes, int]]:
    """(kind, body, size) of what these places of the log hold of the file."""
    of_file = {"my_network": caller.network_id, "company": company_id}
    span = {"since": places.start, "end": places.stop}
    rows = session.connection().execute(_HISTORY, of_file | span)
    return ((kind, body, size) for kind, body, size in rows)


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


def _entries() -> Select[int, str, str, int, int]:
    """What concerns a caller, in the order of the log; rights and rows in one statement.

    What the device sent itself need not come back. since: where a grant's stretch of the file's
    history begins, weight: bytes of it from there on, or those that any other entry brings.
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
            earlier.c.seq >= _LOG.change_count,
            earlier.c.seq < _LOG.seq,
        )
        .scalar_subquery()
    )
    weight = case((_LOG.kind == "granted", history), else_=_LOG.size).label("weight")
    return (
        select(_LOG.seq, _LOG.kind, _LOG.company_id, weight, _LOG.change_count.label("since"))
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
_SIZES = (
    select(_LOG.company_id, func.sum(_LOG.size))
    .where(_LOG.network_id == _NETWORK, among(_LOG.company_id, "companies"))
    .group_by(_LOG.company_id)
    .order_by(_LOG.company_id)
)
_HISTORY = (
    select(_LOG.kind, _LOG.body, _LOG.size)
    .where(
        _LOG.network_id == _NETWORK,
        _LOG.company_id == bindparam("company"),
        _HAS_BODY,
        _LOG.seq >= bindparam("since"),
        _LOG.seq < bindparam("end"),
    )
    .order_by(_LOG.seq)
    .execution_options(**{IN_BINARY: True})
)
_BODIES = (
    select(_LOG.company_id, _LOG.kind, _LOG.body)
    .where(_LOG.network_id == _NETWORK, among(_LOG.seq, "seqs"))
    .order_by(_LOG.seq)
    .execution_options(**{IN_BINARY: True})
)
