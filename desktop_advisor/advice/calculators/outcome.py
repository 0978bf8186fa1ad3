"""What every calculator returns: a sentence, amounts with their arithmetic, and every condition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from desktop_advisor.advice.eligibility import Verdict
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import THIN_SPACE, euro, figure, short_date

CENT = Decimal("0.01")
FULL = Decimal(100)
ZERO = Decimal(0)


class Holds(StrEnum):
    """Whether a condition is met. The value is the word shown beside it."""

    MET = "erfüllt"
    BLOCKING = "schließt aus"
    OPEN = "offen"


@dataclass(frozen=True)
class Condition:
    """One thing that has to hold; law: where it stands, "" where it follows from the programme.

    because: why it blocks, as a clause after "weil"; "" where the text itself says what is not met.
    """

    text: str
    holds: Holds
    law: str = ""
    because: str = ""


@dataclass(frozen=True)
class Amount:
    """One line of the table in euro. value: rounded to the cent, None where it cannot be said.

    is_total: the line the others lead to.
    """

    label: str
    value: Decimal | None
    derivation: Derivation
    is_total: bool = False

    @property
    def printed(self) -> str:
        """2.640,00 €, or "nicht bestimmbar"."""
        return "nicht bestimmbar" if self.value is None else euro(self.value)


@dataclass(frozen=True)
class Outcome:
    """The result of one calculator; never a promise.

    sentence: what may be said. amounts: the table. conditions: all, blocking first. law: legal
    basis. as_of: state of the information, as printed.
    """

    sentence: str
    amounts: tuple[Amount, ...]
    conditions: tuple[Condition, ...]
    assumptions: tuple[str, ...]
    law: str
    as_of: str

    @property
    def verdict(self) -> Verdict:
        """Excluded by any blocking condition, open by any open one, else it comes into question."""
        return verdict_of(self.conditions)

    def of(self, holds: Holds) -> tuple[Condition, ...]:
        """The conditions that stand so."""
        return tuple(c for c in self.conditions if c.holds is holds)


def verdict_of(conditions: Iterable[Condition]) -> Verdict:
    """What all conditions together allow to say."""
    states = {condition.holds for condition in conditions}
    if Holds.BLOCKING in states:
        return Verdict.EXCLUDED
    return Verdict.OPEN if Holds.OPEN in states else Verdict.IN_QUESTION


def required(text: str, is_met: bool | None, law: str = "") -> Condition:
    """A condition that must hold; None leaves it open."""
    holds = Holds.OPEN if is_met is None else Holds.MET if is_met else Holds.BLOCKING
    return Condition(text, holds, law)


def sorted_conditions(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Blocking first, then open, then met; otherwise as given."""
    order = (Holds.BLOCKING, Holds.OPEN, Holds.MET)
    return tuple(sorted(conditions, key=lambda condition: order.index(condition.holds)))


def sentence_of(conditions: Sequence[Condition], may: str) -> str:
    """The verdict in words. may: what comes into consideration, with its "bis zu"."""
    verdict = verdict_of(conditions)
    if verdict is Verdict.EXCLUDED:
        blocking = [c for c in conditions if c.holds is Holds.BLOCKING]
        reasons = [c.because or f"nicht erfüllt ist: {c.text}" for c in blocking]
        return f"Ausgeschlossen, weil {' und weil '.join(reasons)}."
    if verdict is Verdict.OPEN:
        count = sum(c.holds is Holds.OPEN for c in conditions)
        if count == 1:
            return f"Eine Voraussetzung ist offen. Ist sie erfüllt, kommt in Betracht: {may}."
        return f"{count} Voraussetzungen sind offen. Sind alle erfüllt, kommt in Betracht: {may}."
    return f"Kommt in Betracht: {may}."


def cents(amount: Decimal) -> Decimal:
    """Rounded to the cent, half-up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def percent_of(share: Decimal) -> str:
    """55 → "55 %", thin space before the sign."""
    return f"{figure(share)}{THIN_SPACE}%"


def money(label: str, value: Decimal | None, note: str = "") -> Term:
    """A term in euro."""
    return Term(label, "nicht bekannt" if value is None else euro(value), note)


def stand(day: date) -> str:
    """Stand der Förderinformation: 22.11.2026."""
    return f"Stand der Förderinformation: {short_date(day)}."
