"""Besuchsvorbereitung as plain values: what the advisor wants to know before the door opens."""

from __future__ import annotations

from datetime import date

import msgspec

from desktop_advisor.domain.german import counted
from desktop_advisor.report.documents.minutes_model import Meeting
from desktop_advisor.report.model import Branding

TITLE = "Besuchsvorbereitung"
INTERNAL = "Intern, nicht für den Betrieb. Bitte nicht auf dem Tisch liegen lassen."


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the company. reach: phone and e-mail, "" where neither is known."""

    name: str
    role: str = ""
    function: str = ""
    reach: str = ""


class LastReport(msgspec.Struct, frozen=True, kw_only=True):
    """The last sealed report and what it found, one sentence each."""

    version: int
    on: date | None
    results: tuple[str, ...] = ()


class OpenMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure that is not done. days_overdue: 0 while it is not, or has no date."""

    title: str
    owner: str = ""
    due_on: date | None = None
    days_overdue: int = 0

    @property
    def overdue(self) -> str:
        """ "seit 12 Tagen überfällig", "" while it is not."""
        days = "einem Tag" if self.days_overdue == 1 else f"{self.days_overdue} Tagen"
        return f"seit {days} überfällig" if self.days_overdue > 0 else ""


class OpenField(msgspec.Struct, frozen=True, kw_only=True):
    """What is unanswered in one field of action, the most important first."""

    field: str
    questions: tuple[str, ...]


class FundingHint(msgspec.Struct, frozen=True, kw_only=True):
    """A programme that may come into consideration. standing: how far the entry can be trusted."""

    title: str
    verdict: str
    standing: str


class Preparation(msgspec.Struct, frozen=True, kw_only=True):
    """One page for the advisor. facts: of the company, short. people: who comes to the visit.

    council: how it stands with the works council's view, "" where there is none. fields: the most
    important first. consents: state in words → purposes. bring: what to take along or ask for.
    """

    network: Branding
    created_on: date
    company: str
    facts: tuple[str, ...] = ()
    products: str = ""
    visit: Meeting | None = None
    people: tuple[str, ...] = ()
    contacts: tuple[Person, ...] = ()
    council: str = ""
    report: LastReport | None = None
    talks: tuple[str, ...] = ()
    measures: tuple[OpenMeasure, ...] = ()
    fields: tuple[OpenField, ...] = ()
    consents: tuple[tuple[str, tuple[str, ...]], ...] = ()
    funding: tuple[FundingHint, ...] = ()
    bring: tuple[str, ...] = ()

    @property
    def open_line(self) -> str:
        """How many questions are open in how many fields."""
        count = sum(len(field.questions) for field in self.fields)
        if not count:
            return "keine"
        asked = counted(count, "Frage", "Fragen")
        return f"{asked} in {counted(len(self.fields), 'Handlungsfeld', 'Handlungsfeldern')} offen"
