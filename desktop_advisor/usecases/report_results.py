"""The result chapters of the report as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.report import model as page
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow, Results
from desktop_advisor.usecases.scoring import AnswerRecord


def dimension(row: DimensionRow, printed: Sequence[Perspective]) -> page.Dimension:
    """One dimension with the results and answers that may be printed."""
    return page.Dimension(
        code=row.dimension.code,
        label=row.label,
        short=row.short,
        kind=row.dimension.kind,
        results=tuple(
            _result(perspective, row.scores[perspective], row)
            for perspective in printed
            if perspective in row.scores
        ),
        indicators=tuple(
            _indicator(item, printed)
            for item in row.indicators
            if set(item.indicator.perspectives) & set(printed)
        ),
    )


def _result(perspective: Perspective, score: Score, row: DimensionRow) -> page.Result:
    weakest = [i.text for i in row.indicators if i.indicator.question == score.bottleneck]
    return page.Result(
        perspective=perspective,
        verdict=score.verdict,
        value=score.value,
        low=score.low,
        high=score.high,
        coverage=score.coverage,
        answered=score.answered,
        applicable=score.applicable,
        bottleneck=weakest[0] if weakest else "",
        evidenced=score.evidenced,
    )


def _indicator(item: IndicatorRow, printed: Sequence[Perspective]) -> page.Indicator:
    return page.Indicator(
        question=item.indicator.question,
        label=item.text,
        weight=item.indicator.weight,
        is_critical=item.indicator.is_critical,
        answers=tuple(
            _answer(p, item.answers.get(p) or AnswerRecord(Response()), item.anchors)
            for p in printed
            if p in item.indicator.perspectives
        ),
    )


def _answer(perspective: Perspective, record: AnswerRecord, anchors: dict[str, str]) -> page.Answer:
    response = record.response
    answered = response.state is AnswerState.ANSWERED
    return page.Answer(
        perspective=perspective,
        state=response.state,
        level=Decimal(response.value) if answered else None,
        text=anchors.get(response.value, response.value) if answered else "",
        evidence=record.evidence,
        note=record.note,
        reason=response.reason,
    )


def site_factors(results: Results) -> tuple[page.SiteFactor, ...]:
    """Site conditions: importance, satisfaction, gap."""
    return tuple(
        page.SiteFactor(
            label=row.label,
            importance=row.factor.importance,
            satisfaction=row.factor.satisfaction,
            gap=row.factor.gap,
        )
        for row in results.site
    )


def strength(row: DimensionRow, lead: Perspective) -> page.Finding:
    """A strong dimension and its best anchor in words."""
    best = [i for i in row.indicators if _level(i, lead) is not None]
    best.sort(key=lambda i: -(_level(i, lead) or 0))
    text = best[0].anchors.get(str(_level(best[0], lead)), "") if best else ""
    return page.Finding(title=row.label, text=text, value=row.scores[lead].printable)


def urgent(row: DimensionRow, lead: Perspective) -> page.Finding:
    """A weak dimension: its bottleneck, else its lowest indicator, with the anchor in words."""
    known = [i for i in row.indicators if _level(i, lead) is not None]
    known.sort(key=lambda i: (i.text != row.bottleneck, _level(i, lead) or 0))
    text = known[0].anchors.get(str(_level(known[0], lead)), "") if known else ""
    if row.bottleneck:
        text = f"Engpass: {row.bottleneck} – {text}"
    return page.Finding(title=row.label, text=text, value=row.scores[lead].printable)


def _level(item: IndicatorRow, perspective: Perspective) -> int | None:
    record = item.answers.get(perspective)
    if record is None or record.response.state is not AnswerState.ANSWERED:
        return None
    return int(record.response.value)


def talking_points(results: Results) -> tuple[page.TalkingPoint, ...]:
    """Where management and works council are two levels or more apart."""
    short = {row.dimension.code: row.short for row in results.dimensions}

    def level(item: IndicatorRow, perspective: Perspective) -> Decimal | None:
        value = _level(item, perspective)
        return None if value is None else Decimal(value)

    return tuple(
        page.TalkingPoint(
            label=item.text,
            dimension=short[item.indicator.dimension],
            gf=level(item, Perspective.MANAGEMENT),
            br=level(item, Perspective.WORKS_COUNCIL),
        )
        for item in results.dissents
    )
