"""Takes a company file off this laptop: withdrawn, or erased for good (Art. 17 GDPR)."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import BindParameter, bindparam, delete, insert, select, text, union

from desktop_advisor.storage.attachments import is_sha256
from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.log_tables import CONFLICTS, LOG, ConfirmedFile, LocalValue, table_of
from desktop_advisor.storage.models import ENTITIES, Attachment
from desktop_advisor.storage.outbox import sweep_frames
from desktop_advisor.storage.projection import fold
from desktop_advisor.storage.search import catch_up
from desktop_advisor.storage.store import Store, save_local_value
from desktop_advisor.storage.sync_models import (
    ArrivedFrame,
    ErasedFile,
    FileTally,
    JournalEntry,
    OutboxParcel,
)
from sync.protocol import Gone, Tombstone

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

PURGED = "purged"


class Erased(NamedTuple):
    """The files of which something was here, and SHA-256 of the bytes that nothing names now."""

    files: tuple[Gone, ...]
    unnamed: set[str]


def files_that_stay(connection: Connection, gone: Iterable[Gone]) -> set[str]:
    """Those withdrawn files that still have changes to be sent: they go up first."""
    withdrawn = {uuid.UUID(file.company_id) for file in gone if file.reason != PURGED}
    return {
        str(company_id)
        for ids in portions(withdrawn)
        for company_id in connection.execute(_UNSENT, {"ids": ids}).scalars()
    }


def erase(connection: Connection, gone: Sequence[Gone]) -> Erased:
    """Everything of these files goes: records, history, conflicts, tally, lines of the journal,
    what is packed to be sent, what has only arrived.

    With them go the values of this laptop that belong to one of their cases or visits. What stays
    is that they are to stay away.
    """
    reasons = {uuid.UUID(file.company_id): file for file in gone}
    here: set[uuid.UUID] = set()
    for ids in portions(reasons):
        here |= set(connection.execute(_PRESENT, {"ids": ids}).scalars())
    marks: list[dict[str, Any]] = [
        {"company_id": company_id, "erased_at": _moment(file), "reason": file.reason}
        for company_id, file in reasons.items()
        if company_id in here or file.reason == PURGED
    ]
    if marks:
        connection.execute(_REMEMBER, marks)
    named: set[str] = set()
    _forget_local_values(connection, here)
    rows = _rows_of(connection, here)
    # A line of the journal may name a file that had been withdrawn before it was purged.
    for ids in portions(here | {mark["company_id"] for mark in marks}):
        named |= set(connection.execute(_HASHES_OF, {"ids": ids}).scalars())
        for statement in _DELETE:
            connection.execute(statement, {"ids": ids})
    _show_what_is_left(connection, rows)
    sweep_frames(connection)
    still_named: set[str] = set()
    for some in portions(named):
        still_named |= set(connection.execute(_NAMED_ELSEWHERE, {"hashes": some}).scalars())
    return Erased(tuple(reasons[company_id] for company_id in here), named - still_named)


def _rows_of(connection: Connection, company_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    return {
        row
        for ids in portions(company_ids)
        for row in connection.execute(_ROWS_OF, {"ids": ids}).scalars()
    }


def _show_what_is_left(connection: Connection, rows: Collection[uuid.UUID]) -> None:
    """Of rows of an erased file what another file says of them, which was not shown before."""
    left: set[uuid.UUID] = set()
    for some in portions(rows):
        left |= set(connection.execute(_STILL_LOGGED, {"rows": some}).scalars())
    fold(connection, left)


def _forget_local_values(connection: Connection, company_ids: Collection[uuid.UUID]) -> None:
    """Those that carry a row's id in their name, such as signatures that wait for their seal."""
    named: dict[uuid.UUID, list[str]] = defaultdict(list)
    for name in connection.execute(_LOCAL_NAMES).scalars() if company_ids else ():
        for found in _ID_IN_NAME.findall(name):
            named[uuid.UUID(found)].append(name)
    for ids in portions(named):
        for row in connection.execute(_OWNERS, {"rows": ids}):
            if row.company_id in company_ids:
                for name in named[row.entity_id]:
                    connection.execute(_FORGET_LOCAL, {"of_name": name})


def kept_away(connection: Connection, company_ids: Collection[str]) -> set[str]:
    """Those of these files that were erased for good: nothing of them is taken in again."""
    ids = {uuid.UUID(company_id) for company_id in company_ids}
    return {
        str(company_id)
        for some in portions(ids)
        for company_id in connection.execute(_PURGED_AMONG, {"ids": some}).scalars()
    }


def welcome_back(connection: Connection, company_ids: Collection[str]) -> None:
    """Withdrawn files that have been assigned again."""
    for ids in portions({uuid.UUID(company_id) for company_id in company_ids}):
        connection.execute(_BACK, {"ids": ids})


def tombstones(connection: Connection) -> list[Tombstone]:
    """What was erased for good, the newest first."""
    return [
        Tombstone(
            company_id=str(row.company_id),
            erased_ms=round(row.erased_at.timestamp() * 1000),
            reason=row.reason,
        )
        for row in connection.execute(_TOMBSTONES)
    ]


def _moment(gone: Gone) -> datetime:
    if gone.erased_ms:
        return datetime.fromtimestamp(gone.erased_ms / 1000, UTC)
    return datetime.now(UTC)


class _Leftovers(msgspec.Struct, frozen=True):
    """What an erasure that is written down has still to take out of other places."""

    hashes: tuple[str, ...]
    is_purge: bool


def note_leftovers(session: Session, erased: Erased, *, is_purge: bool) -> None:
    """Write down, with the erasure itself, what `clear_away` does once it is durable."""
    before = session.connection().execute(_LEFT).scalar()
    known = msgspec.json.decode(before, type=_Leftovers) if before else _Leftovers((), False)
    hashes = {*known.hashes, *filter(is_sha256, erased.unnamed)}  # anything may have been named
    left = _Leftovers(tuple(sorted(hashes)), known.is_purge or is_purge)
    save_local_value(session, _LEFTOVERS, msgspec.json.encode(left))


def clear_away(store: Store) -> None:
    """Let go of bytes that nothing names, words of the index, and after a purge of old copies.

    Called again when the store is opened, as the program may have been ended before.
    """
    with store.read() as session:
        raw = session.connection().execute(_LEFT).scalar()
    if raw is None:
        return
    with store.maintain() as session:
        left = msgspec.json.decode(raw, type=_Leftovers)
        named: set[str] = set()
        for some in portions(left.hashes):
            named |= set(session.connection().execute(_NAMED_ELSEWHERE, {"hashes": some}).scalars())
        for sha256 in set(left.hashes) - named:
            store.files.remove(sha256)
    forget_words(store)
    if left.is_purge:
        store.drop_copies()
    with store.maintain() as session:
        if session.connection().execute(_LEFT).scalar() == raw:
            save_local_value(session, _LEFTOVERS, None)


def forget_words(store: Store) -> None:
    """Take the erased notes' words out of the search index, where there is one already.

    Taking an entry out only marks it; its words are gone once the parts of the index are merged.
    """
    with store.read() as session:
        if session.connection().execute(text(_HAS_INDEX)).first() is None:
            return
    if catch_up(store):
        with store.maintain() as session:
            session.connection().execute(text(_MERGE_INDEX))


_ID_IN_NAME = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LEFTOVERS = "secret:leftovers of an erasure"
_LOCAL = table_of(LocalValue)
_LEFT = select(_LOCAL.c.value).where(_LOCAL.c.name == _LEFTOVERS)
_LOCAL_NAMES = select(_LOCAL.c.name).where(_LOCAL.c.name.like("%-%-%-%-%"))
_FORGET_LOCAL = delete(_LOCAL).where(_LOCAL.c.name == bindparam("of_name"))
_OWNERS = (
    select(LOG.c.entity_id, LOG.c.company_id)
    .where(LOG.c.entity_id.in_(bindparam("rows", expanding=True)))
    .distinct()
)
_STILL_LOGGED = (
    select(LOG.c.entity_id).where(LOG.c.entity_id.in_(bindparam("rows", expanding=True))).distinct()
)
_ERASED = table_of(ErasedFile)
_ATTACHMENTS = table_of(Attachment)
_IDS: BindParameter[list[uuid.UUID]] = bindparam("ids", expanding=True)
_ROWS_OF = select(LOG.c.entity_id).where(LOG.c.company_id.in_(_IDS)).distinct()
_PARCELS, _ARRIVED = table_of(OutboxParcel), table_of(ArrivedFrame)
_TABLES = (
    *(table_of(record) for record in ENTITIES.values()),
    *(table_of(record) for record in (FileTally, JournalEntry, ConfirmedFile)),
    _PARCELS,
    _ARRIVED,
    CONFLICTS,
    LOG,
)
_DELETE = [delete(table).where(table.c.company_id.in_(_IDS)) for table in _TABLES]
# A literal condition, because SQLite uses a partial index only when it can see that it applies.
_UNSENT = union(
    select(LOG.c.company_id).where(LOG.c.company_id.in_(_IDS), text("upload < 2")),
    select(_PARCELS.c.company_id).where(
        _PARCELS.c.company_id.in_(_IDS), _PARCELS.c.waiting_count > 0
    ),
)
_PRESENT = union(
    select(LOG.c.company_id).where(LOG.c.company_id.in_(_IDS)),
    select(_ARRIVED.c.company_id).where(_ARRIVED.c.company_id.in_(_IDS)),
)
_HASHES_OF = (
    select(_ATTACHMENTS.c.sha256)
    .where(_ATTACHMENTS.c.company_id.in_(_IDS), _ATTACHMENTS.c.sha256 != "")
    .distinct()
)
_NAMED_ELSEWHERE = select(_ATTACHMENTS.c.sha256).where(
    _ATTACHMENTS.c.sha256.in_(bindparam("hashes", expanding=True))
)
_REMEMBER = insert(_ERASED).prefix_with("OR REPLACE")
_PURGED_AMONG = select(_ERASED.c.company_id).where(
    _ERASED.c.company_id.in_(_IDS), _ERASED.c.reason == PURGED
)
_BACK = delete(_ERASED).where(_ERASED.c.company_id.in_(_IDS), _ERASED.c.reason != PURGED)
_TOMBSTONES = select(_ERASED).where(_ERASED.c.reason == PURGED).order_by(_ERASED.c.erased_at.desc())
_MERGE_INDEX = "INSERT INTO search_notes (search_notes) VALUES ('optimize')"
_HAS_INDEX = "SELECT 1 FROM sqlite_master WHERE name = 'search_waiting'"
