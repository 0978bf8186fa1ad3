"""Sichtweisen: management and works council beside each other, never averaged (domain §3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.language import say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.chapters_overview import Story, chapter, explained, passage, section
from desktop_advisor.report.dumbbell_chart import DumbbellChart
from desktop_advisor.report.dumbbell_sketch import dumbbell
from desktop_advisor.report.explained import has_views
from desktop_advisor.report.model import Dimension, ReportModel
from desktop_advisor.report.tables import ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, text

FIGURE, DISTANCE = 42.0, 48.0
"""Points: columns of one figure each, and of the distance."""
_LEVELS = 124.0
"""Points for the levels of a Gesprächsanlass, three of them at most."""


def views(model: ReportModel, theme: Theme) -> Story:
    """Management and works council side by side, where both were asked."""
    if not has_views(model):
        return []
    story = chapter(say("Sichtweisen: Geschäftsführung und Betriebsrat"), theme, room=330)
    is_joint = Perspective.JOINT in model.perspectives
    is_advised = Perspective.ADVISOR in model.perspectives
    more = [
        name for name, is_there in ((say("Ber."), is_advised), (say("Gem."), is_joint)) if is_there
    ]
    scale = BODY_WIDTH - 150 - FIGURE * (2 + len(more)) - DISTANCE
    rows = [
        _view_row(d, theme, scale - 20, is_joint=is_joint, is_advised=is_advised)
        for d in model.dimensions
        if d.kind == "R" and not d.is_parked
    ]
    header = (say("Handlungsfeld"), "0 – 5", say("GF"), say("BR"), *more, say("Abstand"))
    widths = (150, scale, *(FIGURE for _ in range(2 + len(more))), DISTANCE)
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, middle=True)
    agreed = phrases.joint_answers(model)
    told = [text(agreed, theme.aside)] if agreed else []
    told.append(text(_key(is_joint=is_joint, is_advised=is_advised), theme.small))
    intro = explained(model, "views", theme.body)
    return [*story, *intro, *told, table, *_talking_points(model, theme)]


def _key(*, is_joint: bool, is_advised: bool) -> str:
    """What the marks mean; shapes, so that a grey print says the same."""
    signs = [say("● Geschäftsführung"), say("◊ Betriebsrat")]
    signs += [say("△ Beratung")] if is_advised else []
    signs += [say("| gemeinsam")] if is_joint else []
    return say("{0}; dicker Strich: zwei Stufen oder mehr auseinander").format(", ".join(signs))


def _view_row(
    dimension: Dimension, theme: Theme, scale: float, *, is_joint: bool, is_advised: bool
) -> list[Any]:
    gf = dimension.result(Perspective.MANAGEMENT)
    br = dimension.result(Perspective.WORKS_COUNCIL)
    name = text(brief(dimension.label), theme.cell)
    left, right = (r.printable if r else None for r in (gf, br))
    advisor = dimension.result(Perspective.ADVISOR)
    said = phrases.figure(advisor.printable if advisor else None)
    more = [text(said, theme.cell)] if is_advised else []
    more += [text(_agreed(dimension), theme.cell)] if is_joint else []
    chart = dumbbell_chart(dimension)
    if not chart.values:
        words = text(wording.VERDICTS[gf.verdict] if gf else phrases.NOTHING, theme.small)
        return [name, words, "", "", *more, ""]
    gap = phrases.NOTHING if chart.distance is None else phrases.figure(chart.distance)
    return [
        name,
        dumbbell(theme, chart, scale, name=dimension.short),
        text(phrases.figure(left), theme.cell_bold),
        text(phrases.figure(right), theme.cell_bold),
        *more,
        text(gap, theme.cell),
    ]


def dumbbell_chart(dimension: Dimension) -> DumbbellChart:
    """What each side may print of a dimension; the advisor's mark beside management and BR."""
    printed = {r.perspective: r.printable for r in dimension.results}
    return DumbbellChart({side: value for side, value in printed.items() if value is not None})


def _agreed(dimension: Dimension) -> str:
    """The joint value; where too little was agreed on for one, how much was."""
    joint = dimension.result(Perspective.JOINT)
    if joint is None or joint.answered == 0:
        return phrases.NOTHING
    if joint.printable is None:
        return say("{0} von {1}").format(joint.answered, joint.applicable)
    return phrases.figure(joint.printable)


def _talking_points(model: ReportModel, theme: Theme) -> Story:
    story = section(say("Gesprächsanlässe"), theme)
    if not model.talking_points:
        return [
            *story,
            text(say("Kein Kennpunkt weicht um zwei Stufen oder mehr ab."), theme.aside),
        ]
    rows = []
    for point in model.talking_points:
        levels = say("GF {0} · BR {1}").format(_level(point.gf), _level(point.br))
        levels += "" if point.joint is None else say(" · gemeinsam {0}").format(_level(point.joint))
        said = [text(point.label, theme.cell_bold)]
        said += passage(keys.talking_point(point), point.text, theme.cell)
        rows.append([said, text(levels, theme.cell_right)])
    widths = (BODY_WIDTH - _LEVELS, _LEVELS)
    return [*story, ruled(rows, widths, theme=theme, padding=2.6)]


def _level(value: Decimal | None) -> str:
    return phrases.NOTHING if value is None else phrases.plain(value)
