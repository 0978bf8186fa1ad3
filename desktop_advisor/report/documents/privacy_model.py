"""Datenschutzblatt as plain values: who is answerable, what for, and what was said to it."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from desktop_advisor.domain.german import short_date
from desktop_advisor.report.documents.privacy_wording import VERSION, VOLUNTARY
from desktop_advisor.report.model import Branding, SignatureSlot

TITLE = "Datenschutz und Einwilligungen"
Said = Literal["unasked", "granted", "refused", "withdrawn"]


class PurposeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One purpose and what was last said to it. by, on: who and when, "" and None: nobody yet.

    granted_on: of a withdrawn one, when it had been given, None where that is not known.
    """

    title: str
    text: str = ""
    said: Said = "unasked"
    by: str = ""
    on: date | None = None
    granted_on: date | None = None

    @property
    def is_granted(self) -> bool:
        """Whether it stands now."""
        return self.said == "granted"

    @property
    def is_refused(self) -> bool:
        """Whether the answer stands at no, from the start or by withdrawal."""
        return self.said in ("refused", "withdrawn")

    @property
    def state(self) -> str:
        """What was said, by whom and when, in words; "" while nobody was asked."""
        words = {"granted": "erteilt", "refused": "abgelehnt", "withdrawn": "widerrufen"}
        if self.said == "unasked":
            return ""
        who = f" von {self.by}" if self.by else ""
        when = f" am {short_date(self.on)}" if self.on else ""
        before = f" (erteilt am {short_date(self.granted_on)})" if self.granted_on else ""
        return f"{words[self.said]}{who}{when}{before}"


class NamedBody(msgspec.Struct, frozen=True, kw_only=True):
    """A body the company agreed to be referred to. withdrawn_on: None while that stands."""

    recipient: str
    by: str
    on: date
    withdrawn_on: date | None = None


class PrivacySheet(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet of one case; it is complete before anything was agreed to.

    controller, officer, authority: "" where the profile leaves them empty. lead: what to know
    before ticking, the network's own words where it has some. reach: how to withdraw.
    fingerprint: eight digits that tell one wording of these purposes from another.
    """

    network: Branding
    created_on: date
    company: tuple[str, ...]
    advisor: tuple[str, ...]
    reach: str = ""
    website: str = ""
    controller: str = ""
    officer: str = ""
    authority: str = ""
    lead: tuple[str, ...] = VOLUNTARY
    purposes: tuple[PurposeLine, ...] = ()
    bodies: tuple[NamedBody, ...] = ()
    fingerprint: str = ""
    signatures: tuple[SignatureSlot, ...] = ()

    @property
    def version_line(self) -> str:
        """Which wording this is."""
        return f"Fassung {VERSION}, Prüfzeichen {self.fingerprint}"
