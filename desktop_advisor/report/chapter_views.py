"""Sichtweisen: management and works council beside each other, never averaged (domain §3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportlab.platypus import KeepTogether

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.chapters_overview import Story, chapter, section
from desktop_advisor.report.dumbbell_chart import DumbbellChart
from desktop_advisor.report.dumbbell_sketch import dumbbell
from desktop_advisor.report.model import Dimension, ReportModel
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, text


def views(model: ReportModel, theme: Theme) -> Story:
    """Management and works council side by side, where both were asked."""
    if not {Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL} <= set(model.perspectives):
        return []
    story = chapter("Sichtweisen: Geschäftsführung und Betriebsrat", theme, room=330)
    intro = (
        "Die Werte stehen nebeneinander und werden nicht gemittelt. Weichen einzelne Kennpunkte um "
        "zwei Stufen oder mehr voneinander ab, ist das ein Gesprächsanlass, kein Fehler."
    )
    is_joint = Perspective.JOINT in model.perspectives
    scale = BODY_WIDTH - (360 if is_joint else 310)
    rows = [
        _view_row(d, theme, scale - 20, is_joint=is_joint)
        for d in model.dimensions
        if d.kind == "R" and not d.is_parked
    ]
    more = ("Gem.",) if is_joint else ()
    key = "0 – 5   ● GF   ◊ BR" + ("   △ Ber." if _has_advisor(model) else "")
    header = ("Handlungsfeld", key, "GF", "BR", *more, "Abstand")
    widths = (150, scale, 50, 50, *(50.0 for _ in more), 60)
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, middle=True)
    agreed = phrases.joint_answers(model)
    told = [text(agreed, theme.aside)] if agreed else []
    return [*story, text(intro, theme.body), *told, table, *_talking_points(model, theme)]


def _view_row(dimension: Dimension, theme: Theme, scale: float, *, is_joint: bool) -> list[Any]:
    gf = dimension.result(Perspective.MANAGEMENT)
    br = dimension.result(Perspective.WORKS_COUNCIL)
    name = text(brief(dimension.label), theme.cell)
    left, right = (r.printable if r else None for r in (gf, br))
    joint = [text(_agreed(dimension), theme.cell)] if is_joint else []
    if left is None and right is None:
        words = text(wording.VERDICTS[gf.verdict] if gf else phrases.NOTHING, theme.small)
        return [name, words, "", "", *joint, ""]
    chart = dumbbell_chart(dimension)
    gap = phrases.NOTHING if chart.distance is None else phrases.figure(chart.distance)
    return [
        name,
        dumbbell(theme, chart, scale),
        text(phrases.figure(left), theme.cell_bold),
        text(phrases.figure(right), theme.cell_bold),
        *joint,
        text(gap, theme.cell),
    ]


def dumbbell_chart(dimension: Dimension) -> DumbbellChart:
    """What each side may print of a dimension; the advisor's mark beside management and BR."""
    printed = {r.perspective: r.printable for r in dimension.results}
    return DumbbellChart({side: value for side, value in printed.items() if value is not None})


def _has_advisor(model: ReportModel) -> bool:
    return any(r.perspective is Perspective.ADVISOR for d in model.dimensions for r in d.results)


def _agreed(dimension: Dimension) -> str:
    """The joint value; where too little was agreed on for one, how much was."""
    joint = dimension.result(Perspective.JOINT)
    if joint is None or joint.answered == 0:
        return phrases.NOTHING
    if joint.printable is None:
        return f"{joint.answered} von {joint.applicable}"
    return phrases.figure(joint.printable)


def _talking_points(model: ReportModel, theme: Theme) -> Story:
    story = section("Gesprächsanlässe", theme)
    if not model.talking_points:
        return [*story, text("Kein Kennpunkt weicht um zwei Stufen oder mehr ab.", theme.aside)]
    for point in model.talking_points:
        levels = f"GF {_level(point.gf)} · BR {_level(point.br)}"
        levels += "" if point.joint is None else f" · gemeinsam {_level(point.joint)}"
        head = bare(
            [[text(point.label, theme.entry), text(levels, theme.cell_right)]],
            (BODY_WIDTH - 150, 150),
        )
        story.append(KeepTogether([head]))
        story += [text(point.text, theme.body)] if point.text else []
    return story


def _level(value: Decimal | None) -> str:
    return phrases.NOTHING if value is None else phrases.plain(value)
