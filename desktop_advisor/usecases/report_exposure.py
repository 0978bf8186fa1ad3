"""The chapter on product exposure as plain values, and the arithmetic of its figures."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.assessment.exposure import LEAST_ASSIGNED, TOLERANCE, Exposure, Product
from desktop_advisor.assessment.exposure_facts import SOON_YEARS
from desktop_advisor.assessment.exposure_figures import (
    FOLLOW_ON_WORDS,
    NAMELESS,
    Figure,
    ending_figure,
    growth_figure,
    heads_figure,
    persons,
    points,
    scenario_heads_figure,
    scenario_turnover_figure,
    thin_margin_figure,
    turnover_figure,
    unassigned_figure,
)
from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.domain.german import THIN_SPACE, figure, short_date
from desktop_advisor.domain.language import Words, say
from desktop_advisor.report import exposure_model as page
from desktop_advisor.report import model
from desktop_advisor.report.exposure_chart import UNASSIGNED
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.usecases.exposure import ExposureView, ScenarioView

MARGINS = Words({"low": "gering", "medium": "mittel", "high": "hoch"})


def exposure_chapter(view: ExposureView) -> page.ExposureChapter | None:
    """The chapter of what the screen shows; None where no row is filled or it is put aside."""
    exposure = view.exposure
    if exposure is None:
        return None
    turnover, heads = turnover_figure(exposure), heads_figure(exposure)
    table = exposure.table
    return page.ExposureChapter(
        told_by=say("Angaben aus der Tabelle der Produktgruppen, {0}.").format(
            PERSPECTIVES[view.told_by]
        ),
        turnover=turnover.text if turnover else "",
        heads=heads.text if heads else "",
        remarks=tuple(remarks(exposure)),
        layers=layers(exposure),
        products=tuple(product_line(exposure, p) for p in exposure.products),
        endings=tuple(_endings(view, exposure)),
        scenarios=tuple(_scenario(exposure, s) for s in view.scenarios),
        source=say("{0} (Stand {1}).").format(say(table.source), short_date(table.checked_on)),
    )


def exposure_derivations(view: ExposureView) -> tuple[Derivation, ...]:
    """How each printed figure came about, in the order of the chapter."""
    exposure = view.exposure
    if exposure is None:
        return ()
    figures: list[Figure | None] = [
        turnover_figure(exposure),
        heads_figure(exposure),
        unassigned_figure(exposure),
        growth_figure(exposure),
        thin_margin_figure(exposure),
    ]
    figures += [ending_figure(exposure, exposure.ending(year)) for year in ending_years(view)]
    for scenario in view.scenarios:
        affected = scenario.affected(exposure)
        figures.append(scenario_turnover_figure(exposure, affected, scenario.source))
        figures.append(scenario_heads_figure(exposure, affected, scenario.source))
    return tuple(figure.derivation for figure in figures if figure is not None)


def exposure_key_figure(view: ExposureView) -> tuple[model.Figure, ...]:
    """The box of the summary; () where there is nothing to say."""
    found = turnover_figure(view.exposure) if view.exposure else None
    if found is None or view.exposure is None:
        return ()
    return (
        model.Figure(
            label=say("Exposition"), value=found.text, note=say("vom Umsatz hängt am Verbrenner")
        ),
    )


def ending_years(view: ExposureView) -> tuple[int, ...]:
    """The years up to which ends are summed up: soon, then those of the scenarios."""
    return tuple(sorted({view.this_year + SOON_YEARS, *(s.year for s in view.scenarios)}))


def layers(exposure: Exposure) -> tuple[page.Layer, ...]:
    """The layers of the stack."""
    return tuple(
        page.Layer(
            code=str(layer.group.group) if layer.group else "",
            label=say(layer.group.label) if layer.group else say(UNASSIGNED),
            turnover=layer.turnover,
            heads=layer.heads,
        )
        for layer in exposure.layers
    )


def remarks(exposure: Exposure) -> Iterator[str]:
    """What a reader of the number must know beside it."""
    if not exposure.has_turnover:
        yield say("Umsatzanteile sind nicht angegeben; gerechnet ist nur nach Köpfen.")
        return
    if exposure.is_over:
        yield (
            say("Die Umsatzanteile ergeben zusammen {0} und sind auf 100 % umgerechnet.").format(
                points(exposure.said)
            )
        )
    low, high, rest = exposure.low, exposure.high, exposure.unassigned
    if rest is None or low is None or high is None or rest <= TOLERANCE:
        return
    bounds = say("zwischen {0} und {1}").format(points(low), points(high))
    yield say("{0} vom Umsatz sind keiner Antriebsgruppe zugeordnet.").format(points(rest))
    if exposure.turnover is None:
        yield (
            say(
                "Unter {0} % zugeordnetem Umsatz ist keine belastbare Aussage möglich; der Wert "
                "liegt {1}."
            ).format(figure(LEAST_ASSIGNED), bounds)
        )
    else:
        yield say("Je nachdem, was dahintersteckt, liegt die Exposition {0}.").format(bounds)


def product_line(exposure: Exposure, product: Product) -> page.ProductLine:
    """One product in words."""
    share, group = exposure.weight(product), exposure.table.of(product.group)
    ends = product.eop is not None
    return page.ProductLine(
        name=product.name or say(NAMELESS),
        share=points(share) if share is not None else "",
        heads=figure(product.heads) if product.heads is not None else "",
        group=str(group.group) if group else "",
        dependence=f"{figure(group.share * 100)}{THIN_SPACE}%" if group else say(UNASSIGNED),
        eop=str(product.eop) if ends else "",
        follow_on=FOLLOW_ON_WORDS[product.follow_on] if ends else "",
        margin=MARGINS.get(product.margin, ""),
    )


def _endings(view: ExposureView, exposure: Exposure) -> Iterator[page.EndingLine]:
    if not exposure.knows_ends:
        return
    for year in ending_years(view):
        ending = exposure.ending(year)
        yield page.EndingLine(
            year=str(year),
            uncovered=points(ending.uncovered),
            unclear=points(ending.unclear),
            secured=points(ending.secured),
        )


def _scenario(exposure: Exposure, scenario: ScenarioView) -> page.ScenarioLine:
    affected = scenario.affected(exposure)
    return page.ScenarioLine(
        year=str(scenario.year),
        remaining=f"{figure(scenario.remaining * 100)}{THIN_SPACE}%",
        turnover=points(affected.turnover) if affected.turnover is not None else "",
        heads=persons(affected.heads) if affected.heads is not None else "",
        source=say(scenario.source),
        is_own=scenario.is_own,
    )
