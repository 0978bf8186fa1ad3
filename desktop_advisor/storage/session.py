"""The session that use cases edit with: nobody can forget to write the change log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import InstanceState, ORMExecuteState, Session
from sqlalchemy.orm.attributes import set_committed_value

from desktop_advisor.storage.change_log import ChangeLog, Edit, FieldKey, current_heads
from desktop_advisor.storage.fields import EntityShape, moment_of, shape_of_class
from desktop_advisor.storage.projection import fold
from desktop_advisor.storage.sealed import refuse_sealed_changes

if TYPE_CHECKING:
    from sqlalchemy import Engine


class BypassesChangeLog(RuntimeError):
    """A write that the change log would not see: a fault of ours, never of the advisor."""


@dataclass
class Pen:
    """Who writes, into which log, under which stamp: one stamp for one edit.

    hlc: 0 until the first change of the edit.
    """

    log: ChangeLog
    author: str
    hlc: int = 0

    def stamp(self) -> int:
        """The hybrid logical stamp of this edit, drawn at its first change."""
        self.hlc = self.hlc or self.log.next_stamp()
        return self.hlc


class StoreSession(Session):
    """A session on the local store; without a pen it only reads.

    Attributes:
        awaited: new rows of which the log knew fields before, until the flush is over.
    """

    def __init__(self, engine: Engine, pen: Pen | None) -> None:
        # Rows stay readable after the commit, because use cases hand them on as values.
        super().__init__(engine, expire_on_commit=False)
        self.pen = pen
        self.awaited: list[Any] = []

    def write(self, edits: Sequence[Edit]) -> set[FieldKey]:
        """Log these edits now; which of them were news. The caller sees to the typed rows."""
        if self.pen is None:
            raise BypassesChangeLog("this session only reads; use Store.edit")
        pen = self.pen
        return pen.log.append(self.connection(), edits, author=pen.author, hlc=pen.stamp())

    def bulk_save_objects(self, *_args: Any, **_kwargs: Any) -> None:
        """Refused: bulk operations skip the flush."""
        raise BypassesChangeLog("bulk operations are not logged; set attributes instead")

    def bulk_insert_mappings(self, *_args: Any, **_kwargs: Any) -> None:
        """Refused: bulk operations skip the flush."""
        raise BypassesChangeLog("bulk operations are not logged; set attributes instead")

    def bulk_update_mappings(self, *_args: Any, **_kwargs: Any) -> None:
        """Refused: bulk operations skip the flush."""
        raise BypassesChangeLog("bulk operations are not logged; set attributes instead")


def write_and_fold(session: Session, edits: Sequence[Edit]) -> None:
    """Log edits that no attribute stands for, and let typed rows and loaded objects follow."""
    if not isinstance(session, StoreSession):
        raise BypassesChangeLog("not a session of the store")
    session.flush()
    session.write(edits)
    ids = {edit.entity_id for edit in edits}
    fold(session.connection(), ids)
    loaded: list[Any] = list(session.identity_map.values())
    for record in loaded:
        if shape_of_class(type(record)) and record.id in ids:
            session.expire(record)


@event.listens_for(StoreSession, "do_orm_execute")
def _refuse_statements_that_write(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise BypassesChangeLog("statements may only select; set attributes instead")


@event.listens_for(StoreSession, "before_flush")
def _log_edits(session: StoreSession, _context: object, _instances: object) -> None:
    if session.deleted:
        raise BypassesChangeLog("rows are not deleted; set `deleted`")
    new = [r for r in session.new if shape_of_class(type(r))]
    changed = [
        r
        for r in session.dirty
        if shape_of_class(type(r)) and session.is_modified(r, include_collections=False)
    ]
    if not new and not changed:
        return
    with session.no_autoflush:
        edits_of = {r: _edits(r, is_new=False) for r in changed}
        set_fields = {r: {e.field for e in edits} for r, edits in edits_of.items()}
        refuse_sealed_changes(session, new, set_fields)
        edits_of |= {r: _edits(r, is_new=True) for r in new}
        session.awaited = _known_before(session, new)
        logged = session.write([edit for edits in edits_of.values() for edit in edits])
        for record in edits_of:
            _date_stamped_columns(session, record, logged)


def _known_before(session: StoreSession, new: Sequence[Any]) -> list[Any]:
    """New rows of which changes have arrived already, though not yet that they exist."""
    if not new:
        return []
    heads = current_heads(session.connection(), {r.id for r in new})
    known = {(entity, entity_id) for entity, entity_id, _field in heads}
    return [r for r in new if (_shape(r).name, r.id) in known]


@event.listens_for(StoreSession, "after_flush_postexec")
def _show_what_was_awaited(session: StoreSession, _context: object) -> None:
    """Such a row shows what the log says, not its columns' defaults."""
    awaited, session.awaited = session.awaited, []
    if awaited:
        fold(session.connection(), {record.id for record in awaited})
        for record in awaited:
            session.expire(record)


def _edits(record: Any, *, is_new: bool) -> Iterable[Edit]:
    """One edit for each field that was set; a new row always says that it exists."""
    known = _shape(record)
    state: InstanceState[Any] = inspect(record)
    if not is_new:
        _refuse_moved_row(known, state)
    names = {
        field: None
        for column, field in known.field_of_column.items()
        if (column in state.dict if is_new else state.attrs[column].history.has_changes())
    }
    if is_new:
        names = {known.existence: None} | names
    edits = []
    for name in names:
        field = known.fields[name]
        columns = [c.key for c in field.columns]
        values = {c: getattr(record, c) for c in columns if not is_new or c in state.dict}
        edits.append(
            Edit(
                company_id=record.company_id,
                entity=known.name,
                entity_id=record.id,
                field=name,
                value=field.encode(values),
                is_forced=is_new and name == known.existence,
            )
        )
    return edits


def _refuse_moved_row(known: EntityShape, state: InstanceState[Any]) -> None:
    """A row keeps its key and its company file for life: both name it in every change."""
    fixed = {"company_id", *(c.key for c in known.table.primary_key)}
    if any(state.attrs[column].history.has_changes() for column in fixed):
        raise BypassesChangeLog(f"{known.name}: key and company_id never change")


def _date_stamped_columns(session: StoreSession, record: Any, logged: set[FieldKey]) -> None:
    """Stamped columns follow from the log, whatever the caller has set."""
    known = _shape(record)
    for column, source in known.stamped.items():
        if (known.name, record.id, source) in logged and session.pen is not None:
            setattr(record, column, moment_of(session.pen.stamp()))
        elif inspect(record).attrs[column].history.has_changes():
            heads = current_heads(session.connection(), [record.id])
            said = heads.get((known.name, record.id, source), [])
            stamps = [h.hlc for h in said if h.company_id == record.company_id]
            moment = moment_of(max(stamps)) if stamps else None
            if inspect(record).transient or inspect(record).pending:
                setattr(record, column, moment)
            else:
                set_committed_value(record, column, moment)


def _shape(record: object) -> EntityShape:
    known = shape_of_class(type(record))
    if known is None:
        raise BypassesChangeLog(f"{type(record).__name__} is no record of a company file")
    return known
