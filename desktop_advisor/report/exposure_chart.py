"""The exposure as stacked bars of plain values, so that screen and PDF draw the same picture.

Lengths and places are fractions 0–1 of a bar. Each group has a pattern of its own and its number
stands in it, so that grey print and colour-blind eyes tell them apart. Decimal in, float out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desktop_advisor.domain.german import THIN_SPACE, figure, one_digit
from desktop_advisor.domain.language import say
from desktop_advisor.report.exposure_model import Layer

Hatch = Literal["solid", "cross", "rising", "falling", "upright", "dots", "blank"]
HATCHES: dict[str, Hatch] = {
    "5": "solid",
    "4": "cross",
    "3": "rising",
    "2": "falling",
    "1": "dots",
    "0": "upright",
}
"""The darker, the more dependent; what belongs to no group stays blank."""
UNASSIGNED = "nicht zugeordnet"


@dataclass(frozen=True)
class Segment:
    """A part of a bar. mark: what stands in it where there is room, "" for nothing."""

    start: float
    length: float
    hatch: Hatch
    mark: str

    @property
    def is_growing(self) -> bool:
        """Whether it is what grows with the electric drive."""
        return self.hatch == "upright"


@dataclass(frozen=True)
class StackBar:
    """One bar: by turnover or by heads. whole: what its full length is, in words."""

    label: str
    whole: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class KeyRow:
    """One line of the key: pattern, words, figures; "" where nothing is said."""

    hatch: Hatch
    label: str
    turnover: str
    heads: str


@dataclass(frozen=True)
class ExposureStack:
    """Bars and key. spoken: the same in a sentence, for whoever does not see it."""

    bars: tuple[StackBar, ...]
    key: tuple[KeyRow, ...]
    spoken: str


def exposure_stack(layers: Sequence[Layer]) -> ExposureStack:
    """The stack of these layers, in their order; empty ones are left out of bars and key."""
    shown = [layer for layer in layers if layer.turnover or layer.heads]
    bars = []
    if any(layer.turnover is not None for layer in shown):
        parts = [(layer, layer.turnover or Decimal(0)) for layer in shown]
        bars.append(_bar(say("Umsatz"), f"100{THIN_SPACE}%", parts))
    people = sum((layer.heads or Decimal(0) for layer in shown), Decimal(0))
    if people:
        parts = [(layer, layer.heads or Decimal(0)) for layer in shown]
        bars.append(_bar(say("Köpfe"), _persons(people), parts))
    key = tuple(
        KeyRow(
            _hatch(layer),
            _name(layer),
            "" if layer.turnover is None else f"{one_digit(layer.turnover)}{THIN_SPACE}%",
            "" if layer.heads is None else figure(layer.heads),
        )
        for layer in shown
    )
    return ExposureStack(tuple(bars), key, _spoken(key))


def _bar(label: str, whole: str, parts: Sequence[tuple[Layer, Decimal]]) -> StackBar:
    total = sum((amount for _, amount in parts), Decimal(0))
    segments, start = [], Decimal(0)
    for layer, amount in parts:
        if amount:
            share = amount / total
            segments.append(Segment(float(start), float(share), _hatch(layer), layer.code or "?"))
            start += share
    return StackBar(label, whole, tuple(segments))


def _hatch(layer: Layer) -> Hatch:
    return HATCHES.get(layer.code, "blank")


def _name(layer: Layer) -> str:
    return say("Gruppe {0}: {1}").format(layer.code, layer.label) if layer.code else layer.label


def _persons(count: Decimal) -> str:
    return say("1 Person") if count == 1 else say("{0} Personen").format(figure(count))


def _spoken(key: Sequence[KeyRow]) -> str:
    parts = []
    for line in key:
        said = [say("{0} vom Umsatz").format(line.turnover)] if line.turnover else []
        said += [say("{0} Köpfe").format(line.heads)] if line.heads else []
        parts.append(f"{line.label}: {', '.join(said)}")
    return say("Abhängigkeit vom Verbrenner. ") + "; ".join(parts) + "."
