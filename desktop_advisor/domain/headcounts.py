"""Five counts of staff that are never mixed: JAE, SGB III, Köpfe, insured, NIS2 (domain §4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import figure, million_euro

PART_TIME = (("up_to_30", "0.75"), ("up_to_20", "0.5"), ("up_to_10", "0.25"))
"""Weights by weekly hours: more than 20 to 30, more than 10 to 20, up to 10 (SGB III practice)."""
NIS2_STAFF = 50
NIS2_MILLION = Decimal(10)


class Count(StrEnum):
    """Which count; the value is its name on screen and in the report."""

    UNITS = "Jahresarbeitseinheiten (KMU)"
    SGB3 = "Betriebsgröße nach SGB III"
    HEADS = "Köpfe (BetrVG)"
    INSURED = "sozialversicherungspflichtig Beschäftigte"
    NIS2 = "Größe nach NIS2"


@dataclass(frozen=True)
class Staff:
    """Persons by weekly hours; None not known.

    full_time: more than 30 hours. up_to_30, up_to_20, up_to_10: more than 20, more than 10, the
    rest. apprentices and owners stand beside them and in none of them. insured: as reported.
    """

    full_time: int | None = None
    up_to_30: int | None = None
    up_to_20: int | None = None
    up_to_10: int | None = None
    apprentices: int | None = None
    insured: int | None = None
    owners: int | None = None


@dataclass(frozen=True)
class Headcount:
    """One count. value: None where it cannot be said. in_scope: only of NIS2, None not known."""

    count: Count
    value: Decimal | None
    derivation: Derivation
    in_scope: bool | None = None


def headcounts(
    staff: Staff,
    units: Decimal | None,
    turnover_million: Decimal | None,
    balance_million: Decimal | None,
    heads: int | None = None,
) -> tuple[Headcount, ...]:
    """All five, in a fixed order.

    units: annual work units as the company states them; they follow from no list of persons.
    heads: as stated in the company file, where the persons are not known by hours.
    """
    return (
        _units(units),
        _sgb3(staff),
        _heads(staff, heads),
        _insured(staff),
        _nis2(units, turnover_million, balance_million),
    )


def sgb3_count(staff: Staff) -> Decimal | None:
    """Staff as § 82 SGB III counts it; None while a group is not known (domain §4)."""
    if staff.full_time is None or any(getattr(staff, name) is None for name, _ in PART_TIME):
        return None
    weighted = (Decimal(weight) * getattr(staff, name) for name, weight in PART_TIME)
    return sum(weighted, Decimal(staff.full_time))


def nis2_in_scope(
    units: Decimal | None, turnover_million: Decimal | None, balance_million: Decimal | None
) -> bool | None:
    """Whether the size of NIS2 is reached: 50 staff, or turnover and balance each above 10 million.

    None while that depends on a figure that is not known. The branch is not looked at here.
    """
    by_staff = None if units is None else units >= NIS2_STAFF
    money = [
        None if value is None else value > NIS2_MILLION
        for value in (turnover_million, balance_million)
    ]
    by_money = False if False in money else None if None in money else True
    if by_staff or by_money:
        return True
    return None if None in (by_staff, by_money) else False


def _units(units: Decimal | None) -> Headcount:
    derivation = Derivation(
        Count.UNITS,
        _said(units),
        "wie angegeben; ganzjährig in Vollzeit zählt 1, Teilzeit und Saison anteilig",
        assumptions=(
            "Mitarbeitende Inhaber zählen mit; Auszubildende und Elternzeit zählen nicht.",
        ),
        source="Empfehlung 2003/361/EG, Anhang Art. 5",
    )
    return Headcount(Count.UNITS, units, derivation)


def _sgb3(staff: Staff) -> Headcount:
    value = sgb3_count(staff)
    derivation = Derivation(
        Count.SGB3,
        _said(value),
        "Vollzeit × 1 + bis 30 Std. × 0,75 + bis 20 Std. × 0,5 + bis 10 Std. × 0,25",
        tuple(_persons(staff)),
        (
            "Auszubildende sind nicht eingerechnet; im Grenzfall entscheidet die Agentur für "
            "Arbeit, auch darüber, was zum Betrieb gehört.",
        ),
        "§ 82 SGB III",
    )
    return Headcount(Count.SGB3, value, derivation)


def _heads(staff: Staff, stated: int | None) -> Headcount:
    groups = [staff.full_time, staff.up_to_30, staff.up_to_20, staff.up_to_10, staff.apprentices]
    known = [group for group in groups if group is not None]
    counted = sum(known) if len(known) == len(groups) else None
    value = counted if counted is not None else stated
    formula = "alle Personen einschließlich Auszubildender, ohne Inhaber"
    if counted is None:
        formula = "wie in den Unternehmensdaten angegeben"
    derivation = Derivation(
        Count.HEADS,
        _said(None if value is None else Decimal(value)),
        formula,
        tuple(_persons(staff)) if counted is not None else (),
        ("Leitende Angestellte und Leiharbeit sind gesondert zu prüfen.",),
        "BetrVG §§ 1, 9, 38, 99, 106, 111 (Schwellen 5, 20, 100, 200)",
    )
    return Headcount(Count.HEADS, None if value is None else Decimal(value), derivation)


def _insured(staff: Staff) -> Headcount:
    value = None if staff.insured is None else Decimal(staff.insured)
    derivation = Derivation(
        Count.INSURED,
        _said(value),
        "wie angegeben, laut Meldungen zur Sozialversicherung",
        source="§§ 24, 25 SGB III",
    )
    return Headcount(Count.INSURED, value, derivation)


def _nis2(units: Decimal | None, turnover: Decimal | None, balance: Decimal | None) -> Headcount:
    scope = nis2_in_scope(units, turnover, balance)
    words = {True: "Größe erreicht", False: "Größe nicht erreicht", None: "nicht bestimmbar"}
    derivation = Derivation(
        Count.NIS2,
        words[scope],
        "mindestens 50 Beschäftigte oder Umsatz und Bilanzsumme je über 10 Mio. €",
        (
            Term("Beschäftigte (JAE)", _said(units)),
            Term("Umsatz", million_euro(turnover)),
            Term("Bilanzsumme", million_euro(balance)),
        ),
        (
            "Nur die Größe; betroffen ist, wer zugleich in einem der genannten Sektoren tätig "
            "ist (WZ 29 gehört dazu). Verbundene Unternehmen zählen mit.",
        ),
        "NIS-2-Richtlinie (EU) 2022/2555, Art. 2 und Anhang II",
    )
    return Headcount(Count.NIS2, units, derivation, scope)


def _persons(staff: Staff) -> Iterator[Term]:
    for name, label in (
        ("full_time", "Vollzeit (über 30 Std.)"),
        ("up_to_30", "über 20 bis 30 Std."),
        ("up_to_20", "über 10 bis 20 Std."),
        ("up_to_10", "bis 10 Std."),
        ("apprentices", "Auszubildende"),
    ):
        value = getattr(staff, name)
        yield Term(label, "nicht bekannt" if value is None else str(value))


def _said(value: Decimal | None) -> str:
    return "nicht bekannt" if value is None else figure(value)
