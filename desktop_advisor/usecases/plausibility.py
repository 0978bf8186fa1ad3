"""What seems odd in a case as it stands, for the advisor to look at before the report."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from sqlalchemy import select

from desktop_advisor.assessment import plausibility as checks
from desktop_advisor.assessment.plausibility import Finding, Item, JobRow, ProductRow
from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.domain.staff_list import BANDS
from desktop_advisor.storage.models import Case, Company, Report, Visit
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import ROW, FilledForm, filled_session, is_row, label_of
from desktop_advisor.usecases.questionnaires import form_of_case
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.scoring import (
    AnswerRecord,
    Answers,
    answers_of_case,
    leading,
    leading_answers,
    parked_dimensions,
)
from desktop_advisor.usecases.workplace import Form, Workplace

PRODUCTS, JOBS = "products", "jobs"
"""Tables of the Vollcheck; their columns are called "product_share", "job_heads", …"""
APPRENTICES = ("apprentices",)
ENERGY_COST = ("energy_cost", "energy_cost_year")
"""How the names of these questions may end, wherever a form asks them; costs in euro a year."""
_OPEN = AnswerRecord(Response())


@dataclass(frozen=True)
class _Known:
    """What the checks read of a case, free of its database session."""

    form: Form
    company: Company
    prefill: Mapping[str, str]
    answers: Mapping[Perspective, Answers]
    parked: frozenset[str]
    sealed: tuple[datetime | None, ...]
    visits: tuple[datetime | None, ...]


def check_case(
    place: Workplace, case_id: uuid.UUID, perspective: Perspective | None = None
) -> tuple[Finding, ...]:
    """Everything odd, the most concrete first.

    perspective: whose single answers are looked at; None for the leading ones. Nobody else's
    single answers are named, since they may be covered; what is not released is not even compared.
    """
    known = _read(place, case_id, perspective)
    own = known.answers.get(perspective or leading(known.answers), {})
    said = dict(own) if perspective else leading_answers(known.answers)
    items = _items(place, known, said, perspective or leading(known.answers))
    tables = _counted(place, known, _table_owner(known, own))
    said = _counted(place, known, said)
    return (
        *_of_tables(place, tables),
        *checks.high_without_evidence(items),
        *checks.many_not_applicable(items, _dimension_names(known)),
        *_of_company(known.company, said),
        *_of_sides(known.answers),
        *checks.report_before_visit(known.sealed, known.visits),
    )


def _read(place: Workplace, case_id: uuid.UUID, perspective: Perspective | None) -> _Known:
    """What the checks read; of an unreleased side only what it is shown itself."""
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        form = form_of_case(place, session, case)
        form_id = form.sidecar.form_id
        sealed = select(Report.sealed_at).where(
            Report.case_id == case_id, Report.deleted.is_(False)
        )
        visits = select(Visit.starts_at).where(
            Visit.case_id == case_id, Visit.deleted.is_(False), Visit.state != "planned"
        )
        company = session.get_one(Company, case.company_id)
        unseen = [p for p in hidden_sides(session, case_id) if p is not perspective]
        said = answers_of_case(session, case_id, form_id)
        known = _Known(
            form=form,
            company=company,
            prefill=company_facts(company).as_texts(),
            answers={p: answers for p, answers in said.items() if p not in unseen},
            parked=parked_dimensions(session, case_id, form_id),
            sealed=tuple(session.scalars(sealed)),
            visits=tuple(session.scalars(visits)),
        )
        session.expunge_all()
        return known


def _counted(place: Workplace, known: _Known, answers: Answers) -> dict[str, AnswerRecord]:
    """The answers without those the form does not ask for now, or whose section was put aside."""
    filled = FilledForm(place, known.form, known.prefill, answers, "de")
    asked = filled.outline.by_label
    return {
        key: record
        for key, record in answers.items()
        if label_of(key) not in asked
        or (filled.is_asked(key) and filled.item(key).section not in known.parked)
    }


# -- tables ----------------------------------------------------------------------------------


def _table_owner(known: _Known, own: Answers) -> Answers:
    """Whose rows are checked: what the table agreed on, else the perspective's own."""
    joint = known.answers.get(Perspective.JOINT, {})
    has_rows = any(is_row(key) and joint[key].response.form_value for key in joint)
    return joint if has_rows else own


def _of_tables(place: Workplace, answers: Answers) -> Iterator[Finding]:
    products = [_product(row) for row in rows_of(answers, PRODUCTS)]
    jobs = [_job(row) for row in rows_of(answers, JOBS)]
    yield from checks.shares_sum(products, PRODUCTS)
    yield from checks.ended_products(products, place.clock().year, PRODUCTS)
    yield from checks.age_bands_sum(jobs, JOBS)


def rows_of(answers: Answers, table: str) -> list[dict[str, str]]:
    """The rows of a table that are there, in order: end of the column's name → form value.

    States (weiß nicht, keine Angabe) and what is open are left out.
    """
    found = []
    for marker in sorted(key for key in answers if key.startswith(f"{table}{ROW}")):
        if not is_row(marker) or not answers[marker].response.form_value:
            continue
        cells = {
            _end(label_of(key)): record.response.value
            for key, record in answers.items()
            if key.startswith(f"{marker}/") and record.response.state is AnswerState.ANSWERED
        }
        found.append({end: value for end, value in cells.items() if value})
    return found


def _end(column: str) -> str:
    """ "product_share" → "share"; a column without a prefix is its own end."""
    return column.partition("_")[2] or column


def _product(row: Mapping[str, str]) -> ProductRow:
    return ProductRow(
        name=row.get("name", ""),
        share=_number(row.get("share")),
        eop=_year(row.get("eop", "")),
    )


def _job(row: Mapping[str, str]) -> JobRow:
    bands = tuple(_number(row.get(band)) for band in BANDS)
    return JobRow(row.get("name", ""), _number(row.get("heads")), bands)


def _year(value: str) -> int | None:
    """The year of "2029" or "2029-12-31"; None for anything else."""
    digits = value[:4]
    rest_is_date = len(value) == 4 or value[4:5] == "-"
    return int(digits) if len(digits) == 4 and digits.isdecimal() and rest_is_date else None


def _number(value: str | None) -> Decimal | None:
    try:
        number = Decimal(value) if value else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


# -- single answers --------------------------------------------------------------------------


def _items(
    place: Workplace, known: _Known, answers: Answers, perspective: Perspective
) -> Sequence[Item]:
    """The maturity items this perspective is asked, as the company and its answers stand."""
    session = filled_session(place, known.form, known.prefill, answers, "de")
    found = []
    for indicator in known.form.sidecar.indicators:
        ref = session.ref_of(indicator.question)
        is_asked = perspective in indicator.perspectives or perspective is Perspective.JOINT
        if indicator.role != "level" or indicator.dimension in known.parked or not is_asked:
            continue
        state = session.state(ref)
        if not state.relevant:
            continue
        answer = answers.get(indicator.question, _OPEN)
        found.append(
            Item(
                question=indicator.question,
                text=state.label or indicator.question,
                dimension=indicator.dimension,
                state=answer.response.state,
                level=_number(answer.response.value),
                evidence=answer.evidence,
                is_critical=indicator.is_critical,
            )
        )
    return found


def _dimension_names(known: _Known) -> dict[str, str]:
    return {d.code: d.label.get("de", d.code) for d in known.form.sidecar.dimensions}


# -- company and sides -----------------------------------------------------------------------


def _of_company(company: Company, answers: Answers) -> Iterator[Finding]:
    energy, apprentices = _key_ending(answers, ENERGY_COST), _key_ending(answers, APPRENTICES)
    yield from checks.turnover_per_head(company.turnover_million, company.heads)
    if energy:
        cost = _number(answers[energy].response.value)
        yield from checks.energy_above_turnover(cost, company.turnover_million, energy)
    if apprentices:
        count = _number(answers[apprentices].response.value)
        yield from checks.apprentices_in_units(
            company.heads, company.staff_units, None if count is None else int(count), apprentices
        )
    yield from checks.wz_edition_differs(company.wz_code, company.wz_edition)


def _key_ending(answers: Answers, ends: Sequence[str]) -> str:
    tails = tuple(f"_{end}" for end in ends)
    return next((k for k in sorted(answers) if k in ends or k.endswith(tails)), "")


def _of_sides(answers: Mapping[Perspective, Answers]) -> list[Finding]:
    management, council = (
        {
            key: record.response.value
            for key, record in answers.get(side, {}).items()
            if record.response.state is AnswerState.ANSWERED and ROW not in key
        }
        for side in (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL)
    )
    return checks.same_in_all(management, council)
