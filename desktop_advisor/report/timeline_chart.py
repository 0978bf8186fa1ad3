"""The plan in time as plain chart values, for the screen and the page, and in words.

Fractions 0–1 of the width of the time axis, from the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from desktop_advisor.advice.plan import TimelineRow
from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import Words, say
from desktop_advisor.domain.working_days import months_later

Fill = Literal["empty", "hatched", "solid"]
"""How a bar is filled, so that its state reads without colour."""
_FILLS: dict[str, Fill] = {"agreed": "empty", "running": "hatched", "done": "solid"}
STATE_WORDS = Words(
    {
        "agreed": "vereinbart",
        "running": "läuft",
        "done": "umgesetzt",
        "dropped": "verworfen",
    }
)
LEGEND: tuple[tuple[Fill, str], ...] = (
    ("empty", "vereinbart"),
    ("hatched", "läuft"),
    ("solid", "umgesetzt"),
)
_MONTHS = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
_MOST_TICKS = 12
_EDGE = timedelta(days=4)
"""Room beside the first and the last day, so that no mark sits on the frame; by eye."""


@dataclass(frozen=True)
class Tick:
    """A line of the time axis. is_year: a January, whose label carries the year."""

    at: float
    label: str
    is_year: bool


@dataclass(frozen=True)
class Bar:
    """One measure. start: None draws a diamond at `end`. end: None draws nothing, only the words.

    dates: in words, for beside or below the bar. base: number of the bar it waits for.
    """

    label: str
    dates: str
    fill: Fill
    start: float | None
    end: float | None
    is_late: bool
    is_critical: bool
    base: int | None


@dataclass(frozen=True)
class TimelineChart:
    """Bars under a time axis. today: its place, None where it lies outside."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today: float | None

    @property
    def has_dates(self) -> bool:
        """Whether there is anything to draw at all."""
        return any(bar.end is not None for bar in self.bars)

    def links(self) -> tuple[tuple[int, int], ...]:
        """(base, bar) wherever both have a place in time: from the base's end to the bar."""
        return tuple(
            (bar.base, number)
            for number, bar in enumerate(self.bars)
            if bar.base is not None and bar.end is not None and self.bars[bar.base].end is not None
        )


def timeline_chart(rows: Sequence[TimelineRow], today: date) -> TimelineChart:
    """The chart of a timeline; the axis spans all dates and today."""
    days = [day for row in rows for day in (row.start, row.end) if day is not None]
    if not days:
        return TimelineChart(tuple(_bar(row, None) for row in rows), (), None)
    axis = _Axis(min(*days, today) - _EDGE, max(*days, today) + _EDGE)
    return TimelineChart(tuple(_bar(row, axis) for row in rows), axis.ticks(), axis.at(today))


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def at(self, day: date) -> float:
        """Place of a day."""
        return (day - self.first).days / (self.last - self.first).days

    def ticks(self) -> tuple[Tick, ...]:
        """The first of every month, or of every third or twelfth where there are too many."""
        month = months_later(self.first.replace(day=1), 1)
        months = []
        while month <= self.last:
            months.append(month)
            month = months_later(month, 1)
        step = next((n for n in (1, 3, 12) if len(months) <= n * _MOST_TICKS), 60)
        kept = [m for m in months if (m.month - 1 + 12 * m.year) % step == 0]
        return tuple(Tick(self.at(m), _month(m), m.month == 1) for m in kept)


def _month(day: date) -> str:
    return str(day.year) if day.month == 1 else say(_MONTHS[day.month - 1])


def _bar(row: TimelineRow, axis: _Axis | None) -> Bar:
    return Bar(
        label=row.item.title,
        dates=_dates(row),
        fill=_FILLS.get(row.item.state, "empty"),
        start=None if axis is None or row.start is None else axis.at(row.start),
        end=None if axis is None or row.end is None else axis.at(row.end),
        is_late=row.is_late,
        is_critical=row.is_critical,
        base=row.base,
    )


def _dates(row: TimelineRow) -> str:
    """ "11.01.2027–28.02.2027 · läuft", with what stands out at the end."""
    parts = [STATE_WORDS.get(row.item.state, row.item.state)]
    if row.end is None:
        parts.insert(0, say("ohne Termin"))
    elif row.start is None:
        parts.insert(0, say("bis {0}").format(short_date(row.end)))
    else:
        parts.insert(0, f"{short_date(row.start)}–{short_date(row.end)}")
    if row.is_late:
        parts.append(say("überfällig"))
    if row.is_critical:
        parts.append(say("kritische Kette"))
    return " · ".join(parts)


def in_words(chart: TimelineChart, first: int = 0, count: int | None = None) -> str:
    """The whole chart, or so many bars from `first`, as sentences for those who cannot see it."""
    if not chart.bars:
        return say("Der Maßnahmenplan enthält keine Maßnahme.")
    last = None if count is None else first + count
    return " ".join(_sentence(chart, bar) for bar in chart.bars[first:last])


def _sentence(chart: TimelineChart, bar: Bar) -> str:
    waits = "" if bar.base is None else say("; wartet auf „{0}“").format(chart.bars[bar.base].label)
    return f"{bar.label}: {bar.dates.replace(' · ', ', ')}{waits}."
