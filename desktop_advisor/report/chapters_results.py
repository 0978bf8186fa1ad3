"""Results: overview with radar and bars, each dimension, site factors, both views."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportlab.platypus import CondPageBreak, Spacer

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.language import say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.arithmetic import answer_of
from desktop_advisor.report.chapters_overview import Story, chapter, explained, passage
from desktop_advisor.report.charts import Axis, IntervalBar, RadarChart
from desktop_advisor.report.fonts import REGULAR
from desktop_advisor.report.model import Dimension, Indicator, ReportModel, Result, SiteFactor
from desktop_advisor.report.pages import heading
from desktop_advisor.report.sketches import bar, radar, steps, swatch
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, clean, markup, text

_LEAST_AXES = 3
_CHART_ROOM, _ROW_ROOM = 370.0, 20.0
"""Points that radar and headings need, and each row of the table: the overview is one view."""


def compared_view(model: ReportModel) -> Perspective | None:
    """The works council beside the leading view; None where it leads itself or is not shown."""
    council = Perspective.WORKS_COUNCIL
    return council if council in model.perspectives and model.leading is not council else None


def radar_chart(
    dimensions: Sequence[Dimension], leading: Perspective, compared: Perspective | None
) -> RadarChart:
    """The radar of the maturity dimensions; parked ones stay as empty axes."""
    return RadarChart(tuple(_axis(d, leading, compared) for d in dimensions if d.kind == "R"))


def _axis(dimension: Dimension, leading: Perspective, compared: Perspective | None) -> Axis:
    result = dimension.leading_result(leading)
    second = dimension.result(compared) if compared else None
    value = result.printable if result else None
    return Axis(
        dimension.short,
        value,
        result.low if result and value is not None else None,
        result.high if result and value is not None else None,
        second.printable if second else None,
    )


def interval_bar(result: Result | None, compared: Result | None = None) -> IntervalBar:
    """The bar of a result; empty where nothing may be printed."""
    second = compared.printable if compared else None
    if result is None or result.printable is None:
        return IntervalBar(None, compared=second)
    return IntervalBar(result.printable, result.low, result.high, second)


def overview(model: ReportModel, theme: Theme) -> Story:
    """All dimensions at a glance."""
    maturity = [d for d in model.dimensions if d.kind == "R"]
    room = _CHART_ROOM + _ROW_ROOM * len(maturity)
    story = [CondPageBreak(room), heading(say("Ergebnisse im Überblick"), theme.chapter)]
    if not maturity:
        return [*story, text(say("Es wurde noch kein Handlungsfeld betrachtet."), theme.aside)]
    compared = compared_view(model)
    if len(maturity) >= _LEAST_AXES:
        story.append(radar(theme, radar_chart(maturity, model.leading, compared), BODY_WIDTH, 282))
    story.append(_key(model, theme, compared))
    if agreed := phrases.joint_answers(model):
        story.append(text(agreed, theme.small))
    story.append(Spacer(1, 8))
    header = (say("Handlungsfeld"), "0 – 5", say("Wert"), say("Spanne"), say("Abdeckung"))
    rows = [_overview_row(d, model.leading, compared, theme) for d in maturity]
    widths = (150, BODY_WIDTH - 330, 48, 62, 70)
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, middle=True, right=(4,))
    story.append(table)
    return story


def _key(model: ReportModel, theme: Theme, compared: Perspective | None) -> Any:
    cells: list[Any] = [
        swatch(theme, second=False),
        text(phrases.leading_view(model), theme.small),
    ]
    widths = [32.0, 168.0 if phrases.has_joint_values(model) else 82.0]
    if compared:
        cells += [swatch(theme, second=True), text(wording.PERSPECTIVES[compared], theme.small)]
        widths += [32.0, 56.0]
    note = say("Band und Spanne: möglich, wenn Fehlendes 0 oder 5 wäre.")
    return bare([[*cells, text(note, theme.small)]], [*widths, BODY_WIDTH - sum(widths)])


def _overview_row(
    dimension: Dimension, leading: Perspective, compared: Perspective | None, theme: Theme
) -> list[Any]:
    result = dimension.leading_result(leading)
    second = dimension.result(compared) if compared else None
    width = BODY_WIDTH - 330 - 16
    name = text(brief(dimension.label), theme.cell)
    if dimension.is_parked or result is None or result.printable is None:
        words = say(wording.NOT_LOOKED_AT) if dimension.is_parked else phrases.result_line(result)
        coverage = phrases.share(result.coverage) if result else phrases.NOTHING
        return [name, text(words, theme.small), "", "", text(coverage, theme.cell_right)]
    return [
        name,
        bar(theme, interval_bar(result, second), width),
        text(phrases.figure(result.printable), theme.cell_bold),
        text(phrases.interval(result.low, result.high) or phrases.NOTHING, theme.cell),
        text(phrases.share(result.coverage), theme.cell_right),
    ]


def dimensions(model: ReportModel, theme: Theme) -> Story:
    """One section per maturity dimension with its Kennpunkte."""
    shown = [d for d in model.dimensions if d.kind == "R"]
    if not shown:
        return []
    story = chapter(say("Ergebnis je Handlungsfeld"), theme, room=260)
    for dimension in shown:
        story += _dimension(model, dimension, theme)
    return story


def _dimension(model: ReportModel, dimension: Dimension, theme: Theme) -> Story:
    result = dimension.leading_result(model.leading)
    title = [heading(brief(dimension.label), theme.section_tight, level=1)]
    title.append(text(phrases.facts(dimension, result), theme.small))
    head = bare([[title, _values(model, dimension, theme)]], (BODY_WIDTH - 150, 150))
    story = [CondPageBreak(100), head, Spacer(1, 2)]
    story += passage(keys.dimension(dimension), dimension.sentences, theme.cell)
    if result and result.bottleneck:
        words = f"<b>{say('Engpass:')}</b> {clean(result.bottleneck)}"
        story += [markup(words, theme.cell), Spacer(1, 3)]
    rows = [_indicator_row(model, indicator, theme) for indicator in dimension.indicators]
    if rows:
        views = _shown_views(model)
        widths = (BODY_WIDTH - 92 * len(views), *(92.0 for _ in views))
        table = ruled(rows, widths, theme=theme, padding=1.8, middle=True)
        table.setStyle([("NOSPLIT", (0, max(-3, -len(rows))), (-1, -1))])
        story.append(table)
    return [*story, Spacer(1, 11)]


def _values(model: ReportModel, dimension: Dimension, theme: Theme) -> Any:
    """The leading value large, the works council's beside it; words where there is none."""
    if dimension.is_parked:
        return ""
    result = dimension.leading_result(model.leading)
    if result is None or result.printable is None:
        return text(phrases.result_line(result), theme.cell_right)
    compared = compared_view(model)
    second = dimension.result(compared) if compared else None
    tail = ""
    if compared and second:
        words = f"{wording.PERSPECTIVES_SHORT[compared]} {phrases.result_line(second)}"
        tail = f'&nbsp; <font name="{REGULAR}" size="8" color="#5b6875">{clean(words)}</font>'
    return markup(clean(phrases.figure(result.printable)) + tail, theme.figure_right)


def _shown_views(model: ReportModel) -> list[Perspective]:
    """The leading view, the works council's, what was agreed on; each where it is printed."""
    beside = [compared_view(model)]
    if Perspective.JOINT in model.perspectives and model.leading is not Perspective.JOINT:
        beside.append(Perspective.JOINT)
    return [model.leading, *(view for view in beside if view)]


def _indicator_row(model: ReportModel, indicator: Indicator, theme: Theme) -> list[Any]:
    mark = f" <i>({say('kritisch')})</i>" if indicator.is_critical else ""
    cells = [_level_cell(indicator, view, theme) for view in _shown_views(model)]
    return [markup(clean(brief(indicator.label)) + mark, theme.cell), *cells]


def _level_cell(indicator: Indicator, view: Perspective, theme: Theme) -> Any:
    answer = answer_of(indicator, view)
    name = text(wording.PERSPECTIVES_SHORT[view], theme.small)
    width = {Perspective.ADVISOR: 44.0, Perspective.JOINT: 22.0}.get(view, 18.0)
    if view is Perspective.JOINT and (answer is None or answer.state is AnswerState.OPEN):
        return text(phrases.NOTHING, theme.small)
    if answer is None:
        shown = [name, text(say("nicht gefragt"), theme.small)]
        return bare([shown], (width, 92 - 6 - width))
    if answer.state is not AnswerState.ANSWERED or answer.level is None:
        shown = [name, text(wording.STATES[answer.state], theme.small)]
        return bare([shown], (width, 92 - 6 - width))
    scale = steps(theme, answer.level, is_round=view is Perspective.WORKS_COUNCIL)
    level = text(phrases.plain(answer.level), theme.cell_bold)
    return bare([[name, scale, level]], (width, 68 - width, 18))


def site(model: ReportModel, theme: Theme) -> Story:
    """Standortbedingungen: importance against satisfaction, never a maturity."""
    parked = any(d.kind == "S" and d.is_parked for d in model.dimensions)
    if not model.site_factors and not parked:
        return []
    story = chapter(say("Standortbedingungen"), theme, room=190)
    if not model.site_factors:
        return [*story, text(say(wording.NOT_LOOKED_AT).capitalize() + ".", theme.aside)]
    header = (say("Standortfaktor"), say("Wichtigkeit"), say("Zufriedenheit"), say("Abstand"))
    rows = [_site_row(factor, theme) for factor in model.site_factors]
    widths = (BODY_WIDTH - 220, 80, 86, 54)
    table = ruled(rows, widths, header=header, theme=theme, padding=3, middle=True)
    return [*story, *explained(model, "site", theme.body), table]


def _site_row(factor: SiteFactor, theme: Theme) -> list[Any]:
    label: Story = [text(brief(factor.label), theme.cell)]
    if factor.note:
        label.append(text(brief(factor.note), theme.small))
    gap = phrases.NOTHING if factor.gap is None else f"{factor.gap:+d}".replace("-", "−")
    style = theme.cell_bold if factor.gap and factor.gap > 0 else theme.cell
    return [
        label,
        _rating(factor.importance, theme),
        _rating(factor.satisfaction, theme),
        text("0" if factor.gap == 0 else gap, style),
    ]


def _rating(value: int | None, theme: Theme) -> Any:
    if value is None:
        return text(say("offen"), theme.small)
    return bare([[steps(theme, Decimal(value)), text(str(value), theme.cell)]], (52, 14))
