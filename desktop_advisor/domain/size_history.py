"""Two-year rule: a class is lost or gained only in two consecutive closed years (domain §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from desktop_advisor.domain.company_size import RANKS, SizeClass


@dataclass(frozen=True)
class YearClass:
    """What the figures of one closed business year alone would say.

    owner_changed: a merger or acquisition in that year; the rule does not apply then
    (Benutzerleitfaden zur KMU-Definition).
    """

    year: int
    size: SizeClass
    owner_changed: bool = False


@dataclass(frozen=True)
class Status:
    """The class that holds. years: the last two closed years it rests on, or one.

    previous: the class that held before, where the rule keeps it against the last year alone.
    """

    size: SizeClass
    years: tuple[int, ...]
    is_kept: bool = False


def status_of(years: Iterable[YearClass]) -> Status:
    """The class after the last of the years (Art. 4(2) of the Annex).

    Only the unbroken run of years up to the last counts; the first of it is taken as it stands.
    A ceiling is passed once both years lie beyond it: after Kleinst, klein, mittel a company is
    klein. Undetermined when the last year is.
    """
    run = _unbroken(sorted(years, key=lambda year: year.year))
    if not run:
        return Status(SizeClass.UNDETERMINED, ())
    status = RANKS.index(run[0].size)
    for before, now in pairwise(run):
        first, second = RANKS.index(before.size), RANKS.index(now.size)
        if now.owner_changed:
            status = second
        elif min(first, second) > status:
            status = min(first, second)
        elif max(first, second) < status:
            status = max(first, second)
    last = run[-1]
    pair = tuple(year.year for year in run[-2:])
    return Status(RANKS[status], pair, RANKS[status] is not last.size)


def _unbroken(years: list[YearClass]) -> list[YearClass]:
    """The last years without a gap between them, none of them undetermined."""
    run: list[YearClass] = []
    for year in reversed(years):
        is_gap = bool(run) and run[0].year - year.year != 1
        if is_gap or year.size is SizeClass.UNDETERMINED:
            break
        run.insert(0, year)
    return run
