"""Who changed what, when; and step by step back (design §5)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, select

from desktop_advisor.domain.identifiers import answer_id
from desktop_advisor.storage.change_log import Edit, names_from_json, portions
from desktop_advisor.storage.fields import from_json, moment_of, shape
from desktop_advisor.storage.log_tables import LOG, LoggedChange, LogRow, Upload
from desktop_advisor.storage.models import Answer
from desktop_advisor.storage.outbox import on_their_way
from desktop_advisor.storage.session import write_and_fold
from sync.protocol import ChangeName

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

UNDOABLE = ("response", "evidence", "note")
"""Fields of an answer that an undo takes back."""


@dataclass(frozen=True)
class PastChange:
    """One change of a row. is_current: no later change has replaced it. value: JSON value."""

    field: str
    value: Any
    author: str
    device: str
    at: datetime
    is_current: bool
    is_own: bool
    upload: Upload
    reason: str


def history(session: Session, entity_id: uuid.UUID) -> list[PastChange]:
    """All changes of one row, newest first."""
    query = select(LoggedChange).where(LoggedChange.entity_id == entity_id)
    rows = sorted(session.scalars(query), key=lambda r: (r.hlc, r.writer, r.n), reverse=True)
    packed = on_their_way(session.connection(), {row.company_id.bytes for row in rows})
    return [
        PastChange(
            field=row.field,
            value=from_json(row.value),
            author=row.author,
            device=row.device,
            at=moment_of(row.hlc),
            is_current=row.is_head,
            is_own=row.is_own,
            upload=packed.get((row.writer.hex(), row.n), Upload(row.upload)),
            reason=row.reason,
        )
        for row in rows
    ]


def undo_last(session: Session, assessment_id: uuid.UUID) -> str | None:
    """The question whose last edit on this laptop was taken back; None when nothing is left.

    Of an edit that changed several, the one written first.
    Writes new changes with the values before that edit. Another call goes one edit further back:
    an undo is no edit. What a colleague has changed since is left alone.
    """
    session.flush()
    questions = session.scalars(
        select(Answer.question).where(Answer.assessment_id == assessment_id)
    )
    question_of = {answer_id(assessment_id, question): question for question in questions}
    past = _Past(_rows(session, question_of))
    for edit in past.own_edits():
        undone = past.undo(edit)
        if undone:
            write_and_fold(session, undone)
            return question_of[undone[-1].entity_id]
    return None


def undo_last_row(session: Session, ids: Sequence[uuid.UUID], birth: str) -> uuid.UUID | None:
    """The row among `ids` whose last edit on this laptop was taken back; None when nothing is left.

    birth: a field that is written only when a row is made; to take that edit back is to delete the
    row. Otherwise as `undo_last`.
    """
    session.flush()
    past = _Past(_rows(session, ids, _ALL_FIELDS))
    for edit in past.own_edits():
        undone = past.undo_row(edit, birth)
        if undone:
            write_and_fold(session, undone)
            return undone[-1].entity_id
    return None


def undo_edit(session: Session, ids: Sequence[uuid.UUID], of: tuple[uuid.UUID, str]) -> bool:
    """Take back the edit, of whichever laptop, that last set this field of this row.

    With it what the same edit did to the other rows among `ids`; what has changed since is left
    alone. False where there is nothing to take back.
    """
    session.flush()
    rows = _rows(session, ids, _ALL_FIELDS)
    heads = [r for r in rows if r.is_head and (r.entity_id, r.field) == of]
    edit = [row for row in rows for head in heads[-1:] if _edit_name(row) == _edit_name(head)]
    undone = _Past(rows).undo(edit)
    if undone:
        write_and_fold(session, undone)
    return bool(undone)


def reaffirm(session: Session, answers: Iterable[Answer]) -> None:
    """Say again what these answers say, where another laptop may know them already.

    Whoever takes one back there without having seen it, then meets it as a conflict.
    """
    company_of = {answer.id: answer.company_id for answer in answers}
    if not company_of:
        return
    heads: dict[uuid.UUID, list[LogRow]] = {}
    for row in session.connection().execute(_SAID, {"ids": list(company_of)}):
        heads.setdefault(row.entity_id, []).append(row)
    packed = on_their_way(session.connection(), {company.bytes for company in company_of.values()})
    edits = [
        Edit(company_of[key], "answer", key, "response", from_json(rows[0].value), is_forced=True)
        for key, rows in heads.items()
        if len({row.value for row in rows}) == 1
        and any(packed.get((r.writer.hex(), r.n), r.upload) != Upload.LOCAL for r in rows)
    ]
    if edits:
        write_and_fold(session, edits)


class _Past:
    """The changes of one assessment's answers, linked to what each one replaced."""

    def __init__(self, rows: Sequence[LogRow]) -> None:
        self._rows = rows
        self._by_seq = {row.seq: row for row in rows}
        self._by_name: dict[ChangeName, LogRow] = {(r.writer.hex(), r.n): r for r in rows}
        self._heads: dict[tuple[uuid.UUID, str], list[LogRow]] = {}
        for row in rows:
            if row.is_head:
                self._heads.setdefault((row.entity_id, row.field), []).append(row)
        self._undone = {_edit_and_field(self._by_seq[r.undoes]) for r in rows if r.undoes}

    def own_edits(self) -> Iterable[list[LogRow]]:
        """Edits of this laptop that have not been taken back, latest first."""
        own = [
            row
            for row in reversed(self._rows)
            if row.is_own and row.undoes is None and _edit_and_field(row) not in self._undone
        ]
        for _, edit in groupby(own, key=lambda row: (row.writer, row.hlc)):
            yield list(edit)

    def undo(self, edit: Iterable[LogRow]) -> list[Edit]:
        """What brings the fields of the edit back to before; those changed since are left out."""
        return [
            Edit(
                company_id=row.company_id,
                entity=row.entity,
                entity_id=row.entity_id,
                field=row.field,
                value=self._value_before(row),
                undoes=row.seq,
                is_forced=True,
            )
            for row in edit
            if self._effective_head(row) is row
        ]

    def undo_row(self, edit: Sequence[LogRow], birth: str) -> list[Edit]:
        """As `undo`; of the edit that made a row: what deletes it again."""
        made = {_edit_of(row) for row in self._rows if row.field == birth}
        born = [row for row in edit if row.field == birth]
        later = self.undo([row for row in edit if _edit_of(row) not in made])
        deleted = [
            Edit(r.company_id, r.entity, r.entity_id, "deleted", True, undoes=r.seq, is_forced=True)
            for r in born
        ]
        return [*later, *deleted]

    def _effective_head(self, of: LogRow) -> LogRow | None:
        """The change whose value shows, seen through undos; None for a conflict or the default."""
        heads = self._heads.get((of.entity_id, of.field), [])
        head = heads[0] if len(heads) == 1 else None
        while head is not None and head.undoes:
            head = self._before(self._by_seq[head.undoes])
        return head

    def _before(self, row: LogRow) -> LogRow | None:
        """What stood in the field before the edit that `row` belongs to."""
        bases = [self._by_name[b] for b in names_from_json(row.bases) if b in self._by_name]
        if not bases:
            return None
        base = max(bases, key=lambda r: (r.hlc, r.writer, r.n))
        is_same_edit = _edit_and_field(base) == _edit_and_field(row)
        return self._before(base) if is_same_edit else base

    def _value_before(self, row: LogRow) -> Any:
        base = self._before(row)
        if base is not None:
            return from_json(base.value)
        known = shape(row.entity)
        return known.fields[row.field].default if known else None


def _edit_and_field(row: LogRow) -> tuple[bytes, int, uuid.UUID, str]:
    return (row.writer, row.hlc, row.entity_id, row.field)


def _edit_name(row: LogRow) -> tuple[bytes, int]:
    return (row.writer, row.hlc)


def _edit_of(row: LogRow) -> tuple[bytes, int, uuid.UUID]:
    return (row.writer, row.hlc, row.entity_id)


_ALL_FIELDS = select(LOG).where(LOG.c.entity_id.in_(bindparam("ids", expanding=True)))
_UNDOABLE = _ALL_FIELDS.where(LOG.c.field.in_(UNDOABLE))


def _rows(
    session: Session, ids: Iterable[uuid.UUID], query: Select[Any] = _UNDOABLE
) -> list[LogRow]:
    connection = session.connection()
    rows = [row for some in portions(list(ids)) for row in connection.execute(query, {"ids": some})]
    return sorted(rows, key=lambda row: row.seq)


_SAID = select(LOG).where(
    LOG.c.entity_id.in_(bindparam("ids", expanding=True)),
    LOG.c.field == "response",
    LOG.c.is_head,
)
