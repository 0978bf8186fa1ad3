"""The result chapters of the report as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.domain.language import say
from desktop_advisor.report import model as page
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow, Results
from desktop_advisor.usecases.scoring import AnswerRecord
from desktop_advisor.usecases.standing_out import SHOWN

GOOD_LEVEL = 3
"""From here on something is done and settled in at least one part of the firm (domain §3)."""


def dimension(results: Results, row: DimensionRow) -> page.Dimension:
    """One dimension with the results and answers that may be printed."""
    printed = results.perspectives or (Perspective.MANAGEMENT,)
    lead = results.leading if results.has_joint_answers else None
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
        led=_result(lead, row.led, row) if lead and row.led else None,
        indicators=tuple(
            _indicator(item, printed, lead)
            for item in row.indicators
            if set(item.indicator.perspectives) & set(printed)
        ),
        is_parked=row.is_parked,
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


def _indicator(
    item: IndicatorRow, printed: Sequence[Perspective], lead: Perspective | None
) -> page.Indicator:
    """lead: who leads where joint answers stand in place of some of theirs, else None."""
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
        led=_led(item, lead) if lead and item.is_led else None,
    )


def _led(item: IndicatorRow, lead: Perspective) -> page.Answer:
    """The answer that counts, under the perspective it is from."""
    joint = item.answers.get(Perspective.JOINT)
    whose = Perspective.JOINT if joint is not None and item.led == joint else lead
    return _answer(whose, item.led or AnswerRecord(Response()), item.anchors)


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


def strength(row: DimensionRow) -> page.Finding:
    """A strong dimension and its best anchor in words."""
    best = [(level, i) for i in row.indicators if (level := _level(i.led)) is not None]
    best.sort(key=lambda pair: -pair[0])
    text = best[0][1].anchors.get(str(best[0][0]), "") if best else ""
    return _finding(row, text)


def strengths(results: Results) -> tuple[page.Finding, ...]:
    """The strong dimensions; where there is none, what the firm does best, point by point."""
    found = tuple(strength(row) for row in results.strengths)
    return found or tuple(_good_points(results))


def _good_points(results: Results) -> Iterator[page.Finding]:
    """One Kennpunkt per dimension from level 3, what was seen or documented first."""
    best = []
    for row in results.maturity:
        levels = [
            (_is_seen(item), level, item)
            for item in row.indicators
            if (level := _level(item.led)) is not None
            and level >= GOOD_LEVEL
            and not item.is_dissent
        ]
        if levels:
            best.append((*max(levels, key=lambda point: point[:2]), row))
    best.sort(key=lambda point: point[:2], reverse=True)
    for _, level, item, row in best[:SHOWN]:
        anchor = item.anchors.get(str(level), "")
        text = say("Stufe {0}: {1}").format(level, anchor)
        title = say("{0}, ein Kennpunkt").format(row.label)
        yield page.Finding(title=title, code=row.dimension.code, text=text)


def _is_seen(item: IndicatorRow) -> bool:
    return item.led is not None and item.led.evidence in (Evidence.SEEN, Evidence.DOCUMENT)


def urgent(row: DimensionRow) -> page.Finding:
    """A weak dimension: its bottleneck, else its lowest indicator, with the anchor in words."""
    known = [(level, i) for i in row.indicators if (level := _level(i.led)) is not None]
    known.sort(key=lambda pair: (pair[1].text != row.bottleneck, pair[0]))
    text = known[0][1].anchors.get(str(known[0][0]), "") if known else ""
    if row.bottleneck:
        text = say("Engpass: {0} – {1}").format(row.bottleneck, text)
    return _finding(row, text)


def _finding(row: DimensionRow, text: str) -> page.Finding:
    value = row.led.printable if row.led else None
    return page.Finding(title=row.label, code=row.dimension.code, text=text, value=value)


def _level(record: AnswerRecord | None) -> int | None:
    if record is None or record.response.state is not AnswerState.ANSWERED:
        return None
    return int(record.response.value)


def talking_points(results: Results, notes: Mapping[str, str]) -> tuple[page.TalkingPoint, ...]:
    """Where management and works council are two levels or more apart, or the table said why not.

    notes: question → what the table says about it.
    """
    short = {row.dimension.code: row.short for row in results.dimensions}

    both = {Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL}
    found = [
        item
        for row in results.dimensions
        for item in row.indicators
        if item.is_dissent or (item.indicator.question in notes and both <= set(item.answers))
    ]

    def level(item: IndicatorRow, perspective: Perspective) -> Decimal | None:
        value = _level(item.answers.get(perspective))
        return None if value is None else Decimal(value)

    return tuple(
        page.TalkingPoint(
            label=item.text,
            question=item.indicator.question,
            dimension=short[item.indicator.dimension],
            gf=level(item, Perspective.MANAGEMENT),
            br=level(item, Perspective.WORKS_COUNCIL),
            joint=level(item, Perspective.JOINT),
            text=notes.get(item.indicator.question, ""),
        )
        for item in found
    )
