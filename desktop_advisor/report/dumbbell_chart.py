"""The dumbbell: what each side says on one scale, for the screen and the PDF alike.

Places are fractions 0–1 of the width of the scale. Shape and caption tell the sides apart, colour
only repeats it: dot for the management, diamond for the works council, triangle for the advisor,
upright bar for what was agreed on together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desktop_advisor.assessment.scores import TALKING_DISTANCE
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.german import one_digit
from desktop_advisor.domain.language import say
from desktop_advisor.report.charts import fraction
from desktop_advisor.report.wording import PERSPECTIVES, PERSPECTIVES_SHORT

Shape = Literal["dot", "diamond", "triangle", "bar"]
_SHAPES: dict[Perspective, Shape] = {
    Perspective.MANAGEMENT: "dot",
    Perspective.WORKS_COUNCIL: "diamond",
    Perspective.ADVISOR: "triangle",
    Perspective.JOINT: "bar",
}
_BELOW = (Perspective.ADVISOR, Perspective.JOINT)


@dataclass(frozen=True)
class Mark:
    """Where one side stands. is_below: its caption stands below the scale."""

    side: Perspective
    shape: Shape
    at: float
    is_below: bool


@dataclass(frozen=True)
class Caption:
    """The names of the sides whose marks stand at `at`, or too near to name them apart."""

    text: str
    at: float
    is_below: bool


@dataclass(frozen=True)
class DumbbellChart:
    """values: side → level or maturity; a side that said nothing, or too little, is absent."""

    values: Mapping[Perspective, Decimal]
    maximum: Decimal = Decimal(5)

    def marks(self) -> tuple[Mark, ...]:
        """One per side, in the order in which they are painted."""
        return tuple(
            Mark(side, shape, fraction(self.values[side], self.maximum), side in _BELOW)
            for side, shape in _SHAPES.items()
            if side in self.values
        )

    def link(self) -> tuple[float, float] | None:
        """The stroke between management and works council, left end first; None without both."""
        both = [m.at for m in self.marks() if not m.is_below]
        return (min(both), max(both)) if len(both) == 2 else None

    @property
    def distance(self) -> Decimal | None:
        """|GF - BR|, unrounded; None unless both said something."""
        gf = self.values.get(Perspective.MANAGEMENT)
        br = self.values.get(Perspective.WORKS_COUNCIL)
        return None if gf is None or br is None else abs(gf - br)

    @property
    def is_talking_point(self) -> bool:
        """Whether they are two levels or more apart; then the stroke is thick."""
        return self.distance is not None and self.distance >= TALKING_DISTANCE

    def ticks(self) -> tuple[float, ...]:
        """Where the whole levels stand."""
        return tuple(
            fraction(Decimal(level), self.maximum) for level in range(int(self.maximum) + 1)
        )

    def captions(self, nearest: float) -> tuple[Caption, ...]:
        """Names of the marks; those nearer to each other than `nearest` share one caption."""
        made: list[Caption] = []
        for is_below in (False, True):
            group: list[Mark] = []
            for mark in sorted(self.marks(), key=lambda m: m.at):
                if mark.is_below is not is_below:
                    continue
                if group and mark.at - group[-1].at >= nearest:
                    made.append(_caption(group))
                    group = []
                group.append(mark)
            if group:
                made.append(_caption(group))
        return tuple(made)

    def spoken(self, name: str) -> str:
        """The chart in one sentence, for those who cannot see it; `name`: what is compared."""
        if not self.values:
            return say("{0}: keine belastbare Aussage").format(name)
        said = [f"{PERSPECTIVES[m.side]} {one_digit(self.values[m.side])}" for m in self.marks()]
        apart = (
            "" if self.distance is None else say("; Abstand {0}").format(one_digit(self.distance))
        )
        mark = say(", Gesprächsanlass") if self.is_talking_point else ""
        return say("{0}: {1} von {2:f}{3}{4}").format(
            name, ", ".join(said), self.maximum, apart, mark
        )


def _caption(group: list[Mark]) -> Caption:
    text = " · ".join(PERSPECTIVES_SHORT[mark.side] for mark in group)
    return Caption(text, sum(mark.at for mark in group) / len(group), group[0].is_below)
