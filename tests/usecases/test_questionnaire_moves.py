"""Going on with another questionnaire: what is carried over is said before and done as said."""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.storage.models import Answer, Assessment, Dissent
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.own_questionnaires import add_questionnaire
from desktop_advisor.usecases.questionnaire_moves import MovePreview, move, preview_move
from desktop_advisor.usecases.questionnaire_returns import LastMove, last_move, return_to_former
from desktop_advisor.usecases.questionnaires import choose, newer_version, questionnaire_of
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.scoring import answers_of_case, parked_dimensions
from desktop_advisor.usecases.today import show_today
from desktop_advisor.usecases.workplace import Workplace, version_name
from tests.filled_cases import note_dissent, park, say
from tests.workbooks import HOUSE_CHECK, house_check

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
SAID = {"d07_plan": "2", "d07_matrix": "na", "d01_strategy": "dk", "d12_energy_importance": "5"}
RENAMED = (
    ("| h_why   |", "| h_cause |"),
    ("| settings |", "| renames |\n| | old   | new     |\n| | h_why | h_cause |\n\n| settings |"),
)


def stored(place: Workplace, case_id: uuid.UUID, form_id: str) -> dict[str, dict[str, str]]:
    with place.store.read() as session:
        found = answers_of_case(session, case_id, form_id)
    return {p: {q: r.response.form_value for q, r in a.items()} for p, a in found.items()}


def reasons(preview: MovePreview) -> dict[str, str]:
    return {left.label: left.reason for side in preview.perspectives for left in side.left}


def test_the_kurzcheck_goes_on_as_a_vollcheck_with_every_answer(
    place: Workplace, case_id: uuid.UUID
) -> None:
    assessment = say(place, case_id, GF, SAID)
    say(place, case_id, BR, {"d07_matrix": "1"})
    with place.store.edit("x") as session:
        row = session.get_one(Answer, (assessment, "d07_plan"))
        row.note, row.evidence = "Plan von 2024", Evidence.DOCUMENT
    note_dissent(place, case_id, "d07_matrix", "Sieht jeder anders.")
    park(place, case_id, "D09")
    preview = preview_move(place, case_id, "vollcheck")
    assert [(s.perspective, s.answered, s.carried) for s in preview.perspectives] == [
        (GF, 4, 4),
        (BR, 1, 1),
    ]
    assert (preview.old[0], preview.new[0], preview.is_update) == ("Kurzcheck", "Vollcheck", False)
    assert stored(place, case_id, "vollcheck") == {}
    move(place, case_id, "vollcheck")
    assert stored(place, case_id, "vollcheck") == stored(place, case_id, "kurzcheck")
    with place.store.read() as session:
        assert questionnaire_of(session, case_id) == "vollcheck"
        copied = session.get_one(Answer, (uuid.uuid5(case_id, "vollcheck:gf"), "d07_plan"))
        assert (copied.note, copied.evidence) == ("Plan von 2024", Evidence.DOCUMENT)
        refused = session.get_one(Answer, (uuid.uuid5(case_id, "vollcheck:gf"), "d07_matrix"))
        assert refused.reason == "probe"
        assert parked_dimensions(session, case_id, "vollcheck") == {"D09"}
        note = session.get_one(Dissent, uuid.uuid5(case_id, "dissent:vollcheck:d07_matrix"))
        assert note.note == "Sieht jeder anders."
    assert show_results(place, case_id).form_title == "Vollcheck"


def test_answers_that_are_there_already_are_not_overwritten(
    place: Workplace, case_id: uuid.UUID
) -> None:
    say(place, case_id, GF, {"d07_plan": "2", "d07_matrix": "3"})
    say(place, case_id, GF, {"d07_plan": "5"}, "vollcheck")
    (side,) = preview_move(place, case_id, "vollcheck").perspectives
    assert (side.answered, side.carried, side.present) == (2, 1, 1)
    move(place, case_id, "vollcheck")
    assert stored(place, case_id, "vollcheck")[GF] == {"d07_plan": "5", "d07_matrix": "3"}


def test_what_the_other_one_does_not_ask_is_named_and_stays_where_it_is(
    place: Workplace, case_id: uuid.UUID
) -> None:
    say(place, case_id, GF, {"d07_plan": "2", "d07_matrix": "3"}, "vollcheck")
    only_there = next(
        i.question
        for i in place.form("vollcheck").sidecar.indicators
        if not i.is_core and i.role == "level" and "gf" in i.perspectives
    )
    choose(place, case_id, "vollcheck")
    assert stored(place, case_id, "kurzcheck") == {}
    say(place, case_id, GF, {only_there: "1"}, "vollcheck")
    preview = preview_move(place, case_id, "kurzcheck")
    assert list(reasons(preview).values()) == ["Diese Frage gibt es dort nicht."]
    move(place, case_id, "kurzcheck")
    assert stored(place, case_id, "kurzcheck")[GF] == {"d07_plan": "2", "d07_matrix": "3"}
    assert stored(place, case_id, "vollcheck")[GF][only_there] == "1"


@pytest.fixture
def house(place: Workplace, tmp_path: Path, case_id: uuid.UUID, visit_id: uuid.UUID) -> Interview:
    add_questionnaire(place, house_check(tmp_path))
    choose(place, case_id, "hauscheck")
    talk = Interview(place, visit_id)
    talk.answer("h_order", "0")
    talk.answer("h_why", "Zu wenig Platz")
    return talk


def newer(place: Workplace, folder: Path, *changes: tuple[str, str]) -> None:
    text = HOUSE_CHECK.replace("| hauscheck | 1 ", "| hauscheck | 2 ")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    assert add_questionnaire(place, house_check(folder, text)).version == "2"


def test_a_draft_moves_to_the_newer_version_and_unfit_answers_become_notes(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview
) -> None:
    newer(place, tmp_path, ("| | level     | 0    | gar nicht |\n", ""))
    preview = preview_move(place, case_id, "hauscheck")
    assert preview.is_update
    (side,) = preview.perspectives
    assert (side.answered, side.carried) == (2, 1)
    assert reasons(preview) == {
        "Wie ordentlich ist die Werkstatt?": "Die Antwort „gar nicht“ gibt es dort nicht."
    }
    move(place, case_id, "hauscheck")
    assert newer_version(place, case_id) is None
    again = Interview(place, house.visit_id)
    view = again.question("h_order")
    assert view.response.state is AnswerState.OPEN
    assert view.note == "Antwort in Fassung 1: 0"
    with place.store.read() as session:
        assert session.get_one(Assessment, house.assessment_id).form_version == "2"


def test_a_renamed_question_takes_its_answer_along(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview
) -> None:
    newer(place, tmp_path, *RENAMED)
    (side,) = preview_move(place, case_id, "hauscheck").perspectives
    assert (side.carried, side.left) == (2, ())
    move(place, case_id, "hauscheck")
    assert Interview(place, house.visit_id).question("h_cause").response.value == "Zu wenig Platz"


def test_a_move_to_a_newer_version_is_taken_back_with_every_answer(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview
) -> None:
    house.set_evidence("h_why", Evidence.SEEN)
    before = stored(place, case_id, "hauscheck")
    assert last_move(place, case_id) is None
    newer(place, tmp_path, ("| | level     | 0    | gar nicht |\n", ""), *RENAMED)
    move(place, case_id, "hauscheck")
    with place.store.read() as session:
        assert not session.get_one(Answer, (house.assessment_id, "h_cause")).deleted
    assert last_move(place, case_id) == LastMove("1", "2")
    assert return_to_former(place, case_id)
    assert stored(place, case_id, "hauscheck") == before
    again = Interview(place, house.visit_id)
    assert again.question("h_order").note == ""
    with place.store.read() as session:
        assert session.get_one(Assessment, house.assessment_id).form_version == "1"
    assert last_move(place, case_id) is None
    assert not return_to_former(place, case_id)
    offered = newer_version(place, case_id)
    assert offered is not None
    assert offered.version == "2"
    move(place, case_id, "hauscheck")
    cause = Interview(place, house.visit_id).question("h_cause")
    assert (cause.response.value, cause.evidence) == ("Zu wenig Platz", Evidence.SEEN)
    with place.store.read() as session:
        assert not session.get_one(Answer, (house.assessment_id, "h_cause")).deleted
    assert last_move(place, case_id) == LastMove("1", "2")
    assert return_to_former(place, case_id)
    assert stored(place, case_id, "hauscheck") == before


@pytest.mark.parametrize("part", ["answer", "note", "evidence"])
def test_a_question_whose_answer_went_with_the_way_back_is_answered_as_any_other(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview, part: str
) -> None:
    house.set_evidence("h_why", Evidence.SEEN)
    newer(place, tmp_path, *RENAMED)
    move(place, case_id, "hauscheck")
    assert return_to_former(place, case_id)
    back = Interview(place, house.visit_id)
    back.answer("h_why", "")
    back.set_evidence("h_why", Evidence.CLAIMED)
    move(place, case_id, "hauscheck")
    talk = Interview(place, house.visit_id)
    cause = talk.question("h_cause")
    assert (cause.response.state, cause.evidence) == (AnswerState.OPEN, Evidence.CLAIMED)
    if part == "answer":
        talk.answer("h_cause", "Zu viel Lager")
    elif part == "note":
        talk.write_note("h_cause", "Fragt der Betriebsrat nach.")
    else:
        talk.set_evidence("h_cause", Evidence.DOCUMENT)
    said, read = talk.question("h_cause"), Interview(place, house.visit_id).question("h_cause")
    assert (read.response, read.note, read.evidence) == (said.response, said.note, said.evidence)
    assert (said.response, said.note, said.evidence) != (cause.response, cause.note, cause.evidence)


def test_what_a_colleague_said_in_a_row_that_the_way_back_took_away_is_not_lost(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview
) -> None:
    house.answer("h_why", "")
    house.write_note("h_why", "Rückfrage an den Meister")
    newer(place, tmp_path, *RENAMED)
    move(place, case_id, "hauscheck")
    assert return_to_former(place, case_id)
    house.write_note("h_why", "")
    with place.store.edit("Ben") as session:
        arrived = session.get_one(Answer, (house.assessment_id, "h_cause"))
        arrived.state, arrived.value = AnswerState.ANSWERED, "Zu viel Lager"
    move(place, case_id, "hauscheck")
    assert Interview(place, house.visit_id).question("h_cause").response.value == "Zu viel Lager"
    assert "Woran liegt es?" in reasons(preview_move(place, case_id, "kurzcheck"))


def test_once_something_was_answered_in_the_newer_version_it_stays(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview
) -> None:
    newer(place, tmp_path)
    move(place, case_id, "hauscheck")
    Interview(place, house.visit_id).answer("h_why", "Zu viel Lager")
    assert last_move(place, case_id) is None
    assert not return_to_former(place, case_id)
    with place.store.read() as session:
        assert session.get_one(Assessment, house.assessment_id).form_version == "2"


def test_without_the_former_version_on_this_device_there_is_no_way_back(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview
) -> None:
    newer(place, tmp_path, ("gar nicht", "kaum je"))
    former = house_hash(place, house)
    move(place, case_id, "hauscheck")
    assert last_move(place, case_id) is not None
    for path in place.forms.glob(f"{version_name('hauscheck', former)}*"):
        path.unlink()
    assert last_move(place, case_id) is None


def house_hash(place: Workplace, house: Interview) -> str:
    with place.store.read() as session:
        return session.get_one(Assessment, house.assessment_id).form_hash


def test_a_question_of_another_type_is_not_carried(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID, house: Interview
) -> None:
    newer(place, tmp_path, ("| text                | h_why", "| date                | h_why"))
    assert house.title == "Hauscheck"
    assert reasons(preview_move(place, case_id, "hauscheck")) == {
        "Woran liegt es?": "Die Frage wird dort auf andere Weise beantwortet."
    }


def test_the_move_is_one_edit(
    place: Workplace, case_id: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(place, case_id, GF, SAID)
    edits: list[str] = []
    original = place.store.edit

    def watched(author: str) -> AbstractContextManager[Session]:
        edits.append(author)
        return original(author)

    monkeypatch.setattr(place.store, "edit", watched)
    move(place, case_id, "vollcheck")
    assert edits == [place.author]


def test_today_and_the_file_count_what_was_carried_over_once(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    say(place, case_id, GF, SAID)
    move(place, case_id, "vollcheck")
    assert [visit.answered for visit in show_today(place).visits] == [4]
    progress = show_company_file(place, company_id).progress
    assert progress is not None
    assert (progress.perspective, progress.answered) == (GF, 4)
    park(place, case_id, "D07", form_id="vollcheck")
    fewer = show_company_file(place, company_id).progress
    assert fewer is not None
    assert fewer.answered == 2
    assert fewer.asked < progress.asked
