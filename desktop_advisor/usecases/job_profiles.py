"""The table of jobs of a case, read and assessed; few persons never leave the pure layer."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sqlalchemy.orm import Session

from desktop_advisor.advice.facts import LEADING_ORDER
from desktop_advisor.assessment.job_profiles import JobsSummary, assess_jobs
from desktop_advisor.assessment.job_rows import JobProfile, read_profile
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import ROW, FilledForm
from desktop_advisor.usecases.form_outline import Item, outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.questionnaires import form_of_case
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.scoring import AnswerRecord, Answers, answers_of_case, leading
from desktop_advisor.usecases.scoring import parked_dimensions as parked_sections
from desktop_advisor.usecases.visits import held_visits
from desktop_advisor.usecases.workplace import Form, Workplace

JOBS = "jobs"
"""Name of the table in the Vollcheck, and in own questionnaires that want the same evaluation."""
_SOURCE = "substitution"
"""How the name of the column ends whose note says where its figure is from."""

State = Literal["shown", "empty", "parked", "no_table"]


@dataclass(frozen=True)
class JobsView:
    """What the jobs of a case amount to.

    state: "no_table": the questionnaire has none (Kurzcheck); "parked": its section was put aside;
    "empty": nobody has entered a row; "shown": there are rows, perhaps all of them masked.
    question: key of the table, where an interview opens, "" without one; visit_id: the visit to
    open it in, None while there was none. told_by: whose rows.
    """

    state: State
    company_id: uuid.UUID
    visit_id: uuid.UUID | None = None
    question: str = ""
    told_by: Perspective = Perspective.MANAGEMENT
    summary: JobsSummary = field(default_factory=lambda: assess_jobs(()))


def show_jobs(
    place: Workplace, case_id: uuid.UUID, hidden: Collection[Perspective] | None = None
) -> JobsView:
    """The jobs the table agreed on, else the leading side's, else those of the next that has any.

    hidden: sides that must not appear; None: those not released.
    """
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        form = form_of_case(place, session, case)
        visits = held_visits(session, case_id)
        table = jobs_table(form)
        view = JobsView(
            state="no_table" if table is None else "empty",
            company_id=case.company_id,
            visit_id=visits[-1].id if visits else None,
            question=table.label if table else "",
        )
        if table is None:
            return view
        if table.section in parked_sections(session, case_id, form.sidecar.form_id):
            return replace(view, state="parked")
        facts = company_facts(session.get_one(Company, case.company_id)).as_texts()
        answers = _seen(session, case_id, form, hidden)
    for side in _order(answers):
        rows = _rows(place, form, facts, answers.get(side, {}), table)
        if rows:
            return replace(view, state="shown", told_by=side, summary=assess_jobs(rows))
    return view


def jobs_table(form: Form) -> Item | None:
    """The table of jobs of a questionnaire, None where it asks for none."""
    for item in outline_of(form).items:
        columns = {_end(column) for column in item.columns}
        is_named = item.path.rpartition("/")[2] == JOBS
        if item.kind is Kind.TABLE and is_named and {"name", "heads"} <= columns:
            return item
    return None


def _seen(
    session: Session,
    case_id: uuid.UUID,
    form: Form,
    hidden: Collection[Perspective] | None,
) -> dict[Perspective, dict[str, AnswerRecord]]:
    kept = hidden_sides(session, case_id) if hidden is None else hidden
    said = answers_of_case(session, case_id, form.sidecar.form_id)
    return {side: answers for side, answers in said.items() if side not in kept}


def _order(answers: Mapping[Perspective, Answers]) -> tuple[Perspective, ...]:
    """Whose rows are looked for: joint ones first, since the table agreed on them."""
    first = (Perspective.JOINT, leading(answers))
    return tuple(dict.fromkeys((*first, *LEADING_ORDER)))


def _rows(
    place: Workplace, form: Form, facts: Mapping[str, str], answers: Answers, table: Item
) -> list[JobProfile]:
    """Rows that say anything, of a table that is asked now."""
    if not any(key.startswith(f"{table.label}{ROW}") for key in answers):
        return []
    filled = FilledForm(place, form, facts, answers, "de")
    if not filled.session.is_relevant(f"{filled.ref_of(table.label)}#range"):
        return []
    found = []
    for row in filled.rows(table.label):
        cells = {
            _end(column): answers[key]
            for column in table.columns
            if (key := f"{table.label}{ROW}{row}/{column.label}") in answers
            and filled.is_asked(key)
        }
        values = {
            end: record.response.value
            for end, record in cells.items()
            if record.response.state is AnswerState.ANSWERED and record.response.value
        }
        if values:
            found.append(read_profile(values, _source(cells)))
    return found


def _source(cells: Mapping[str, AnswerRecord]) -> str:
    record = cells.get(_SOURCE)
    return record.note if record else ""


def _end(column: Item) -> str:
    """ "job_heads" → "heads"; a column without a prefix is its own end."""
    name = column.path.rpartition("/")[2]
    return name.partition("_")[2] or name
