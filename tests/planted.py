"""A works council whose every word can be recognised wherever it turns up."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.evidence import add_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.pictures import scribble

NOTE = "Quittengelee: die Meister wehren sich"
REASON = "Quittenbaum: das macht der Kunde"
DISSENT = "Quittensaft: GF zählt anders"
FILE = "quittenliste.png"
LOWEST = "Es gibt keine Übersicht, wer was kann."
"""What only the works council says of the skills matrix: level 0; the management says 4."""
BY_COUNCIL_ALONE = "skills_matrix"
"""A rule that fires on the works council's answers and not on the management's."""
SECRETS = (NOTE, REASON, DISSENT, LOWEST)
"""What an employer-facing page shows of them once they are released."""


@dataclass(frozen=True)
class Planted:
    """The case the words were planted in."""

    place: Workplace
    company_id: uuid.UUID
    case_id: uuid.UUID
    visit_id: uuid.UUID


def plant(place: Workplace, visit_id: uuid.UUID) -> Planted:
    """Management content with everything; the works council with nothing, and in its own words."""
    talk = Interview(place, visit_id)
    say(place, talk.case_id, Perspective.MANAGEMENT, dict.fromkeys(_levels(talk), "4"))
    talk.switch(Perspective.WORKS_COUNCIL)
    for name in ("d07_plan", "d07_matrix", "d07_inclusion", "d11_council"):
        talk.answer(name, "0")
    talk.answer("d11_roadmap", "na", REASON)
    talk.write_note("d07_matrix", NOTE)
    talk.write_dissent("d07_matrix", DISSENT)
    add_file(
        place,
        case_id=talk.case_id,
        assessment_id=talk.assessment_id,
        question="d07_matrix",
        name=FILE,
        content=scribble(),
    )
    return Planted(place, talk.company_id, talk.case_id, visit_id)


def _levels(talk: Interview) -> list[str]:
    return [name for name in talk.questions() if talk.question(name).role == "level"]


def found_in(text: str, words: Iterable[str] = (*SECRETS, FILE)) -> list[str]:
    """Which of the planted words stand in a text; blanks and line ends do not count."""
    joined = "".join(text.split())
    return [word for word in words if "".join(word.split()) in joined]
