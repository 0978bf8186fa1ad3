"""What to take up first: gap times relevance times exposure, with every factor visible (domain §3).

P = gap · relevance/5 · (1 + E_rel)/2, with gap = max(0, Soll − Ist)/5; so P lies between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_advisor.assessment.scores import HIGHEST_LEVEL
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import one_digit, two_digits
from desktop_advisor.domain.language import say

MOST_RELEVANT = 5
USUAL_TARGET = Decimal(4)
"""Soll where none was set: "betriebsweit, mit Kennzahlen gesteuert". Our choice; not 5, because a
target is chosen by cost and benefit and is not the maximum (acatech Maturity Index, domain §2)."""
USUAL_RELEVANCE = 3
"""Relevance where none was set: the middle, so that nothing is pushed up or down unseen."""
USUAL_EXPOSURE = Decimal("0.5")
"""Exposure where none is mapped to the dimension or it is not known (domain §3)."""
SOURCE = "eigenes Modell des Transformationschecks: Lücke · Relevanz · Exposition"


@dataclass(frozen=True)
class Wish:
    """What was set for one dimension; None where nothing was.

    level: Soll 0–5. relevance: 1–5. rank: the advisor's own place, 1 first; reason: why.
    """

    level: Decimal | None = None
    relevance: int | None = None
    rank: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a dimension stands. actual: Ist 0–5, None where nothing may be said of it."""

    dimension: str
    label: str
    actual: Decimal | None


@dataclass(frozen=True)
class Priority:
    """One dimension in the order. value: P, 0–1, None where the Ist is not known.

    computed: its place by P, from 1; place: the one that counts, the advisor's own included; both
    None without a value. exposure: E_rel, 0–1; is_measured: it was mapped and known.
    """

    dimension: str
    label: str
    actual: Decimal | None
    target: Decimal
    relevance: int
    exposure: Decimal
    is_measured: bool
    wish: Wish
    computed: int | None = None
    place: int | None = None

    @property
    def gap(self) -> Decimal | None:
        """max(0, Soll − Ist)/5, 0–1; None where the Ist is not known."""
        if self.actual is None:
            return None
        return max(Decimal(0), self.target - self.actual) / HIGHEST_LEVEL

    @property
    def value(self) -> Decimal | None:
        """P, 0–1, unrounded."""
        if self.gap is None:
            return None
        relevance = Decimal(self.relevance) / MOST_RELEVANT
        return self.gap * relevance * (1 + self.exposure) / 2

    @property
    def is_moved(self) -> bool:
        """Whether the advisor has put it elsewhere than the formula would."""
        return self.place is not None and self.place != self.computed

    def derivation(self) -> Derivation | None:
        """The arithmetic of P; None where there is none."""
        if self.actual is None or self.gap is None or self.value is None:
            return None
        share = Decimal(self.relevance) / MOST_RELEVANT
        return Derivation(
            title=say("Priorität {0}").format(self.label),
            result=two_digits(self.value),
            formula=(
                f"{two_digits(self.gap)} · {two_digits(share)} · "
                f"(1 + {two_digits(self.exposure)}) ÷ 2 = {two_digits(self.value)}"
            ),
            terms=(
                Term(
                    say("Ist"), one_digit(self.actual), say("Reifegrad aus den Antworten, 0 bis 5")
                ),
                Term(say("Soll"), one_digit(self.target), self._target_note()),
                Term(say("Lücke"), two_digits(self.gap), say("(Soll − Ist) ÷ 5, mindestens 0")),
                Term(
                    say("Relevanz"), say("{0} von 5").format(self.relevance), self._relevance_note()
                ),
                Term(say("Exposition"), two_digits(self.exposure), self._exposure_note()),
            ),
            assumptions=tuple(self._assumptions()),
            source=say(SOURCE),
        )

    def _target_note(self) -> str:
        return (
            say("vereinbart")
            if self.wish.level is not None
            else say("üblicher Wert, nicht vereinbart")
        )

    def _relevance_note(self) -> str:
        return (
            say("eingeschätzt")
            if self.wish.relevance is not None
            else say("mittlerer Wert, nicht erfragt")
        )

    def _exposure_note(self) -> str:
        if self.is_measured:
            return say("wie stark der Wandel des Antriebs das Handlungsfeld trifft, 0 bis 1")
        return say("nicht gemessen, gerechnet mit 0,5")

    def _assumptions(self) -> Iterable[str]:
        if self.wish.level is None:
            yield say("Ein Soll wurde nicht vereinbart.")
        if self.wish.relevance is None:
            yield say("Wie wichtig das Handlungsfeld für den Betrieb ist, wurde nicht erfragt.")
        if self.is_moved:
            yield (
                say("Rechnerisch Platz {0}; auf Platz {1} gesetzt: {2}").format(
                    self.computed, self.place, self.wish.reason
                )
            )


def prioritise(
    standings: Iterable[Standing],
    wishes: Mapping[str, Wish],
    exposures: Mapping[str, Decimal],
) -> tuple[Priority, ...]:
    """The dimensions in the order in which they count; those without a value last, as given.

    wishes, exposures: by dimension code; E_rel 0–1. What shares a value keeps the given order.
    """
    everything = [_priority(s, wishes.get(s.dimension, Wish()), exposures) for s in standings]
    known = sorted((p for p in everything if p.value is not None), key=_falling)
    computed = [replace(p, computed=n) for n, p in enumerate(known, start=1)]
    placed = [replace(p, place=n) for n, p in enumerate(_moved(computed), start=1)]
    return (*placed, *(p for p in everything if p.value is None))


def _priority(standing: Standing, wish: Wish, exposures: Mapping[str, Decimal]) -> Priority:
    exposure = exposures.get(standing.dimension)
    return Priority(
        dimension=standing.dimension,
        label=standing.label,
        actual=standing.actual,
        target=USUAL_TARGET if wish.level is None else wish.level,
        relevance=USUAL_RELEVANCE if wish.relevance is None else wish.relevance,
        exposure=USUAL_EXPOSURE if exposure is None else exposure,
        is_measured=exposure is not None,
        wish=wish,
    )


def _falling(priority: Priority) -> Decimal:
    return -(priority.value or Decimal(0))


def _moved(computed: Sequence[Priority]) -> list[Priority]:
    """Those with a place of their own stand there, the others fill the gaps in their order."""
    own = sorted((p for p in computed if p.wish.rank is not None), key=lambda p: p.wish.rank or 0)
    order = [p for p in computed if p.wish.rank is None]
    for priority in own:
        order.insert(min(len(order), max(1, priority.wish.rank or 1) - 1), priority)
    return order
