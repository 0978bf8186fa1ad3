"""Auswertung: what the answers amount to, per dimension and perspective."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec

from desktop_advisor.assessment.location import SiteFactor
from desktop_advisor.assessment.scores import Score, overall
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.sidecar import Dimension, Indicator
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import filled_session
from desktop_advisor.usecases.scoring import (
    AnswerRecord,
    Answers,
    answers_of_case,
    dimension_score,
    has_said,
    leading,
    site_factors,
)
from desktop_advisor.usecases.workplace import KURZCHECK, Form, Workplace

DISSENT = 2
"""From this distance between management and works council on, it is a Gesprächsanlass (§3)."""
SHOWN = 3
"""Strengths and urgent dimensions to name: as many as a conversation can hold (our choice)."""
URGENT_BELOW = Decimal("2.5")
"""Half of the scale: below it, or with a bottleneck, a dimension is urgent (our choice)."""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator and what each perspective said.

    indicator: its perspectives are those to whom it is relevant as the company and their answers
    stand; what was answered before it became irrelevant is kept in the file and counts nowhere.
    answers: perspective → answer; a perspective that was never asked is absent.
    anchors: form value → text of the level. is_dissent: |GF − BR| ≥ 2.
    """

    indicator: Indicator
    text: str
    anchors: dict[str, str]
    answers: dict[Perspective, AnswerRecord]
    is_dissent: bool


@dataclass(frozen=True)
class DimensionRow:
    """One dimension: scores per perspective for kind R, site factors for kind S.

    bottleneck: text of the lowest critical indicator of the leading perspective, "" for none.
    """

    dimension: Dimension
    label: str
    short: str
    scores: dict[Perspective, Score]
    bottleneck: str
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class SiteRow:
    """One site condition; its name stands before the colon of its questions."""

    label: str
    factor: SiteFactor


@dataclass(frozen=True)
class Results:
    """The whole result. overall: per perspective, over the maturity dimensions only.

    strengths, urgent: at most three dimensions each, of the leading perspective.
    dissents: indicators where management and works council are two levels or more apart.
    """

    company_id: uuid.UUID
    company_name: str
    case_id: uuid.UUID
    form: Form
    form_title: str
    started_at: datetime | None
    leading: Perspective
    perspectives: tuple[Perspective, ...]
    overall: dict[Perspective, Score]
    dimensions: tuple[DimensionRow, ...]
    site: tuple[SiteRow, ...]
    strengths: tuple[DimensionRow, ...]
    urgent: tuple[DimensionRow, ...]
    dissents: tuple[IndicatorRow, ...]

    @property
    def maturity(self) -> tuple[DimensionRow, ...]:
        """The dimensions that have a maturity (kind R), in the order of the form."""
        return tuple(row for row in self.dimensions if row.dimension.kind == "R")


def show_results(
    place: Workplace,
    case_id: uuid.UUID,
    form_name: str = KURZCHECK,
    language: str = "de",
    *,
    hidden: Collection[Perspective] = (),
) -> Results:
    """Scores, coverage, intervals and talking points of a case.

    hidden: perspectives that must not appear in it, not even in the choice of the urgent ones.
    """
    form = place.form(form_name)
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        company = session.get_one(Company, case.company_id)
        said = answers_of_case(session, case_id, form.sidecar.form_id)
        answers = {p: a for p, a in said.items() if p not in hidden and has_said(a)}
        facts = company_facts(company).as_texts()
    sessions = {p: filled_session(place, form, facts, a, language) for p, a in answers.items()}
    lead = leading(answers)
    texts = sessions.get(lead) or filled_session(place, form, facts, {}, language)
    rows = tuple(
        _dimension(form, d, answers, sessions, texts, lead, language)
        for d in form.sidecar.dimensions
    )
    moments = [r.answered_at for a in answers.values() for r in a.values() if r.answered_at]
    return Results(
        company_id=company.id,
        company_name=company.name,
        case_id=case_id,
        form=form,
        form_title=form.sidecar.title.get(language, form.sidecar.form_id),
        started_at=min(moments, default=None),
        leading=lead,
        perspectives=tuple(p for p in Perspective if p in answers),
        overall={p: _overall(rows, p) for p in answers},
        dimensions=rows,
        site=_site(form, answers.get(lead, {}), texts),
        strengths=_strengths(rows, lead),
        urgent=_urgent(rows, lead),
        dissents=tuple(i for row in rows for i in row.indicators if i.is_dissent),
    )


def _dimension(
    form: Form,
    dimension: Dimension,
    answers: dict[Perspective, dict[str, AnswerRecord]],
    sessions: dict[Perspective, FormSession],
    texts: FormSession,
    lead: Perspective,
    language: str,
) -> DimensionRow:
    rows = tuple(
        _indicator(i, answers, sessions, texts)
        for i in form.sidecar.indicators
        if i.dimension == dimension.code
    )
    levels = [row.indicator for row in rows if row.indicator.role == "level"]
    scores = {
        p: dimension_score([i for i in levels if p in i.perspectives], answers[p])
        for p in answers
        if dimension.kind == "R"
    }
    weakest = scores[lead].bottleneck if lead in scores else None
    return DimensionRow(
        dimension=dimension,
        label=dimension.label.get(language, dimension.code),
        short=dimension.short.get(language, dimension.code),
        scores=scores,
        bottleneck=next((r.text for r in rows if r.indicator.question == weakest), ""),
        indicators=rows,
    )


def _isfilled_session(indicator: Indicator, perspective: Perspective, session: FormSession) -> bool:
    relevant = session.state(session.ref_of(indicator.question)).relevant
    return perspective in indicator.perspectives and relevant


def _indicator(
    indicator: Indicator,
    answers: dict[Perspective, dict[str, AnswerRecord]],
    sessions: dict[Perspective, FormSession],
    texts: FormSession,
) -> IndicatorRow:
    state = texts.state(texts.ref_of(indicator.question))
    asked = tuple(p for p in Perspective if _isfilled_session(indicator, p, sessions.get(p, texts)))
    name = indicator.question
    said = {p: a[name] for p, a in answers.items() if p in asked and name in a}
    levels = [
        int(said[p].response.value)
        for p in (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL)
        if p in said and said[p].response.state is AnswerState.ANSWERED
    ]
    return IndicatorRow(
        indicator=msgspec.structs.replace(indicator, perspectives=asked),
        text=state.label,
        anchors={c.value: c.label for c in state.choices},
        answers=said,
        is_dissent=len(levels) == 2 and abs(levels[0] - levels[1]) >= DISSENT,
    )


def _overall(rows: Sequence[DimensionRow], perspective: Perspective) -> Score:
    return overall((r.scores[perspective], Decimal(1)) for r in rows if perspective in r.scores)


def _site(form: Form, answers: Answers, texts: FormSession) -> tuple[SiteRow, ...]:
    first = {i.factor: i.question for i in reversed(form.sidecar.indicators) if i.factor}
    return tuple(
        SiteRow(texts.state(texts.ref_of(first[f.indicator])).label.partition(":")[0], f)
        for f in site_factors(form.sidecar, answers)
    )


def _strengths(rows: Sequence[DimensionRow], lead: Perspective) -> tuple[DimensionRow, ...]:
    """What is above half and has no bottleneck: nothing is strength and need at once."""
    found = [
        (v, r)
        for r in rows
        if (v := _printable(r, lead)) is not None and v >= URGENT_BELOW and not r.bottleneck
    ]
    return tuple(r for _, r in sorted(found, key=lambda pair: -pair[0])[:SHOWN])


def _urgent(rows: Sequence[DimensionRow], lead: Perspective) -> tuple[DimensionRow, ...]:
    found = [
        (v, r)
        for r in rows
        if (v := _printable(r, lead)) is not None and (v < URGENT_BELOW or r.bottleneck)
    ]
    return tuple(r for _, r in sorted(found, key=lambda pair: pair[0])[:SHOWN])


def _printable(row: DimensionRow, perspective: Perspective) -> Decimal | None:
    score = row.scores.get(perspective)
    return score.printable if score else None
