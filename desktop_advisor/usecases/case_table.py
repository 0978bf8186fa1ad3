"""One table of a case's questionnaire: whose rows count, and where it is filled."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from desktop_advisor.advice.facts import LEADING_ORDER
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import ROW, FilledForm
from desktop_advisor.usecases.form_outline import Item, outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.questionnaires import form_of_case
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.scoring import (
    AnswerRecord,
    Answers,
    answers_of_case,
    leading,
    parked_dimensions,
)
from desktop_advisor.usecases.visits import held_visits
from desktop_advisor.usecases.workplace import Form, Workplace

TableState = Literal["shown", "empty", "parked", "no_table"]
Row = Mapping[str, str]
"""End of the column's name ("product_share" → "share") → form value; only what was answered."""


@dataclass(frozen=True)
class CaseTable:
    """The rows of one table; remarks: by row, what was noted to its cells.

    state: "no_table": the questionnaire has none; "parked": its section was put aside; "empty":
    nobody has entered a row; "shown": there are rows. question: key of the table, where an
    interview opens, "" without one; visit_id: the visit to open it in, None while there was none.
    told_by: whose rows.
    """

    state: TableState
    company_id: uuid.UUID
    visit_id: uuid.UUID | None = None
    question: str = ""
    told_by: Perspective = Perspective.MANAGEMENT
    rows: tuple[Row, ...] = ()
    remarks: tuple[Row, ...] = ()


def read_case_table(
    place: Workplace,
    session: Session,
    case_id: uuid.UUID,
    name: str,
    columns: Collection[str],
    hidden: Collection[Perspective] | None = None,
) -> CaseTable:
    """The rows the table agreed on, else the leading side's, else those of the next that has any.

    name: of the repeat; columns: ends of the columns it must have. hidden: sides that must not
    appear; None: those not released.
    """
    case = session.get_one(Case, case_id)
    form = form_of_case(place, session, case)
    visits = held_visits(session, case_id)
    item = _table(form, name, columns)
    found = CaseTable(
        state="empty" if item else "no_table",
        company_id=case.company_id,
        visit_id=visits[-1].id if visits else None,
        question=item.label if item else "",
    )
    if item is None:
        return found
    if item.section in parked_dimensions(session, case_id, form.sidecar.form_id):
        return replace(found, state="parked")
    facts = company_facts(session.get_one(Company, case.company_id)).as_texts()
    answers = _seen(session, case_id, form, hidden)
    for side in _order(answers):
        rows = tuple(_rows(place, form, facts, answers.get(side, {}), item))
        if rows:
            said, noted = zip(*rows, strict=True)
            return replace(found, state="shown", told_by=side, rows=said, remarks=noted)
    return found


def _table(form: Form, name: str, columns: Collection[str]) -> Item | None:
    for item in outline_of(form).items:
        is_named = item.kind is Kind.TABLE and item.path.rpartition("/")[2] == name
        if is_named and set(columns) <= {_end(column) for column in item.columns}:
            return item
    return None


def _seen(
    session: Session, case_id: uuid.UUID, form: Form, hidden: Collection[Perspective] | None
) -> dict[Perspective, dict[str, AnswerRecord]]:
    kept = hidden_sides(session, case_id) if hidden is None else hidden
    said = answers_of_case(session, case_id, form.sidecar.form_id)
    return {side: answers for side, answers in said.items() if side not in kept}


def _order(answers: Mapping[Perspective, Answers]) -> tuple[Perspective, ...]:
    """Whose rows are looked for: joint ones first, since the table agreed on them."""
    return tuple(dict.fromkeys((Perspective.JOINT, leading(answers), *LEADING_ORDER)))


def _rows(
    place: Workplace, form: Form, facts: Mapping[str, str], answers: Answers, table: Item
) -> Iterator[tuple[Row, Row]]:
    """Rows that say anything and the notes to their cells, of a table that is asked now."""
    if not any(key.startswith(f"{table.label}{ROW}") for key in answers):
        return
    filled = FilledForm(place, form, facts, answers, "de")
    if not filled.session.is_relevant(f"{filled.ref_of(table.label)}#range"):
        return
    for row in filled.rows(table.label):
        cells = {
            _end(column): answers[key]
            for column in table.columns
            if (key := f"{table.label}{ROW}{row}/{column.label}") in answers
            and filled.is_asked(key)
        }
        said = {end: value for end, cell in cells.items() if (value := _value(cell))}
        if said:
            yield said, {end: cell.note for end, cell in cells.items() if cell.note}


def _value(record: AnswerRecord) -> str:
    return record.response.value if record.response.state is AnswerState.ANSWERED else ""


def _end(column: Item) -> str:
    """ "product_share" → "share"; a column without a prefix is its own end."""
    name = column.path.rpartition("/")[2]
    return name.partition("_")[2] or name
