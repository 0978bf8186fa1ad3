"""Any questionnaire can be asked: every kind of question, tables, filters, defaults."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.workplace import Workplace

OWN = Path(__file__).with_name("own.md")


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    compile_file(OWN, place.forms)
    return Interview(place, visit_id, "own")


def again(place: Workplace, talk: Interview) -> Interview:
    return Interview(place, talk.visit_id, "own")


def products(talk: Interview) -> list[dict[str, str]]:
    table = talk.table("products")
    names = [column.name for column in table.columns]
    return [dict(zip(names, (c.value for c in row.cells), strict=True)) for row in table.rows]


def test_the_form_is_asked_in_its_order_and_sections(talk: Interview) -> None:
    assert talk.questions() == (
        "lead", "chair", "products", "land", "town", "topics", "order", "day", "shifts", "shift",
        "thanks",
    )  # fmt: skip
    assert [(d.code, d.short) for d in talk.dimensions()] == [
        ("D01", "Führung"), ("parts", "Teile"), ("more", "Mehr"),
    ]  # fmt: skip
    kinds = {key: talk.question(key).kind for key in talk.questions()}
    assert kinds["lead"] is Kind.LEVEL
    assert kinds["chair"] is Kind.LONG_TEXT
    assert kinds["products"] is Kind.TABLE
    assert kinds["topics"] is Kind.CHOICES
    assert kinds["order"] is Kind.RANK
    assert kinds["day"] is Kind.DATE
    assert kinds["thanks"] is Kind.NOTE
    assert talk.question("chair").group == "Die Runde"
    assert talk.question("lead").group == ""


def test_a_question_appears_with_the_answer_it_depends_on(talk: Interview) -> None:
    talk.answer("lead", "2")
    assert talk.questions()[1] == "meetings"
    talk.answer("lead", "1")
    assert "meetings" not in talk.questions()


def test_who_is_not_meant_is_not_asked_but_the_table_together_is(talk: Interview) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    assert "chair" not in talk.questions()
    talk.switch(Perspective.JOINT)
    assert "chair" in talk.questions()


def test_an_answer_that_breaks_a_rule_is_kept_and_said(talk: Interview) -> None:
    talk.answer("lead", "2")
    talk.answer("meetings", "40")
    view = talk.question("meetings")
    assert view.problem == "Ein Monat hat höchstens 31 Tage."
    assert view.response.value == "40"


def test_a_state_without_a_choice_in_the_form_is_kept_beside_it(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("shifts", "dk")
    view = again(place, talk).question("shifts")
    assert view.response == Response(AnswerState.UNKNOWN)
    assert view.problem == ""


def test_a_text_that_reads_like_a_state_is_a_text(place: Workplace, talk: Interview) -> None:
    talk.answer("chair", "na")
    assert again(place, talk).question("chair").response == Response(AnswerState.ANSWERED, "na")


def test_a_table_that_gets_rows_is_not_unknown_any_more(place: Workplace, talk: Interview) -> None:
    talk.answer("products", "dk")

    talk.add_row("products")
    assert again(place, talk).question("products").response == Response()

    talk.undo()
    assert again(place, talk).question("products").response == Response(AnswerState.UNKNOWN)


def test_rows_come_back_in_their_order_with_what_the_form_proposed(
    place: Workplace, talk: Interview
) -> None:
    assert products(talk) == []
    first, _ = talk.fill_rows(
        "products", [{"product": "Kolben", "share": "60"}, {"product": "Batterie", "share": "30"}]
    )
    assert products(talk)[0] == {"product": "Kolben", "share": "60", "drive": "ice"}
    talk.answer(f"{first}/drive", "bev")
    talk.add_row("products")
    assert products(again(place, talk)) == [
        {"product": "Kolben", "share": "60", "drive": "bev"},
        {"product": "Batterie", "share": "30", "drive": ""},
        {"product": "", "share": "", "drive": ""},
    ]


def test_a_row_is_taken_away_and_brought_back_by_undo(place: Workplace, talk: Interview) -> None:
    first, second = talk.fill_rows("products", [{"product": "Kolben"}, {"product": "Batterie"}])
    talk.remove_row(first)
    assert [row["product"] for row in products(again(place, talk))] == ["Batterie"]
    talk.answer(f"{second}/share", "40")
    assert talk.undo() == "products"
    assert talk.undo() == "products"
    assert [row["product"] for row in products(talk)] == ["Kolben", "Batterie"]
    assert products(talk) == products(again(place, talk))


def test_one_undo_takes_a_whole_paste_back(place: Workplace, talk: Interview) -> None:
    talk.fill_rows("products", [{"product": str(n)} for n in range(30)])
    assert len(products(talk)) == 30
    talk.undo()
    assert products(talk) == []
    assert products(again(place, talk)) == []


def test_a_note_behind_a_table_speaks_of_the_table(talk: Interview) -> None:
    assert "sum_note" not in talk.questions()
    (row,) = talk.fill_rows("products", [{"share": "60"}])
    assert talk.table("products").messages == ("Die Summe ist nicht 100.",)
    talk.answer(f"{row}/share", "100")
    assert talk.table("products").messages == ()


def test_a_cell_says_what_does_not_fit(talk: Interview) -> None:
    (row,) = talk.fill_rows("products", [{"share": "160"}])
    share = talk.table("products").rows[0].cells[1]
    assert (share.key, share.problem) == (f"{row}/share", "Höchstens 100 %.")


def test_the_form_counts_the_rows_of_a_counted_table(place: Workplace, talk: Interview) -> None:
    talk.answer("shifts", "2")
    table = talk.table("shift")
    assert not table.can_change_rows
    assert [row.key for row in table.rows] == ["shift#1", "shift#2"]
    talk.answer("shift#2/shift_name", "Spät")
    assert again(place, talk).table("shift").rows[1].cells[0].value == "Spät"
    talk.answer("shifts", "1")
    assert [row.key for row in talk.table("shift").rows] == ["shift#1"]


def test_a_filter_clears_what_is_no_longer_offered_for_good(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("town", "zwickau")
    talk.answer("land", "be")
    assert [option.value for option in talk.question("town").options] == ["mitte"]
    assert again(place, talk).question("town").response.state is AnswerState.OPEN


def test_what_the_form_sets_at_first_is_kept_with_the_first_answer(
    place: Workplace, talk: Interview
) -> None:
    day = talk.question("day")
    talk.answer("lead", "3")
    assert again(place, talk).question("day").response.value == "2026-11-24"
    assert day.kind is Kind.DATE


def test_reading_alone_counts_for_nothing(talk: Interview) -> None:
    assert talk.progress()[1] == len(talk.questions()) - 1  # the thanks at the end
    assert talk.dimensions()[2].total == 7


def test_every_rule_of_a_question_can_be_read(talk: Interview) -> None:
    talk.answer("lead", "2")
    (shown, bound) = talk.why("meetings")
    assert shown.sentence == "Wird nur gefragt, solange diese Bedingung gilt."
    assert shown.reads == (("Wie führen Sie?", "geplant"),)
    assert bound.rule == ". <= 31"


def test_a_question_names_those_it_decides_about(talk: Interview) -> None:
    (decides,) = talk.why("lead")
    assert decides.sentence == "Diese Antwort entscheidet mit über andere Fragen."
    assert decides.reads == (("Wie viele Runden im Monat?", ""),)


def test_a_table_can_be_asked_for_its_reasons(talk: Interview) -> None:
    (decides,) = talk.why("products")
    assert decides.reads == (("Die Summe ist nicht 100.", ""),)
