"""De-minimis-Erklärung as plain values (Regulation (EU) 2023/2831; domain §5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from desktop_advisor.report.documents.declaration_model import Declarant, Gap
from desktop_advisor.report.model import Branding

TITLE = "De-minimis-Erklärung"


class AidLine(msgspec.Struct, frozen=True, kw_only=True):
    """One aid that counts. counts_to: the last day on which it does."""

    granted_on: date
    amount: Decimal
    counts_to: date
    body: str = ""
    purpose: str = ""


class DeMinimisDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """The declaration on the day of drawing.

    members: the enterprises that are one single undertaking with the company, without it. first:
    the first day whose grants count. aids: oldest first. others: what is recorded and does not
    count, one sentence each. used, free, ceiling: €. notice: that the rule has run out, or "".
    """

    network: Branding
    created_on: date
    declarant: Declarant
    members: tuple[str, ...] = ()
    first: date
    aids: tuple[AidLine, ...] = ()
    others: tuple[str, ...] = ()
    used: Decimal = Decimal(0)
    free: Decimal = Decimal(0)
    ceiling: Decimal = Decimal(300_000)
    notice: str = ""
    gaps: tuple[Gap, ...] = ()

    @property
    def excess(self) -> Decimal:
        """By how much the ceiling is passed already; 0 where it is not."""
        return max(self.used - self.ceiling, Decimal(0))
