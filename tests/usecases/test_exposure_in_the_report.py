"""The product exposure on its way into the report: figure, chapter, arithmetic, priorities."""

from __future__ import annotations

import uuid
from decimal import Decimal

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.exposure import set_scenario
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say
from tests.ui.product_rows import FOUNDRY_ROWS

THIN = "\u202f"


def fill(place: Workplace, visit_id: uuid.UUID) -> None:
    Interview(place, visit_id).fill_rows("products", FOUNDRY_ROWS)


def test_the_summary_carries_the_figure(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    fill(place, visit_id)
    (figure,) = compose_report(place, case_id).summary.figures.more
    assert (figure.label, figure.value) == ("Exposition", f"72,5{THIN}%")


def test_every_printed_number_has_its_arithmetic_in_the_annex(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    fill(place, visit_id)
    model = compose_report(place, case_id)
    chapter = model.exposure
    assert chapter is not None
    results = {d.title: d.result for d in model.derivations}
    assert results["Produktexposition Verbrenner nach Umsatz"] == chapter.turnover
    assert results["Produktexposition Verbrenner nach Köpfen"] == chapter.heads
    for line in chapter.scenarios:
        assert results[f"Betroffener Umsatz {line.year}"] == line.turnover
        assert results[f"Betroffene Köpfe {line.year}"] == line.heads
    for end in chapter.endings:
        title = f"Umsatz mit Auslauf bis {end.year} ohne Folgeauftrag"
        assert results[title] == end.uncovered


def test_the_chapter_says_what_is_unassigned_and_whose_table_it_is(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    fill(place, visit_id)
    chapter = compose_report(place, case_id).exposure
    assert chapter is not None
    assert chapter.remarks[0] == f"11,0{THIN}% vom Umsatz sind keiner Antriebsgruppe zugeordnet."
    assert "Geschäftsführung" in chapter.told_by
    assert "CATI" in chapter.source
    assert [line.year for line in chapter.endings] == ["2029", "2030", "2035"]


def test_a_scenario_of_the_case_is_printed_as_such(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    fill(place, visit_id)
    set_scenario(place, case_id, 2035, Decimal("0.25"), "Planung des Kunden")
    chapter = compose_report(place, case_id).exposure
    assert chapter is not None
    bundled, own = chapter.scenarios
    assert (bundled.is_own, own.is_own) == (False, True)
    assert (own.remaining, own.source) == (f"25{THIN}%", "Planung des Kunden")


def test_without_a_list_nothing_is_printed(place: Workplace, case_id: uuid.UUID) -> None:
    say(place, case_id, Perspective.MANAGEMENT, {"d01_strategy": "3"})
    model = compose_report(place, case_id)
    assert model.exposure is None
    assert model.summary.figures.more == ()


def test_a_parked_section_is_not_printed(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    fill(place, visit_id)
    park(place, case_id, "D02")
    assert compose_report(place, case_id).exposure is None


def test_the_works_councils_own_list_waits_for_its_release(
    place: Workplace, case_id: uuid.UUID
) -> None:
    rows = {"products#01": "1", "products#01/product_share": "100"}
    rows |= {"products#01/product_name": "Geheimes Teil", "products#01/product_cati": "5"}
    say(place, case_id, Perspective.WORKS_COUNCIL, rows)
    model = compose_report(place, case_id)
    assert model.exposure is None
    assert "Geheimes Teil" not in str(model)


def test_the_priorities_follow_the_exposure(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    fill(place, visit_id)
    talk = Interview(place, visit_id)
    for code in ("D01", "D02", "D07", "D05"):
        for key in talk.section_questions(code):
            if key != "products":
                talk.answer(key, "2")
    found = {p.dimension: p for p in show_results(place, case_id).priorities.rows}
    assert found["D02"].exposure == Decimal("0.725")
    assert found["D02"].is_measured
    assert not found["D05"].is_measured
    assert found["D07"].exposure == Decimal(83) / Decimal(104)
