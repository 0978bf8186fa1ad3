"""The jobs of a case: whose rows are read, what hides them, and where to enter them."""

from __future__ import annotations

import uuid
from pathlib import Path

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.models import Answer
from desktop_advisor.usecases.job_profiles import show_jobs
from desktop_advisor.usecases.own_questionnaires import add_questionnaire
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say
from tests.workbooks import house_check

GF, BR, ADVISOR, JOINT = (
    Perspective.MANAGEMENT,
    Perspective.WORKS_COUNCIL,
    Perspective.ADVISOR,
    Perspective.JOINT,
)
OWN = """\
| survey |
| | type | name | score_dimension | label |
| | select_one level | h_order | H1 | Wie ordentlich ist die Werkstatt? |
| | begin_repeat | jobs | | Stellen |
| | text | s_name | | Stelle |
| | integer | s_heads | | Köpfe |
| | integer | s_exits5 | | Abgänge |
| | end_repeat | | | |

| choices |
| | list_name | name | label |
| | level | 0 | schlecht |
| | level | 1 | mäßig |
| | level | 2 | gut |
| | level | 3 | neu |
| | level | 4 | neu und gewartet |
| | level | 5 | neu und überwacht |

| dimensions |
| | code | kind | label |
| | H1 | R | Ordnung |

| settings |
| | form_title | form_id | version |
| | Hauscheck | hauscheck | 1 |
"""


def jobs(*said: dict[str, str], prefix: str = "job") -> dict[str, str]:
    """Rows as an interview stores them."""
    answers: dict[str, str] = {}
    for number, cells in enumerate(said):
        answers[f"jobs#{number:02d}"] = "1"
        for name, value in cells.items():
            answers[f"jobs#{number:02d}/{prefix}_{name}"] = value
    return answers


LATHE = {"name": "Zerspanung", "heads": "12", "exits5": "4"}


def test_the_kurzcheck_has_no_jobs_and_says_so(place: Workplace, case_id: uuid.UUID) -> None:
    view = show_jobs(place, case_id)
    assert (view.state, view.question) == ("no_table", "")


def test_an_empty_table_leads_to_where_it_is_filled(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    choose(place, case_id, "vollcheck")
    view = show_jobs(place, case_id)
    assert (view.state, view.question, view.visit_id) == ("empty", "jobs", visit_id)


def test_small_rows_and_such_without_a_number_are_counted_only(
    place: Workplace, case_id: uuid.UUID
) -> None:
    choose(place, case_id, "vollcheck")
    small, silent = {"name": "Labor", "heads": "2"}, {"name": "Nachtschicht", "heads": "dk"}
    say(place, case_id, GF, jobs(LATHE, small, silent, {}), "vollcheck")
    view = show_jobs(place, case_id)
    assert [job.profile.name for job in view.summary.jobs] == ["Zerspanung"]
    assert (view.summary.few, view.summary.unknown) == (1, 1)
    assert "Labor" not in str(view)


def test_what_the_table_agreed_on_goes_before_the_leading_side(
    place: Workplace, case_id: uuid.UUID
) -> None:
    choose(place, case_id, "vollcheck")
    say(place, case_id, GF, jobs(LATHE), "vollcheck")
    assert show_jobs(place, case_id).told_by is GF
    say(place, case_id, JOINT, jobs({**LATHE, "exits5": "6"}), "vollcheck")
    view = show_jobs(place, case_id)
    assert view.told_by is JOINT
    assert view.summary.jobs[0].profile.exits5 == 6


def test_the_advisors_rows_count_where_the_leading_side_has_none(
    place: Workplace, case_id: uuid.UUID
) -> None:
    choose(place, case_id, "vollcheck")
    say(place, case_id, GF, {"d08_age": "2"}, "vollcheck")
    say(place, case_id, ADVISOR, jobs(LATHE), "vollcheck")
    assert show_jobs(place, case_id).told_by is ADVISOR


def test_a_section_put_aside_is_not_read(place: Workplace, case_id: uuid.UUID) -> None:
    choose(place, case_id, "vollcheck")
    say(place, case_id, GF, jobs(LATHE), "vollcheck")
    park(place, case_id, "D08", form_id="vollcheck")
    view = show_jobs(place, case_id)
    assert view.state == "parked"
    assert view.summary.jobs == ()


def test_an_own_questionnaire_with_the_same_columns_is_read_and_a_hidden_side_is_not(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path
) -> None:
    add_questionnaire(place, house_check(tmp_path, OWN))
    choose(place, case_id, "hauscheck")
    say(place, case_id, BR, jobs(LATHE, prefix="s"), "hauscheck")
    assert show_jobs(place, case_id).state == "empty", "not released, so hidden by default"
    view = show_jobs(place, case_id, hidden=())
    assert (view.state, view.told_by) == ("shown", BR)
    assert view.summary.jobs[0].profile.exits5 == 4


def test_the_note_beside_a_substitution_is_its_source(place: Workplace, case_id: uuid.UUID) -> None:
    choose(place, case_id, "vollcheck")
    rows = jobs({**LATHE, "substitution": "63"})
    assessment_id = say(place, case_id, GF, rows, "vollcheck")
    with place.store.edit(place.author) as session:
        row = session.get_one(Answer, (assessment_id, "jobs#00/job_substitution"))
        row.note = "Job-Futuromat, 20.11.2026"
    (job,) = show_jobs(place, case_id).summary.jobs
    assert job.profile.substitution_source == "Job-Futuromat, 20.11.2026"
