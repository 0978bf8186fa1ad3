"""Received frames: kept as they are while that cannot be seen, and sorted in later."""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select, union

from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.fields import to_json
from desktop_advisor.storage.models import Company
from desktop_advisor.storage.projection import Fresh, merge
from desktop_advisor.storage.raw_rows import (
    bounds_of,
    cursor_of,
    id_bytes,
    marks,
    read_runs,
    runs_text,
)
from desktop_advisor.storage.sync_models import ArrivedFrame
from desktop_advisor.storage.tallies import Counted, forget
from sync.blocks import (
    BlockError,
    changes_of,
    derived_id,
    open_frame,
    read_block,
    read_outline,
    stamps_of,
)
from sync.protocol import Block, Change, Run

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from desktop_advisor.storage.change_log import ChangeLog

MOST_TOGETHER = 20_000
"""Changes that are sorted in at once, where no single frame has more; it bounds what is held in
memory, as a few bytes may stand for many changes."""
_LOGGER = logging.getLogger(__name__)


class Arrival(NamedTuple):
    """A frame of a reply: whose, what its changes are called, and whether it may wait."""

    company_id: str
    runs: list[Run]
    change_count: int
    is_shown_at_once: bool
    frame: bytes
    plain: bytes

    def changes(self) -> list[Change]:
        """One by one; none where they cannot be read."""
        try:
            return list(changes_of(read_block(self.plain)))
        except BlockError as error:
            _LOGGER.info("a received frame cannot be read: %s", error)
            return []


def read_arrivals(frames: Iterable[bytes]) -> list[Arrival]:
    """The frames that can be read; what is lacking then shows when tallies are compared."""
    found = []
    for frame in frames:
        try:
            plain = open_frame(frame)
            outline = read_outline(plain)
        except BlockError as error:
            _LOGGER.info("a received frame cannot be read: %s", error)
            continue
        shown = any(kind[0] == "attachment" for kind in outline.kinds)
        runs = outline.names()
        found.append(Arrival(outline.company_id, runs, outline.count, shown, frame, plain))
    return found


class _Known:
    """Which names are here already, asked for with as few statements as will do."""

    def __init__(self, cursor: Any, company_ids: Collection[bytes]) -> None:
        self._cursor = cursor
        self._spans: dict[bytes, tuple[int, int]] = {}
        self._hulls: dict[str, tuple[int, int]] = {}
        self._arrived: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for some in portions(company_ids):
            for (text,) in cursor.execute(f"{_RUNS_OF} ({marks(some)})", some):
                self.add(read_runs(text))

    def add(self, runs: Iterable[Run]) -> None:
        """These have arrived."""
        for writer, first, length in runs:
            last = first + length - 1
            self._arrived[writer].append((first, last))
            low, high = self._hulls.get(writer, (first, last))
            self._hulls[writer] = (min(low, first), max(high, last))

    def _has_arrived(self, writer: str, low: int, high: int) -> bool:
        """Within the hull of what came by this writer each run is looked at."""
        first, last = self._hulls.get(writer, (1, 0))
        return (
            first <= high
            and low <= last
            and any(first <= high and low <= last for first, last in self._arrived[writer])
        )

    def has_any(self, runs: Sequence[Run]) -> bool:
        """Whether one of these names is in the log or among the arrived."""
        for (writer, low, high), run in zip(bounds_of(runs), runs, strict=True):
            if self._has_arrived(run[0], low, high):
                return True
            span = self._spans.get(writer)
            if span is None:
                row = self._cursor.execute(_SPAN, (writer, writer)).fetchone()
                span = self._spans[writer] = row if row[0] is not None else (1, 0)
            if span[0] <= high and low <= span[1]:
                found = self._cursor.execute(_ANY_OF, (writer, low, high)).fetchone()
                if found is not None:
                    return True
        return False


def keep_arrivals(
    connection: Connection, arrivals: Sequence[Arrival]
) -> tuple[list[Counted], list[Arrival]]:
    """Keep those of which all is new and nothing shows at once; what is to be counted, the rest."""
    cursor = cursor_of(connection)
    known = _Known(cursor, {id_bytes(arrival.company_id) for arrival in arrivals})
    rows, counted, rest = [], [], []
    for arrival in arrivals:
        if arrival.is_shown_at_once or known.has_any(arrival.runs):
            rest.append(arrival)
            continue
        known.add(arrival.runs)
        company_id = id_bytes(arrival.company_id)
        rows.append((company_id, runs_text(arrival.runs), arrival.change_count, arrival.frame))
        counted.append(Counted(company_id, arrival.runs))
    cursor.executemany(_KEEP, rows)
    return counted, rest


def sort_in_some(connection: Connection, log: ChangeLog, limit: int) -> tuple[int, bool]:
    """Sort in about so many frames, the oldest first: how many are left, and whether one is lost"""
    cursor = cursor_of(connection)
    waiting = cursor.execute(_OLDEST, (limit,)).fetchall()
    is_lost = _spread(connection, log, next(_portions(waiting), []))
    return frames_left(connection), is_lost


def sort_in_files(connection: Connection, log: ChangeLog, company_ids: Collection[bytes]) -> bool:
    """Sort in what has arrived of these files; whether a frame is lost."""
    cursor = cursor_of(connection)
    waiting: list[tuple[int, int]] = []
    for some in portions(company_ids):
        waiting += cursor.execute(f"{_IDS_OF} ({marks(some)})", some).fetchall()
    is_lost = False
    for ids in _portions(waiting):
        is_lost = _spread(connection, log, ids) or is_lost
    return is_lost


def _portions(waiting: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The ids of frames, given with how many changes each has, that are sorted in together."""
    some: list[int] = []
    changes = 0
    for frame_id, count in waiting:
        if some and changes + count > MOST_TOGETHER:
            yield some
            some, changes = [], 0
        some.append(frame_id)
        changes += count
    if some:
        yield some


def frames_left(connection: Connection) -> int:
    """How many frames wait to be sorted in."""
    return int(cursor_of(connection).execute(_LEFT).fetchone()[0])


def is_waiting(connection: Connection, company_ids: Collection[bytes]) -> bool:
    """Whether anything of these files waits to be sorted in."""
    cursor = cursor_of(connection)
    return any(
        cursor.execute(f"{_IDS_OF} ({marks(some)}) LIMIT 1", some).fetchone()
        for some in portions(company_ids)
    )


def files_here(session: Session) -> int:
    """How many company files are here, those that have only arrived included."""
    every = union(select(Company.id), select(ArrivedFrame.company_id)).subquery()
    return session.scalar(select(func.count()).select_from(every)) or 0


def _spread(connection: Connection, log: ChangeLog, ids: Sequence[int]) -> bool:
    """The frames of these ids become changes of the log, and what they come to is shown.

    One that cannot be read is let go of, and True is the answer: without it the tallies differ, and
    the file is exchanged whole.
    """
    cursor = cursor_of(connection)
    is_lost = False
    newest = 0
    fresh: dict[tuple[bytes, int], Fresh] = {}
    rows = [
        row
        for some in portions(ids)
        for row in cursor.execute(f"{_FRAMES} ({marks(some)}) ORDER BY id", some)
    ]
    for company_id, frame in rows:
        try:
            block = read_block(open_frame(frame))
        except BlockError as error:
            _LOGGER.info("an arrived frame cannot be read: %s", error)
            forget(connection, uuid.UUID(bytes=company_id))
            is_lost = True
            continue
        newest = max(newest, *stamps_of(block))
        for change in rows_of(block):
            fresh.setdefault(change[:2], change)
        for bounds in bounds_of(block.names()):
            cursor.execute(_APPLY, bounds)
            for name in cursor.execute(_KNOWN, bounds):
                fresh.pop(name, None)
    if fresh:
        merge(connection, list(fresh.values()))
    if newest:
        log.observe(connection, newest)
    cursor.executemany(_DROP, [(frame_id,) for frame_id in ids])
    return is_lost


def rows_of(block: Block) -> Iterator[Fresh]:
    """The block's changes as rows of the log."""
    company_id, labels = id_bytes(block.company_id), block.labels
    ids, said = _row_ids(block)
    kinds = [(kind[0], kind[1], kind[2:]) for kind in block.kinds]
    bases = {based[0]: _bases(block, based) for based in block.bases}
    names = ((w, n) for w, first, last in bounds_of(block.names()) for n in range(first, last + 1))
    made = ((labels[m[1]], labels[m[2]], m[3]) for m in block.made for _ in repeat(None, m[0]))
    values = map(to_json, block.values)
    edits = zip(block.edits, accumulate(block.row), stamps_of(block), strict=True)
    columns = ((kind, row, hlc) for edit, row, hlc in edits for kind in block.shapes[edit])
    changes = zip(names, made, columns, strict=True)
    for place, ((writer, n), (author, device, schema), (kind, row, hlc)) in enumerate(changes):
        entity, field, members = kinds[kind]
        value = to_json(dict(zip(members, said[row], strict=True))) if members else next(values)
        based = bases.get(place, "[]")
        entity_id = ids[row]
        yield (
            *(writer, n, company_id, entity, entity_id, field, value, based, hlc),
            *(author, device, schema),
        )


def _row_ids(block: Block) -> tuple[list[bytes], dict[int, tuple[str, str]]]:
    """The id of each row; of those that are derived what they are derived from."""
    ids: list[bytes] = []
    said: dict[int, tuple[str, str]] = {}
    for place, given in enumerate(block.ids):
        if isinstance(given, str):
            ids.append(id_bytes(given))
            continue
        parent = str(block.ids[given[0]])
        said[place] = (parent, given[1])
        ids.append(id_bytes(derived_id(parent, given[1])))
    return ids, said


def _bases(block: Block, based: Sequence[int]) -> str:
    return to_json([(block.writers[w], n) for w, n in zip(based[1::2], based[2::2], strict=True)])


_RUNS_OF = "SELECT runs FROM arrived_frame WHERE company_id IN"
_IDS_OF = "SELECT id, change_count FROM arrived_frame WHERE company_id IN"
_FRAMES = "SELECT company_id, frame FROM arrived_frame WHERE id IN"
_OLDEST = "SELECT id, change_count FROM arrived_frame ORDER BY id LIMIT ?"
_LEFT = "SELECT count(*) FROM arrived_frame"
_DROP = "DELETE FROM arrived_frame WHERE id = ?"
_KEEP = "INSERT INTO arrived_frame (company_id, runs, change_count, frame) VALUES (?, ?, ?, ?)"
_SPAN = (
    "SELECT (SELECT min(n) FROM change_log WHERE writer = ?),"
    " (SELECT max(n) FROM change_log WHERE writer = ?)"
)
_APPLY = "UPDATE change_log SET upload = 2 WHERE writer = ? AND n BETWEEN ? AND ? AND upload = 0"
_KNOWN = "SELECT writer, n FROM change_log WHERE writer = ? AND n BETWEEN ? AND ?"
_ANY_OF = "SELECT 1 FROM change_log WHERE writer = ? AND n BETWEEN ? AND ? LIMIT 1"
