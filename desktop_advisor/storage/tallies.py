"""Which changes of each company file the server is known to have, counted as they are applied.

Only syncing writes here, so an edit costs nothing more; what is unsent or kept aside by the server
is not counted. Opening an older store counts nothing either: where the numbers differ from the
server's, they are counted anew from the log before anything else is done about it.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, text

from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.log_tables import LOG, Upload, table_of
from desktop_advisor.storage.sync_models import FileTally
from sync.protocol import ChangeName
from sync.tally import Tally, runs

if TYPE_CHECKING:
    from sqlalchemy import Connection

Named = tuple[uuid.UUID, ChangeName]
"""A change and the company file it belongs to."""


def count_applied(connection: Connection, fresh: Iterable[Named]) -> None:
    """Add changes that were not applied before."""
    by_file: dict[uuid.UUID, list[ChangeName]] = defaultdict(list)
    for company_id, name in fresh:
        by_file[company_id].append(name)
    before = counted(connection, by_file)
    _write(
        connection,
        {
            company_id: before.get(company_id, Tally()).with_runs(runs(names))
            for company_id, names in by_file.items()
        },
    )


def counted(connection: Connection, company_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Tally]:
    """What was counted; nothing for a file of which nothing was."""
    return {
        row.company_id: Tally.of(row.change_count, row.mark)
        for ids in portions(company_ids)
        for row in connection.execute(_COUNTED, {"ids": ids})
    }


def recount(connection: Connection, company_ids: Collection[uuid.UUID]) -> None:
    """Count these files from the log: one pass over all of it."""
    names: dict[uuid.UUID, list[ChangeName]] = {company_id: [] for company_id in company_ids}
    for ids in portions(company_ids):
        for row in connection.execute(_APPLIED, {"ids": ids}):
            names[row.company_id].append((row.writer.hex(), row.n))
    _write(connection, {c: Tally().with_runs(runs(found)) for c, found in names.items()})


def forget(connection: Connection, company_id: uuid.UUID | None = None) -> None:
    """Start again from nothing, for one file or for all."""
    if company_id is None:
        connection.execute(delete(_TABLE))
    else:
        connection.execute(_FORGET, {"of_company": company_id})


def with_quarantined(connection: Connection, company_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these files of which the server keeps changes aside."""
    return {
        company_id
        for ids in portions(company_ids)
        for company_id in connection.execute(_QUARANTINED, {"ids": ids}).scalars()
    }


def _write(connection: Connection, tallies: Mapping[uuid.UUID, Tally]) -> None:
    rows = [
        {"company_id": company_id, "change_count": tally.count, "mark": tally.text}
        for company_id, tally in tallies.items()
    ]
    if rows:
        connection.execute(_REMEMBER, rows)


_TABLE = table_of(FileTally)
_REMEMBER = insert(_TABLE).prefix_with("OR REPLACE")
_FORGET = delete(_TABLE).where(_TABLE.c.company_id == bindparam("of_company"))
_COUNTED = select(_TABLE).where(_TABLE.c.company_id.in_(bindparam("ids", expanding=True)))
_APPLIED = select(LOG.c.company_id, LOG.c.writer, LOG.c.n).where(
    LOG.c.company_id.in_(bindparam("ids", expanding=True)), LOG.c.upload == int(Upload.APPLIED)
)
# A literal condition, because SQLite uses a partial index only when it can see that it applies.
_QUARANTINED = (
    select(LOG.c.company_id)
    .where(LOG.c.company_id.in_(bindparam("ids", expanding=True)), text("upload = 3"))
    .distinct()
)
