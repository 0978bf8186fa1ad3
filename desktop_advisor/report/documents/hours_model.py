"""Stundennachweis as plain values: what was advised when, for the funder's files (domain §6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from desktop_advisor.domain.german import short_date, two_digits
from desktop_advisor.report.model import Branding, SignatureSlot, Visit

TITLE = "Stundennachweis"
STATEMENTS = (
    "Das Unternehmen bestätigt, dass die Beratung an den genannten Terminen und im genannten "
    "Umfang stattgefunden hat.",
    "Die beratende Person versichert, dass die Angaben stimmen und dass die Regeln eingehalten "
    "sind: Beraten wurde dieses Unternehmen einzeln und neutral, unabhängig von Anbietern und "
    "Produkten. Es wurde nichts verkauft, vermittelt oder für das Unternehmen ausgeführt.",
)
"""After the two confirmations of the BAFA's proof of use (domain §6, F45), in our own words."""
MISSING = "vom Netzwerk noch einzutragen"


class HoursRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The record of one case. visits: those that took place; running: that one still lasts.

    advisor, company: lines of an address. signatures: company first, then advisor.
    """

    network: Branding
    created_on: date
    case: str
    company: tuple[str, ...]
    advisor: tuple[str, ...]
    visits: tuple[Visit, ...] = ()
    running: int = 0
    signatures: tuple[SignatureSlot, ...] = ()

    @property
    def total(self) -> Decimal:
        """The hours that were recorded."""
        return sum((v.hours for v in self.visits if v.hours is not None), Decimal(0))

    @property
    def gaps(self) -> tuple[str, ...]:
        """One sentence per visit that is not in the sum, and for those that still last."""
        found = [
            f"Für den {_visit_name(visit)} sind keine Stunden erfasst; er fehlt in der Summe."
            for visit in self.visits
            if visit.hours is None
        ]
        if self.running:
            many = "Ein Termin ist" if self.running == 1 else f"{self.running} Termine sind"
            found.append(f"{many} noch nicht abgeschlossen und hier nicht aufgeführt.")
        return tuple(found)


def hours_text(hours: Decimal | None) -> str:
    """2,50, or that nobody recorded them."""
    return "nicht erfasst" if hours is None else two_digits(hours)


def _visit_name(visit: Visit) -> str:
    return f"Termin am {short_date(visit.on)}" if visit.on else "Termin ohne Datum"
