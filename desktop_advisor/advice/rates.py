"""How much an offer may bring: its rates by size class and region, as data (domain §5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Size = Literal["micro", "small", "medium", "large"]


class Rate(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One line of an offer's rate table; None and empty mean: no limit, for everybody.

    share: of the eligible cost, percent 0–100, "bis zu". cost_cap: eligible cost at most, €.
    day_cap: eligible cost per day, €; max_days. grant_cap: the grant itself, €.
    part: what the share is of, where an offer pays for several things ("course", "wage"); lines
    of the same part are alternatives. min_staff, max_staff: inclusive, as § 82 SGB III counts.
    size_classes: KMU classes; counties: AGS prefixes; note: what else decides, one sentence.
    """

    part: str = ""
    share: Decimal
    cost_cap: Decimal | None = None
    day_cap: Decimal | None = None
    max_days: Decimal | None = None
    grant_cap: Decimal | None = None
    size_classes: tuple[Size, ...] = ()
    min_staff: int | None = None
    max_staff: int | None = None
    counties: tuple[str, ...] = ()
    not_counties: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""
