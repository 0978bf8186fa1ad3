"""How strongly a group of parts depends on the combustion engine, and what may be left of it when.

Published figures with source and date, read from a file: they change without the program.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec


class GroupDependency(msgspec.Struct, frozen=True, kw_only=True):
    """One group of parts. share: 0–1 of it needs the combustion engine (domain §3).

    is_growth: grows with the electric drive.
    """

    group: int
    share: Decimal
    label: str
    examples: str = ""
    is_growth: bool = False


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One assumption. remaining: 0–1 of today's combustion volume that is left in the year."""

    name: str
    remaining: Decimal
    source: str


class YearAssumption(msgspec.Struct, frozen=True, kw_only=True):
    """What is assumed for a year; the first variant holds where the advisor set nothing."""

    year: int
    variants: tuple[Variant, ...]

    @property
    def usual(self) -> Variant:
        """The bundled assumption."""
        return self.variants[0]


class DependencyTable(msgspec.Struct, frozen=True, kw_only=True):
    """The groups, from the most dependent down, and the years to look at, in their order."""

    version: str
    checked_on: date
    source: str
    groups: tuple[GroupDependency, ...]
    scenarios: tuple[YearAssumption, ...] = ()

    def of(self, group: int | None) -> GroupDependency | None:
        """The group of that number; None for no number, or one the table does not know."""
        return next((g for g in self.groups if g.group == group), None)
