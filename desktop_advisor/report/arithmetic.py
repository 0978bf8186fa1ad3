"""How a score came about, as one line a reader can recompute (domain §3)."""

from __future__ import annotations

from decimal import Decimal

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.language import say
from desktop_advisor.report.model import Answer, Dimension, Indicator
from desktop_advisor.report.phrases import figure, interval, plain, share


def working(dimension: Dimension, perspective: Perspective | None) -> str:
    """ "(3·1 + 2·2) / 3 = 2,3 · Abdeckung 3 / 4 = 75 %"; "" where nothing was asked.

    perspective: None for the leading value where joint answers stand in it.
    """
    result = dimension.led if perspective is None else dimension.result(perspective)
    rows = [
        (indicator, answer)
        for indicator in dimension.indicators
        if (answer := indicator.led if perspective is None else answer_of(indicator, perspective))
        is not None
        and answer.state is not AnswerState.NOT_APPLICABLE
    ]
    weight_all = sum((i.weight for i, _ in rows), Decimal(0))
    if result is None or weight_all == 0:
        return ""
    counted = [(i.weight, a.level) for i, a in rows if a.level is not None]
    weight = sum((w for w, _ in counted), Decimal(0))
    parts = [
        say("Abdeckung {0} / {1} = {2}").format(
            plain(weight), plain(weight_all), share(result.coverage)
        )
    ]
    if result.printable is not None:
        terms = " + ".join(f"{plain(level)}·{plain(w)}" for w, level in counted)
        parts.insert(0, f"({terms}) / {plain(weight)} = {figure(result.printable)}")
        if spread := interval(result.low, result.high):
            parts.append(say("Spanne {0}").format(spread))
    return " · ".join(parts)


def answer_of(indicator: Indicator, perspective: Perspective) -> Answer | None:
    """What one perspective said to a Kennpunkt; None where it was not asked."""
    return next((a for a in indicator.answers if a.perspective is perspective), None)
