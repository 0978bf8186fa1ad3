"""How much an offer may bring: its rates by size class and region, as data (domain §5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Size = Literal["micro", "small", "medium", "large"]


class Rate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of an offer's rate table; None and empty mean: no limit, for everybody.

    share: of the eligible cost, percent 0–100, "bis zu". cost_cap: eligible cost at most, €.
    day_cap: eligible cost per day, €; max_days. grant_cap: the grant itself, €.
    size_classes: KMU classes; counties: AGS prefixes; note: what else decides, one sentence.
    """

    share: Decimal
    cost_cap: Decimal | None = None
    day_cap: Decimal | None = None
    max_days: Decimal | None = None
    grant_cap: Decimal | None = None
    size_classes: tuple[Size, ...] = ()
    counties: tuple[str, ...] = ()
    not_counties: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""
