"""Maßnahmenplan: who does what until when, why, with whose money, and in which order."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.advice.plan import PlanItem, timeline
from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import say
from desktop_advisor.report import phrases
from desktop_advisor.report.chapters_overview import Story, chapter
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import heading
from desktop_advisor.report.plan_model import Measure
from desktop_advisor.report.tables import lead_height, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, clean, markup, text
from desktop_advisor.report.timeline_chart import STATE_WORDS, TimelineChart, timeline_chart
from desktop_advisor.report.timeline_sketch import legend, timeline_sketches

_NUMBER, _WHO, _WHY = 22.0, 106.0, 148.0
"""Widths of the columns beside the measure itself, in points."""
_TITLE = 60.0
"""Points of the chapter's heading with the air around it."""


def plan(model: ReportModel, theme: Theme) -> Story:
    """The table of all measures, then the same in time."""
    if not model.measures:
        story = chapter(say("Maßnahmenplan"), theme, room=240)
        return [*story, text(say("Es wurden noch keine Maßnahmen vereinbart."), theme.aside)]
    header = (
        say("Nr."),
        say("Maßnahme und Schritte"),
        say("Wer, wann, Aufwand"),
        say("Nutzen, Messgröße, Förderung"),
    )
    rows = [_row(m, i, theme) for i, m in enumerate(model.measures, start=1)]
    widths = (_NUMBER, BODY_WIDTH - _NUMBER - _WHO - _WHY, _WHO, _WHY)
    table = ruled(rows, widths, header=header, theme=theme, padding=5)
    story = chapter(say("Maßnahmenplan"), theme, room=max(240, _TITLE + lead_height(table)))
    return [*story, table, *_in_time(chart_of(model.measures, model.created_on), theme)]


def chart_of(measures: Sequence[Measure], today: date) -> TimelineChart:
    """The timeline of printed measures, each with its number in the table before its title."""
    keys = [uuid.UUID(int=number) for number in range(1, len(measures) + 1)]
    items = [
        PlanItem(
            key=key,
            title=f"{number}  {brief(m.title, 90)}",
            starts_on=m.starts_on,
            due_on=m.due_on,
            state=m.state,
            depends_on=keys[m.waits_for - 1] if m.waits_for else None,
        )
        for number, (key, m) in enumerate(zip(keys, measures, strict=True), start=1)
    ]
    return timeline_chart(timeline(items, today), today)


def _row(measure: Measure, number: int, theme: Theme) -> list[Any]:
    what: Story = [text(measure.title, theme.cell_bold)]
    what += [text(f"{i}. {step}", theme.cell) for i, step in enumerate(measure.steps, start=1)]
    if measure.waits_for:
        words = say("Beginnt nach Maßnahme {0}.").format(measure.waits_for)
        what += [Spacer(1, 3), text(words, theme.small)]
    if measure.remark:
        what += [Spacer(1, 3), markup(f"<b>{clean(measure.remark)}</b>", theme.small)]
    return [text(str(number), theme.cell_bold), what, _who(measure, theme), _why(measure, theme)]


def _who(measure: Measure, theme: Theme) -> Story:
    who: Story = [
        text(measure.owner or say("noch zu benennen"), theme.cell_bold),
        text(_when(measure), theme.cell),
    ]
    if measure.effort:
        who += [Spacer(1, 3), text(say("Aufwand"), theme.label), text(measure.effort, theme.cell)]
    if measure.state != "agreed":
        who += [
            Spacer(1, 3),
            text(say("Umsetzungsstand"), theme.label),
            text(_state(measure), theme.cell),
        ]
    return who


def _when(measure: Measure) -> str:
    """ "11.01.2027 bis 28.02.2027"; a date that is not agreed says so."""
    begin = (
        "" if measure.starts_on is None else say("ab {0} ").format(short_date(measure.starts_on))
    )
    if measure.due_on is None:
        return say("{0}(Frist offen)").format(begin) if begin else say("Frist offen")
    return say("{0}bis {1}").format(begin, short_date(measure.due_on))


def _state(measure: Measure) -> str:
    word = STATE_WORDS.get(measure.state, measure.state)
    return say("{0} am {1}").format(word, short_date(measure.done_on)) if measure.done_on else word


def _why(measure: Measure, theme: Theme) -> Story:
    """Only what was said; the metric stands there even where it is missing."""
    found = "" if measure.effect_on is None else f" ({short_date(measure.effect_on)})"
    parts = (
        (say("Nutzen"), (measure.benefit,)),
        (say("Messgröße"), (measure.metric or phrases.NOTHING,)),
        (say("Förderung, Angebote"), measure.offers),
        (say("Wirkung{0}").format(found), (measure.effect,)),
    )
    why: Story = []
    for title, lines in parts:
        said = [line for line in lines if line]
        if said:
            why += [Spacer(1, 3)] if why else []
            why += [text(title, theme.label), *(text(line, theme.cell) for line in said)]
    return why


def _in_time(chart: TimelineChart, theme: Theme) -> Story:
    """The timeline, if any measure has a date; over two pages where the plan is long."""
    if not chart.has_dates:
        return []
    first, *more = timeline_sketches(theme, chart, BODY_WIDTH)
    head = [Spacer(1, 8), heading(say("Zeitplan"), theme.section, 1), legend(theme, BODY_WIDTH)]
    return [KeepTogether([*head, first]), *more]
