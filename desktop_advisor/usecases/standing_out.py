"""Which fields of action to name first: what carries, and what presses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.sidecar import Dimension

SHOWN = 3
"""Strengths and urgent dimensions to name: as many as a conversation can hold (our choice)."""
URGENT_BELOW = Decimal("2.5")
"""Half of the scale: below it, or with a bottleneck, a dimension is urgent (our choice)."""


class Judged(Protocol):
    """A dimension with its scores, as results shows it."""

    @property
    def dimension(self) -> Dimension:
        """Which one."""

    @property
    def scores(self) -> Mapping[Perspective, Score]:
        """Of each side that answered."""

    @property
    def led(self) -> Score | None:
        """Of the leading answers."""

    @property
    def bottleneck(self) -> str:
        """Its lowest critical indicator, "" for none."""


Row = TypeVar("Row", bound=Judged)


def strengths(rows: Sequence[Row]) -> tuple[Row, ...]:
    """What is above half for every side that says so and has no bottleneck.

    Nothing is strength and need at once, nor a strength that another side disputes.
    """
    found = [
        (v, r)
        for r in rows
        if (v := _printable(r)) is not None
        and v >= URGENT_BELOW
        and not r.bottleneck
        and not _is_disputed(r)
    ]
    return tuple(r for _, r in sorted(found, key=lambda pair: -pair[0])[:SHOWN])


def urgent(rows: Sequence[Row], order: Sequence[str]) -> tuple[Row, ...]:
    """What is below half or has a bottleneck; order: codes of dimensions by priority."""
    found = {
        r.dimension.code: r
        for r in rows
        if (v := _printable(r)) is not None and (v < URGENT_BELOW or r.bottleneck)
    }
    return tuple([found[code] for code in order if code in found][:SHOWN])


def _is_disputed(row: Judged) -> bool:
    """Whether a side that answered enough sees the field below half."""
    said = (score.printable for score in row.scores.values())
    return any(value is not None and value < URGENT_BELOW for value in said)


def _printable(row: Judged) -> Decimal | None:
    return row.led.printable if row.led else None
