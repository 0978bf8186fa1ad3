"""Size class of a single, autonomous enterprise (domain §4; Recommendation 2003/361/EC, Annex)."""

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


# (staff below, turnover up to, balance up to), in € million; Annex Art. 2.
_CEILINGS = (
    (SizeClass.MICRO, 10, Decimal(2), Decimal(2)),
    (SizeClass.SMALL, 50, Decimal(10), Decimal(10)),
    (SizeClass.MEDIUM, 250, Decimal(50), Decimal(43)),
)


def size_class(
    staff: Decimal | None, turnover_million: Decimal | None, balance_million: Decimal | None
) -> SizeClass:
    """The class of one closed year; staff in annual work units (JAE), money in € million.

    One of the two financial ceilings suffices; partner and linked enterprises are not in it.
    """
    if staff is None or (turnover_million is None and balance_million is None):
        return SizeClass.UNDETERMINED
    for name, staff_below, turnover_to, balance_to in _CEILINGS:
        within_turnover = turnover_million is not None and turnover_million <= turnover_to
        within_balance = balance_million is not None and balance_million <= balance_to
        if staff < staff_below and (within_turnover or within_balance):
            return name
    return SizeClass.LARGE
