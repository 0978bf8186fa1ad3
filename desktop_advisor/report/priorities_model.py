"""The order of the fields of action as the report prints it."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class PriorityLine(msgspec.Struct, frozen=True, kw_only=True):
    """One field of action with every factor of its priority; all unrounded (domain §3).

    actual, target: 0–5. relevance: 1–5. exposure, gap, value: 0–1. place counts, computed is by
    value; reason: why they differ. is_agreed, is_rated, is_measured: whether Soll, relevance and
    exposure were set, or stand at their usual values.
    """

    dimension: str
    actual: Decimal
    target: Decimal
    relevance: int
    exposure: Decimal
    gap: Decimal
    value: Decimal
    place: int
    computed: int
    reason: str = ""
    is_agreed: bool = False
    is_rated: bool = False
    is_measured: bool = False
