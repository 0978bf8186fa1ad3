"""Maturity of one dimension from its answers, with coverage and interval (domain §3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_advisor.domain.answers import AnswerState, Evidence

HIGHEST_LEVEL = Decimal(5)
LEAST_COVERAGE = Decimal("0.60")
"""Below it nothing is printed (domain §3)."""
FULL_COVERAGE = Decimal("0.85")
"""From it on the interval need not be drawn (domain §3)."""
BOTTLENECK_LEVEL = Decimal(1)
"""A critical indicator at or below it is the bottleneck (domain §3)."""
TALKING_DISTANCE = 2
"""From this distance between management and works council on, it is a Gesprächsanlass (§3)."""


class Verdict(StrEnum):
    """What may be said of a dimension."""

    SOLID = "solid"
    WITH_INTERVAL = "with_interval"
    TOO_LITTLE = "too_little"
    NOT_APPLICABLE = "not_applicable"
    NOT_CONSIDERED = "not_considered"


@dataclass(frozen=True)
class ScoredAnswer:
    """One indicator as the score sees it; level is None unless answered."""

    indicator: str
    state: AnswerState
    level: Decimal | None = None
    weight: Decimal = Decimal(1)
    is_critical: bool = False
    evidence: Evidence = Evidence.CLAIMED


@dataclass(frozen=True)
class Score:
    """Value, coverage and bounds of one dimension; all unrounded.

    value: weighted mean, 0–5; None when nothing is answered.
    coverage: answered weight by applicable weight, 0–1; None when nothing applies.
    low, high: the value if every unanswered item turned out 0 or 5; None when nothing applies.
    bottleneck: the lowest critical indicator at or below 1; None when there is none.
    """

    value: Decimal | None
    coverage: Decimal | None
    low: Decimal | None
    high: Decimal | None
    verdict: Verdict
    answered: int
    applicable: int
    bottleneck: str | None = None
    evidenced: Decimal | None = None

    @property
    def printable(self) -> Decimal | None:
        """The value where it may be shown, else None: a score without coverage does not exist."""
        return self.value if self.verdict in (Verdict.SOLID, Verdict.WITH_INTERVAL) else None


def not_considered() -> Score:
    """The score of a dimension that was put aside: nothing is said of it, least of all "weak"."""
    return Score(None, None, None, None, Verdict.NOT_CONSIDERED, 0, 0)


def score(answers: Iterable[ScoredAnswer]) -> Score:
    """Score one dimension; vector of domain §3: 3,2,4,dk,na,1,3,open → 2.6, 5/7, 1.857, 3.286."""
    applicable = [a for a in answers if a.state is not AnswerState.NOT_APPLICABLE]
    answered = [a for a in applicable if a.level is not None and a.state is AnswerState.ANSWERED]
    weight_all = sum((a.weight for a in applicable), Decimal(0))
    weight_answered = sum((a.weight for a in answered), Decimal(0))
    if weight_all == 0:
        return Score(None, None, None, None, Verdict.NOT_APPLICABLE, 0, 0)
    reached = sum((a.weight * a.level for a in answered if a.level is not None), Decimal(0))
    coverage = weight_answered / weight_all
    return Score(
        value=reached / weight_answered if weight_answered else None,
        coverage=coverage,
        low=reached / weight_all,
        high=(reached + HIGHEST_LEVEL * (weight_all - weight_answered)) / weight_all,
        verdict=_verdict(coverage),
        answered=len(answered),
        applicable=len(applicable),
        bottleneck=_bottleneck(answered),
        evidenced=evidence_share(answered),
    )


_OUTSIDE = (Verdict.NOT_APPLICABLE, Verdict.NOT_CONSIDERED)
"""What neither raises nor lowers the overall value or its coverage."""


def _verdict(coverage: Decimal) -> Verdict:
    if coverage < LEAST_COVERAGE:
        return Verdict.TOO_LITTLE
    return Verdict.WITH_INTERVAL if coverage < FULL_COVERAGE else Verdict.SOLID


def _bottleneck(answered: Sequence[ScoredAnswer]) -> str | None:
    weak = [
        (a.level, a.indicator)
        for a in answered
        if a.is_critical and a.level is not None and a.level <= BOTTLENECK_LEVEL
    ]
    return min(weak)[1] if weak else None


def evidence_share(answered: Sequence[ScoredAnswer]) -> Decimal | None:
    """Share of answers seen on site or in a document (≥ E2); None when nothing is answered."""
    if not answered:
        return None
    seen = sum(a.evidence >= Evidence.SEEN for a in answered)
    return Decimal(seen) / len(answered)


def overall(scores: Iterable[tuple[Score, Decimal]]) -> Score:
    """Relevance-weighted mean over the printable R-dimensions; E and S never enter (domain §3).

    scores: pairs of a dimension's score and its relevance (1–5, or equal weights).
    """
    everything = list(scores)
    pairs = [(s, w) for s, w in everything if s.verdict not in _OUTSIDE]
    usable = [(s, w) for s, w in pairs if s.printable is not None]
    weight_all = sum((w for _, w in pairs), Decimal(0))
    weight = sum((w for _, w in usable), Decimal(0))
    if not pairs and any(s.verdict is Verdict.NOT_CONSIDERED for s, _ in everything):
        return not_considered()
    if weight_all == 0:
        return Score(None, None, None, None, Verdict.NOT_APPLICABLE, 0, 0)

    def mean(values: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
        return (
            sum((v * w for v, w in values if v is not None), Decimal(0)) / weight
            if weight
            else None
        )

    answered = sum(s.answered for s, _ in pairs)
    applicable = sum(s.applicable for s, _ in pairs)
    coverage = weight / weight_all
    return Score(
        value=mean((s.value, w) for s, w in usable),
        coverage=coverage,
        low=mean((s.low, w) for s, w in usable),
        high=mean((s.high, w) for s, w in usable),
        verdict=_verdict(coverage),
        answered=answered,
        applicable=applicable,
    )
