"""Exposition Antrieb: how much turnover and how many people depend on the combustion engine.

E = Σ share · dependence of the group (domain §3); weighted by turnover and by heads. An exposure is
not controllable and never part of a maturity. Percentages are 0–100, unrounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from desktop_advisor.assessment.dependencies import DependencyTable, GroupDependency

WHOLE = Decimal(100)
TOLERANCE = Decimal(1)
"""Shares sum up to 100 ± 1 (domain §3)."""
LEAST_ASSIGNED = Decimal(60)
"""Percent that must belong to a group before E is said: as the coverage of a score (domain §3)."""
THIN = "low"
"""Form value of a thin contribution margin."""
_NONE = Decimal(0)


class FollowOn(StrEnum):
    """Whether a successor is nominated. UNKNOWN: not known or never asked; it is never a yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Product:
    """One row of the product table; None and "" where nothing is said.

    share: percent of the turnover, not negative. heads: people who mainly work on it.
    group: CATI group 0–5. eop: year in which the series ends. margin: form value.
    """

    name: str
    share: Decimal | None = None
    heads: Decimal | None = None
    group: int | None = None
    eop: int | None = None
    follow_on: FollowOn = FollowOn.UNKNOWN
    margin: str = ""

    def ends_by(self, year: int) -> bool:
        """Whether the series has ended at the end of that year; not known is no."""
        return self.eop is not None and self.eop <= year


@dataclass(frozen=True)
class Layer:
    """One layer of the stack. group: None for what belongs to none.

    turnover: percent of the turnover, None where no share is said at all; heads: persons, likewise.
    """

    group: GroupDependency | None
    turnover: Decimal | None
    heads: Decimal | None
    products: tuple[Product, ...] = ()


@dataclass(frozen=True)
class Ending:
    """Turnover in percent whose series ends by a year, by what follows it.

    uncovered: nothing follows. unclear: nobody knows. secured: a successor is nominated.
    products: those that end, in the order of their year.
    """

    year: int
    uncovered: Decimal
    unclear: Decimal
    secured: Decimal
    products: tuple[Product, ...]


@dataclass(frozen=True)
class Affected:
    """What a scenario touches. remaining: 0–1 of today's combustion volume that is left.

    turnover: percent, None where no share is said; by_end of it comes from series that have ended
    without a successor, by_volume from the volume that falls; both together are turnover.
    heads: persons, None where none are said. unclear: percent of turnover that would come on top
    if no successor were found where nobody knows.
    """

    year: int
    remaining: Decimal
    turnover: Decimal | None
    by_end: Decimal
    by_volume: Decimal
    heads: Decimal | None
    unclear: Decimal


@dataclass(frozen=True)
class Exposure:
    """The exposure of one table of products."""

    products: tuple[Product, ...]
    table: DependencyTable

    # -- turnover ----------------------------------------------------------------------------

    @cached_property
    def said(self) -> Decimal:
        """Sum of the shares as they were said."""
        return sum((p.share for p in self.products if p.share is not None), _NONE)

    @property
    def base(self) -> Decimal:
        """What counts as the whole turnover.

        100, so that a missing share stays visible as unassigned. Within 100 ± 1 the sum itself, as
        the difference is rounding; above it, too: more than the whole cannot be, so the shares are
        scaled down and the reader is told (our choice, no row can be blamed).
        """
        is_rounding = abs(self.said - WHOLE) <= TOLERANCE
        return self.said if is_rounding or self.said > WHOLE else WHOLE

    @property
    def is_over(self) -> bool:
        """Whether the shares sum up to more than 100 + 1 and were scaled down."""
        return self.said > WHOLE + TOLERANCE

    @property
    def has_turnover(self) -> bool:
        """Whether any share above 0 is said."""
        return self.said > 0

    @property
    def low(self) -> Decimal | None:
        """E by turnover if what is unassigned did not depend at all; None without shares."""
        return self._turnover(self._dependence) if self.has_turnover else None

    @property
    def high(self) -> Decimal | None:
        """E by turnover if all that is unassigned depended fully; None without shares."""
        if self.low is None or self.unassigned is None:
            return None
        return self.low + self.unassigned

    @property
    def turnover(self) -> Decimal | None:
        """E by turnover; None without shares or where less than 60 % belongs to a group."""
        is_solid = self.unassigned is not None and WHOLE - self.unassigned >= LEAST_ASSIGNED
        return self.low if is_solid else None

    @property
    def unassigned(self) -> Decimal | None:
        """Percent of turnover in no group: rows without one, and what no row claims."""
        if not self.has_turnover:
            return None
        return WHOLE - self._turnover(lambda p: Decimal(self.table.of(p.group) is not None))

    @property
    def growth(self) -> Decimal | None:
        """Percent of turnover that grows with the electric drive; None while no group is said."""
        if not self.has_turnover or not self._knows_groups:
            return None
        return self._turnover(lambda p: Decimal(self._grows(p)))

    @property
    def thin_margin(self) -> Decimal | None:
        """Percent of turnover with a thin margin; None while no margin is said."""
        if not self.has_turnover or not any(p.margin not in ("", "unknown") for p in self.products):
            return None
        return self._turnover(lambda p: Decimal(p.margin == THIN))

    def weight(self, product: Product) -> Decimal | None:
        """A product's percent of the whole turnover, scaled where the sum is; None not said."""
        if product.share is None or not self.has_turnover:
            return None
        return product.share * WHOLE / self.base

    # -- heads -------------------------------------------------------------------------------

    @property
    def people(self) -> Decimal | None:
        """Persons in the table; None where none are said. Overhead is in no product group."""
        heads = [p.heads for p in self.products if p.heads is not None]
        return sum(heads, _NONE) if any(heads) else None

    @property
    def heads(self) -> Decimal | None:
        """E by heads; None without heads or where less than 60 % of them are in a group."""
        if self.people is None or self.unassigned_heads is None:
            return None
        assigned = WHOLE - self.unassigned_heads * WHOLE / self.people
        dependent = self._people(self._dependence)
        return dependent * WHOLE / self.people if assigned >= LEAST_ASSIGNED else None

    @property
    def unassigned_heads(self) -> Decimal | None:
        """Persons on products without a group; None where no heads are said."""
        if self.people is None:
            return None
        return self._people(lambda p: Decimal(self.table.of(p.group) is None))

    # -- stack, ends, scenarios --------------------------------------------------------------

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Every group of the table from the most dependent down, then what belongs to none."""
        return (*(self._layer(group) for group in self.table.groups), self._layer(None))

    @property
    def knows_ends(self) -> bool:
        """Whether any row with a share says when its series ends."""
        return any(p.eop is not None and p.share for p in self.products)

    def ending(self, year: int) -> Ending:
        """What ends by a year, and what follows it."""
        ends = sorted((p for p in self.products if p.ends_by(year)), key=lambda p: p.eop or 0)
        by = {state: self._share_of(p for p in ends if p.follow_on is state) for state in FollowOn}
        return Ending(year, by[FollowOn.NO], by[FollowOn.UNKNOWN], by[FollowOn.YES], tuple(ends))

    def scenario(self, year: int, remaining: Decimal) -> Affected:
        """What is touched if only `remaining` of the combustion volume is left in `year`.

        A series that has ended without a successor counts as a whole and then not again by its
        dependence. Where a successor is nominated, it is taken to depend like its forerunner.

        Raises:
            ValueError: remaining outside 0–1.
        """
        if not 0 <= remaining <= 1:
            raise ValueError(remaining)
        lost = 1 - remaining
        ended = [p for p in self.products if is_lost(p, year)]
        alive = [p for p in self.products if not is_lost(p, year)]
        unknown = [p for p in alive if p.ends_by(year) and p.follow_on is FollowOn.UNKNOWN]
        by_end = self._share_of(ended)
        by_volume = self._share_of(alive, lambda p: self._dependence(p) * lost)
        people = None
        if self.people is not None:
            people = _weighted(ended, lambda p: p.heads, _fully) + _weighted(
                alive, lambda p: p.heads, lambda p: self._dependence(p) * lost
            )
        return Affected(
            year=year,
            remaining=remaining,
            turnover=by_end + by_volume if self.has_turnover else None,
            by_end=by_end,
            by_volume=by_volume,
            heads=people,
            unclear=self._share_of(unknown, lambda p: 1 - self._dependence(p) * lost),
        )

    # -- within ------------------------------------------------------------------------------

    @property
    def _knows_groups(self) -> bool:
        return any(self.table.of(p.group) is not None for p in self.products)

    def _grows(self, product: Product) -> bool:
        group = self.table.of(product.group)
        return group is not None and group.is_growth

    def _dependence(self, product: Product) -> Decimal:
        group = self.table.of(product.group)
        return group.share if group else _NONE

    def _turnover(self, factor: Callable[[Product], Decimal]) -> Decimal:
        return self._share_of(self.products, factor)

    def _share_of(
        self, products: Iterable[Product], factor: Callable[[Product], Decimal] | None = None
    ) -> Decimal:
        """Percent; summed before it is divided, so that the order of the rows cannot matter."""
        if not self.has_turnover:
            return _NONE
        return _weighted(products, lambda p: p.share, factor or _fully) * WHOLE / self.base

    def _people(self, factor: Callable[[Product], Decimal]) -> Decimal:
        return _weighted(self.products, lambda p: p.heads, factor)

    def _layer(self, group: GroupDependency | None) -> Layer:
        mine = tuple(p for p in self.products if self.table.of(p.group) == group)
        turnover = self._share_of(mine) if self.has_turnover else None
        if group is None and turnover is not None:
            turnover = self.unassigned
        heads = _weighted(mine, lambda p: p.heads, _fully) if self.people is not None else None
        return Layer(group, turnover, heads, mine)


def is_lost(product: Product, year: int) -> bool:
    """Whether the series has ended by that year and nothing follows it."""
    return product.ends_by(year) and product.follow_on is FollowOn.NO


def _fully(_product: Product) -> Decimal:
    return Decimal(1)


def _weighted(
    products: Iterable[Product],
    amount: Callable[[Product], Decimal | None],
    factor: Callable[[Product], Decimal],
) -> Decimal:
    return sum(((amount(p) or _NONE) * factor(p) for p in products), _NONE)
