"""The questionnaires to choose from, own ones included, and the one a case is asked with."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from desktop_advisor.questionnaire.compiled import BrokenQuestionnaire
from desktop_advisor.storage.models import Case
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.own_questionnaires import (
    InUse,
    Refused,
    add_questionnaire,
    remove_questionnaire,
)
from desktop_advisor.usecases.questionnaires import (
    HasAnswers,
    available,
    choose,
    form_of_case,
    newer_version,
    questionnaire_of,
    view_of,
)
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.workbooks import HOUSE_CHECK, house_check


def name_of(place: Workplace, case_id: uuid.UUID) -> str:
    with place.store.read() as session:
        return questionnaire_of(session, case_id)


def test_the_programs_questionnaires_come_with_their_length(place: Workplace) -> None:
    short, full = available(place)
    assert (short.name, short.title, short.questions, short.minutes) == (
        "kurzcheck",
        "Kurzcheck",
        36,
        50,
    )
    assert (full.name, full.title, full.questions) == ("vollcheck", "Vollcheck", 96)
    assert (short.takes_two_visits, full.takes_two_visits) == (False, True)
    assert not short.is_own


@pytest.mark.parametrize("ending", [".md", ".xlsx"])
def test_an_own_workbook_can_be_asked_at_once(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, visit_id: uuid.UUID, ending: str
) -> None:
    path = house_check(tmp_path)
    if ending == ".xlsx":
        write_workbook(read_workbook(path), path.with_suffix(ending))
    added = add_questionnaire(place, path.with_suffix(ending))
    assert (added.name, added.title, added.version, added.is_own) == (
        "hauscheck",
        "Hauscheck",
        "1",
        True,
    )
    assert added.questions == 2
    assert available(place)[-1] == added
    choose(place, case_id, "hauscheck")
    talk = Interview(place, visit_id)
    assert talk.title == "Hauscheck"
    talk.answer("h_order", "2")
    assert show_results(place, case_id).form_title == "Hauscheck"


def test_a_workbook_with_mistakes_is_refused_by_sheet_row_and_column(
    place: Workplace, tmp_path: Path
) -> None:
    path = house_check(tmp_path, HOUSE_CHECK.replace("${h_order} &lt; 2", "${h_oder} < 2"))
    with pytest.raises(Refused) as caught:
        add_questionnaire(place, path)
    (place_of_it,) = caught.value.places
    assert place_of_it.where == "Blatt survey, Zeile 3, Spalte D (relevant)"
    assert place_of_it.where in caught.value.what
    assert "h_oder" in caught.value.what
    assert [view.name for view in available(place)] == ["kurzcheck", "vollcheck"]


@pytest.mark.parametrize("form_id", ["kurzcheck", "Vollcheck"])
def test_a_questionnaire_of_the_program_is_never_replaced(
    place: Workplace, tmp_path: Path, form_id: str
) -> None:
    path = house_check(tmp_path, HOUSE_CHECK.replace("hauscheck", form_id))
    with pytest.raises(Refused):
        add_questionnaire(place, path)
    assert place.form("kurzcheck").sidecar.indicators


@pytest.mark.parametrize("form_id", ["../aussen", "a/b", "haus check", "x" * 80, "haus@1"])
def test_a_name_that_is_no_file_name_is_refused(
    place: Workplace, tmp_path: Path, form_id: str
) -> None:
    path = house_check(tmp_path, HOUSE_CHECK.replace("hauscheck", form_id))
    with pytest.raises((Refused, BrokenWorkbook)):
        add_questionnaire(place, path)
    assert not list(place.forms.glob("*.own"))


def test_anything_else_than_a_workbook_is_refused(place: Workplace, tmp_path: Path) -> None:
    (tmp_path / "bild.png").write_bytes(b"\x89PNG")
    with pytest.raises(Refused):
        add_questionnaire(place, tmp_path / "bild.png")
    (tmp_path / "leer.xlsx").write_bytes(b"PK")
    with pytest.raises(BrokenWorkbook):
        add_questionnaire(place, tmp_path / "leer.xlsx")
    with pytest.raises(BrokenWorkbook):
        add_questionnaire(place, tmp_path / "fort.xlsx")


def test_a_draft_keeps_its_version_when_the_workbook_is_added_again(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    add_questionnaire(place, house_check(tmp_path))
    choose(place, case_id, "hauscheck")
    Interview(place, visit_id).answer("h_order", "2")
    again = HOUSE_CHECK.replace("| 1       |", "| 2       |").replace("ordentlich", "sauber")
    assert add_questionnaire(place, house_check(tmp_path, again)).version == "2"
    assert place.form("hauscheck").sidecar.version == "2"
    with place.store.read() as session:
        assert form_of_case(place, session, case_id).sidecar.version == "1"
    newer = newer_version(place, case_id)
    assert newer is not None
    assert newer.version == "2"


def test_an_own_questionnaire_in_use_stays_and_an_unused_one_goes(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    add_questionnaire(place, house_check(tmp_path))
    choose(place, case_id, "hauscheck")
    with pytest.raises(InUse):
        remove_questionnaire(place, "hauscheck")
    Interview(place, visit_id).answer("h_order", "2")
    with place.store.edit("x") as session:
        session.get_one(Case, case_id).state = "closed"
    remove_questionnaire(place, "hauscheck")
    assert "hauscheck" not in {view.name for view in available(place)}
    assert show_results(place, case_id).form_title == "Hauscheck"
    with pytest.raises(BrokenQuestionnaire):
        place.form("hauscheck")


def test_the_programs_own_cannot_be_removed(place: Workplace) -> None:
    with pytest.raises(ValueError, match="kurzcheck"):
        remove_questionnaire(place, "kurzcheck")


def test_a_case_without_answers_takes_any_questionnaire_and_one_with_answers_does_not(
    place: Workplace, case_id: uuid.UUID
) -> None:
    choose(place, case_id, "vollcheck")
    assert name_of(place, case_id) == "vollcheck"
    say(place, case_id, Perspective.MANAGEMENT, {"d07_matrix": "2"}, "vollcheck")
    with pytest.raises(HasAnswers):
        choose(place, case_id, "kurzcheck")
    assert name_of(place, case_id) == "vollcheck"
    with pytest.raises(BrokenQuestionnaire):
        choose(place, case_id, "gibtesnicht")


def test_a_questionnaire_of_another_laptop_is_named_as_missing(place: Workplace) -> None:
    assert "fehlt" in view_of(place, "hausbank").problem
