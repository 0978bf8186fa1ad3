"""Übergabenotiz as plain values: one page to the body a company is referred to.

It has no field for a score, an answer or a person other than the one who agreed, so that none can
slip in: consent covers the contact, the concern and what is listed here (domain §6).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from desktop_advisor.domain.german import short_date
from desktop_advisor.report.model import Advisor, Branding

TITLE = "Übergabenotiz"


class HandoverMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """An agreed measure the body is to help with; state in words."""

    title: str
    state: str = ""
    due_on: date | None = None


class HandoverContact(msgspec.Struct, frozen=True, kw_only=True):
    """Who agreed and may be called; "" where nothing is known beyond the name."""

    name: str
    function: str = ""
    phone: str = ""
    email: str = ""


class HandoverNote(msgspec.Struct, frozen=True, kw_only=True):
    """The page. done: what has happened so far, a sentence each. reply_by: the wished answer.

    recipient_reach: phone, e-mail or website of the body, "" where the catalogue has none.
    """

    network: Branding
    created_on: date
    advisor: Advisor
    recipient: str
    company: str
    town: str
    contact: HandoverContact
    consent_on: date
    reply_by: date
    recipient_reach: str = ""
    concern: str = ""
    done: tuple[str, ...] = ()
    measures: tuple[HandoverMeasure, ...] = ()

    @property
    def consent_line(self) -> str:
        """Who agreed to what, and when."""
        return (
            f"{self.contact.name} hat am {short_date(self.consent_on)} für {self.company} "
            f"eingewilligt, dass die Angaben dieser Notiz an „{self.recipient}“ weitergegeben "
            "werden. Sie dienen nur diesem Anliegen; die Einwilligung kann jederzeit widerrufen "
            "werden."
        )

    @property
    def request_line(self) -> str:
        """What is asked for."""
        return (
            "Bitte nehmen Sie mit der Ansprechperson Kontakt auf und geben Sie der beratenden "
            f"Person bis {short_date(self.reply_by)} eine kurze Rückmeldung."
        )


def mail_subject(note: HandoverNote) -> str:
    """One line without the concern: subjects are read by more people than letters."""
    return f"Übergabe eines Anliegens: {note.company}, {note.town}".rstrip(", ")


def mail_text(note: HandoverNote) -> str:
    """The note as an e-mail to be copied, subject first."""
    return "\n".join(_mail_lines(note))


def _mail_lines(note: HandoverNote) -> Iterator[str]:
    place = f"{note.company} in {note.town}" if note.town else note.company
    yield f"Betreff: {mail_subject(note)}"
    yield from ("", "Guten Tag,", "", f"das Unternehmen {place} bittet um Ihre Unterstützung.", "")
    yield from ("Anliegen:", note.concern or "wird im Gespräch geklärt", "")
    yield "Ansprechperson:"
    yield from contact_lines(note.contact)
    if note.done:
        yield from ("", "Bisher:", *(f"- {line}" for line in note.done))
    if note.measures:
        yield from ("", "Vereinbart:", *(f"- {measure_line(m)}" for m in note.measures))
    yield from ("", note.request_line, "", note.consent_line, "", "Freundliche Grüße", "")
    yield from advisor_lines(note.advisor)


def contact_lines(contact: HandoverContact) -> list[str]:
    """Name with function, then how to reach it."""
    named = ", ".join(part for part in (contact.name, contact.function) if part)
    return [line for line in (named, contact.phone, contact.email) if line]


def advisor_lines(advisor: Advisor) -> list[str]:
    """Name, organisation, how to reach it."""
    parts = (advisor.name, advisor.organisation, advisor.phone, advisor.email)
    return [part for part in parts if part]


def measure_line(measure: HandoverMeasure) -> str:
    """Title, state and date on one line."""
    due = f"bis {short_date(measure.due_on)}" if measure.due_on else ""
    told = ", ".join(part for part in (measure.state, due) if part)
    return f"{measure.title} ({told})" if told else measure.title
