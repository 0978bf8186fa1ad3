"""Questions without a score: rules read them, the annex prints them."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.own_questionnaires import add_questionnaire
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.recommending import refresh_recommendations
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say
from tests.report.reading import words_of
from tests.workbooks import house_check

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
FORM = """\
| survey |
| | type | name | score_dimension | label | relevant |
| | select_one level | h_order | H1 | Wie ordentlich ist die Werkstatt? | |
| | begin_group | h | | Haus | |
| | select_multiple rooms | h_where | | Wo fehlt Platz? | |
| | decimal | h_area | | Wie groß ist die Halle? | |
| | text | h_why | | Woran liegt es? | ${h_area} > 9 |
| | end_group | | | | |
| | begin_repeat | shifts | | Schichten | |
| | text | s_name | | Wie heißt die Schicht? | |
| | date | s_since | | Seit wann gibt es sie? | |
| | end_repeat | | | | |

| choices |
| | list_name | name | label |
| | level | 0 | gar nicht |
| | level | 1 | kaum |
| | level | 2 | meistens |
| | level | 3 | meist |
| | level | 4 | fast immer |
| | level | 5 | immer |
| | rooms | hall | Halle |
| | rooms | yard | Hof |

| dimensions |
| | code | kind | label |
| | H1 | R | Ordnung |

| recommendations |
| | name | dimension | audience | relevant | title | text | steps | owner |
| | space | H1 | company | selected(${h_where}, 'hall') | Aufräumen | Platz schaffen. | Plan | GF |

| settings |
| | form_title | form_id | version |
| | Hauscheck | hauscheck | 1 |
"""
SAID = {
    "h_order": "3",
    "h_where": "hall yard",
    "h_area": "8.5",
    "h_why": "früher gesagt",
    "shifts#0190ab": "1",
    "shifts#0190ab/s_name": "Früh",
    "shifts#0190ab/s_since": "2026-11-02",
}


@pytest.fixture
def asked(place: Workplace, tmp_path: Path, case_id: uuid.UUID) -> Workplace:
    add_questionnaire(place, house_check(tmp_path, FORM))
    choose(place, case_id, "hauscheck")
    say(place, case_id, GF, SAID, "hauscheck")
    return place


def test_a_rule_reads_a_question_without_a_score_and_names_it(
    asked: Workplace, case_id: uuid.UUID
) -> None:
    (view,) = refresh_recommendations(asked, case_id)
    (cause,) = view.causes
    assert (cause.label, cause.value) == ("Wo fehlt Platz?", "Halle, Hof")


def test_the_annex_prints_what_is_asked_now_in_words_and_tables_as_tables(
    asked: Workplace, case_id: uuid.UUID
) -> None:
    model = compose_report(asked, case_id)
    assert [(a.label, a.text) for a in model.other_answers] == [
        ("Wo fehlt Platz?", "Halle, Hof"),
        ("Wie groß ist die Halle?", "8,5"),
    ]
    (table,) = model.answer_tables
    assert (table.title, table.rows) == ("Schichten", (("Früh", "02.11.2026"),))
    assert "Weitere Angaben" in words_of(model)
    assert "früher gesagt" not in words_of(model)


def test_what_the_works_council_did_not_release_is_not_printed(
    asked: Workplace, case_id: uuid.UUID
) -> None:
    say(asked, case_id, BR, {"h_where": "yard"}, "hauscheck")
    assert {a.perspective for a in compose_report(asked, case_id).other_answers} == {GF}


def test_a_parked_dimension_takes_its_rule_along(asked: Workplace, case_id: uuid.UUID) -> None:
    park(asked, case_id, "H1", form_id="hauscheck")
    assert refresh_recommendations(asked, case_id) == []
