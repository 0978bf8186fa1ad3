"""Vergleich T0 → T1: a case as it stands beside an earlier sealed report of the same company."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from desktop_advisor.assessment.comparison import Comparison, Reading, compare
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.language import say, spoken
from desktop_advisor.report.model import Dimension, Indicator, ReportModel
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.storage.models import Report
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.reporting import read_snapshot
from desktop_advisor.usecases.results import IndicatorRow, Results, show_results
from desktop_advisor.usecases.scoring import level_of
from desktop_advisor.usecases.workplace import Workplace

USUAL_DISTANCE = timedelta(days=60)
"""An earlier report of the same case counts as another time from here on; below it, it is more
likely a correction of the same one. Our choice: half of the first follow-up after three months."""


_WITHHELD = (
    "Der frühere Bericht beruht auf der Sicht des Betriebsrats, die nicht zur Wiedergabe "
    "freigegeben ist; er wird nicht verglichen."
)


@dataclass(frozen=True)
class Baseline:
    """An earlier sealed report one can compare with. is_usual: a time of its own."""

    report_id: uuid.UUID
    case_id: uuid.UUID | None
    version: int
    sealed_on: date
    is_usual: bool


@dataclass(frozen=True)
class ComparisonView:
    """The comparison with one baseline. form, perspective: of then, where they differ from now.

    why_none: the sentence where nothing can be compared at all, "" where something can.
    """

    baseline: Baseline
    comparison: Comparison
    other_form: str = ""
    why_none: str = ""


def list_baselines(place: Workplace, results: Results) -> list[Baseline]:
    """The company's sealed reports, newest first."""
    query = select(Report).where(
        Report.company_id == results.company_id,
        Report.deleted.is_(False),
        Report.sealed_at.is_not(None),
    )
    today = place.clock().astimezone(BERLIN).date()
    with place.store.read() as session:
        rows = session.scalars(query.order_by(Report.sealed_at.desc(), Report.version.desc()))
        return [_baseline(row, results.case_id, today) for row in rows]


def _baseline(row: Report, case_id: uuid.UUID, today: date) -> Baseline:
    sealed = row.sealed_at.astimezone(BERLIN).date() if row.sealed_at else today
    is_usual = row.case_id != case_id or today - sealed >= USUAL_DISTANCE
    return Baseline(row.id, row.case_id, row.version, sealed, is_usual)


def usual_baseline(place: Workplace, results: Results) -> Baseline | None:
    """The latest report that is a time of its own; None where there is none."""
    return next((b for b in list_baselines(place, results) if b.is_usual), None)


def compare_with(place: Workplace, results: Results, baseline: Baseline) -> ComparisonView:
    """What has changed since; the leading answers of then and now, nothing is averaged.

    A sealed report stays as it was handed over, but a new page repeats nothing out of it that is
    not released now: the levels of a report the works council led stay out once the release of
    their case is withdrawn. Joint and management levels are compared as ever.
    """
    then = read_snapshot(place, baseline.report_id)
    with place.store.read() as session:
        if then.leading in hidden_sides(session, baseline.case_id):
            return ComparisonView(baseline, Comparison((), (), (), ()), why_none=say(_WITHHELD))
    labels = {row.dimension.code: row.short for row in results.maturity if not row.is_parked}
    now = results if then.language == spoken() else _as_then(place, results, then)
    anchors = {i.indicator.question: i.anchors for row in now.maturity for i in row.indicators}
    comparison = compare(_then(then), _now(now), labels, anchors)
    return ComparisonView(
        baseline=baseline,
        comparison=comparison,
        other_form=then.check_name if then.check_name != now.form_title else "",
        why_none=_why_none(then, results, comparison),
    )


def _as_then(place: Workplace, results: Results, then: ReportModel) -> Results:
    """Today's results in the language of then: only so is it seen what was asked alike."""
    return show_results(place, results.case_id, language=then.language)


def _why_none(then: ReportModel, results: Results, comparison: Comparison) -> str:
    if then.leading is not results.leading and Perspective.JOINT not in (
        then.leading,
        results.leading,
    ):
        return say(
            "Damals führte die Sicht {0}, heute {1}: verschiedene Sichtweisen werden nicht "
            "verglichen."
        ).format(PERSPECTIVES[then.leading], PERSPECTIVES[results.leading])
    if not any(change.shared for change in comparison.changes):
        return say("Kein Kennpunkt wurde beide Male gleich gefragt und beantwortet.")
    return ""


def _then(model: ReportModel) -> Iterator[Reading]:
    for dimension in model.dimensions:
        if dimension.kind == "R" and not dimension.is_parked:
            for indicator in dimension.indicators:
                yield _reading(model, dimension, indicator)


def _reading(model: ReportModel, dimension: Dimension, indicator: Indicator) -> Reading:
    said = indicator.led or next(
        (a for a in indicator.answers if a.perspective is model.leading), None
    )
    return Reading(
        question=indicator.question,
        dimension=dimension.code,
        text=indicator.label,
        state=said.state if said else AnswerState.OPEN,
        level=said.level if said else None,
        level_text=said.text if said and said.level is not None else "",
        weight=indicator.weight,
    )


def _now(results: Results) -> Iterator[Reading]:
    for row in results.maturity:
        for item in row.indicators:
            if item.is_led and item.indicator.role == "level" and not row.is_parked:
                yield _present(row.dimension.code, item)


def _present(dimension: str, item: IndicatorRow) -> Reading:
    response = item.led.response if item.led else None
    level = level_of(item.led)
    return Reading(
        question=item.indicator.question,
        dimension=dimension,
        text=item.text,
        state=response.state if response else AnswerState.OPEN,
        level=level,
        level_text="" if level is None else item.anchors.get(f"{level.normalize():f}", ""),
        weight=item.indicator.weight,
    )
