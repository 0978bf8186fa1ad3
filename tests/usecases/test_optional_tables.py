"""The product table of the Kurzcheck: there for those who have a list, never a gap for others."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.pace import PACE_SECONDS, pace_seconds
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.scoring import AnswerRecord
from desktop_advisor.usecases.workplace import Workplace

TABLE = "products"
ROW = {"product_name": "Zylinderköpfe", "product_share": "60"}


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    return Interview(place, visit_id)


def answer_all_but_the_table(talk: Interview) -> None:
    for key in talk.questions():
        if key != TABLE:
            talk.answer(key, "3")


def test_the_kurzcheck_asks_for_products_in_a_table_behind_the_drive_questions(
    talk: Interview,
) -> None:
    mine = talk.section_questions("D02")
    assert mine[-1] == TABLE
    assert talk.question(TABLE).kind is Kind.TABLE
    columns = [c.label for c in talk.table(TABLE).columns]
    assert columns[:2] == ["Produktgruppe", "Umsatz %"]
    assert len(columns) == 7


def test_the_works_council_is_not_asked_for_products(talk: Interview) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    assert TABLE not in talk.questions()


def test_an_empty_table_leaves_the_kurzcheck_finished(
    place: Workplace, company_id: uuid.UUID, talk: Interview
) -> None:
    answer_all_but_the_table(talk)
    assert talk.progress() == (39, 39)
    assert talk.remaining_minutes() == 0
    assert all(row.done == row.total for row in talk.dimensions())
    progress = show_company_file(place, company_id).progress
    assert progress is not None
    assert (progress.answered, progress.asked) == (39, 39)


def test_a_table_with_rows_or_waved_off_counts_as_done(
    place: Workplace, company_id: uuid.UUID, talk: Interview
) -> None:
    talk.fill_rows(TABLE, [ROW])
    assert talk.progress() == (1, 40)
    progress = show_company_file(place, company_id).progress
    assert progress is not None
    assert (progress.answered, progress.asked) == (1, 40)
    talk.undo()
    assert talk.progress() == (0, 39)
    talk.answer(TABLE, "dk")
    assert talk.progress() == (1, 40)


def test_the_talk_does_not_come_back_for_an_empty_table(talk: Interview) -> None:
    for key in (*talk.section_questions("D01"), *talk.section_questions("D02")):
        if key != TABLE:
            talk.answer(key, "2")
    assert talk.first_open() == talk.section_questions("D03")[0]


def test_the_drive_group_is_proposed_from_the_name(talk: Interview) -> None:
    (row,) = talk.fill_rows(TABLE, [ROW])
    cells = {cell.key: cell.value for cell in talk.table(TABLE).rows[0].cells}
    assert cells[f"{row}/product_cati"] == "5"


def test_shares_short_of_the_whole_are_said_under_the_table(talk: Interview) -> None:
    talk.fill_rows(TABLE, [ROW])
    assert talk.table(TABLE).messages == (
        "Summe der Anteile: 60 %. Der Rest bleibt nicht zugeordnet.",
    )


def test_typing_cells_does_not_make_the_talk_look_faster() -> None:
    begun = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    said = Response(AnswerState.ANSWERED, "3")

    def every(seconds: int, keys: list[str]) -> dict[str, AnswerRecord]:
        return {
            key: AnswerRecord(said, answered_at=begun + timedelta(seconds=seconds * number))
            for number, key in enumerate(keys)
        }

    questions = every(120, [f"d01_q{number}" for number in range(8)])
    cells = every(3, [f"products#{number:02}/product_share" for number in range(50)])
    assert pace_seconds({**questions, **cells}) == pace_seconds(questions) == 120
    assert pace_seconds(cells) == PACE_SECONDS
