"""Notes are written first and sorted later; nothing of them is lost on the way."""

from __future__ import annotations

import uuid

import pytest

from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.notes import (
    delete_note,
    edit_note,
    list_notes,
    restore_note,
    tag_note,
    untagged,
    write_note,
)
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def case_id(place: Workplace, company_id: uuid.UUID, visit_id: uuid.UUID) -> uuid.UUID:
    made = show_company_file(place, company_id).case_id
    assert made is not None
    return made


def texts(place: Workplace, case_id: uuid.UUID) -> list[str]:
    return [note.text for note in list_notes(place, case_id)]


def test_a_note_waits_until_it_is_put_to_a_dimension_or_question(
    place: Workplace, case_id: uuid.UUID
) -> None:
    bank = write_note(place, case_id, "Bank im Januar")
    oven = write_note(place, case_id, "Ofen 3")
    assert [note.note_id for note in untagged(place, case_id)] == [oven, bank]
    tag_note(place, bank, "D01")
    tag_note(place, oven, dimension="D07", question="d07_matrix")
    assert untagged(place, case_id) == []
    assert [(n.dimension, n.question) for n in list_notes(place, case_id)] == [
        ("D07", "d07_matrix"),
        ("D01", ""),
    ]


def test_taking_the_tag_off_lets_a_note_wait_again(place: Workplace, case_id: uuid.UUID) -> None:
    note = write_note(place, case_id, "Ofen 3", dimension="D07", question="d07_matrix")
    tag_note(place, note)
    assert [waiting.note_id for waiting in untagged(place, case_id)] == [note]


def test_other_words_leave_the_tag_where_it_is(place: Workplace, case_id: uuid.UUID) -> None:
    note = write_note(place, case_id, "Ofen", dimension="D07", question="d07_matrix")
    edit_note(place, note, "Ofen 3 ")
    (stored,) = list_notes(place, case_id)
    assert (stored.text, stored.dimension, stored.question) == ("Ofen 3", "D07", "d07_matrix")
    edit_note(place, note, "Ofen 3", dimension="D01", question="")
    (stored,) = list_notes(place, case_id)
    assert (stored.dimension, stored.question) == ("D01", "")


def test_an_emptied_note_does_not_wait(place: Workplace, case_id: uuid.UUID) -> None:
    note = write_note(place, case_id, "Vertippt")
    edit_note(place, note, "")
    assert untagged(place, case_id) == []


def test_a_deleted_note_comes_back_as_it_was(place: Workplace, case_id: uuid.UUID) -> None:
    write_note(place, case_id, "Bank im Januar")
    oven = write_note(place, case_id, "Ofen 3", dimension="D07")
    before = list_notes(place, case_id)
    delete_note(place, oven)
    assert texts(place, case_id) == ["Bank im Januar"]
    restore_note(place, oven)
    assert list_notes(place, case_id) == before
