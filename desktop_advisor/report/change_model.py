"""What has changed since an earlier report, as it is printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec


class ChangeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One field of action at both times, 0–5; before and after None where too little is shared."""

    dimension: str
    before: Decimal | None = None
    after: Decimal | None = None
    shared: int = 0


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The comparison with one earlier sealed report. left_out: sentences on what is not compared.

    why_none: why nothing can be compared, "" where something can.
    """

    since: date
    version: int
    lines: tuple[ChangeLine, ...] = ()
    left_out: tuple[str, ...] = ()
    why_none: str = ""
