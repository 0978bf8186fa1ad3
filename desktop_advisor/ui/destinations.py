"""Where one can go in the program, as values: what screens hand to the window."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

PACKAGE = "package"
"""Focus of the synchronisation's screen: a hand-over package of the company file is begun."""


class Where(StrEnum):
    """The screens. The first five stand in the rail."""

    TODAY = "today"
    COMPANIES = "companies"
    KNOWLEDGE = "knowledge"
    SYNCHRONISE = "synchronise"
    SETTINGS = "settings"
    COMPANY = "company"
    INTERVIEW = "interview"
    RESULTS = "results"
    ADVICE = "advice"
    REPORT = "report"
    CALCULATORS = "calculators"
    CHECK = "check"
    CONFLICTS = "conflicts"
    DUPLICATES = "duplicates"


@dataclass(frozen=True)
class Destination:
    """A screen and what it is to show.

    create: open with the form for something new (a company, a visit).
    perspective: gf, br or ber; "" leaves the choice to the screen.
    focus: what to look at there (a question, an offer, a section); "" for the top.
    """

    where: Where
    company_id: uuid.UUID | None = None
    case_id: uuid.UUID | None = None
    visit_id: uuid.UUID | None = None
    assessment_id: uuid.UUID | None = None
    perspective: str = ""
    focus: str = ""
    create: bool = False
