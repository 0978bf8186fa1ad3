"""What a training costs a company: hours away from work, course, and what a grant takes off."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.advice.calculators.outcome import (
    ZERO,
    Amount,
    Outcome,
    cents,
    money,
    required,
)
from desktop_advisor.advice.calculators.section_82 import (
    SOCIAL_INSURANCE,
    WEEKS_PER_MONTH,
    hourly_wage,
)
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import euro, figure

SOURCE = "eigene Rechnung; Faktor 4,35 Wochen je Monat, 20 % Sozialversicherung pauschal"


@dataclass(frozen=True)
class Course:
    """hours: per person, within working time. wage: € gross per month. course_cost: € per person.

    grant: € that funding may take off, for all persons. None not known.
    """

    persons: int = 1
    hours: Decimal | None = None
    wage: Decimal | None = None
    weekly_hours: Decimal | None = None
    course_cost: Decimal | None = None
    grant: Decimal | None = None


def calculate_cost(course: Course) -> Outcome:
    """Wage cost of the hours, course cost, total, and what remains after the grant, in euro."""
    wage = _wage_cost(course)
    fee = None if course.course_cost is None else cents(course.course_cost * course.persons)
    total = None if wage is None or fee is None else wage + fee
    grant = None if total is None else min(course.grant or ZERO, total)
    rest = None if total is None or grant is None else total - grant
    conditions = (
        required("Stunden, Entgelt und Lehrgangskosten sind bekannt", total is not None or None),
    )
    sentence = "Noch nicht bestimmbar: Stunden, Entgelt oder Lehrgangskosten fehlen."
    if total is not None and rest is not None:
        sentence = f"Kosten von {euro(total)}; nach Förderung verbleiben mindestens {euro(rest)}."
    amounts = (
        Amount("Arbeitsentgelt für die Stunden", wage, _wage_words(course, wage)),
        Amount("Lehrgangskosten", fee, _fee_words(course, fee)),
        Amount("zusammen", total, _total_words(wage, fee, total)),
        Amount("nach Förderung mindestens", rest, _rest_words(total, grant, rest), is_total=True),
    )
    return Outcome(
        sentence,
        amounts,
        conditions,
        (
            "Ausfall an Wertschöpfung, Fahrt und Unterkunft sind nicht eingerechnet.",
            "Die Förderung ist ein Höchstbetrag („bis zu“).",
        ),
        "",
        "",
    )


def _wage_cost(course: Course) -> Decimal | None:
    hours, wage, weekly = course.hours, course.wage, course.weekly_hours
    if hours is None or wage is None or not weekly:
        return None
    return cents(hourly_wage(wage, weekly) * hours * SOCIAL_INSURANCE * course.persons)


def _wage_words(course: Course, wage: Decimal | None) -> Derivation:
    def said(value: Decimal | None) -> str:
        return "nicht bekannt" if value is None else figure(value)

    return Derivation(
        "Arbeitsentgelt für die Stunden",
        _result(wage),
        f"Monatsentgelt ÷ (Wochenstunden × {figure(WEEKS_PER_MONTH)}) × Stunden × 1,2 × Personen",
        (
            money("Monatsentgelt brutto", course.wage),
            Term("Wochenstunden", said(course.weekly_hours)),
            Term("Stunden je Person", said(course.hours)),
            Term("Personen", str(course.persons)),
        ),
        source=SOURCE,
    )


def _fee_words(course: Course, fee: Decimal | None) -> Derivation:
    return Derivation(
        "Lehrgangskosten",
        _result(fee),
        "Lehrgangskosten je Person × Personen",
        (money("je Person", course.course_cost), Term("Personen", str(course.persons))),
        source=SOURCE,
    )


def _total_words(wage: Decimal | None, fee: Decimal | None, total: Decimal | None) -> Derivation:
    return Derivation(
        "Kosten zusammen",
        _result(total),
        "Arbeitsentgelt + Lehrgangskosten",
        (money("Arbeitsentgelt", wage), money("Lehrgangskosten", fee)),
        source=SOURCE,
    )


def _rest_words(total: Decimal | None, grant: Decimal | None, rest: Decimal | None) -> Derivation:
    return Derivation(
        "Rest nach Förderung",
        _result(rest),
        "Kosten zusammen − Förderung",
        (money("Kosten zusammen", total), money("Förderung", grant, "bis zu")),
        ("Wird weniger bewilligt, bleibt mehr.",),
        SOURCE,
    )


def _result(value: Decimal | None) -> str:
    return "nicht bestimmbar" if value is None else euro(value)
