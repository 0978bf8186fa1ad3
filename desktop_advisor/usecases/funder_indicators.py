"""Kennzahlen für die Förderstelle: how many, how long, for what; and not a single name.

Domain §1, last bullet, and §8, 17:20. Every label comes from a list of the program or is checked
against one; what somebody typed never becomes a label.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN, counted, figure, short_date
from desktop_advisor.report.indicator_model import (
    IndicatorReport,
    IndicatorRow,
    IndicatorTable,
)
from desktop_advisor.usecases.indicator_facts import (
    UNKNOWN,
    Counted,
    HeldVisit,
    MeasureFact,
    read_facts,
)
from desktop_advisor.usecases.measures import STATES
from desktop_advisor.usecases.recipient_kinds import KINDS
from desktop_advisor.usecases.workplace import KURZCHECK, Workplace

FEWEST = 3
"""Below so many companies nothing is broken down: the tables together would describe one firm."""
_METHOD = (
    "Gezählt sind Unternehmen mit mindestens einem gehaltenen Termin im Zeitraum, deren letzte "
    "Angabe zur Statistik eine Einwilligung ist.",
    "Termine und Stunden: gehaltene Termine mit Beginn im Zeitraum; Stunden wie am Termin erfasst.",
    "Maßnahmen und Themen: aus den Beratungsfällen dieser Unternehmen, wie sie zum Stand "
    "vorliegen; Themen ohne verworfene Maßnahmen.",
    "Verweise: im Zeitraum übergeben, nach Art der Stelle.",
    "Ein Unternehmen kann in der Tabelle der Themen mehrfach vorkommen, sonst einmal.",
    "Es gibt nur einfache Tabellen: Kreuzt man Kreis, Branche und Klasse, ist in einer Region mit "
    "wenigen Zulieferern der einzelne Betrieb erkennbar. Unter drei Unternehmen wird deshalb auch "
    "nicht aufgeschlüsselt.",
    "Grundlage sind die Firmenakten auf diesem Gerät. Namen, Titel und Notizen sind nicht "
    "enthalten.",
)


class PeriodBackwards(KnownError):
    """The period ends before it begins."""

    def __init__(self) -> None:
        super().__init__(
            "Der Zeitraum endet, bevor er beginnt.", todo="Bitte prüfen Sie „von“ und „bis“."
        )


class IndicatorsNotWritten(KnownError):
    """The file could not be written, for instance on a full or missing drive."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"Die Kennzahlen konnten nicht nach „{target}“ geschrieben werden.",
            safe="An den Firmenakten hat sich nichts geändert.",
            todo="Bitte prüfen Sie Laufwerk und freien Platz, oder wählen Sie einen anderen Ort.",
        )


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date


def this_year(today: date) -> Period:
    """From 1 January up to today."""
    return Period(date(today.year, 1, 1), today)


def last_quarter(today: date) -> Period:
    """The calendar quarter before the one `today` lies in."""
    begin = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    end = begin - timedelta(days=1)
    return Period(date(end.year, end.month - 2, 1), end)


def funder_indicators(place: Workplace, period: Period) -> IndicatorReport:
    """All indicators of a period. Raises PeriodBackwards."""
    if period.last < period.first:
        raise PeriodBackwards
    facts = read_facts(place, period.first, period.last)
    overview, derivations = _overview(facts)
    detailed = (_sizes, _industries, _counties, lambda c: _topics(place, c))
    return IndicatorReport(
        network=place.profile.name,
        first=period.first,
        last=period.last,
        as_of=place.clock().astimezone(BERLIN).date(),
        tables=(
            overview,
            *(_unless_few(facts, make) for make in detailed),
            _months(facts.visits),
            _referrals(facts),
            _states(facts.measures),
        ),
        without_consent=_without_consent(facts.refused),
        method=_METHOD,
        derivations=derivations,
    )


def save_indicators(place: Workplace, period: Period, target: Path) -> None:
    """Write them as a workbook, or as CSV where the name ends so.

    Raises IndicatorsNotWritten, PeriodBackwards.
    """
    from desktop_advisor.report.indicator_sheets import indicator_csv, indicator_workbook

    report = funder_indicators(place, period)
    is_csv = target.suffix.casefold() == ".csv"
    try:
        target.write_bytes(indicator_csv(report) if is_csv else indicator_workbook(report))
    except OSError as error:
        raise IndicatorsNotWritten(target) from error


def _without_consent(refused: int) -> str:
    cases = counted(refused, "Fall", "Fälle")
    return f"{cases[:1].upper()}{cases[1:]} ohne Einwilligung zur Statistik; nicht mitgezählt."


# -- tables ----------------------------------------------------------------------------------


def _overview(facts: Counted) -> tuple[IndicatorTable, tuple[Derivation, ...]]:
    hours = [visit.hours for visit in facts.visits if visit.hours is not None]
    agreed = [m for m in facts.measures if m.state != "dropped"]
    lines: tuple[tuple[str, int | Decimal, str], ...] = (
        ("Unternehmen", len(facts.companies), "Zahl der Unternehmen mit einem Termin im Zeitraum"),
        ("Beratungsfälle", len(facts.cases), "Zahl der Beratungsfälle mit einem solchen Termin"),
        ("Termine", len(facts.visits), "Zahl der gehaltenen Termine"),
        ("Beratungsstunden", sum(hours, Decimal(0)), "Summe der Stunden dieser Termine"),
        (
            "Termine ohne Stundenangabe",
            len(facts.visits) - len(hours),
            "Zahl der Termine, zu denen keine Stunden erfasst sind",
        ),
        ("Maßnahmen", len(agreed), "Zahl der nicht verworfenen Maßnahmen dieser Beratungsfälle"),
        ("Verweise", len(facts.referrals), "Zahl der im Zeitraum übergebenen Verweise"),
    )
    table = IndicatorTable(
        key="Überblick",
        title="Überblick",
        columns=("Wert",),
        rows=tuple(IndicatorRow(label=label, figures=(value,)) for label, value, _ in lines),
    )
    return table, tuple(_derivation(label, value, how, facts) for label, value, how in lines)


def _derivation(label: str, value: int | Decimal, how: str, facts: Counted) -> Derivation:
    months = _by_month(facts.visits)
    terms: tuple[Term, ...] = ()
    if label in ("Termine", "Beratungsstunden"):
        index = 0 if label == "Termine" else 1
        terms = tuple(Term(month, figure(row[index])) for month, row in months.items())
    return Derivation(
        title=label,
        result=figure(value),
        formula=f"{how}, zwischen {short_date(facts.first)} und {short_date(facts.last)}.",
        terms=terms,
        assumptions=(_without_consent(facts.refused),),
        source="Firmenakten auf diesem Gerät",
    )


def _unless_few(facts: Counted, make: Callable[[Counted], IndicatorTable]) -> IndicatorTable:
    """The table, without its rows where there are too few companies to hide among."""
    table = make(facts)
    if len(facts.companies) >= FEWEST:
        return table
    note = "Weniger als drei Unternehmen: nicht aufgeschlüsselt."
    return IndicatorTable(key=table.key, title=table.title, columns=table.columns, note=note)


def _sizes(facts: Counted) -> IndicatorTable:
    found = Counter(company.size for company in facts.companies)
    return _companies("KMU-Klasse", "KMU-Klasse des Unternehmens", found)


def _industries(facts: Counted) -> IndicatorTable:
    found = Counter(company.division for company in facts.companies)
    return _companies("Branche", "Branche (Abteilung der WZ)", found)


def _counties(facts: Counted) -> IndicatorTable:
    found = Counter(company.county for company in facts.companies)
    return _companies("Kreis", "Kreis des Unternehmens", found)


def _companies(key: str, title: str, found: Mapping[str, int]) -> IndicatorTable:
    ordered = sorted(found.items(), key=lambda pair: (pair[0] == UNKNOWN, pair[0]))
    rows = tuple(IndicatorRow(label=label, figures=(number,)) for label, number in ordered)
    return IndicatorTable(key=key, title=title, columns=("Unternehmen",), rows=rows)


def _topics(place: Workplace, facts: Counted) -> IndicatorTable:
    dimensions = place.sidecar(KURZCHECK).dimensions
    names = {d.code: f"{d.code} {d.label.get('de', '')}".strip() for d in dimensions}
    agreed = [m for m in facts.measures if m.state != "dropped"]
    found: dict[str, list[uuid.UUID]] = {}
    for measure in agreed:
        label = names.get(measure.dimension, "ohne Handlungsfeld")
        found.setdefault(label, []).append(measure.company_id)
    return IndicatorTable(
        key="Themen",
        title="Themen (Handlungsfelder der Maßnahmen)",
        columns=("Maßnahmen", "Unternehmen"),
        rows=tuple(
            IndicatorRow(label=label, figures=(len(owners), len(set(owners))))
            for label, owners in sorted(found.items())
        ),
    )


def _months(visits: Sequence[HeldVisit]) -> IndicatorTable:
    return IndicatorTable(
        key="Termine und Stunden",
        title="Termine und Stunden je Monat",
        columns=("Termine", "Stunden"),
        rows=tuple(
            IndicatorRow(label=month, figures=row) for month, row in _by_month(visits).items()
        ),
    )


def _by_month(visits: Iterable[HeldVisit]) -> dict[str, tuple[int, Decimal]]:
    """ "11/2026" → visits and hours, in the order of time."""
    found: dict[str, tuple[int, Decimal]] = {}
    for visit in sorted(visits, key=lambda visit: visit.on):
        key = f"{visit.on:%m/%Y}"
        number, hours = found.get(key, (0, Decimal(0)))
        found[key] = (number + 1, hours + (visit.hours or Decimal(0)))
    return found


def _referrals(facts: Counted) -> IndicatorTable:
    sent = Counter(referral.kind for referral in facts.referrals)
    answered = Counter(referral.kind for referral in facts.referrals if referral.is_answered)
    return IndicatorTable(
        key="Verweise",
        title="Verweise nach Art der Stelle",
        columns=("übergeben", "mit Rückmeldung"),
        rows=tuple(
            IndicatorRow(label=kind, figures=(sent[kind], answered[kind]))
            for kind in KINDS
            if sent[kind]
        ),
    )


def _states(measures: Sequence[MeasureFact]) -> IndicatorTable:
    found = Counter(measure.state for measure in measures)
    return IndicatorTable(
        key="Maßnahmen",
        title="Maßnahmen nach Umsetzungsstand",
        columns=("Maßnahmen",),
        rows=tuple(
            IndicatorRow(label=word, figures=(found[state],)) for state, word in STATES.items()
        ),
    )
