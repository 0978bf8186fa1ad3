"""How firms of the same size stand: an anonymised reference set, n ≥ 10 per group (domain §3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from desktop_advisor.domain.errors import KnownError

LEAST_FIRMS = 10
"""Fewer firms in a group are no comparison, and might be recognised (domain §3)."""
LARGEST_BYTES = 2_000_000
MOST_GROUPS = 5_000
"""Our choice: 12 dimensions, 4 size classes and 100 branches fit."""


class BrokenReferenceSet(KnownError):
    """The reference set is damaged or not what it should be; without it no benchmark is shown."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Der Vergleichsdatensatz lässt sich nicht verwenden: {why}.",
            safe="Ihre Auswertung ist nicht betroffen; es wird nur kein Vergleich gezeigt.",
            todo="Holen Sie die Inhalte neu vom Server.",
        )


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One dimension over the firms of one size class; values 0–5.

    firms: how many, or at least how many where is_at_least. Either mean, as the central server
    publishes it, or the median with the quarter below and above it.
    """

    dimension: str
    size: Literal["micro", "small", "medium", "large"]
    firms: int
    is_at_least: bool = False
    mean: Decimal | None = None
    median: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None

    @property
    def is_possible(self) -> bool:
        """Whether it says one of the two, in the right order and within the scale."""
        quarters = (self.lower, self.median, self.upper)
        if self.mean is not None:
            return quarters == (None, None, None) and 0 <= self.mean <= 5 and self.firms >= 0
        given = [value for value in quarters if value is not None]
        in_order = [Decimal(0), *given, Decimal(5)]
        return len(given) == 3 and in_order == sorted(in_order) and self.firms >= 0


class ReferenceSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A published set. form_id: of the questionnaire it was asked with. source: who, in words."""

    version: str
    form_id: str
    as_of: date
    source: str
    groups: tuple[Group, ...]

    def group(self, dimension: str, size: str) -> Group | None:
        """The group of a dimension and size class; None where fewer than ten firms are in it."""
        return next(
            (
                g
                for g in self.groups
                if (g.dimension, g.size) == (dimension, size) and g.firms >= LEAST_FIRMS
            ),
            None,
        )


def read_reference_set(content: bytes) -> ReferenceSet:
    """The set in a file's bytes, whose signature was checked before.

    Raises:
        BrokenReferenceSet: too large, no such set, or values that cannot be.
    """
    if len(content) > LARGEST_BYTES:
        raise BrokenReferenceSet("die Datei ist zu groß")
    try:
        found = msgspec.json.decode(content, type=ReferenceSet)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenReferenceSet("die Datei hat nicht den erwarteten Aufbau") from error
    if len(found.groups) > MOST_GROUPS:
        raise BrokenReferenceSet("die Datei hat zu viele Gruppen")
    for group in found.groups:
        if not group.is_possible:
            raise BrokenReferenceSet(f"unmögliche Werte bei {group.dimension}, {group.size}")
    return found
