"""The figures of an exposure, each with the arithmetic a reader can recompute (domain §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from desktop_advisor.assessment.dependencies import GroupDependency
from desktop_advisor.assessment.exposure import (
    LEAST_ASSIGNED,
    TOLERANCE,
    WHOLE,
    Affected,
    Ending,
    Exposure,
    FollowOn,
    Layer,
    Product,
    is_lost,
)
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import THIN_SPACE, figure, one_digit, short_date
from desktop_advisor.domain.language import Words, say

NAMELESS = "ohne Namen"
_OWN_RULE = "Eigene Festlegung"
FOLLOW_ON_WORDS = Words(
    {
        FollowOn.YES: "Folgeauftrag zugesagt",
        FollowOn.NO: "kein Folgeauftrag",
        FollowOn.UNKNOWN: "Folgeauftrag noch offen",
    }
)


@dataclass(frozen=True)
class Figure:
    """A number that may be said: unrounded, as printed, and how it came about."""

    value: Decimal
    text: str
    derivation: Derivation


def points(value: Decimal) -> str:
    """72.5 → "72,5 %": percent 0–100, one decimal, half-up."""
    return f"{one_digit(value)}{THIN_SPACE}%"


def persons(value: Decimal) -> str:
    """34.4 → "34 Personen"; a person counted in part has no decimals in a talk."""
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return say("1 Person") if whole == 1 else say("{0} Personen").format(figure(whole))


def _part(value: Decimal) -> str:
    """6.2 → "6,2 Personen": a term with its decimal, so that the terms add up to the sum."""
    return (
        persons(value)
        if value == value.to_integral_value()
        else say("{0} Personen").format(one_digit(value))
    )


def turnover_figure(exposure: Exposure) -> Figure | None:
    """E by turnover; None where it may not be said."""
    value = exposure.turnover
    if value is None:
        return None
    layers = [layer for layer in exposure.layers if layer.turnover]
    parts = [
        f"{one_digit(layer.turnover or Decimal(0))} · {_rate(layer.group)}"
        for layer in layers
        if layer.group
    ]
    return _figure(
        say("Produktexposition Verbrenner nach Umsatz"),
        value,
        points(value),
        f"({' + '.join(parts)}) ÷ 100 = {points(value)}",
        [
            _layer_term(layer, points(layer.turnover or Decimal(0)), _in_no_row(exposure, layer))
            for layer in layers
        ],
        [*_share_remarks(exposure), *_bounds(exposure)],
        _source(exposure),
    )


def heads_figure(exposure: Exposure) -> Figure | None:
    """E by heads; None where it may not be said."""
    value, people = exposure.heads, exposure.people
    if value is None or people is None:
        return None
    layers = [layer for layer in exposure.layers if layer.heads]
    parts = [
        f"{figure(layer.heads or 0)} · {_rate(layer.group)}" for layer in layers if layer.group
    ]
    return _figure(
        say("Produktexposition Verbrenner nach Köpfen"),
        value,
        points(value),
        f"({' + '.join(parts)}) ÷ {figure(people)} = {points(value)}",
        [_layer_term(layer, persons(layer.heads or Decimal(0))) for layer in layers],
        [say("Verwaltung und andere, die zu keiner Produktgruppe gehören, sind nicht dabei.")],
        _source(exposure),
    )


def unassigned_figure(exposure: Exposure) -> Figure | None:
    """Turnover in no group; None without shares or where there is none worth a word."""
    value = exposure.unassigned
    if value is None or value <= TOLERANCE:
        return None
    rows = exposure.layers[-1].products
    terms = [_product_term(exposure, p, say("ohne Antriebsgruppe")) for p in rows if p.share]
    rest = WHOLE - exposure.said
    if rest > TOLERANCE:
        terms.append(
            Term(say("keiner Zeile zugeordnet"), points(rest), say("100 % − Summe der Anteile"))
        )
    return _figure(
        say("Umsatz nicht zugeordnet"),
        value,
        points(value),
        say("100 % − {0} mit Antriebsgruppe = {1}").format(points(WHOLE - value), points(value)),
        terms,
        _share_remarks(exposure),
        say(
            "{0}: ab {1} % zugeordnetem Umsatz gilt die Exposition als belastbar, wie bei der "
            "Abdeckung der Kennpunkte"
        ).format(say(_OWN_RULE), LEAST_ASSIGNED),
    )


def growth_figure(exposure: Exposure) -> Figure | None:
    """Turnover that grows with the electric drive; None where no group is said."""
    value = exposure.growth
    if value is None:
        return None
    rows = [p for p in exposure.products if (g := exposure.table.of(p.group)) and g.is_growth]
    return _sum(
        exposure,
        say("Umsatz, der mit dem Elektroantrieb wächst"),
        value,
        [_product_term(exposure, p, say("Gruppe {0}").format(p.group)) for p in rows],
    )


def thin_margin_figure(exposure: Exposure) -> Figure | None:
    """Turnover with a thin margin; None where no margin is said."""
    value = exposure.thin_margin
    if value is None:
        return None
    rows = [p for p in exposure.products if p.margin == "low"]
    return _sum(
        exposure,
        say("Umsatz mit geringem Deckungsbeitrag"),
        value,
        [_product_term(exposure, p, say("Deckungsbeitrag gering")) for p in rows],
    )


def ending_figure(exposure: Exposure, ending: Ending) -> Figure | None:
    """Turnover that ends by a year with nothing behind it; None where no row names an end."""
    if not exposure.knows_ends:
        return None
    remarks = list(_over(exposure))
    if ending.unclear:
        remarks.append(
            say(
                "Bei weiteren {0} ist der Folgeauftrag noch offen; sie zählen hier nicht mit und "
                "gelten nicht als gesichert."
            ).format(points(ending.unclear))
        )
    return _figure(
        say("Umsatz mit Auslauf bis {0} ohne Folgeauftrag").format(ending.year),
        ending.uncovered,
        points(ending.uncovered),
        say("Summe der Zeilen ohne Folgeauftrag = {0}").format(points(ending.uncovered)),
        [
            _product_term(
                exposure, p, say("Serienende {0}, {1}").format(p.eop, FOLLOW_ON_WORDS[p.follow_on])
            )
            for p in ending.products
        ],
        remarks,
        say("Tabelle der Produktgruppen im Transformationscheck"),
    )


def scenario_turnover_figure(
    exposure: Exposure, affected: Affected, assumption: str
) -> Figure | None:
    """Turnover touched in a scenario; None without shares. assumption: its source, a sentence."""
    value = affected.turnover
    if value is None:
        return None
    return _figure(
        say("Betroffener Umsatz {0}").format(affected.year),
        value,
        points(value),
        say("{0} aus Serienenden + {1} aus sinkender Menge = {2}").format(
            points(affected.by_end), points(affected.by_volume), points(value)
        ),
        _scenario_terms(exposure, affected),
        [*_scenario_remarks(affected, assumption), *_over(exposure)],
        _source(exposure),
    )


def scenario_heads_figure(exposure: Exposure, affected: Affected, assumption: str) -> Figure | None:
    """Persons touched in a scenario; None without heads."""
    value = affected.heads
    if value is None or exposure.people is None:
        return None
    return _figure(
        say("Betroffene Köpfe {0}").format(affected.year),
        value,
        persons(value),
        say("Summe aus Köpfen der Zeile · Anteil der Zeile, der betroffen ist"),
        _scenario_terms(exposure, affected, of_heads=True),
        [
            *_scenario_remarks(affected, assumption),
            say(
                "Betroffen heißt: Die Arbeit hängt an diesem Umsatz. Es heißt nicht, dass Stellen "
                "wegfallen."
            ),
        ],
        _source(exposure),
    )


# -- within ----------------------------------------------------------------------------------


def _figure(
    title: str,
    value: Decimal,
    text: str,
    formula: str,
    terms: list[Term],
    assumptions: list[str],
    source: str,
) -> Figure:
    about = Derivation(title, text, formula, tuple(terms), tuple(assumptions), source)
    return Figure(value, text, about)


def _sum(exposure: Exposure, title: str, value: Decimal, terms: list[Term]) -> Figure:
    formula = say("Summe dieser Zeilen = {0}").format(points(value))
    source = say("Tabelle der Produktgruppen im Transformationscheck")
    return _figure(title, value, points(value), formula, terms, list(_over(exposure)), source)


def _rate(group: GroupDependency | None) -> str:
    share = group.share if group else Decimal(0)
    return f"{figure(share * 100)}{THIN_SPACE}%"


def _in_no_row(exposure: Exposure, layer: Layer) -> str:
    """What no row claims, beside the rows without a group; "" for any other layer."""
    rest = WHOLE - exposure.said
    return (
        "" if layer.group or rest <= TOLERANCE else say("{0} in keiner Zeile").format(points(rest))
    )


def _layer_term(layer: Layer, value: str, more: str = "") -> Term:
    names = ", ".join(
        [*(p.name or say(NAMELESS) for p in layer.products), *([more] if more else [])]
    )
    if layer.group is None:
        return Term(say("nicht zugeordnet"), value, names)
    about = f"{_rate(layer.group)}: {say(layer.group.label)}"
    return Term(say("Gruppe {0}").format(layer.group.group), value, f"{about} ({names})")


def _product_term(exposure: Exposure, product: Product, note: str) -> Term:
    share = exposure.weight(product)
    value = points(share) if share is not None else say("ohne Angabe")
    return Term(product.name or say(NAMELESS), value, note)


def _scenario_terms(
    exposure: Exposure, affected: Affected, *, of_heads: bool = False
) -> list[Term]:
    terms = []
    for product in exposure.products:
        group = exposure.table.of(product.group)
        amount = product.heads if of_heads else exposure.weight(product)
        if not amount:
            continue
        if is_lost(product, affected.year):
            touched, why = (
                amount,
                say("Serienende {0} ohne Folgeauftrag, zählt ganz").format(product.eop),
            )
        elif group is None:
            touched, why = Decimal(0), say("ohne Antriebsgruppe, zählt nicht")
        else:
            touched = amount * group.share * (1 - affected.remaining)
            why = say("Gruppe {0}: {1} · {2}").format(group.group, _rate(group), _lost(affected))
        shown = _part(touched) if of_heads else points(touched)
        whole = persons(amount) if of_heads else points(amount)
        terms.append(
            Term(product.name or say(NAMELESS), shown, say("von {0}; {1}").format(whole, why))
        )
    return terms


def _lost(affected: Affected) -> str:
    return f"{figure((1 - affected.remaining) * 100)}{THIN_SPACE}%"


def _scenario_remarks(affected: Affected, assumption: str) -> list[str]:
    left = f"{figure(affected.remaining * 100)}{THIN_SPACE}%"
    remarks = [
        say("Vom heutigen Verbrennervolumen sind {0} noch {1} da: {2}.").format(
            affected.year, left, say(assumption)
        )
    ]
    remarks.append(
        say("Eine Reihe mit zugesagtem Folgeauftrag hängt danach so stark am Verbrenner wie heute.")
    )
    if affected.unclear:
        remarks.append(
            say(
                "Kommt auch bei den offenen Folgeaufträgen nichts nach, sind weitere {0} Umsatz "
                "betroffen."
            ).format(points(affected.unclear))
        )
    return remarks


def _share_remarks(exposure: Exposure) -> list[str]:
    remarks = list(_over(exposure))
    unassigned = exposure.unassigned
    if unassigned is not None and unassigned > TOLERANCE:
        remarks.append(
            say(
                "Nicht zugeordnet: {0} vom Umsatz; gerechnet, als hinge davon nichts am Verbrenner."
            ).format(points(unassigned))
        )
    return remarks


def _over(exposure: Exposure) -> Iterator[str]:
    if exposure.is_over:
        yield (
            say("Die Anteile ergeben zusammen {0}; sie sind auf 100 % umgerechnet.").format(
                points(exposure.said)
            )
        )


def _bounds(exposure: Exposure) -> Iterator[str]:
    low, high = exposure.low, exposure.high
    if low is not None and high is not None and high - low > TOLERANCE:
        yield say("Der Wert liegt damit zwischen {0} und {1}.").format(points(low), points(high))


def _source(exposure: Exposure) -> str:
    table = exposure.table
    return say("{0} (Stand {1}, Tabelle {2})").format(
        say(table.source), short_date(table.checked_on), table.version
    )
