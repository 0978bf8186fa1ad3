"""The action plan as a whole: its order, what waits for what, and when it ends."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

OPEN_STATES = ("agreed", "running")
"""States in which a measure still has to be done."""

_HOURS_A_DAY, _DAYS_A_WEEK, _DAYS_A_MONTH, _DAYS_A_YEAR = 8, 5, 20, 220
"""Working time behind an effort in words; our choice, because only the order rests on it."""
_UNITS = {
    "stunde": Decimal(1) / _HOURS_A_DAY,
    "std": Decimal(1) / _HOURS_A_DAY,
    "h": Decimal(1) / _HOURS_A_DAY,
    "tag": Decimal(1),
    "personentag": Decimal(1),
    "pt": Decimal(1),
    "woche": Decimal(_DAYS_A_WEEK),
    "monat": Decimal(_DAYS_A_MONTH),
    "jahr": Decimal(_DAYS_A_YEAR),
}
_AMOUNT = re.compile(
    r"(?P<half>halbe[rns]?\s+)?(?:(?P<low>\d+(?:,\d+)?)\s*(?:bis|-|–)\s*)?(?P<high>\d+(?:,\d+)?)?\s*"
    r"(?P<unit>personentag|stunde|std|tag|pt|woche|monat|jahr|h)(?:e|en|n|s|es)?\b",
    re.IGNORECASE,
)
_WORDS = {"gering": Decimal(1), "klein": Decimal(1), "mittel": Decimal(5), "hoch": Decimal(20)}


@dataclass(frozen=True)
class PlanItem:
    """What the order and the dates of a plan depend on.

    dimension: "" for a measure of the advisor's own. effort: in words. state: agreed, running,
    done, dropped. depends_on: the measure that has to be done first, None for none.
    """

    key: uuid.UUID
    title: str
    dimension: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    effort: str = ""
    state: str = "agreed"
    depends_on: uuid.UUID | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.state in OPEN_STATES


def effort_days(words: str) -> Decimal | None:
    """Working days that an effort in words stands for; None where no amount can be read.

    Of a span the upper end, of several amounts the first: "2 bis 3 Tage, danach 1 Stunde" is 3.
    """
    for found in _AMOUNT.finditer(words):
        unit = _UNITS[found["unit"].lower()]
        if found["half"]:
            return unit / 2
        if found["high"]:
            return Decimal(found["high"].replace(",", ".")) * unit
    return next((days for word, days in _WORDS.items() if word in words.lower()), None)


def in_order(
    items: Sequence[PlanItem], priority: Mapping[str, Decimal] | None = None
) -> tuple[PlanItem, ...]:
    """Highest priority of the field of action first, then date, then effort (domain §3).

    priority: dimension → P; a dimension without one comes after those with one, an item without a
    date or effort after those with it. What is equal keeps the order it came in.
    """
    known = priority or {}

    def place(item: PlanItem) -> tuple[bool, Decimal, date, bool, Decimal]:
        p, days = known.get(item.dimension), effort_days(item.effort)
        return (
            p is None,
            -(p or Decimal(0)),
            item.due_on or date.max,
            days is None,
            days or Decimal(0),
        )

    return tuple(sorted(items, key=place))


def find_cycle(
    key: uuid.UUID, base: uuid.UUID | None, depends_on: Mapping[uuid.UUID, uuid.UUID | None]
) -> tuple[uuid.UUID, ...]:
    """The measures that would wait for each other if `key` waited for `base`; () when none do.

    depends_on: measure → its base, as it stands. The circle begins and ends with `key`.
    """
    way, here = [key], base
    while here is not None and here not in way:
        way.append(here)
        here = depends_on.get(here)
    return (*way, key) if here == key else ()


def early_starts(items: Sequence[PlanItem]) -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    """(measure, base) where an open measure starts before its base ends.

    A measure without a start is judged by its date; a base that is done holds nobody up.
    """
    by_key = {item.key: item for item in items}
    found = []
    for item in items:
        base = by_key.get(item.depends_on) if item.depends_on else None
        begins = item.starts_on or item.due_on
        if base is None or not item.is_open or not base.is_open:
            continue
        if begins is not None and base.due_on is not None and begins < base.due_on:
            found.append((item.key, base.key))
    return tuple(found)


def critical_chain(items: Sequence[PlanItem]) -> tuple[uuid.UUID, ...]:
    """The chain of open measures that ends last, first step first; () where nothing depends.

    Every delay in it delays the end of what depends on each other. Of chains that end on the same
    day the longer one; a chain whose last step has no date comes after those that have one.
    """
    open_items = {item.key: item for item in items if item.is_open}
    bases = {item.depends_on for item in open_items.values()}
    chains = [
        chain
        for item in open_items.values()
        if item.key not in bases and len(chain := _chain_to(item, open_items)) > 1
    ]

    def lateness(chain: Sequence[PlanItem]) -> tuple[date, int]:
        return (chain[-1].due_on or date.min, len(chain))

    return tuple(item.key for item in max(chains, key=lateness)) if chains else ()


def _chain_to(last: PlanItem, items: Mapping[uuid.UUID, PlanItem]) -> tuple[PlanItem, ...]:
    """From the first base to `last`; two laptops together can have made a circle, which is cut."""
    chain = [last]
    while (key := chain[-1].depends_on) is not None and key in items:
        if items[key] in chain:
            break
        chain.append(items[key])
    return tuple(reversed(chain))


@dataclass(frozen=True)
class TimelineRow:
    """One measure in time.

    start: where the bar begins, None where only the date is known. end: None without any date.
    is_late: open, and its date has passed. base: row number of what it waits for, None for none.
    """

    item: PlanItem
    start: date | None
    end: date | None
    is_late: bool
    is_critical: bool
    base: int | None


def timeline(
    items: Sequence[PlanItem], today: date, *, hidden: Collection[str] = ("dropped",)
) -> tuple[TimelineRow, ...]:
    """The plan in time: earliest first, undated last; measures in a `hidden` state are left out."""
    shown = sorted((i for i in items if i.state not in hidden), key=_begin)
    critical = set(critical_chain(shown))
    number = {item.key: place for place, item in enumerate(shown)}
    return tuple(
        TimelineRow(
            item=item,
            start=_start(item),
            end=item.due_on or item.starts_on,
            is_late=item.is_open and item.due_on is not None and item.due_on < today,
            is_critical=item.key in critical,
            base=number.get(item.depends_on) if item.depends_on else None,
        )
        for item in shown
    )


def _begin(item: PlanItem) -> tuple[date, date]:
    return (item.starts_on or item.due_on or date.max, item.due_on or date.max)


def _start(item: PlanItem) -> date | None:
    """A start after the date is a slip of the pen and draws no bar."""
    if item.starts_on is None or item.due_on is None or item.starts_on > item.due_on:
        return None
    return item.starts_on
