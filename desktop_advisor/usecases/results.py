"""Auswertung: what the answers amount to, per dimension and perspective."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import msgspec

from desktop_advisor.assessment.location import SiteFactor
from desktop_advisor.assessment.priorities import USUAL_RELEVANCE, Standing
from desktop_advisor.assessment.scores import TALKING_DISTANCE, Score, not_considered, overall
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.language import in_language, spoken
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.sidecar import Dimension, Indicator
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.figures import ENERGY_COST, NO_FIGURES, Figures, figures_of
from desktop_advisor.usecases.filling import filled_session
from desktop_advisor.usecases.form_outline import outline_of
from desktop_advisor.usecases.priorities import NO_PRIORITIES, Priorities, priorities_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.questionnaires import form_of_case
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.scoring import (
    AnswerRecord,
    Answers,
    answers_of_case,
    dimension_score,
    has_said,
    leading,
    leading_answers,
    parked_dimensions,
    site_factors,
)
from desktop_advisor.usecases.standing_out import strengths, urgent
from desktop_advisor.usecases.workplace import Form, Workplace

_NOT_READ = (Kind.TABLE, Kind.NOTE, Kind.FILE, Kind.OTHER)
"""Kinds of questions no rule can read."""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator and what each perspective said.

    indicator: its perspectives are those to whom it is relevant as the company and their answers
    stand; what was answered before it became irrelevant is kept in the file and counts nowhere.
    answers: perspective → answer; a perspective that was never asked is absent.
    led: the answer that scores and advice rest on, the joint one where the table agreed on one.
    is_led: whether it counts there, answered or not.
    anchors: form value → text of the level. is_dissent: |GF − BR| ≥ 2.
    """

    indicator: Indicator
    text: str
    anchors: dict[str, str]
    answers: dict[Perspective, AnswerRecord]
    led: AnswerRecord | None
    is_led: bool
    is_dissent: bool


@dataclass(frozen=True)
class DimensionRow:
    """One dimension: scores per perspective for kind R, site factors for kind S.

    led: the score of the leading answers, None for kind S or while nobody has said anything.
    bottleneck: text of the lowest critical indicator of the leading answers, "" for none.
    is_parked: put aside; it has no indicators here and no score, only the words for that.
    """

    dimension: Dimension
    label: str
    short: str
    scores: dict[Perspective, Score]
    led: Score | None
    bottleneck: str
    indicators: tuple[IndicatorRow, ...]
    is_parked: bool = False


@dataclass(frozen=True)
class SiteRow:
    """One site condition; its name stands before the colon of its questions."""

    label: str
    factor: SiteFactor


@dataclass(frozen=True)
class PlainRow:
    """A question without a score that somebody answered; rules may read it.

    options: form value → its words, of a question with choices. answers, led: as in
    `IndicatorRow`, as form values.
    """

    question: str
    text: str
    options: dict[str, str]
    answers: dict[Perspective, str]
    led: str


@dataclass(frozen=True)
class Results:
    """The whole result. overall: per perspective, over the maturity dimensions only.

    leading: whose answers lead; total: their overall score, joint answers in place of theirs,
    None while nobody has said anything.
    strengths, urgent: at most three dimensions each, of the leading answers.
    dissents: indicators where management and works council are two levels or more apart.
    joint: how many questions the table answered together.
    aside: question → leading answer in dimensions that were put aside; no rule but a warning sign
    reads them.
    withheld: sides that answered and are in nothing of this, because they are not released.
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
    total: Score | None
    dimensions: tuple[DimensionRow, ...]
    site: tuple[SiteRow, ...]
    strengths: tuple[DimensionRow, ...]
    urgent: tuple[DimensionRow, ...]
    dissents: tuple[IndicatorRow, ...]
    joint: int = 0
    plain: tuple[PlainRow, ...] = ()
    withheld: tuple[Perspective, ...] = ()
    aside: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = NO_FIGURES
    priorities: Priorities = NO_PRIORITIES

    @property
    def maturity(self) -> tuple[DimensionRow, ...]:
        """The dimensions that have a maturity (kind R), in the order of the form."""
        return tuple(row for row in self.dimensions if row.dimension.kind == "R")

    @property
    def parked(self) -> tuple[DimensionRow, ...]:
        """The dimensions that were put aside."""
        return tuple(row for row in self.dimensions if row.is_parked)

    @property
    def has_joint_answers(self) -> bool:
        """Whether joint answers stand in place of the leading perspective's own."""
        return self.joint > 0 and self.leading is not Perspective.JOINT


@dataclass(frozen=True)
class _Filled:
    """Everybody's answers and the form as it stands with them.

    sessions: perspective → its form; of the joint one, the form with the leading answers.
    """

    form: Form
    answers: dict[Perspective, dict[str, AnswerRecord]]
    sessions: dict[Perspective, FormSession]
    lead: Perspective
    led: Answers
    led_session: FormSession
    parked: frozenset[str]
    language: str

    def is_asked(self, indicator: Indicator, perspective: Perspective) -> bool:
        if perspective is Perspective.JOINT:
            may_answer = perspective in self.answers
        else:
            may_answer = perspective in indicator.perspectives
        return may_answer and _is_relevant(
            indicator, self.sessions.get(perspective, self.led_session)
        )

    def is_led(self, indicator: Indicator) -> bool:
        """Whether it counts in the leading score: asked of who leads, or answered together."""
        joint = self.answers.get(Perspective.JOINT, {}).get(indicator.question)
        is_agreed = joint is not None and joint.response.state is not AnswerState.OPEN
        is_asked = self.lead in indicator.perspectives or self.lead is Perspective.JOINT
        return (is_asked or is_agreed) and _is_relevant(indicator, self.led_session)


def show_results(
    place: Workplace,
    case_id: uuid.UUID,
    form_name: str | None = None,
    language: str = "",
    *,
    hidden: Collection[Perspective] | None = None,
) -> Results:
    """Scores, coverage, intervals and talking points of a case, of its questionnaire.

    hidden: perspectives that must not appear in it, not even in the choice of the urgent ones;
    None for those that are not released. () only for the eyes of the works council itself.
    language: "" for the one spoken.
    """
    language = language or spoken()
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        company = session.get_one(Company, case.company_id)
        form = place.form(form_name) if form_name else form_of_case(place, session, case)
        said = answers_of_case(session, case_id, form.sidecar.form_id)
        parked = parked_dimensions(session, case_id, form.sidecar.form_id)
        facts = company_facts(company).as_texts()
        unseen = hidden_sides(session, case_id) if hidden is None else hidden
    answers = {p: a for p, a in said.items() if p not in unseen and has_said(a)}
    filled = _fill(place, form, facts, answers, parked, language)
    rows = tuple(_dimension(filled, d) for d in form.sidecar.dimensions)
    plain = tuple(_plain(filled))
    (cost, told_by), turnover = _energy(filled, plain), facts["turnover_million"]
    figures = figures_of(
        place, case_id, unseen, energy_cost=cost, turnover_million=turnover, told_by=told_by
    )
    with place.store.read() as session:
        priorities = priorities_of(
            session, case_id, form.sidecar.form_id, _standings(rows), figures.relative
        )
    moments = [r.answered_at for a in answers.values() for r in a.values() if r.answered_at]
    return Results(
        company_id=company.id,
        company_name=company.name,
        case_id=case_id,
        form=form,
        form_title=in_language(form.sidecar.title, language, form.sidecar.form_id),
        started_at=min(moments, default=None),
        leading=filled.lead,
        perspectives=tuple(p for p in Perspective if p in answers),
        overall={p: _overall(((r, r.scores.get(p)) for r in rows), priorities) for p in answers},
        total=_overall(((r, r.led) for r in rows), priorities) if answers else None,
        dimensions=rows,
        site=_site(filled),
        strengths=strengths(rows),
        urgent=urgent(rows, [row.dimension for row in priorities.rows]),
        dissents=tuple(i for row in rows for i in row.indicators if i.is_dissent),
        joint=sum(_is_agreed(i) for row in rows for i in row.indicators),
        plain=plain,
        aside=_aside(filled),
        figures=figures,
        priorities=priorities,
        withheld=tuple(p for p in said if p in unseen and has_said(said[p])),
    )


def _energy(filled: _Filled, plain: Sequence[PlainRow]) -> tuple[str, Perspective]:
    """Energy cost of a year and whose word it is: the table's where it agreed on one."""
    row = next((row for row in plain if row.question in ENERGY_COST), None)
    is_agreed = row is not None and bool(row.answers.get(Perspective.JOINT))
    return (row.led if row else ""), (Perspective.JOINT if is_agreed else filled.lead)


def _fill(
    place: Workplace,
    form: Form,
    facts: dict[str, str],
    answers: dict[Perspective, dict[str, AnswerRecord]],
    parked: frozenset[str],
    language: str,
) -> _Filled:
    sessions: dict[Perspective, FormSession] = {
        p: filled_session(place, form, facts, said, language)
        for p, said in answers.items()
        if p != Perspective.JOINT
    }
    lead, led = leading(answers), leading_answers(answers)
    if Perspective.JOINT in answers or lead not in sessions:
        sessions[Perspective.JOINT] = filled_session(place, form, facts, led, language)
    led_session = sessions.get(Perspective.JOINT) or sessions[lead]
    return _Filled(form, answers, sessions, lead, led, led_session, parked, language)


def _dimension(filled: _Filled, dimension: Dimension) -> DimensionRow:
    is_parked = dimension.code in filled.parked
    rows = tuple(
        _indicator(filled, i)
        for i in filled.form.sidecar.indicators
        if i.dimension == dimension.code and not is_parked
    )
    levels = [row for row in rows if row.indicator.role == "level"]
    scores: dict[Perspective, Score] = {}
    led = None
    if dimension.kind == "R" and is_parked:
        scores = dict.fromkeys(filled.answers, not_considered())
        led = not_considered()
    elif dimension.kind == "R" and filled.answers:
        led = dimension_score([r.indicator for r in levels if r.is_led], filled.led)
        scores = {p: _score(levels, p, filled.answers[p]) for p in filled.answers}
    weakest = led.bottleneck if led else None
    return DimensionRow(
        dimension=dimension,
        label=in_language(dimension.label, filled.language, dimension.code),
        short=in_language(dimension.short, filled.language, dimension.code),
        scores=scores,
        led=led,
        bottleneck=next((r.text for r in rows if r.indicator.question == weakest), ""),
        indicators=rows,
        is_parked=is_parked,
    )


def _score(rows: Sequence[IndicatorRow], perspective: Perspective, answers: Answers) -> Score:
    asked = [r.indicator for r in rows if perspective in r.indicator.perspectives]
    return dimension_score(asked, answers)


def _is_relevant(indicator: Indicator, session: FormSession) -> bool:
    return session.is_relevant(session.ref_of(indicator.question))


def _indicator(filled: _Filled, indicator: Indicator) -> IndicatorRow:
    texts, name = filled.led_session, indicator.question
    state = texts.state(texts.ref_of(name))
    asked = tuple(p for p in Perspective if filled.is_asked(indicator, p))
    said = {p: a[name] for p, a in filled.answers.items() if p in asked and name in a}
    is_led = filled.is_led(indicator)
    return IndicatorRow(
        indicator=msgspec.structs.replace(indicator, perspectives=asked),
        text=state.label,
        anchors={c.value: c.label for c in state.choices},
        answers=said,
        led=filled.led.get(name) if is_led else None,
        is_led=is_led,
        is_dissent=is_dissent(said),
    )


def _plain(filled: _Filled) -> Iterator[PlainRow]:
    for item in outline_of(filled.form).items:
        if item.indicator or item.kind in _NOT_READ or item.section in filled.parked:
            continue
        said = {
            p: answers[item.label].response.form_value
            for p, answers in filled.answers.items()
            if item.label in answers and filled.sessions[p].is_relevant(item.path)
        }
        if any(said.values()):
            state = filled.led_session.state(item.path)
            led = filled.led.get(item.label) if state.relevant else None
            yield PlainRow(
                question=item.label,
                text=state.label or item.label,
                options={c.value: c.label for c in state.choices},
                answers=said,
                led=led.response.form_value if led else "",
            )


def _is_agreed(row: IndicatorRow) -> bool:
    joint = row.answers.get(Perspective.JOINT)
    return joint is not None and joint.response.state is not AnswerState.OPEN


def is_level(record: AnswerRecord) -> bool:
    """Whether it is an answer in levels, rather than in words or none."""
    return record.response.state is AnswerState.ANSWERED and record.response.value.isdigit()


def is_dissent(said: Mapping[Perspective, AnswerRecord]) -> bool:
    """Whether management and works council gave levels that far apart."""
    levels = [
        int(said[p].response.value)
        for p in (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL)
        if p in said and said[p].response.state is AnswerState.ANSWERED
    ]
    return len(levels) == 2 and abs(levels[0] - levels[1]) >= TALKING_DISTANCE


def _aside(filled: _Filled) -> dict[str, str]:
    """What the leading answers say in dimensions that were put aside, for warning signs alone."""
    return {
        i.question: filled.led[i.question].response.form_value
        for i in filled.form.sidecar.indicators
        if i.dimension in filled.parked and i.question in filled.led
    }


def _standings(rows: Iterable[DimensionRow]) -> list[Standing]:
    return [
        Standing(row.dimension.code, row.short, row.led.printable if row.led else None)
        for row in rows
        if row.dimension.kind == "R" and not row.is_parked
    ]


def _overall(scores: Iterable[tuple[DimensionRow, Score | None]], priorities: Priorities) -> Score:
    """Weighted by relevance; where none was set the usual one counts, alike for all."""
    weights = {row.dimension: Decimal(row.relevance) for row in priorities.rows}
    usual = Decimal(USUAL_RELEVANCE)
    return overall(
        (score, weights.get(row.dimension.code, usual))
        for row, score in scores
        if score is not None
    )


def _site(filled: _Filled) -> tuple[SiteRow, ...]:
    texts, sidecar = filled.led_session, filled.form.sidecar
    asked = [
        i
        for i in sidecar.indicators
        if i.factor and i.dimension not in filled.parked and _is_relevant(i, texts)
    ]
    first = {i.factor: i for i in reversed(asked)}
    led = {i.question: filled.led[i.question] for i in asked if i.question in filled.led}
    return tuple(
        SiteRow(texts.state(texts.ref_of(first[f.indicator].question)).label.partition(":")[0], f)
        for f in site_factors(sidecar, led)
        if f.indicator in first
    )
