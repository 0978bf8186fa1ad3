"""§§ 82a–82c SGB III: Qualifizierungsgeld, thresholds and pay (domain §5 P02, §5b vector)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from desktop_advisor.advice.calculators.outcome import (
    FULL,
    ZERO,
    Amount,
    Condition,
    Outcome,
    cents,
    money,
    percent_of,
    required,
    sentence_of,
    sorted_conditions,
    stand,
    verdict_of,
)
from desktop_advisor.advice.eligibility import Verdict
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import euro, figure

LAW = "§§ 82a bis 82c SGB III, in Kraft seit 01.04.2024"
MORE_THAN_HOURS = 120
LARGE_FROM = 250
PERCENT_SMALL, PERCENT_LARGE = Decimal(10), Decimal(20)
DECLARATION_BELOW = 10
RATE, RATE_WITH_CHILD = Decimal(60), Decimal(67)


@dataclass(frozen=True)
class Plan:
    """A planned training for many; None means not known.

    staff: persons of the Betrieb, in the narrower sense of § 82a. affected: persons whose work
    changes so much by structural change that they need training. net_loss: € net pay per person
    and month that falls away; months: how long. with_child: how many of the persons get the higher
    rate; only the number is kept. course_cost: € per person, borne by the employer.
    """

    staff: Decimal | None = None
    affected: int | None = None
    persons: int = 1
    with_child: int = 0
    hours: Decimal | None = None
    net_loss: Decimal | None = None
    months: Decimal | None = None
    course_cost: Decimal | None = None
    has_agreement: bool | None = None
    has_declaration: bool | None = None
    pays_course: bool | None = None
    is_approved: bool | None = None
    goes_beyond_adaptation: bool | None = None
    was_funded_lately: bool | None = None
    is_under_notice: bool | None = None
    uses_82: bool | None = None
    is_obligatory: bool | None = None


def persons_needed(staff: Decimal) -> int:
    """How many must be affected: 10 % below 250 staff, else 20 %, rounded up (§ 82a SGB III)."""
    share = PERCENT_SMALL if staff < LARGE_FROM else PERCENT_LARGE
    return int((staff * share / FULL).to_integral_value(ROUND_CEILING))


def calculate_82a(plan: Plan, checked_on: date) -> Outcome:
    """Whether § 82a comes into question and what employees and company may get and pay."""
    conditions = sorted_conditions(tuple(_conditions(plan)))
    is_excluded = verdict_of(conditions) is Verdict.EXCLUDED
    amounts = _amounts(replace(plan, net_loss=ZERO) if is_excluded else plan)
    allowance = amounts[0].value
    may = "ein Qualifizierungsgeld, dessen Höhe noch nicht bestimmbar ist"
    if allowance is not None:
        may = f"bis zu {euro(allowance)} Qualifizierungsgeld für alle Teilnehmenden zusammen"
    return Outcome(
        sentence_of(conditions, may), amounts, conditions, _ASSUMPTIONS, LAW, stand(checked_on)
    )


_ASSUMPTIONS = (
    "Alle Beträge „bis zu“; die Agentur für Arbeit prüft jeden Antrag.",
    "Qualifizierungsgeld ersetzt 60 %, mit Kind 67 % der Nettoentgeltdifferenz.",
    "Wie viele Beschäftigte zum Betrieb zählen, bestimmt § 82a enger als § 82.",
)


def _conditions(plan: Plan) -> Iterator[Condition]:
    yield _threshold(plan)
    yield _agreement(plan)
    hours = plan.hours
    yield required(
        f"mehr als {MORE_THAN_HOURS} Stunden",
        None if hours is None else hours > MORE_THAN_HOURS,
        "§ 82a",
    )
    yield required("Träger zugelassen (AZAV)", plan.is_approved, "§ 82a")
    yield required(
        "Inhalte gehen über eine kurze Anpassung am Arbeitsplatz hinaus",
        plan.goes_beyond_adaptation,
        "§ 82a",
    )
    yield required("der Betrieb trägt die Lehrgangskosten", plan.pays_course, "§ 82a")
    for text, known in (
        ("kein Qualifizierungsgeld in den letzten vier Jahren", plan.was_funded_lately),
        ("das Arbeitsverhältnis ist nicht gekündigt", plan.is_under_notice),
        ("nicht zugleich § 82 für dieselbe Person", plan.uses_82),
        ("der Betrieb ist nicht gesetzlich zur Schulung verpflichtet", plan.is_obligatory),
    ):
        yield required(text, None if known is None else not known, "§ 82a")


def _threshold(plan: Plan) -> Condition:
    law = "§ 82a"
    if plan.staff is None:
        return required("mindestens 10 oder 20 % der Belegschaft betroffen", None, law)
    needed = persons_needed(plan.staff)
    share = PERCENT_SMALL if plan.staff < LARGE_FROM else PERCENT_LARGE
    text = (
        f"mindestens {percent_of(share)} der {figure(plan.staff)} Beschäftigten betroffen, "
        f"das sind {needed} Personen"
    )
    return required(text, None if plan.affected is None else plan.affected >= needed, law)


def _agreement(plan: Plan) -> Condition:
    """Works agreement or company-related collective agreement; below ten staff a declaration."""
    if plan.staff is not None and plan.staff < DECLARATION_BELOW:
        is_met = True if plan.has_agreement else plan.has_declaration
        return required(
            "schriftliche Erklärung des Betriebs (statt Betriebsvereinbarung, unter 10 "
            "Beschäftigte)",
            is_met,
            "§ 82a",
        )
    return required(
        "Betriebsvereinbarung oder betriebsbezogener Tarifvertrag zu Bedarf, Perspektive und "
        "Nutzung",
        plan.has_agreement,
        "§ 82a",
    )


def _amounts(plan: Plan) -> tuple[Amount, ...]:
    cost = None if plan.course_cost is None else cents(plan.course_cost * plan.persons)
    course = Derivation(
        "Lehrgangskosten des Betriebs",
        "nicht bekannt" if cost is None else euro(cost),
        "Lehrgangskosten je Person × Personen",
        (money("je Person", plan.course_cost), Term("Personen", str(plan.persons))),
        source="§ 82a SGB III: der Arbeitgeber trägt sie",
    )
    return (
        Amount("Qualifizierungsgeld für die Beschäftigten, bis zu", *_allowance(plan)),
        Amount("Lehrgangskosten, trägt der Betrieb", cost, course, is_total=True),
    )


def _allowance(plan: Plan) -> tuple[Decimal | None, Derivation]:
    with_child = min(plan.with_child, plan.persons)
    without = plan.persons - with_child
    total = None
    if plan.net_loss is not None and plan.months is not None:
        rates = RATE * without + RATE_WITH_CHILD * with_child
        total = cents(max(plan.net_loss, ZERO) * plan.months * rates / FULL)
    return total, Derivation(
        "Qualifizierungsgeld",
        "nicht bestimmbar" if total is None else euro(total),
        "Nettoentgeltdifferenz × Monate × (60 % × Personen ohne Kind + 67 % × Personen mit Kind)",
        (
            money("Nettoentgeltdifferenz je Monat und Person", plan.net_loss),
            Term("Monate", "nicht bekannt" if plan.months is None else figure(plan.months)),
            Term("Personen ohne Kind", str(without), percent_of(RATE)),
            Term("Personen mit Kind", str(with_child), percent_of(RATE_WITH_CHILD)),
        ),
        ("Für alle dieselbe Nettoentgeltdifferenz.",),
        "§§ 82a bis 82c SGB III",
    )
