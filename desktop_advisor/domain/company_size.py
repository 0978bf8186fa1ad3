"""KMU class of an enterprise (domain §4; Recommendation 2003/361/EC, Annex)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class SizeClass(StrEnum):
    """KMU-Klasse; UNDETERMINED when the figures needed are not known, never guessed."""

    MICRO = "Kleinstunternehmen"
    SMALL = "kleines Unternehmen"
    MEDIUM = "mittleres Unternehmen"
    LARGE = "Großunternehmen"
    UNDETERMINED = "nicht bestimmbar"


RANKS = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE)
"""From the smallest to the largest."""

# (staff below, turnover up to, balance up to), in € million; Annex Art. 2.
CEILINGS = (
    (SizeClass.MICRO, 10, Decimal(2), Decimal(2)),
    (SizeClass.SMALL, 50, Decimal(10), Decimal(10)),
    (SizeClass.MEDIUM, 250, Decimal(50), Decimal(43)),
)
MID_CAP_STAFF_BELOW = 750
MID_CAP_TURNOVER = Decimal(150)
MID_CAP_BALANCE = Decimal(129)
"""Small mid-cap: Recommendation (EU) 2025/1099, Annex Art. 2; € million."""


def size_class(
    staff: Decimal | None, turnover_million: Decimal | None, balance_million: Decimal | None
) -> SizeClass:
    """The class of one closed year; staff in annual work units (JAE), money in € million.

    One of the two financial ceilings suffices. Partner and linked enterprises are in the figures
    or they are not counted; `enterprise_group.gather_group` adds them.
    """
    if staff is None or (turnover_million is None and balance_million is None):
        return SizeClass.UNDETERMINED
    for name, staff_below, turnover_to, balance_to in CEILINGS:
        if staff < staff_below and _fits(
            turnover_million, balance_million, turnover_to, balance_to
        ):
            return name
    return SizeClass.LARGE


def is_small_mid_cap(
    staff: Decimal | None, turnover_million: Decimal | None, balance_million: Decimal | None
) -> bool:
    """Whether a large enterprise is a small mid-cap; informational, it opens no KMU programme."""
    if size_class(staff, turnover_million, balance_million) is not SizeClass.LARGE:
        return False
    fits = _fits(turnover_million, balance_million, MID_CAP_TURNOVER, MID_CAP_BALANCE)
    return staff is not None and staff < MID_CAP_STAFF_BELOW and fits


def _fits(
    turnover: Decimal | None, balance: Decimal | None, turnover_to: Decimal, balance_to: Decimal
) -> bool:
    within_turnover = turnover is not None and turnover <= turnover_to
    return within_turnover or (balance is not None and balance <= balance_to)
