"""Forms nobody would write first, but somebody will: deep tables, twin names, nothing to ask."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Workplace

FORMS = Path(__file__).parent


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    """Everything is asked."""
    compile_file(FORMS / "unusual.md", place.forms)
    made = Interview(place, visit_id, "unusual")
    made.answer("lead", "3")
    return made


def said(talk: Interview) -> dict[str, Any]:
    """Everything that is asked, with its answer or its rows."""
    return {
        key: talk.table(key).rows
        if talk.question(key).kind is Kind.TABLE
        else talk.question(key).response.form_value
        for key in talk.questions()
    }


def as_stored(place: Workplace, talk: Interview) -> dict[str, Any]:
    return said(Interview(place, talk.visit_id, talk.form.sidecar.form_id))


def test_twins_and_names_of_states_keep_their_own_answers(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("first.same", "eins")
    talk.answer("second.same", "zwei")
    talk.answer("na", "na")
    shown = as_stored(place, talk)
    assert (shown["first.same"], shown["second.same"], shown["na"]) == ("eins", "zwei", "na")
    assert shown == said(talk)


@pytest.mark.parametrize("key", ["several", "ranked"])
def test_a_state_among_several_choices_is_one_of_them(talk: Interview, key: str) -> None:
    view = talk.question(key)
    assert [option.value for option in view.options] == ["a", "dk", "na"]
    assert view.states == ()


def test_removing_a_row_with_rows_in_it_leaves_the_others_and_can_be_undone(
    place: Workplace, talk: Interview
) -> None:
    first, second = talk.fill_rows("site", [{"site_name": "Zwickau"}, {"site_name": "Plauen"}])
    talk.fill_rows(f"{first}/hall", [{"hall_name": "Guss"}])
    talk.fill_rows(f"{second}/hall", [{"hall_name": "Lack"}, {"hall_name": "Lager"}])
    whole = said(talk)
    talk.remove_row(first)
    assert f"{first}/hall" not in talk.questions()
    assert said(talk) == as_stored(place, talk)
    (lack, _) = talk.table(f"{second}/hall").rows
    talk.answer(f"{lack.key}/hall_use", "voll")
    assert said(talk) == as_stored(place, talk)
    talk.undo()
    talk.undo()
    assert said(talk) == whole == as_stored(place, talk)


def test_rows_within_rows_are_taken_back_one_by_one_to_the_beginning(
    place: Workplace, talk: Interview
) -> None:
    begun = said(talk)
    (row,) = talk.fill_rows("site", [{"site_name": "Zwickau"}])
    (hall,) = talk.fill_rows(f"{row}/hall", [{"hall_name": "Guss"}])
    talk.answer(f"{hall}/hall_use", "voll")
    talk.remove_row(hall)
    talk.answer("lead", "1")
    talk.answer("lead", "4")
    for _ in range(6):
        assert talk.undo() is not None
        assert said(talk) == as_stored(place, talk)
    assert said(talk) == begun


def test_tables_within_what_is_irrelevant_come_back_with_it(
    place: Workplace, talk: Interview
) -> None:
    (row,) = talk.fill_rows("site", [{"site_name": "Zwickau", "has_line": "y", "line_name": "L1"}])
    talk.fill_rows(f"{row}/hall", [{"hall_name": "Guss"}])
    whole = said(talk)
    talk.answer("lead", "0")
    assert "site" not in talk.questions()
    assert said(talk) == as_stored(place, talk)
    talk.answer("lead", "3")
    assert said(talk) == whole == as_stored(place, talk)


def test_an_answer_in_a_row_comes_back_when_it_is_asked_again(
    place: Workplace, talk: Interview
) -> None:
    (row,) = talk.fill_rows("site", [{"has_line": "y", "line_name": "L1"}])
    whole = said(talk)
    talk.answer(f"{row}/has_line", "n")
    assert not talk.table("site").rows[0].cells[2].is_asked
    talk.answer(f"{row}/has_line", "y")
    assert said(talk) == whole == as_stored(place, talk)


def test_counted_rows_come_back_with_their_answers(place: Workplace, talk: Interview) -> None:
    talk.answer("shifts", "3")
    talk.answer("shift#3/shift_name", "x")
    talk.answer("shift#3/shift_why", "Nacht")
    whole = said(talk)
    talk.answer("shifts", "1")
    assert len(talk.table("shift").rows) == 1
    assert said(talk) == as_stored(place, talk)
    talk.answer("shifts", "3")
    assert said(talk) == whole == as_stored(place, talk)


def test_rows_counted_from_another_table_follow_it(place: Workplace, talk: Interview) -> None:
    first, _ = talk.fill_rows("site", [{"site_name": "Zwickau"}, {"site_name": "Plauen"}])
    assert len(talk.table("visit").rows) == 2
    talk.answer("visit#2/visit_word", "gut")
    whole = said(talk)
    talk.remove_row(first)
    assert len(talk.table("visit").rows) == 1
    assert said(talk) == as_stored(place, talk)
    talk.undo()
    assert said(talk) == whole


def test_pasted_rows_keep_their_order_within_one_moment(
    place: Workplace, talk: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = place.clock()
    monkeypatch.setattr("tests.workplaces.SteppingClock.__call__", lambda _: now)
    talk.fill_rows("site", [{"site_name": str(number)} for number in range(20)])
    rows = Interview(place, talk.visit_id, "unusual").table("site").rows
    assert [row.cells[0].value for row in rows] == [str(number) for number in range(20)]


def test_tables_do_not_disturb_the_results(place: Workplace, talk: Interview) -> None:
    talk.fill_rows("site", [{"site_name": "Zwickau"}])
    results = show_results(place, talk.case_id, "unusual")
    assert [row.indicator.question for row in results.dimensions[0].indicators] == ["lead"]


def test_a_site_condition_that_is_not_asked_counts_nowhere(
    place: Workplace, talk: Interview
) -> None:
    talk.answer("gas", "5")
    talk.answer("gas_now", "1")
    (row,) = show_results(place, talk.case_id, "unusual").site
    assert (row.label, row.factor.importance) == ("Gasnetz", 5)
    talk.answer("lead", "1")
    assert show_results(place, talk.case_id, "unusual").site == ()
    talk.answer("lead", "2")
    assert show_results(place, talk.case_id, "unusual").site == (row,)


def test_a_form_that_asks_nothing_of_this_company_opens_and_ends(
    place: Workplace, visit_id: uuid.UUID
) -> None:
    compile_file(FORMS / "unasked.md", place.forms)
    talk = Interview(place, visit_id, "unasked")
    assert talk.questions() == ()
    assert talk.first_open() == ""
    assert talk.neighbour("holding", 1) == "holding"
    assert talk.progress() == (0, 0)
    assert talk.dimensions() == []
    assert talk.undo() is None
    assert show_results(place, talk.case_id, "unasked").dimensions == ()
