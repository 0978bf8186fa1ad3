"""De minimis: what is left of the ceiling on a day (Regulation (EU) 2023/2831; domain §5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from desktop_advisor.advice.calculators.outcome import ZERO, Amount, Outcome, money, required
from desktop_advisor.advice.calculators.outcome import sorted_conditions as ordered
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import euro, short_date

CEILING = Decimal(300_000)
YEARS = 3
LAW = "Verordnung (EU) 2023/2831, Art. 3 Abs. 2; gilt bis 31.12.2030"
VALID_TO = date(2030, 12, 31)
"""Art. 8 of the Regulation; what holds afterwards is not known."""


@dataclass(frozen=True)
class Aid:
    """One aid granted to the single undertaking: what was granted, not what was paid out. €."""

    granted_on: date
    amount: Decimal
    body: str = ""
    purpose: str = ""

    @property
    def falls_out_on(self) -> date:
        """The first day on which it no longer counts: three years after the grant."""
        return three_years_after(self.granted_on)


@dataclass(frozen=True)
class Balance:
    """Where the single undertaking stands on a day. used, free: €. counted: oldest first."""

    day: date
    used: Decimal
    free: Decimal
    counted: tuple[Aid, ...]


def three_years_after(day: date) -> date:
    """The same day three years on; 29 February becomes 1 March, so that nothing falls out early."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:
        return date(day.year + YEARS, 3, 1)


def window_start(day: date) -> date:
    """The first day whose grants still count on `day`."""
    try:
        before = day.replace(year=day.year - YEARS)
    except ValueError:
        before = date(day.year - YEARS, 2, 28)
    return before + timedelta(days=1)


def balance_on(day: date, aids: Iterable[Aid]) -> Balance:
    """The balance on `day`: aids of the three years up to and with it, counted from the grant."""
    counted = tuple(
        sorted(
            (aid for aid in aids if aid.granted_on <= day < aid.falls_out_on),
            key=lambda aid: aid.granted_on,
        )
    )
    used = sum((aid.amount for aid in counted), ZERO)
    return Balance(day, used, max(CEILING - used, ZERO), counted)


def first_day_with_room(wanted: Decimal, aids: Iterable[Aid], today: date) -> date | None:
    """From when an aid of `wanted` euro would fit; None if it is above the ceiling itself."""
    if wanted > CEILING:
        return None
    known = tuple(aids)
    days = sorted({today, *(aid.falls_out_on for aid in known if aid.falls_out_on > today)})
    return next((d for d in days if balance_on(d, known).free >= wanted), None)


def calculate_de_minimis(
    aids: Iterable[Aid],
    today: date,
    planned: Decimal | None = None,
    has_all_linked: bool | None = None,
) -> Outcome:
    """Balance today and whether a planned aid fits.

    planned: €, None for none. has_all_linked: whether the list holds the aids of all linked
    enterprises, which count together.
    """
    known = tuple(aids)
    balance = balance_on(today, known)
    conditions = [
        required("alle Beihilfen der verbundenen Unternehmen sind erfasst", has_all_linked)
    ]
    if today > VALID_TO:
        conditions.append(required("welche Regel nach dem 31.12.2030 gilt, ist zu prüfen", None))
    if planned is not None:
        conditions.append(
            required(
                f"geplante Beihilfe von {euro(planned)} liegt im freien Betrag",
                planned <= balance.free,
                LAW,
            )
        )
    return Outcome(
        _sentence(balance, planned, known),
        (_used(balance), _free(balance)),
        ordered(conditions),
        tuple(_assumptions(balance)),
        LAW,
        f"Gerechnet auf den {short_date(today)}.",
    )


def _sentence(balance: Balance, planned: Decimal | None, aids: tuple[Aid, ...]) -> str:
    words = f"Am {short_date(balance.day)} sind bis zu {euro(balance.free)} frei."
    if planned is None or planned <= balance.free:
        return words
    room = first_day_with_room(planned, aids, balance.day)
    if room is None:
        return f"{words} Der geplante Betrag liegt über der Obergrenze."
    return f"{words} Für {euro(planned)} reicht es frühestens ab {short_date(room)}."


def _assumptions(balance: Balance) -> Iterator[str]:
    yield "Es zählt der Tag der Bewilligung, nicht der Auszahlung."
    yield "Verbundene Unternehmen zählen als ein einziges Unternehmen."
    yield "Seit 01.01.2026 führt die EU ein zentrales Register; dort vor dem Antrag nachsehen."
    for aid in balance.counted:
        last = short_date(_last(aid))
        yield f"{euro(aid.amount)} vom {short_date(aid.granted_on)} zählen noch bis zum {last}."


def _last(aid: Aid) -> date:
    return aid.falls_out_on - timedelta(days=1)


def _used(balance: Balance) -> Amount:
    return Amount("in drei Jahren bewilligt", balance.used, _arithmetic(balance, "Bewilligt"))


def _free(balance: Balance) -> Amount:
    return Amount(
        "frei, bis zu", balance.free, _arithmetic(balance, "Freier Betrag"), is_total=True
    )


def _arithmetic(balance: Balance, title: str) -> Derivation:
    is_free = title == "Freier Betrag"
    terms = [
        Term(
            aid.purpose or aid.body or "Beihilfe",
            euro(aid.amount),
            f"bewilligt {short_date(aid.granted_on)}, zählt bis {short_date(_last(aid))}",
        )
        for aid in balance.counted
    ]
    if is_free:
        terms.insert(0, money("Obergrenze", CEILING, "je einziges Unternehmen, drei Jahre"))
    return Derivation(
        title,
        euro(balance.free if is_free else balance.used),
        "Obergrenze − Summe der letzten drei Jahre" if is_free else "Summe der letzten drei Jahre",
        tuple(terms),
        (f"Stichtag {short_date(balance.day)}; der Zeitraum läuft taggenau mit.",),
        LAW,
    )
