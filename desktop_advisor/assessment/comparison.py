"""T0 → T1: what has changed, on shared Kennpunkte only, and what cannot be compared (domain §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.assessment.scores import LEAST_COVERAGE
from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import decimal_mark, one_digit, percent
from desktop_advisor.domain.language import say


@dataclass(frozen=True)
class Reading:
    """One Kennpunkt at one time. level: 0–5, None unless answered.

    question: its code. text: its wording; level_text: the words of the chosen level, "" where
    none was chosen. Only what is worded alike is the same Kennpunkt.
    """

    question: str
    dimension: str
    text: str
    state: AnswerState
    level: Decimal | None = None
    level_text: str = ""
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class Change:
    """One dimension at both times, over the Kennpunkte answered at both.

    before, after: weighted means, 0–5, None where too little is shared to say anything.
    shared: Kennpunkte in both means; share: their weight by the weight that applies now, 0–1,
    None where nothing applies.
    """

    dimension: str
    label: str
    before: Decimal | None
    after: Decimal | None
    shared: int
    share: Decimal | None
    pairs: tuple[tuple[Reading, Reading], ...]

    @property
    def difference(self) -> Decimal | None:
        """After minus before, unrounded; None where there is none."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    def derivation(self) -> Derivation | None:
        """The arithmetic of the difference; None where there is none."""
        if self.before is None or self.after is None or self.share is None:
            return None
        weight = sum((now.weight for _, now in self.pairs), Decimal(0))
        return Derivation(
            title=say("Veränderung {0}").format(self.label),
            result=signed(self.after - self.before),
            formula=decimal_mark(
                say("früher {0} ÷ {1:f} = {2}; heute {3} ÷ {1:f} = {4}").format(
                    _sum(self.pairs, 0),
                    weight.normalize(),
                    one_digit(self.before),
                    _sum(self.pairs, 1),
                    one_digit(self.after),
                )
            ),
            terms=tuple(
                Term(now.text, f"{_level(then)} → {_level(now)}", _weight(now.weight))
                for then, now in self.pairs
            ),
            assumptions=(
                say(
                    "Gezählt werden nur Kennpunkte, die beide Male gleich lauteten und beantwortet "
                    "wurden: {0} der heute zutreffenden."
                ).format(percent(self.share)),
            ),
            source=say("eigenes Modell des Transformationschecks"),
        )


@dataclass(frozen=True)
class Comparison:
    """Everything that can be said of two times, and what cannot.

    reworded, new, gone: Kennpunkte that count at neither time, by their present or former wording.
    """

    changes: tuple[Change, ...]
    reworded: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def compare(
    before: Iterable[Reading],
    after: Iterable[Reading],
    labels: Mapping[str, str],
    anchors: Mapping[str, Mapping[str, str]],
) -> Comparison:
    """Two times of one company. labels: dimension code → its name, in the order to be shown.

    anchors: question → level → its words today, by which a reworded level is recognised.
    """
    then, now = {r.question: r for r in before}, {r.question: r for r in after}
    alike = {
        code
        for code in now.keys() & then.keys()
        if _is_same(then[code], now[code], anchors.get(code, {}))
    }
    return Comparison(
        changes=tuple(
            _change(code, label, [(then[q], now[q]) for q in now if q in alike], now.values())
            for code, label in labels.items()
        ),
        reworded=tuple(now[q].text for q in now if q in then and q not in alike),
        new=tuple(now[q].text for q in now if q not in then),
        gone=tuple(then[q].text for q in then if q not in now),
    )


def _is_same(then: Reading, now: Reading, anchors: Mapping[str, str]) -> bool:
    if (then.text, then.dimension) != (now.text, now.dimension):
        return False
    if then.level is None or not then.level_text:
        return True
    return anchors.get(f"{then.level.normalize():f}") == then.level_text


def _change(
    code: str,
    label: str,
    alike: Sequence[tuple[Reading, Reading]],
    now: Iterable[Reading],
) -> Change:
    pairs = tuple(
        (old, new)
        for old, new in alike
        if new.dimension == code and old.level is not None and new.level is not None
    )
    applicable = sum(
        (
            r.weight
            for r in now
            if r.dimension == code and r.state is not AnswerState.NOT_APPLICABLE
        ),
        Decimal(0),
    )
    weight = sum((new.weight for _, new in pairs), Decimal(0))
    share = weight / applicable if applicable else None
    if share is None or share < LEAST_COVERAGE or not weight:
        return Change(code, label, None, None, len(pairs), share, pairs)
    return Change(
        dimension=code,
        label=label,
        before=_mean(pairs, 0, weight),
        after=_mean(pairs, 1, weight),
        shared=len(pairs),
        share=share,
        pairs=pairs,
    )


def _mean(pairs: Sequence[tuple[Reading, Reading]], time: int, weight: Decimal) -> Decimal:
    """With today's weights at both times, so that a new weight is no change of the firm."""
    reached = sum(((pair[time].level or Decimal(0)) * pair[1].weight for pair in pairs), Decimal(0))
    return reached / weight


def signed(value: Decimal) -> str:
    """+0,6, −0,3 or ±0,0, with a real minus sign."""
    figure = one_digit(abs(value))
    if figure == "0,0":
        return "±0,0"
    return f"{'+' if value > 0 else '−'}{figure}"


def _sum(pairs: Sequence[tuple[Reading, Reading]], time: int) -> str:
    terms = (f"{_level(pair[time])}·{pair[1].weight.normalize():f}" for pair in pairs)
    return f"({' + '.join(terms)})"


def _level(reading: Reading) -> str:
    return "–" if reading.level is None else f"{reading.level.normalize():f}"


def _weight(weight: Decimal) -> str:
    return "" if weight == 1 else decimal_mark(say("Gewicht\u202f{0:f}").format(weight.normalize()))
