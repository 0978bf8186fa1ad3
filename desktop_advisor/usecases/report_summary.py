"""The summary page of the report: sentences, figures, next steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from desktop_advisor.assessment.scores import Score, Verdict
from desktop_advisor.domain.german import counted, one_digit, percent
from desktop_advisor.domain.language import say
from desktop_advisor.report import model as page
from desktop_advisor.usecases.measures import PlanRow
from desktop_advisor.usecases.overall import evidence_shares
from desktop_advisor.usecases.results import DimensionRow, Results
from desktop_advisor.usecases.scoring import dimension_score
from desktop_advisor.usecases.standing_out import SHOWN

STEPS_ON_SUMMARY = 3
"""As many next steps as a reader keeps in mind (our choice)."""


def summarise(
    company_name: str,
    results: Results,
    measures: Sequence[PlanRow],
    more: tuple[page.Figure, ...] = (),
) -> page.Summary:
    """Half a page for readers in a hurry. more: figures of other chapters."""
    total = results.total
    said = _sentences(company_name, results, measures, total)
    pending = [row for row in measures if row.draft.state in ("agreed", "running")]
    dated = sorted(pending, key=lambda row: row.draft.due_on or date.max)
    return page.Summary(
        sentences=tuple(said.values()),
        about=tuple(said),
        figures=msgspec.structs.replace(_key_figures(results, total), more=more),
        next_steps=tuple(
            page.NextStep(title=row.draft.title, due_on=row.draft.due_on)
            for row in dated[:STEPS_ON_SUMMARY]
        ),
        note=_evidence_note(results),
    )


def _sentences(
    company_name: str, results: Results, measures: Sequence[PlanRow], total: Score | None
) -> dict[str, str]:
    """What a sentence is about → the sentence; an edit of it is kept under that name."""
    said = {"level": _level(company_name, total)}
    if results.strengths:
        said["strengths"] = say("Stärken zeigen sich {0}.").format(_named(results.strengths))
    elif total is not None and total.printable is not None:
        said["strengths"] = say("Kein Handlungsfeld ist bisher im Ganzen eine Stärke.")
    if results.urgent:
        said["urgent"] = say("Ein niedriger Reifegrad oder ein Engpass zeigt sich {0}.").format(
            _named(results.urgent)
        )
    if others := _bottlenecks_besides(results):
        also = (
            say("Ein Engpass besteht auch {0}.")
            if len(others) == 1
            else say("Engpässe bestehen auch {0}.")
        )
        said["bottlenecks"] = also.format(_named(others))
    if results.dissents:
        said["dissents"] = say(
            "Geschäftsführung und Betriebsrat liegen bei {0} um zwei Stufen oder mehr auseinander."
        ).format(
            counted(len(results.dissents), say("Kennpunkt", "dative"), say("Kennpunkten", "dative"))
        )
    if first := _first_places(results):
        said["first"] = say("In der Reihenfolge der Prioritäten stehen vorn: {0}.").format(first)
    if results.parked:
        labels = ", ".join(say("„{0}“").format(row.label) for row in results.parked)
        said["parked"] = say("Nicht betrachtet: {0}.").format(labels)
    agreed = len(measures)
    if agreed:
        said["measures"] = say("Vereinbart {0} {1}.").format(
            say("wurde") if agreed == 1 else say("wurden"),
            counted(agreed, say("Maßnahme", "count"), say("Maßnahmen", "count")),
        )
    return said


def _bottlenecks_besides(results: Results) -> list[DimensionRow]:
    """Fields with a bottleneck that are not among the urgent ones named."""
    named = {row.dimension.code for row in results.urgent}
    return [row for row in results.maturity if row.bottleneck and row.dimension.code not in named]


def _level(company_name: str, total: Score | None) -> str:
    """The first sentence: the mean maturity, or why there is none."""
    if total is not None and total.verdict is Verdict.NOT_APPLICABLE:
        return say("Keiner der Kennpunkte zum Reifegrad trifft auf {0} zu.").format(company_name)
    if total is not None and total.verdict is Verdict.NOT_CONSIDERED:
        return say("Für {0} wurde noch kein Handlungsfeld betrachtet.").format(company_name)
    if total is None or total.printable is None:
        return say(
            "Für {0} liegen noch nicht genug Antworten für eine belastbare Gesamtaussage vor."
        ).format(company_name)
    return say(
        "{0} erreicht über alle belastbar bewerteten Handlungsfelder einen mittleren "
        "Reifegrad von {1} auf der Skala von 0 bis 5."
    ).format(company_name, one_digit(total.printable))


def _named(rows: Sequence[DimensionRow]) -> str:
    """ "im Handlungsfeld „A“", "in den Handlungsfeldern „A“ und „B“": names are not inflected."""
    names = [say("„{0}“").format(row.label) for row in rows]
    if len(names) == 1:
        return say("im Handlungsfeld {0}").format(names[0])
    return say("in den Handlungsfeldern {0} und {1}").format(", ".join(names[:-1]), names[-1])


def _first_places(results: Results) -> str:
    """The fields the table of priorities begins with, "" where none has a place."""
    placed = [row for row in results.priorities.rows if row.place is not None]
    first = sorted(placed, key=lambda row: row.place or 0)[:SHOWN]
    labels = {row.dimension.code: row.label for row in results.dimensions}
    return ", ".join(say("„{0}“").format(labels.get(row.dimension, row.label)) for row in first)


def _key_figures(results: Results, total: Score | None) -> page.KeyFigures:
    whole = _everything(results)
    printable = total is not None and total.printable is not None
    return page.KeyFigures(
        value=total.value if total and printable else None,
        low=total.low if total and printable else None,
        high=total.high if total and printable else None,
        coverage=whole.coverage,
        answered=whole.answered,
        applicable=whole.applicable,
        bottlenecks=sum(bool(row.bottleneck) for row in results.maturity),
        evidenced=evidence_shares(results).get("seen"),
    )


def _everything(results: Results) -> Score:
    """All maturity Kennpunkte of the leading answers as one, for their coverage."""
    asked = [
        item
        for row in results.maturity
        for item in row.indicators
        if item.is_led and item.indicator.role == "level"
    ]
    answers = {item.indicator.question: item.led for item in asked if item.led is not None}
    return dimension_score([item.indicator for item in asked], answers)


def _evidence_note(results: Results) -> str:
    shares = evidence_shares(results)
    if not shares:
        return ""
    return say(
        "Die Werte beruhen zu {0} auf Aussagen und Erläuterungen (E0–E1), zu {1} auf "
        "Besichtigung oder Dokumenten (E2–E3). Rechenweg und Antworten stehen in der Anlage."
    ).format(percent(shares["claimed"]), percent(shares["seen"]))
