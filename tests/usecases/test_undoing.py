"""Ctrl+Z goes back through every edit of the answers, one by one, to an interview as new."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.usecases.evidence import add_file, list_files
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.workplace import Workplace

OWN = Path(__file__).with_name("own.md")
Edit = Callable[[Interview], object]


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    compile_file(OWN, place.forms)
    return Interview(place, visit_id, "own")


def shown(talk: Interview) -> dict[str, Any]:
    return {
        "views": [talk.question(key) for key in talk.questions()],
        "tables": [talk.table(key).rows for key in ("products", "shift")],
        "progress": talk.dimensions(),
    }


def first_row(talk: Interview) -> str:
    return talk.table("products").rows[0].key


EDITS: tuple[Edit, ...] = (
    lambda talk: talk.write_note("chair", "vorab"),
    lambda talk: talk.answer("lead", "2"),
    lambda talk: talk.answer("meetings", "4"),
    lambda talk: talk.answer("lead", "na", "kein Betrieb"),
    lambda talk: talk.answer("lead", "3"),
    lambda talk: talk.set_evidence("lead", Evidence.SEEN),
    lambda talk: talk.add_row("products"),
    lambda talk: talk.fill_rows("products", [{"product": "Kolben"}, {"share": "40"}]),
    lambda talk: talk.answer(f"{first_row(talk)}/product", "Kolbenring"),
    lambda talk: talk.remove_row(first_row(talk)),
    lambda talk: talk.answer("shifts", "2"),
    lambda talk: talk.answer("shift#2/shift_name", "Spät"),
    lambda talk: talk.answer("shifts", "1"),
    lambda talk: talk.answer("town", "zwickau"),
    lambda talk: talk.answer("land", "be"),
    lambda talk: talk.answer("products", "dk"),
    lambda talk: talk.answer("day", ""),
)


@pytest.mark.parametrize("perspective", [Perspective.MANAGEMENT, Perspective.JOINT])
def test_every_edit_is_taken_back_to_the_very_beginning(
    place: Workplace, talk: Interview, perspective: Perspective
) -> None:
    talk.switch(perspective)
    states = [shown(talk)]
    for edit in EDITS:
        edit(talk)
        states.append(shown(talk))
    for before in reversed(states[:-1]):
        assert talk.undo() is not None
        again = Interview(place, talk.visit_id, "own")
        again.switch(perspective)
        assert shown(talk) == before == shown(again)
    assert talk.undo() is None


def test_what_the_form_proposes_at_first_is_proposed_again(
    place: Workplace, talk: Interview
) -> None:
    day = talk.question("day").response.value
    talk.answer("lead", "2")
    talk.undo()
    assert talk.question("day").response.value == day
    assert Interview(place, talk.visit_id, "own").question("day").response.value == day
    talk.answer("lead", "4")
    assert Interview(place, talk.visit_id, "own").question("day").response.value == day


def test_each_side_takes_back_its_own(talk: Interview) -> None:
    talk.answer("lead", "2")
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer("lead", "5")
    talk.switch(Perspective.MANAGEMENT)
    assert talk.undo() == "lead"
    assert talk.undo() is None
    talk.switch(Perspective.WORKS_COUNCIL)
    assert talk.question("lead").response.value == "5"


def test_what_speaks_for_everybody_and_files_are_left_alone(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("lead", "2")
    talk.park("parts")
    talk.reveal("lead")
    talk.write_dissent("lead", "besprochen")
    add_file(
        place,
        case_id=talk.case_id,
        assessment_id=talk.assessment_id,
        question="lead",
        name="plan.txt",
        content=b"Plan",
    )
    assert talk.undo() == "lead"
    assert talk.undo() is None
    assert talk.comparison("lead").note == "besprochen"
    assert "products" not in talk.questions()
    assert len(list_files(place, talk.case_id, "lead")) == 1
