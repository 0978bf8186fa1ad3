"""Product exposure and scenarios: the stack, the products, what ends, what a year would touch."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import KeepTogether, Spacer

from desktop_advisor.domain.language import say
from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report.chapters_overview import Story, chapter, explained, passage, section
from desktop_advisor.report.exposure_chart import exposure_stack
from desktop_advisor.report.exposure_model import ExposureChapter, ProductLine, ScenarioLine
from desktop_advisor.report.exposure_sketch import stack_bars, swatch
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.phrases import NOTHING
from desktop_advisor.report.tables import boxes, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, text

_OWN = "In der Beratung gesetzt: "


def exposure(model: ReportModel, theme: Theme) -> Story:
    """The chapter; nothing where no product table was filled."""
    about = model.exposure
    if about is None:
        return []
    story = chapter(say("Produktexposition & Szenarien"), theme, room=330)
    story += explained(model, "exposure", theme.body)
    story += passage(keys.EXPOSURE_TOLD_BY, about.told_by, theme.aside)
    story += [boxes(_figures(about, theme), theme), Spacer(1, 8)]
    story += passage(keys.EXPOSURE_REMARKS, " ".join(about.remarks), theme.tinted)
    story += _stack(about, theme)
    story += _products(about, theme)
    story += _endings(model, about, theme)
    story += _scenarios(model, about, theme)
    return story


def _figures(about: ExposureChapter, theme: Theme) -> list[Story]:
    shown = (
        (say("vom Umsatz"), about.turnover),
        (say("der Köpfe in der Produktliste"), about.heads),
    )
    return [
        [
            text(say("Produktexposition Verbrenner"), theme.label),
            Spacer(1, 2),
            text(value or NOTHING, theme.figure),
            Spacer(1, 2),
            text(note if value else say("keine belastbare Aussage"), theme.small),
        ]
        for note, value in shown
    ]


def _stack(about: ExposureChapter, theme: Theme) -> Story:
    stack = exposure_stack(about.layers)
    if not stack.bars:
        return []
    rows = [
        [
            swatch(theme, line.hatch),
            text(line.label, theme.cell),
            text(line.turnover or NOTHING, theme.cell_right),
            text(line.heads or NOTHING, theme.cell_right),
        ]
        for line in stack.key
    ]
    key = ruled(
        rows,
        (32, BODY_WIDTH - 172, 70, 70),
        header=("", say("Antriebsgruppe"), say("Umsatz"), say("Köpfe")),
        theme=theme,
        padding=2.2,
        middle=True,
        right=(2, 3),
    )
    drawing = KeepTogether([stack_bars(theme, stack, BODY_WIDTH), Spacer(1, 4), key])
    return [drawing, Spacer(1, 3), text(say("Quelle: {0}").format(about.source), theme.small)]


def _products(about: ExposureChapter, theme: Theme) -> Story:
    header = (
        say("Produktgruppe"),
        say("Umsatz"),
        say("Köpfe"),
        say("abhängig zu"),
        say("Serienende"),
        say("danach"),
    )
    widths = (BODY_WIDTH - 344, 48.0, 42.0, 84.0, 62.0, 108.0)
    rows = [_product(line, theme) for line in about.products]
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, right=(1, 2))
    return [*section(say("Produktgruppen"), theme, room=120), table]


def _product(line: ProductLine, theme: Theme) -> list[Any]:
    dependence = (
        say("{0} (Gruppe {1})").format(line.dependence, line.group)
        if line.group
        else line.dependence
    )
    return [
        text(brief(line.name), theme.cell),
        text(line.share or NOTHING, theme.cell_right),
        text(line.heads or NOTHING, theme.cell_right),
        text(dependence, theme.cell),
        text(line.eop or NOTHING, theme.cell),
        text(line.follow_on or NOTHING, theme.cell),
    ]


def _endings(model: ReportModel, about: ExposureChapter, theme: Theme) -> Story:
    if not about.endings:
        return []
    header = (
        say("Umsatz mit Serienende bis"),
        say("ohne Folgeauftrag"),
        say("noch offen"),
        say("zugesagt"),
    )
    rows = [
        [
            text(line.year, theme.cell),
            text(line.uncovered, theme.dense_bold_right),
            text(line.unclear, theme.cell_right),
            text(line.secured, theme.cell_right),
        ]
        for line in about.endings
    ]
    widths = (BODY_WIDTH - 270, 110.0, 80.0, 80.0)
    table = ruled(rows, widths, header=header, theme=theme, padding=2.6, right=(1, 2, 3))
    heading = section(say("Auslauf und Folgeaufträge"), theme, room=130)
    return [*heading, *explained(model, "exposure_ends", theme.aside), table]


def _scenarios(model: ReportModel, about: ExposureChapter, theme: Theme) -> Story:
    if not about.scenarios:
        return []
    header = (
        say("Jahr"),
        say("Restmenge"),
        say("Umsatz betroffen"),
        say("Köpfe betroffen"),
        say("Annahme"),
    )
    widths = (34.0, 70.0, 70.0, 76.0, BODY_WIDTH - 250)
    rows = [_scenario(line, theme) for line in about.scenarios]
    table = ruled(rows, widths, header=header, theme=theme, padding=3, right=(1, 2, 3))
    heading = section(say("Szenarien"), theme, room=215)
    return [*heading, *explained(model, "exposure_scenarios", theme.body), table]


def _scenario(line: ScenarioLine, theme: Theme) -> list[Any]:
    source = f"{say(_OWN) if line.is_own else ''}{line.source}."
    return [
        text(line.year, theme.cell_bold),
        text(line.remaining, theme.cell_right),
        text(line.turnover or NOTHING, theme.cell_right),
        text(line.heads or NOTHING, theme.cell_right),
        text(source, theme.small),
    ]
