"""What fired a rule, in words: a question and its answer, a score, a figure, a company fact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.domain.german import THIN_SPACE, decimal_mark, one_digit, percent
from desktop_advisor.domain.language import Words, say
from desktop_advisor.usecases.results import IndicatorRow, Results


@dataclass(frozen=True)
class Cause:
    """One answer or fact that fired a rule: what was asked and what was said."""

    fact: str
    label: str
    value: str


COMPANY_FACTS = Words(
    {
        "heads": "Beschäftigte (Köpfe)",
        "staff_units": "Jahresarbeitseinheiten",
        "turnover_million": "Umsatz in Mio. Euro",
        "county": "Landkreis",
        "wz": "Wirtschaftszweig",
        "has_works_council": "Betriebsrat vorhanden",
        "size_class": "Größenklasse",
    }
)

_MEASURED = ("staff_units", "turnover_million")
"""Company facts that may have decimals."""

SIZES = Words(
    {"micro": "Kleinstunternehmen", "small": "klein", "medium": "mittel", "large": "groß"}
)

FIGURES = {
    "exposure_turnover": ("Abhängigkeit vom Verbrenner nach Umsatz", "%"),
    "exposure_heads": ("Abhängigkeit vom Verbrenner nach Köpfen", "%"),
    "exposure_unassigned": ("Umsatz ohne Antriebsgruppe", "%"),
    "growth_share": ("Umsatz, der mit Elektroantrieben wächst", "%"),
    "eop_open_3y": ("Umsatz mit Auslauf in drei Jahren ohne Folgeauftrag", "%"),
    "eop_open_2030": ("Umsatz mit Auslauf bis 2030 ohne Folgeauftrag", "%"),
    "thin_margin_share": ("Umsatz mit schmalem Deckungsbeitrag", "%"),
    "job_exits": ("Abgänge in fünf Jahren in einer Tätigkeit", "%"),
    "job_substitution": ("Ersetzbare Kernaufgaben einer schrumpfenden Tätigkeit", "%"),
    "job_gap": ("Fehlendes Können, Stufen mal Personen", "Stufen"),
    "job_demand_fall": ("Weniger Bedarf in fünf Jahren", "Personen"),
    "job_demand_rise": ("Mehr Bedarf in fünf Jahren", "Personen"),
    "staff_over_55": ("Beschäftigte ab 55 Jahren", "%"),
    "energy_share": ("Energiekosten am Umsatz", "%"),
}
"""Figure → its words and unit as a cause reads."""

_WHOSE = Words({"": "", "br_": " (Betriebsrat)", "ber_": " (Beratung)", "gem_": " (gemeinsam)"})
"""Before the name of a fact → whose answer it is; the management's goes without saying."""


def cause_of(fact: str, value: str, results: Results) -> Cause:
    """The fact in words: a question with its anchor, a score with its dimension, a company fact."""
    for row in results.dimensions:
        code = row.dimension.code.lower()
        for infix, who in _WHOSE.items():
            if fact == f"score_{infix}{code}":
                return Cause(
                    fact, say("Reifegrad {0}{1}").format(row.short, who), one_digit(Decimal(value))
                )
            if fact == f"coverage_{infix}{code}":
                return Cause(
                    fact, say("Abdeckung {0}{1}").format(row.short, who), percent(Decimal(value))
                )
            for item in row.indicators:
                if fact == f"{infix}{item.indicator.question}":
                    return Cause(fact, f"{item.text}{who}", _level_words(item, value))
    for plain in results.plain:
        for infix, who in _WHOSE.items():
            if fact == f"{infix}{plain.question}" and fact not in COMPANY_FACTS:
                words = [plain.options.get(one, one) for one in value.split()]
                said = ", ".join(words) if plain.options else value
                return Cause(fact, f"{plain.text}{who}", said)
    for infix, who in _WHOSE.items():
        name = fact.removeprefix(infix)
        if name in FIGURES:
            return Cause(fact, f"{say(FIGURES[name][0])}{who}", _figure_words(name, value))
    written = decimal_mark(value) if fact in _MEASURED else value
    shown = {"yes": say("ja"), "no": say("nein"), **SIZES}.get(value, written)
    return Cause(fact, COMPANY_FACTS.get(fact, fact), shown)


def _figure_words(name: str, value: str) -> str:
    figure, unit = one_digit(Decimal(value)), say(FIGURES[name][1])
    return f"{figure.removesuffix(decimal_mark('.0'))}{THIN_SPACE}{unit}"


def _level_words(item: IndicatorRow, value: str) -> str:
    anchor = item.anchors.get(value, "")
    return f"{value} – {anchor}" if value.isdigit() and anchor else anchor or value
