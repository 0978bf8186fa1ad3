"""Charts as plain coordinates, so that the screen and the PDF draw the same picture.

Coordinates of the radar: unit circle, x to the right, y upwards, first axis at the top, then
clockwise. Qt flips y. Bars: fractions 0–1 of their width. Decimal in, float out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desktop_advisor.domain.german import one_digit
from desktop_advisor.domain.language import say

Point = tuple[float, float]
Line = tuple[Point, ...]
_SIDEWAYS = 0.15
"""Beyond this x a label stands beside its axis instead of above or below it; our choice by eye."""


@dataclass(frozen=True)
class Axis:
    """One spoke. value, low, high: None where nothing may be printed; compared: second series."""

    label: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    compared: Decimal | None = None

    @property
    def dashed(self) -> bool:
        """True where no value is printed, so the spoke itself says so without colour."""
        return self.value is None


@dataclass(frozen=True)
class RadarChart:
    """Radar of maturity per dimension; needs three axes or more to enclose anything."""

    axes: tuple[Axis, ...]
    maximum: Decimal = Decimal(5)

    def at(self, index: int, value: Decimal) -> Point:
        """Where `value` lies on axis `index`."""
        angle = 2 * math.pi * index / max(1, len(self.axes))
        radius = fraction(value, self.maximum)
        return (radius * math.sin(angle), radius * math.cos(angle))

    def tip(self, index: int) -> Point:
        """The outer end of axis `index`."""
        return self.at(index, self.maximum)

    def rings(self) -> tuple[Line, ...]:
        """One closed polygon per whole level, the outermost last."""
        levels = range(1, int(self.maximum) + 1)
        return tuple(
            tuple(self.at(i, Decimal(level)) for i in range(len(self.axes))) for level in levels
        )

    def points(self) -> tuple[Point | None, ...]:
        """Dots of the values; None where nothing is printed."""
        return tuple(
            None if a.value is None else self.at(i, a.value) for i, a in enumerate(self.axes)
        )

    def outline(self) -> tuple[Line, ...]:
        """Strokes between neighbouring values; a missing value leaves a gap."""
        return self._strokes([a.value for a in self.axes])

    def compared_outline(self) -> tuple[Line, ...]:
        """Strokes of the second series, to be drawn dashed."""
        return self._strokes([a.compared for a in self.axes])

    def compared_points(self) -> tuple[Point | None, ...]:
        """Dots of the second series; None where nothing is printed."""
        return tuple(
            None if a.compared is None else self.at(i, a.compared) for i, a in enumerate(self.axes)
        )

    def band(self) -> tuple[Line, ...]:
        """Quadrilaterals between low and high of neighbouring axes: the possible values."""
        return tuple(
            (self.at(i, here[1]), self.at(j, there[1]), self.at(j, there[0]), self.at(i, here[0]))
            for i, j in self._neighbours()
            if (here := _bounds(self.axes[i])) and (there := _bounds(self.axes[j]))
        )

    def label_at(self, index: int, distance: float = 1.1) -> tuple[Point, Anchor]:
        """Where the label of axis `index` starts and how it is aligned there."""
        x, y = self.tip(index)
        anchor: Anchor = "middle" if abs(x) < _SIDEWAYS else "start" if x > 0 else "end"
        return (x * distance, y * distance), anchor

    def spoken(self, compared: str = "Betriebsrat") -> str:
        """The radar in words, for those who cannot see it. compared: whose the second line is."""
        said = []
        for axis in self.axes:
            words = f"{axis.label} "
            words += say("ohne Wert") if axis.value is None else one_digit(axis.value)
            if (bounds := _bounds(axis)) and bounds[0] != bounds[1]:
                words += say(" (möglich {0} bis {1})").format(
                    one_digit(bounds[0]), one_digit(bounds[1])
                )
            if axis.compared is not None:
                words += f", {compared} {one_digit(axis.compared)}"
            said.append(words)
        return say("Netzdiagramm, Werte von 0 bis {0:f}. {1}.").format(
            self.maximum, "; ".join(said)
        )

    def _neighbours(self) -> list[tuple[int, int]]:
        count = len(self.axes)
        return [(i, (i + 1) % count) for i in range(count)] if count > 2 else []

    def _strokes(self, values: list[Decimal | None]) -> tuple[Line, ...]:
        return tuple(
            (self.at(i, here), self.at(j, there))
            for i, j in self._neighbours()
            if (here := values[i]) is not None and (there := values[j]) is not None
        )


Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class IntervalBar:
    """One bar 0–maximum with its interval and, where asked, the other perspective's value."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    compared: Decimal | None = None
    maximum: Decimal = Decimal(5)

    @property
    def length(self) -> float | None:
        """Length of the bar; None: draw no bar."""
        return None if self.value is None else fraction(self.value, self.maximum)

    @property
    def whisker(self) -> tuple[float, float] | None:
        """From low to high; None where value, low or high is missing or low equals high."""
        if self.value is None or self.low is None or self.high is None or self.low == self.high:
            return None
        return fraction(self.low, self.maximum), fraction(self.high, self.maximum)

    @property
    def mark(self) -> float | None:
        """Place of the other perspective's value; None without one."""
        return None if self.compared is None else fraction(self.compared, self.maximum)

    def spoken(self, compared: str = "Betriebsrat") -> str:
        """The bar in words, for those who cannot see it. compared: whose the second value is."""
        said = []
        if self.value is not None:
            said.append(say("Balken {0}").format(_of(self.value, self.maximum)))
        if self.whisker is not None and self.low is not None and self.high is not None:
            said.append(
                say("möglich {0} bis {1}").format(one_digit(self.low), one_digit(self.high))
            )
        if self.compared is not None:
            said.append(f"{compared} {one_digit(self.compared)}")
        return ", ".join(said)

    def ticks(self) -> tuple[float, ...]:
        """The whole levels, ends included."""
        top = int(self.maximum)
        return tuple(level / top for level in range(top + 1))


def fraction(value: Decimal, maximum: Decimal) -> float:
    """Share of the maximum, kept within 0–1."""
    return float(min(max(value / maximum, Decimal(0)), Decimal(1)))


def _of(value: Decimal, maximum: Decimal) -> str:
    return say("{0} von {1:f}").format(one_digit(value), maximum)


def _bounds(axis: Axis) -> tuple[Decimal, Decimal] | None:
    if axis.value is None or axis.low is None or axis.high is None:
        return None
    return axis.low, axis.high
