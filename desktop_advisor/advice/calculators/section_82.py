"""§ 82 SGB III: training of employees, course cost and wages (domain §5 P01, §5b vector)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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

LAW = "§ 82 SGB III in der Fassung seit 01.04.2024"
MORE_THAN_HOURS = 120
WEEKS_PER_MONTH = Decimal("4.35")
SOCIAL_INSURANCE = Decimal("1.2")
"""The employer's part of social insurance as a flat 20 % on the wage (agency practice)."""
AGREEMENT_BONUS = Decimal(5)
OLDER_FROM = 45
SMALL_BELOW, LARGE_FROM = 50, 500
_COURSE = (
    (SMALL_BELOW, FULL),
    (LARGE_FROM, Decimal(50)),
    (None, Decimal(25)),
)
"""Staff below → the agency's share of the course cost; the employer bears the rest (Abs. 2)."""
_WAGE = ((SMALL_BELOW, Decimal(75)), (LARGE_FROM, Decimal(50)), (None, Decimal(25)))
"""Staff below → wage subsidy at most (Abs. 3)."""


@dataclass(frozen=True)
class Training:
    """A planned training; None means not known, which leaves the condition open.

    staff: as § 82 counts (headcounts.sgb3_count). hours: of the course, all within working time.
    course_cost: €, per person. wage: € gross per month; weekly_hours: of the contract.
    age: of the person; is_disabled: only whether the easier rule is claimed, never stored.
    has_agreement: works agreement or collective agreement on training. aims_at_degree: without a
    vocational degree and aiming at one.
    """

    staff: Decimal | None = None
    hours: Decimal | None = None
    course_cost: Decimal | None = None
    wage: Decimal | None = None
    weekly_hours: Decimal | None = None
    persons: int = 1
    age: int | None = None
    is_disabled: bool = False
    has_agreement: bool | None = None
    aims_at_degree: bool = False
    is_approved: bool | None = None
    goes_beyond_adaptation: bool | None = None
    degree_is_old_enough: bool | None = None
    was_funded_lately: bool | None = None
    is_obligatory: bool | None = None


@dataclass(frozen=True)
class Shares:
    """Percent the agency may bear; None while it cannot be said."""

    course: Decimal | None
    wage: Decimal | None
    course_reason: str
    wage_reason: str


def calculate_82(training: Training, checked_on: date) -> Outcome:
    """What § 82 may bring for this training, for all persons together, to the cent.

    checked_on: when the catalogue entry was last compared with its source.
    """
    conditions = sorted_conditions(tuple(_conditions(training)))
    shares = shares_of(training)
    if verdict_of(conditions) is Verdict.EXCLUDED:
        shares = Shares(ZERO, ZERO, "ausgeschlossen", "ausgeschlossen")
    amounts = _amounts(training, shares)
    course, _, wage = (amount.value for amount in amounts[:3])
    grant = None if course is None or wage is None else course + wage
    may = "Zuschüsse, deren Höhe noch nicht bestimmbar ist"
    if grant is not None:
        may = f"bis zu {euro(grant)} (Lehrgang und Arbeitsentgelt zusammen)"
    return Outcome(
        sentence_of(conditions, may), amounts, conditions, _ASSUMPTIONS, LAW, stand(checked_on)
    )


_ASSUMPTIONS = (
    "Alle Beträge „bis zu“; die Agentur für Arbeit entscheidet nach Ermessen.",
    "Alle Lehrgangsstunden liegen in der Arbeitszeit.",
    "Sozialversicherung des Arbeitgebers pauschal 20 % auf das Arbeitsentgelt.",
    "Fahrt, Unterkunft und Kinderbetreuung sind nicht eingerechnet.",
)


def _conditions(training: Training) -> Iterator[Condition]:
    hours = training.hours
    yield required(
        f"mehr als {MORE_THAN_HOURS} Stunden",
        None if hours is None else hours > MORE_THAN_HOURS,
        "§ 82 Abs. 1 Nr. 4",
    )
    yield required("Maßnahme und Träger zugelassen (AZAV)", training.is_approved, "Abs. 1 Nr. 5")
    yield required(
        "Inhalte gehen über eine kurze Anpassung am Arbeitsplatz hinaus",
        training.goes_beyond_adaptation,
        "Abs. 1 Nr. 1",
    )
    if not training.aims_at_degree:
        yield required(
            "Berufsabschluss liegt in der Regel mindestens zwei Jahre zurück",
            training.degree_is_old_enough,
            "Abs. 1 Nr. 2",
        )
    yield required(
        "keine Förderung nach § 82 in den letzten zwei Jahren",
        _not(training.was_funded_lately),
        "Abs. 1 Nr. 3",
    )
    yield required(
        "der Betrieb ist nicht gesetzlich zu dieser Schulung verpflichtet",
        _not(training.is_obligatory),
        "Abs. 1",
    )
    yield required(
        "Zahl der Beschäftigten nach SGB III ist bekannt",
        None if training.staff is None else True,
        "Abs. 2 und 3",
    )


def _not(known: bool | None) -> bool | None:
    return None if known is None else not known


def shares_of(training: Training) -> Shares:
    """What the agency may bear of course and wage, in percent, and why (Abs. 2 and 3)."""
    if training.aims_at_degree:
        why = "ohne Berufsabschluss, Ziel Berufsabschluss: bis zu 100 %"
        return Shares(FULL, FULL, f"{why} (§ 81 Abs. 2)", f"{why} (§ 82 Abs. 3)")
    if training.staff is None:
        return Shares(None, None, "Zahl der Beschäftigten fehlt", "Zahl der Beschäftigten fehlt")
    bonus = AGREEMENT_BONUS if training.has_agreement else ZERO
    more = f" + {figure(bonus)} Punkte (Vereinbarung)" if bonus else ""
    wage = _by_size(_WAGE, training.staff)
    course = _by_size(_COURSE, training.staff)
    wage_why = f"{_size_words(training.staff)}: {percent_of(wage)}{more}"
    course_why = f"{_size_words(training.staff)}: {percent_of(course)}"
    if course < FULL:
        course_why += more
    if _is_eased(training):
        course, bonus_course = FULL, ZERO
        course_why = "unter 500 Beschäftigte und ab 45 Jahren oder schwerbehindert: 100 %"
    else:
        bonus_course = bonus
    return Shares(min(course + bonus_course, FULL), wage + bonus, course_why, wage_why)


def _is_eased(training: Training) -> bool:
    """Below 500 staff the employer's part may fall away for older or disabled people (Abs. 2)."""
    is_older = training.age is not None and training.age >= OLDER_FROM
    is_small = training.staff is not None and training.staff < LARGE_FROM
    return is_small and (is_older or training.is_disabled)


def _by_size(table: tuple[tuple[int | None, Decimal], ...], staff: Decimal) -> Decimal:
    return next(share for below, share in table if below is None or staff < below)


def _size_words(staff: Decimal) -> str:
    if staff < SMALL_BELOW:
        return "unter 50 Beschäftigte"
    return "50 bis 499 Beschäftigte" if staff < LARGE_FROM else "ab 500 Beschäftigte"


# -- amounts ---------------------------------------------------------------------------------


def hourly_wage(wage: Decimal, weekly_hours: Decimal) -> Decimal:
    """Gross wage of an hour: month / (weekly hours × 4.35), unrounded."""
    return wage / (weekly_hours * WEEKS_PER_MONTH)


def _amounts(training: Training, shares: Shares) -> tuple[Amount, ...]:
    """Course, base, subsidy, then the rest for the company."""
    course_cost = training.course_cost
    cost = None if course_cost is None else course_cost * training.persons
    base = _wage_base(training)
    course = _share(cost, shares.course)
    subsidy = _share(base, shares.wage)
    parts = (cost, base, course, subsidy)
    rest = None if None in parts else sum((p for p in parts[:2] if p), ZERO)
    if rest is not None:
        rest -= sum((p for p in parts[2:] if p), ZERO)
    return (
        Amount("Zuschuss zu den Lehrgangskosten, bis zu", course, _course_words(training, shares)),
        Amount("Arbeitsentgelt während des Lehrgangs", base, _base_words(training, base)),
        Amount("Zuschuss zum Arbeitsentgelt, bis zu", subsidy, _subsidy_words(base, shares)),
        Amount("verbleibt mindestens beim Betrieb", rest, _rest_words(*parts), is_total=True),
    )


def _wage_base(training: Training) -> Decimal | None:
    hours, wage, weekly = training.hours, training.wage, training.weekly_hours
    if hours is None or wage is None or not weekly:
        return None
    return cents(hourly_wage(wage, weekly) * hours * SOCIAL_INSURANCE * training.persons)


def _share(amount: Decimal | None, share: Decimal | None) -> Decimal | None:
    return None if amount is None or share is None else cents(amount * share / FULL)


def _course_words(training: Training, shares: Shares) -> Derivation:
    cost = training.course_cost
    share = shares.course
    return Derivation(
        "Zuschuss zu den Lehrgangskosten",
        _result(_share(cost and cost * training.persons, share)),
        "Lehrgangskosten × Personen × Anteil der Agentur",
        (
            money("Lehrgangskosten je Person", cost),
            Term("Personen", str(training.persons)),
            Term(
                "Anteil der Agentur",
                "nicht bekannt" if share is None else percent_of(share),
                shares.course_reason,
            ),
        ),
        ("Vereinbarung: Betriebsvereinbarung oder Tarifvertrag zur Weiterbildung.",),
        f"{LAW}, Abs. 2",
    )


def _base_words(training: Training, base: Decimal | None) -> Derivation:
    wage, weekly = training.wage, training.weekly_hours
    hourly = hourly_wage(wage, weekly) if wage is not None and weekly else None
    return Derivation(
        "Arbeitsentgelt während des Lehrgangs",
        _result(base),
        "Monatsentgelt ÷ (Wochenstunden × 4,35) × Lehrgangsstunden × 1,2 × Personen",
        (
            money("Monatsentgelt brutto", wage),
            Term("Wochenstunden", "nicht bekannt" if weekly is None else figure(weekly)),
            money("ergibt je Stunde", hourly, "hier gerundet, gerechnet wird genau"),
            Term("Stunden", "nicht bekannt" if training.hours is None else figure(training.hours)),
            Term("Personen", str(training.persons)),
        ),
        ("20 % Sozialversicherung des Arbeitgebers pauschal.",),
        f"{LAW}, Abs. 3",
    )


def _subsidy_words(base: Decimal | None, shares: Shares) -> Derivation:
    share = shares.wage
    return Derivation(
        "Zuschuss zum Arbeitsentgelt",
        _result(_share(base, share)),
        "Arbeitsentgelt während des Lehrgangs × Anteil der Agentur",
        (
            money("Arbeitsentgelt während des Lehrgangs", base),
            Term(
                "Anteil der Agentur",
                "nicht bekannt" if share is None else percent_of(share),
                shares.wage_reason,
            ),
        ),
        (),
        f"{LAW}, Abs. 3",
    )


def _rest_words(
    cost: Decimal | None,
    base: Decimal | None,
    course: Decimal | None,
    subsidy: Decimal | None,
) -> Derivation:
    parts = (cost, base, course, subsidy)
    known = [part for part in parts if part is not None]
    rest = known[0] + known[1] - known[2] - known[3] if len(known) == len(parts) else None
    return Derivation(
        "Rest beim Betrieb",
        _result(rest),
        "Lehrgangskosten + Arbeitsentgelt − Zuschüsse",
        (
            money("Lehrgangskosten", cost),
            money("Arbeitsentgelt während des Lehrgangs", base),
            money("Zuschuss zu den Lehrgangskosten", course, "bis zu"),
            money("Zuschuss zum Arbeitsentgelt", subsidy, "bis zu"),
        ),
        ("Werden die Zuschüsse niedriger bewilligt, verbleibt mehr.",),
        LAW,
    )


def _result(value: Decimal | None) -> str:
    return "nicht bestimmbar" if value is None else euro(value)
