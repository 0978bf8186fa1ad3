"""Tables of a questionnaire in the report: as tables, and never with few persons in them."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.answers_model import AnswerTable
from desktop_advisor.report.frozen import to_json
from desktop_advisor.report.model import ReportModel
from desktop_advisor.storage.models import Answer
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.own_questionnaires import add_questionnaire
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say
from tests.report.reading import words_of
from tests.workbooks import house_check

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
FORM = """\
| survey |
| | type | name | score_dimension | label | relevant | calculation |
| | select_one level | h_order | H1 | Wie ordentlich ist die Werkstatt? | | |
| | begin_repeat | machines | | Maschinen | ${h_order} &lt; 3 | |
| | text | m_name | | Maschine | | |
| | decimal | m_share | | Auslastung % | | |
| | integer | m_year | | Baujahr | | |
| | select_one level | m_state | | Zustand | ${m_share} > 20 | |
| | text | m_never | | Bleibt leer | | |
| | begin_repeat | tools | | Werkzeuge | | |
| | text | t_name | | Werkzeug | | |
| | end_repeat | | | | | |
| | end_repeat | | | | | |
| | calculate | m_sum | | | | sum(${m_share}) |

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

OWN_JOBS = FORM.replace("machines", "jobs").replace("m_share", "heads").replace("> 20", ">= 0")


def rows(table: str, *said: dict[str, str]) -> dict[str, str]:
    """Rows as an interview stores them: a marker each, and their cells."""
    answers: dict[str, str] = {}
    for number, cells in enumerate(said):
        answers[f"{table}#{number:02d}"] = "1"
        answers |= {f"{table}#{number:02d}/{name}": value for name, value in cells.items()}
    return answers


JOBS = (
    {"job_name": "Zerspanung", "job_heads": "12", "job_under30": "1", "job_60plus": "11"},
    {"job_name": "Prokuristin Meier", "job_heads": "1", "job_60plus": "1", "job_c2_name": "SAP"},
    {"job_name": "Werkzeugbau", "job_heads": "3", "job_30to44": "3"},
    {"job_name": "Labor", "job_heads": "2", "job_exits5": "2"},
    {"job_name": "Pförtner", "job_45to54": "7"},
    {"job_name": "Nachtschicht", "job_heads": "dk", "job_under30": "9"},
)


@pytest.fixture
def house(place: Workplace, tmp_path: Path, case_id: uuid.UUID) -> Workplace:
    add_questionnaire(place, house_check(tmp_path, FORM))
    choose(place, case_id, "hauscheck")
    return place


@pytest.fixture
def full(place: Workplace, case_id: uuid.UUID) -> Workplace:
    choose(place, case_id, "vollcheck")
    return place


def report_with(
    place: Workplace, case_id: uuid.UUID, *jobs: dict[str, str]
) -> tuple[ReportModel, AnswerTable]:
    say(place, case_id, GF, rows("jobs", *jobs), "vollcheck")
    model = compose_report(place, case_id)
    (table,) = model.answer_tables
    return model, table


def note(place: Workplace, assessment_id: uuid.UUID, key: str, words: str) -> None:
    with place.store.edit(place.author) as session:
        session.get_one(Answer, (assessment_id, key)).note = words


def test_a_table_has_the_columns_that_hold_an_answer_and_the_sums_the_form_makes(
    house: Workplace, case_id: uuid.UUID
) -> None:
    first = {"m_name": "Presse", "m_share": "62.5", "m_year": "1998", "m_state": "1"}
    second = {"m_name": "Ofen", "m_share": "20.0", "m_year": "kv", "m_state": "2"}
    say(house, case_id, GF, {"h_order": "2", **rows("machines", first, {}, second)}, "hauscheck")
    (table,) = compose_report(house, case_id).answer_tables
    assert (table.title, table.perspective) == ("Maschinen", GF)
    assert [(c.label, c.is_number) for c in table.columns] == [
        ("Maschine", False),
        ("Auslastung %", True),
        ("Baujahr", True),
        ("Zustand", False),
    ]
    assert table.rows == (("Presse", "62,5", "1998", "mäßig"), ("Ofen", "20,0", "keine Angabe", ""))
    assert table.total == ("Summe", "82,5", "", "")
    assert table.notes == ("Ofen, Baujahr: probe",)


def test_a_table_that_is_no_longer_asked_is_not_printed(
    house: Workplace, case_id: uuid.UUID
) -> None:
    say(house, case_id, GF, {"h_order": "3", **rows("machines", {"m_name": "A"})}, "hauscheck")
    model = compose_report(house, case_id)
    assert (model.answer_tables, model.other_answers) == ((), ())


def test_a_table_without_rows_is_a_line_with_its_state(
    house: Workplace, case_id: uuid.UUID
) -> None:
    say(house, case_id, GF, {"h_order": "2", "machines": "na"}, "hauscheck")
    model = compose_report(house, case_id)
    assert model.answer_tables == ()
    assert [(a.label, a.note) for a in model.other_answers] == [("Maschinen", "probe")]


def test_notes_stand_below_the_table_and_name_their_cell(
    house: Workplace, case_id: uuid.UUID
) -> None:
    first = {"m_name": "Presse", "m_share": "62.5", "m_year": ""}
    said = {"h_order": "2", "machines": "", **rows("machines", first)}
    assessment_id = say(house, case_id, GF, said, "hauscheck")
    note(house, assessment_id, "machines", "Nur Halle 1.")
    note(house, assessment_id, "machines#00/m_year", "Typenschild fehlt.")
    (table,) = compose_report(house, case_id).answer_tables
    assert table.notes == ("Nur Halle 1.", "Presse, Baujahr: Typenschild fehlt.")
    assert len(table.columns) == 2


def test_a_table_inside_a_row_names_the_row(house: Workplace, case_id: uuid.UUID) -> None:
    said = {"h_order": "2", **rows("machines", {"m_name": "Presse"}, {"m_name": "Ofen"})}
    said |= rows("machines#00/tools", {"t_name": "Stempel"})
    say(house, case_id, GF, said, "hauscheck")
    _, tools = compose_report(house, case_id).answer_tables
    assert (tools.title, tools.rows) == ("Maschinen – Presse: Werkzeuge", (("Stempel",),))


def test_few_or_unknown_persons_are_nowhere_in_the_report_only_their_count(
    full: Workplace, case_id: uuid.UUID
) -> None:
    model, table = report_with(full, case_id, *JOBS)
    assert [row[0] for row in table.rows] == ["Zerspanung", "Werkzeugbau"]
    assert table.notes == (
        "2 Tätigkeiten mit weniger als drei Personen: Angaben nicht gezeigt",
        "2 Tätigkeiten ohne Angabe der Personenzahl: Angaben nicht gezeigt",
    )
    frozen, printed = to_json(model).decode(), words_of(model)
    for job in (JOBS[1], JOBS[3], JOBS[4], JOBS[5]):
        assert job["job_name"] not in frozen
        assert job["job_name"] not in printed
    assert "2 Tätigkeiten mit weniger als drei Personen: Angaben nicht gezeigt" in printed


def test_a_column_only_masked_rows_fill_is_not_even_named(
    full: Workplace, case_id: uuid.UUID
) -> None:
    _, table = report_with(full, case_id, *JOBS)
    labels = [c.label for c in table.columns]
    assert labels == ["Tätigkeit", "Köpfe", "unter 30", "30 bis 44", "60 und älter"]


def test_where_every_profile_is_masked_the_sentence_stands_alone(
    full: Workplace, case_id: uuid.UUID
) -> None:
    model, table = report_with(full, case_id, JOBS[1])
    sentence = "1 Tätigkeit mit weniger als drei Personen: Angaben nicht gezeigt"
    assert (table.columns, table.rows, table.notes) == ((), (), (sentence,))
    assert sentence in words_of(model)


def test_a_note_to_a_masked_row_is_masked_with_it(full: Workplace, case_id: uuid.UUID) -> None:
    assessment_id = say(full, case_id, GF, rows("jobs", *JOBS), "vollcheck")
    note(full, assessment_id, "jobs#01/job_c2_name", "Nur Frau Meier kann das.")
    note(full, assessment_id, "jobs#00/job_60plus", "Stand Juni.")
    model = compose_report(full, case_id)
    assert "Frau Meier" not in str(model)
    assert "Zerspanung, 60 und älter: Stand Juni." in model.answer_tables[0].notes


def test_sums_leave_masked_rows_out_and_so_do_the_tables_inside(
    place: Workplace, tmp_path: Path, case_id: uuid.UUID
) -> None:
    add_questionnaire(place, house_check(tmp_path, OWN_JOBS))
    choose(place, case_id, "hauscheck")
    many, few = {"m_name": "Presse", "heads": "8"}, {"m_name": "Ofen", "heads": "1"}
    said = {"h_order": "2", **rows("jobs", many, few), **rows("jobs#01/tools", {"t_name": "Zange"})}
    say(place, case_id, GF, said, "hauscheck")
    (table,) = compose_report(place, case_id).answer_tables
    assert table.rows == (("Presse", "8"),)
    assert table.total == ("Summe der gezeigten", "8")


def test_products_are_not_masked_and_their_shares_are_summed_up(
    full: Workplace, case_id: uuid.UUID
) -> None:
    first = {"product_name": "Kurbelwelle", "product_share": "62.5", "product_heads": "2"}
    second = {"product_name": "Pumpe", "product_share": "27.5", "product_cati": "1"}
    say(full, case_id, GF, rows("products", first, second), "vollcheck")
    (table,) = compose_report(full, case_id).answer_tables
    assert [row[:2] for row in table.rows] == [("Kurbelwelle", "62,5"), ("Pumpe", "27,5")]
    assert table.total[:3] == ("Summe", "90", "")
    assert table.rows[1][-1].startswith("1: kaum abhängig")


def test_rows_of_the_works_council_need_its_release(house: Workplace, case_id: uuid.UUID) -> None:
    say(house, case_id, GF, {"h_order": "2"}, "hauscheck")
    say(house, case_id, BR, {"h_order": "1", **rows("machines", {"m_name": "B"})}, "hauscheck")
    assert compose_report(house, case_id).answer_tables == ()
    release_view(house, case_id, "Sabine Krauß")
    assert [t.perspective for t in compose_report(house, case_id).answer_tables] == [BR]


def test_a_table_of_a_parked_dimension_is_left_out(full: Workplace, case_id: uuid.UUID) -> None:
    say(full, case_id, GF, {"d01_strategy": "2", **rows("jobs", JOBS[0])}, "vollcheck")
    section = next(
        d.code
        for d in compose_report(full, case_id).dimensions
        if d.label == "Fachkräftesicherung & Demografie"
    )
    park(full, case_id, section, form_id="vollcheck")
    assert compose_report(full, case_id).answer_tables == ()
