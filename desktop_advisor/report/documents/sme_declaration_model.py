"""KMU-Selbsterklärung as plain values (Recommendation 2003/361/EC, Annex; domain §4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from desktop_advisor.report.documents.declaration_model import Declarant, Gap
from desktop_advisor.report.model import Branding

TITLE = "KMU-Selbsterklärung"
Kind = Literal["autonomous", "partner", "linked"]
KINDS: tuple[tuple[Kind, str, str], ...] = (
    (
        "autonomous",
        "eigenständiges Unternehmen",
        "Keine Beteiligung von 25 % oder mehr, weder gehalten noch an ihm (Art. 3 Abs. 1).",
    ),
    (
        "partner",
        "Partnerunternehmen",
        "Beteiligung von 25 % bis 50 % des Kapitals oder der Stimmrechte (Art. 3 Abs. 2).",
    ),
    (
        "linked",
        "verbundenes Unternehmen",
        "Mehrheit der Stimmrechte oder beherrschender Einfluss (Art. 3 Abs. 3).",
    ),
)


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Annual work units and € million; None not known."""

    staff: Decimal | None = None
    turnover: Decimal | None = None
    balance: Decimal | None = None


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """One other enterprise. relation, ties: in words. counted: percent of its figures."""

    name: str
    relation: str
    ties: str
    counted: Decimal
    figures: Sums = Sums()


class YearLine(msgspec.Struct, frozen=True, kw_only=True):
    """One closed year. year: None where nobody said which. size: what it alone would say.

    is_assumed: nobody said which year it is, and the one after the newest was taken.
    """

    year: int | None
    own: Sums
    total: Sums
    size: str
    owner_changed: bool = False
    is_assumed: bool = False


class SmeDeclaration(msgspec.Struct, frozen=True, kw_only=True):
    """The declaration.

    kinds: which kinds of enterprise it is, none while a share is unknown. group: partner and linked
    enterprises and those that stay out. years: the last two closed ones, newest first. size: the
    class in words, "" where none may be claimed; is_sme: None then. reason: how the class follows.
    change, two_years: the two statements. gaps: everything that is missing.
    """

    network: Branding
    created_on: date
    declarant: Declarant
    kinds: tuple[Kind, ...] = ()
    group: tuple[GroupLine, ...] = ()
    years: tuple[YearLine, ...] = ()
    size: str = ""
    is_sme: bool | None = None
    reason: str = ""
    change: str = ""
    two_years: str = ""
    gaps: tuple[Gap, ...] = ()
