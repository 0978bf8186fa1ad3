"""A hand-over package and the store: what goes in, and what comes of it, by the rules of a pull."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, bindparam, func, select, update

from desktop_advisor.storage.change_log import add_foreign, portions, to_change
from desktop_advisor.storage.log_tables import LOG, OpenConflict, Upload
from desktop_advisor.storage.models import Attachment, Company
from desktop_advisor.storage.package_errors import DamagedPackage
from desktop_advisor.storage.package_records import RECORD_BYTES, PackedFile
from desktop_advisor.storage.projection import fold
from desktop_advisor.storage.sync_models import ErasedFile
from desktop_advisor.storage.sync_port import sort_in_all
from sync.protocol import Change, ChangeName, Changeset

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from desktop_advisor.storage.store import Store

_ENVELOPE_BYTES = 280
"""What a change weighs in JSON beside its value and bases."""


# -- packing -------------------------------------------------------------------------------------


def packed_files(session: Session, company_ids: Collection[uuid.UUID]) -> list[PackedFile]:
    """The company files that there is anything of, with the length of their histories."""
    counts: dict[uuid.UUID, int] = {}
    for ids in portions(company_ids):
        counts |= {row.company_id: row.many for row in session.execute(_COUNTS, {"ids": ids})}
    names = _names(session, counts)
    return [
        PackedFile(company_id=str(file), name=names.get(file, ""), changes=counts[file])
        for file in sorted(counts)
    ]


def history(session: Session, company_ids: Collection[uuid.UUID]) -> Iterator[list[Changeset]]:
    """All changes of these files in the log's order, a bounded portion at a time."""
    for ids in portions(company_ids):
        grouped: dict[str, list[Change]] = defaultdict(list)
        weight = 0
        for row in (
            session.connection().execution_options(yield_per=500).execute(_HISTORY, {"ids": ids})
        ):
            change = to_change(row)
            grouped[change.company_id].append(change)
            weight += _ENVELOPE_BYTES + len(row.value.encode()) + len(row.bases)
            if weight >= RECORD_BYTES:
                yield _changesets(grouped)
                grouped, weight = defaultdict(list), 0
        if grouped:
            yield _changesets(grouped)


def attachment_hashes(session: Session, company_ids: Collection[uuid.UUID]) -> list[str]:
    """SHA-256 of the attachments that these files show, each once, sorted."""
    found: set[str] = set()
    for ids in portions(company_ids):
        found |= set(session.scalars(_HASHES, {"ids": ids}))
    return sorted(found)


# -- taking --------------------------------------------------------------------------------------


@contextmanager
def taking(store: Store, *, keeps: bool) -> Iterator[Session]:
    """The one write transaction of a package; without `keeps` all of it is taken back.

    What has arrived is sorted in before, or a package would bring the same once more.
    """
    sort_in_all(store)
    with store.maintain() as session:
        yield session
        if not keeps:
            session.rollback()


@dataclass
class Intake:
    """What comes of a package's changes inside one write transaction.

    kept_away: company files that are erased here, with the reason. known_files: those that
    something was here of before. fresh: changes per company file that were not here.
    """

    session: Session
    company_ids: Sequence[uuid.UUID]
    kept_away: dict[uuid.UUID, str] = field(init=False)
    known_files: set[uuid.UUID] = field(init=False)
    fresh: Counter[uuid.UUID] = field(default_factory=Counter)
    newest_hlc: int = 0

    def __post_init__(self) -> None:
        self.kept_away = _kept_away(self.session, self.company_ids)
        there = packed_files(self.session, self.company_ids)
        self.known_files = {uuid.UUID(file.company_id) for file in there}
        self._conflicts_before = _conflicts(self.session, self.company_ids)
        self._touched: set[uuid.UUID] = set()

    def add(self, changes: Sequence[Change]) -> None:
        """Store what is not here yet; it goes to the server with the next sync.

        Raises: DamagedPackage, where another change stands here under the same name.
        """
        wanted = [c for c in changes if uuid.UUID(c.company_id) not in self.kept_away]
        connection = self.session.connection()
        known = _known_changes(connection, [change.name for change in wanted])
        fresh: dict[ChangeName, Change] = {}
        for change in wanted:
            there = known.get(change.name) or fresh.get(change.name)
            if there is None:
                fresh[change.name] = change
            elif there != change:
                raise DamagedPackage("Dieses Übergabepaket widerspricht dem, was schon da ist.")
        if not fresh:
            return
        self._touched |= set(add_foreign(connection, fresh.values()))
        connection.execute(_UNSENT, [_key(name) for name in fresh])
        self.fresh.update(uuid.UUID(change.company_id) for change in fresh.values())
        self.newest_hlc = max(self.newest_hlc, *(change.hlc for change in fresh.values()))

    def set_clock(self, store: Store) -> None:
        """Later edits are to be newer than what came."""
        if self.newest_hlc:
            store.change_log.observe(self.session.connection(), self.newest_hlc)

    def fold(self) -> None:
        """The typed tables follow from what came."""
        fold(self.session.connection(), self._touched)
        self.session.expire_all()

    def new_conflicts(self) -> Counter[uuid.UUID]:
        """After `fold`: fields per company file that were not in conflict before."""
        now = _conflicts(self.session, self.company_ids)
        fresh = now.keys() - self._conflicts_before.keys()
        return Counter(now[key] for key in fresh)

    def attachments(self) -> set[str]:
        """After `fold`: SHA-256 of what the taken company files show."""
        taken = [file for file in self.company_ids if file not in self.kept_away]
        return set(attachment_hashes(self.session, taken))


def _kept_away(session: Session, company_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, str] = {}
    for ids in portions(company_ids):
        rows = session.scalars(select(ErasedFile).where(ErasedFile.company_id.in_(ids)))
        found |= {row.company_id: row.reason for row in rows}
    return found


def _conflicts(
    session: Session, company_ids: Collection[uuid.UUID]
) -> dict[tuple[uuid.UUID, str, str], uuid.UUID]:
    """Field in conflict → its company file."""
    found: dict[tuple[uuid.UUID, str, str], uuid.UUID] = {}
    for ids in portions(company_ids):
        for row in session.execute(_CONFLICTS, {"ids": ids}):
            found[row.entity_id, row.entity, row.field] = row.company_id
    return found


def _known_changes(connection: Connection, names: Sequence[ChangeName]) -> dict[ChangeName, Change]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for writer, n in names:
        numbers[writer].append(n)
    found: dict[ChangeName, Change] = {}
    for writer, all_n in numbers.items():
        for some in portions(all_n):
            keys = {"of_writer": bytes.fromhex(writer), "numbers": some}
            for row in connection.execute(_BY_NAME, keys):
                found[writer, row.n] = to_change(row)
    return found


def _names(session: Session, company_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, str] = {}
    for ids in portions(company_ids):
        rows = session.execute(select(Company.id, Company.name).where(Company.id.in_(ids)))
        found |= {row.id: row.name for row in rows}
    return found


def _changesets(grouped: dict[str, list[Change]]) -> list[Changeset]:
    return [Changeset(company_id=file, changes=tuple(some)) for file, some in grouped.items()]


def _key(name: ChangeName) -> dict[str, object]:
    return {"of_writer": bytes.fromhex(name[0]), "of_n": name[1]}


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_COUNTS = (
    select(LOG.c.company_id, func.count().label("many"))
    .where(LOG.c.company_id.in_(_IDS))
    .group_by(LOG.c.company_id)
)
_HISTORY = select(LOG).where(LOG.c.company_id.in_(_IDS)).order_by(LOG.c.seq)
_HASHES = select(Attachment.sha256).where(
    Attachment.company_id.in_(_IDS), Attachment.deleted.is_(False), Attachment.sha256 != ""
)
_CONFLICTS = select(
    OpenConflict.entity_id, OpenConflict.entity, OpenConflict.field, OpenConflict.company_id
).where(OpenConflict.company_id.in_(_IDS))
_BY_NAME = select(LOG).where(
    LOG.c.writer == bindparam("of_writer"), LOG.c.n.in_(bindparam("numbers", expanding=True))
)
_UNSENT = (
    update(LOG)
    .where(LOG.c.writer == bindparam("of_writer"), LOG.c.n == bindparam("of_n"))
    .values(upload=int(Upload.LOCAL))
)
