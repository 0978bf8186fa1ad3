"""Which changes of each company file the server is known to have, counted as they are applied.

Only syncing writes here, so an edit costs nothing more; what is unsent or kept aside by the server
is not counted. Opening an older store counts nothing either: where the numbers differ from the
server's, they are counted anew from the log before anything else is done about it.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, delete

from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.log_tables import table_of
from desktop_advisor.storage.raw_rows import cursor_of, marks, names_in, read_runs
from desktop_advisor.storage.sync_models import FileTally
from sync.protocol import ChangeName, Run
from sync.tally import Tally
from sync.tally import runs as in_runs

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Counted(NamedTuple):
    """Changes of one company file that the server is now known to have."""

    company_id: bytes
    runs: Iterable[Run]


def count_applied(connection: Connection, fresh: Iterable[Counted]) -> None:
    """Add changes that were not applied before."""
    by_file: defaultdict[bytes, list[Run]] = defaultdict(list)
    for company_id, runs in fresh:
        by_file[company_id] += runs
    if not by_file:
        return
    before = counted(connection, by_file)
    nothing = Tally()
    _write(
        connection,
        {c: before.get(c, nothing).with_runs(runs) for c, runs in by_file.items()},
    )


def counted(connection: Connection, company_ids: Collection[bytes]) -> dict[bytes, Tally]:
    """What was counted; nothing for a file of which nothing was."""
    cursor = cursor_of(connection)
    found: dict[bytes, Tally] = {}
    for some in portions(company_ids):
        for company_id, count, mark in cursor.execute(f"{_COUNTED} ({marks(some)})", some):
            found[company_id] = Tally.of(count, mark)
    return found


def recount(connection: Connection, company_ids: Collection[bytes]) -> None:
    """Count these files anew: the log, without what is packed, and what has only arrived."""
    names: dict[bytes, set[ChangeName]] = {company_id: set() for company_id in company_ids}
    cursor = cursor_of(connection)
    for some in portions(names):
        for company_id, writer, n in cursor.execute(f"{_APPLIED} ({marks(some)})", some):
            names[company_id].add((writer.hex(), n))
        for company_id, runs, came in cursor.execute(f"{_PACKED} ({marks(some)})", some):
            names[company_id].difference_update(names_in(read_runs(runs)))
            names[company_id].update(names_in(read_runs(came)))
        for company_id, runs in cursor.execute(f"{_ARRIVED} ({marks(some)})", some):
            names[company_id].update(names_in(read_runs(runs)))
    _write(connection, {c: Tally().with_runs(in_runs(found)) for c, found in names.items()})


def forget(connection: Connection, company_id: uuid.UUID | None = None) -> None:
    """Start again from nothing, for one file or for all."""
    if company_id is None:
        connection.execute(delete(_TABLE))
    else:
        connection.execute(_FORGET, {"of_company": company_id})


def with_quarantined(connection: Connection) -> set[bytes]:
    """The files of which the server keeps changes aside."""
    return {company_id for (company_id,) in cursor_of(connection).execute(_QUARANTINED)}


def _write(connection: Connection, tallies: Mapping[bytes, Tally]) -> None:
    rows = [(company_id, tally.count, tally.text) for company_id, tally in tallies.items()]
    cursor_of(connection).executemany(_REMEMBER, rows)


_TABLE = table_of(FileTally)
_REMEMBER = "INSERT OR REPLACE INTO file_tally (company_id, change_count, mark) VALUES (?, ?, ?)"
_COUNTED = "SELECT company_id, change_count, mark FROM file_tally WHERE company_id IN"
_PACKED = "SELECT company_id, runs, came FROM outbox_parcel WHERE company_id IN"
_ARRIVED = "SELECT company_id, runs FROM arrived_frame WHERE company_id IN"
_FORGET = delete(_TABLE).where(_TABLE.c.company_id == bindparam("of_company"))
_APPLIED = "SELECT company_id, writer, n FROM change_log WHERE upload = 2 AND company_id IN"
# A literal condition, because SQLite uses a partial index only when it can see that it applies.
_QUARANTINED = "SELECT DISTINCT company_id FROM change_log WHERE upload = 3"
