"""The exposure of a case: whose rows are read, in which forms, and the scenarios set for it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.advice_models import Scenario
from desktop_advisor.usecases.exposure import (
    ExposureView,
    NoSuchYear,
    set_scenario,
    show_exposure,
    undo_scenario,
)
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.own_questionnaires import add_questionnaire
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.releasing import release_view
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
| | begin_repeat | products | | Teile |
| | text | p_name | | Teil |
| | decimal | p_share | | Umsatz |
| | select_one cati | p_cati | | Gruppe |
| | date | p_eop | | Serienende |
| | end_repeat | | | |

| choices |
| | list_name | name | label |
| | level | 0 | schlecht |
| | level | 1 | mäßig |
| | level | 2 | gut |
| | level | 3 | neu |
| | level | 4 | neu und gewartet |
| | level | 5 | neu und überwacht |
| | cati | 3 | drei |
| | cati | 5 | fünf |

| dimensions |
| | code | kind | label |
| | H1 | R | Ordnung |

| settings |
| | form_title | form_id | version |
| | Hauscheck | hauscheck | 1 |
"""


def products(*said: dict[str, str], prefix: str = "product") -> dict[str, str]:
    """Rows as an interview stores them."""
    answers: dict[str, str] = {}
    for number, cells in enumerate(said):
        answers[f"products#{number:02d}"] = "1"
        for name, value in cells.items():
            answers[f"products#{number:02d}/{prefix}_{name}"] = value
    return answers


CASTING = {"name": "Zylinderköpfe", "share": "60", "heads": "70", "cati": "5"}
CASTING |= {"eop": "2029", "followon": "no", "margin": "low"}
FORGING = {"name": "Achsteile", "share": "25", "heads": "20", "cati": "3"}
BATTERY = {"name": "Batteriehalter", "share": "15", "heads": "10", "cati": "0"}


def turnover(view: ExposureView) -> Decimal | None:
    assert view.exposure is not None
    return view.exposure.turnover


# -- where it is read ------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["kurzcheck", "vollcheck"])
def test_both_checks_are_read_alike(place: Workplace, case_id: uuid.UUID, form: str) -> None:
    choose(place, case_id, form)
    say(place, case_id, GF, products(CASTING, FORGING, BATTERY), form)
    view = show_exposure(place, case_id)
    assert view.state == "shown"
    assert turnover(view) == Decimal("72.5")
    assert view.facts()["eop_open_3y"] == "60"
    assert view.relative()["D02"] == Decimal("0.725")


def test_an_own_questionnaire_with_a_product_table_is_read_too(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path
) -> None:
    add_questionnaire(place, house_check(tmp_path, OWN))
    choose(place, case_id, "hauscheck")
    rows = ({"name": "Guss", "share": "80", "cati": "5", "eop": "2029-12-31"},)
    say(place, case_id, GF, products(*rows, prefix="p"), "hauscheck")
    view = show_exposure(place, case_id)
    assert turnover(view) == Decimal(80)
    assert view.exposure is not None
    assert view.exposure.products[0].eop == 2029


def test_an_empty_table_leads_to_where_it_is_filled(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    view = show_exposure(place, case_id)
    assert (view.state, view.question, view.visit_id) == ("empty", "products", visit_id)
    assert view.exposure is None
    assert set(view.facts().values()) == {""}


def test_what_the_interview_stores_is_what_is_read(place: Workplace, visit_id: uuid.UUID) -> None:
    talk = Interview(place, visit_id)
    rows = [
        {f"product_{name}": value for name, value in row.items()}
        for row in (CASTING, FORGING, BATTERY)
    ]
    keys = talk.fill_rows("products", rows)
    assert turnover(show_exposure(place, talk.case_id)) == Decimal("72.5")
    talk.remove_row(keys[0])
    view = show_exposure(place, talk.case_id)
    assert view.exposure is not None
    assert [p.name for p in view.exposure.products] == ["Achsteile", "Batteriehalter"]


def test_a_parked_section_is_left_out(place: Workplace, case_id: uuid.UUID) -> None:
    say(place, case_id, GF, products(CASTING))
    park(place, case_id, "D02")
    view = show_exposure(place, case_id)
    assert (view.state, view.exposure) == ("parked", None)


def test_what_the_table_agreed_on_goes_first(place: Workplace, case_id: uuid.UUID) -> None:
    say(place, case_id, GF, products({**CASTING, "share": "100"}))
    say(place, case_id, JOINT, products({**FORGING, "share": "100"}))
    view = show_exposure(place, case_id)
    assert (view.told_by, turnover(view)) == (JOINT, Decimal(50))


def test_rows_of_an_unreleased_works_council_stay_away(
    place: Workplace, case_id: uuid.UUID
) -> None:
    say(place, case_id, BR, products({**CASTING, "share": "100"}))
    assert show_exposure(place, case_id).state == "empty"
    assert show_exposure(place, case_id, hidden=()).told_by is BR
    release_view(place, case_id, "Sabine Krauß")
    assert show_exposure(place, case_id).told_by is BR


def test_without_rows_of_its_own_the_leading_side_leaves_the_word_to_the_next(
    place: Workplace, case_id: uuid.UUID
) -> None:
    say(place, case_id, GF, {"d01_strategy": "3"})
    say(place, case_id, ADVISOR, products(CASTING))
    assert show_exposure(place, case_id).told_by is ADVISOR


def test_cells_that_nobody_knows_count_as_not_said(place: Workplace, case_id: uuid.UUID) -> None:
    row = {"name": "Rohre", "share": "100", "eop": "2029", "followon": "unknown"}
    say(place, case_id, GF, products(row))
    view = show_exposure(place, case_id)
    assert view.exposure is not None
    assert view.exposure.unassigned == 100
    assert view.exposure.ending(2029).unclear == 100


# -- scenarios -------------------------------------------------------------------------------


def remaining(place: Workplace, case_id: uuid.UUID) -> dict[int, tuple[Decimal, bool]]:
    return {s.year: (s.remaining, s.is_own) for s in show_exposure(place, case_id).scenarios}


BUNDLED = {2030: (Decimal("0.6"), False), 2035: (Decimal(0), False)}


def test_the_bundled_assumptions_hold_until_the_advisor_sets_others(
    place: Workplace, case_id: uuid.UUID
) -> None:
    assert remaining(place, case_id) == BUNDLED
    set_scenario(place, case_id, 2035, Decimal("0.1"), "Vorschlag der Kommission")
    assert remaining(place, case_id) == {**BUNDLED, 2035: (Decimal("0.1"), True)}
    assert show_exposure(place, case_id).scenarios[1].source == "Vorschlag der Kommission"
    set_scenario(place, case_id, 2035, None)
    assert remaining(place, case_id) == BUNDLED


def test_a_scenario_is_taken_back_step_by_step(place: Workplace, case_id: uuid.UUID) -> None:
    set_scenario(place, case_id, 2030, Decimal("0.5"), "Kunde A")
    set_scenario(place, case_id, 2030, Decimal("0.4"), "Kunde B")
    assert undo_scenario(place, case_id) == 2030
    assert show_exposure(place, case_id).scenarios[0].note == "Kunde A"
    assert undo_scenario(place, case_id) == 2030
    assert remaining(place, case_id) == BUNDLED
    assert undo_scenario(place, case_id) is None


def test_a_scenario_taken_back_can_be_set_again(place: Workplace, case_id: uuid.UUID) -> None:
    set_scenario(place, case_id, 2030, Decimal("0.5"))
    undo_scenario(place, case_id)
    set_scenario(place, case_id, 2030, Decimal("0.3"))
    assert remaining(place, case_id)[2030] == (Decimal("0.3"), True)


def test_two_laptops_meet_in_one_row(place: Workplace, case_id: uuid.UUID) -> None:
    set_scenario(place, case_id, 2030, Decimal("0.5"))
    with place.store.read() as session:
        assert session.get(Scenario, uuid.uuid5(case_id, "scenario:2030")) is not None


def test_a_case_keeps_its_scenarios_to_itself(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    set_scenario(place, case_id, 2030, Decimal("0.5"))
    with place.store.read() as session:
        row = session.get_one(Scenario, uuid.uuid5(case_id, "scenario:2030"))
        assert (row.case_id, row.company_id) == (case_id, company_id)


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_a_share_outside_the_whole_is_refused(
    place: Workplace, case_id: uuid.UUID, share: str
) -> None:
    with pytest.raises(ValueError, match=share):
        set_scenario(place, case_id, 2030, Decimal(share))
    assert remaining(place, case_id) == BUNDLED


def test_a_year_that_is_not_looked_at_is_refused(place: Workplace, case_id: uuid.UUID) -> None:
    with pytest.raises(NoSuchYear):
        set_scenario(place, case_id, 2031, Decimal("0.5"))
