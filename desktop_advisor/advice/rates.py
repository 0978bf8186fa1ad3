"""How much an offer may bring: its rates by size class and region, as data (domain §5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from desktop_advisor.domain.german import grouped, money
from desktop_advisor.domain.language import say

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


def rate_words(rate: Rate) -> str:
    """bis zu 80 % von höchstens 3.500 €, höchstens 2.800 € (Region …); never a promise."""
    return f"{share_words(rate)}{limit_words(rate)}"


def share_words(rate: Rate) -> str:
    """bis zu 80 %."""
    return say("bis zu {0}\u202f%").format(number_words(rate.share))


def limit_words(rate: Rate) -> str:
    """What the share is of and where it ends, with the blank before; "" where nothing limits."""
    of = ""
    if rate.cost_cap is not None:
        of = say(" von höchstens {0}").format(euro_words(rate.cost_cap))
    elif rate.day_cap is not None and rate.max_days is not None:
        days = number_words(rate.max_days)
        of = say(" von höchstens {0} Tagen zu je höchstens {1}").format(
            days, euro_words(rate.day_cap)
        )
    elif rate.day_cap is not None:
        of = say(" von höchstens {0} je Tag").format(euro_words(rate.day_cap))
    cap = (
        say(", höchstens {0}").format(euro_words(rate.grant_cap))
        if rate.grant_cap is not None
        else ""
    )
    note = f" ({rate.note.rstrip('.')})" if rate.note else ""
    return f"{of}{cap}{note}"


def euro_words(amount: Decimal) -> str:
    """2.800 €."""
    return money(number_words(amount))


def number_words(number: Decimal) -> str:
    """1234.5 → "1.234,5"; the number itself, nothing is rounded."""
    return grouped(f"{number.normalize():,f}")
