"""Each check warns where something is odd and is silent where nothing is."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from desktop_advisor.assessment.plausibility import (
    Finding,
    Item,
    JobRow,
    ProductRow,
    age_bands_sum,
    apprentices_in_units,
    ended_products,
    energy_above_turnover,
    high_without_evidence,
    many_not_applicable,
    report_before_visit,
    same_in_all,
    shares_sum,
    turnover_per_head,
    wz_edition_differs,
)
from desktop_advisor.domain.answers import AnswerState, Evidence

THIN = "\u202f"
ANSWERED, NOT_APPLICABLE = AnswerState.ANSWERED, AnswerState.NOT_APPLICABLE


def products(*shares: str | None) -> list[ProductRow]:
    return [ProductRow("Wellen", None if s is None else Decimal(s)) for s in shares]


@pytest.mark.parametrize("shares", [("60", "40"), ("60", "39"), ("60", "41"), (), (None, None)])
def test_shares_near_a_hundred_are_fine(shares: tuple[str | None, ...]) -> None:
    assert shares_sum(products(*shares), "products") == []


def test_missing_shares_are_named_in_percent() -> None:
    (found,) = shares_sum(products("60", "38.0", None), "products")

    assert found.sentence == (
        f"Die Umsatzanteile ergeben zusammen 98,0{THIN}%:"
        f" 2,0{THIN}% sind noch keiner Produktgruppe zugeordnet."
    )
    assert found.questions == ("products",)


def test_shares_above_a_hundred_are_named() -> None:
    (found,) = shares_sum(products("60", "45.5"), "products")

    assert found.sentence.endswith(f"105,5{THIN}%: das sind 5,5{THIN}% zu viel.")


def job(heads: str | None, *bands: str | None) -> JobRow:
    figures = [None if b is None else Decimal(b) for b in (heads, *bands)]
    return JobRow("Zerspanung", figures[0], tuple(figures[1:]))


@pytest.mark.parametrize("row", [job("7", "3", "4"), job("7"), job("7", None), job(None, "3")])
def test_age_bands_that_match_or_are_not_said_are_fine(row: JobRow) -> None:
    assert age_bands_sum([row], "jobs") == []


def test_age_bands_that_miss_somebody_are_named_with_the_job() -> None:
    (found,) = age_bands_sum([job("8", "3", None, "4")], "jobs")

    assert found.sentence == "Zerspanung: Die Altersgruppen ergeben 7, angegeben sind 8."


@pytest.mark.parametrize(
    ("heads", "units", "apprentices"),
    [(100, "92", 8), (100, "100", 0), (None, "92", 8), (100, None, 8), (100, "100", None)],
)
def test_staff_units_without_apprentices_are_fine(
    heads: int | None, units: str | None, apprentices: int | None
) -> None:
    staff_units = None if units is None else Decimal(units)

    assert apprentices_in_units(heads, staff_units, apprentices, "apprentices") == []


def test_staff_units_that_count_apprentices_are_named() -> None:
    (found,) = apprentices_in_units(100, Decimal("97.5"), 8, "apprentices")

    assert "97,5 Jahresarbeitseinheiten" in found.sentence
    assert "höchstens 92" in found.sentence
    assert found.questions == ("apprentices",)


@pytest.mark.parametrize(
    ("turnover", "heads"), [("3", 100), ("100", 100), ("18.5", 118), (None, 100), ("1", 0)]
)
def test_usual_turnover_is_fine(turnover: str | None, heads: int) -> None:
    assert turnover_per_head(None if turnover is None else Decimal(turnover), heads) == []


@pytest.mark.parametrize(
    ("turnover", "each"),
    [
        ("2.99", f"29.900{THIN}€"),
        ("100.01", f"1.000.100{THIN}€"),
        ("18500", f"185.000.000{THIN}€"),
    ],
)
def test_turnover_in_the_wrong_unit_is_named(turnover: str, each: str) -> None:
    (found,) = turnover_per_head(Decimal(turnover), 100)

    assert each in found.sentence
    assert found.questions == ()


def test_energy_below_turnover_is_fine() -> None:
    assert energy_above_turnover(Decimal(900_000), Decimal("18.5"), "energy_cost") == []
    assert energy_above_turnover(Decimal(18_500_000), Decimal("18.5"), "energy_cost") == []
    assert energy_above_turnover(None, Decimal("18.5"), "energy_cost") == []
    assert energy_above_turnover(Decimal(900_000), None, "energy_cost") == []


def test_energy_above_turnover_asks_for_the_unit() -> None:
    (found,) = energy_above_turnover(Decimal(20_000_000), Decimal("18.5"), "energy_cost")

    assert f"20.000.000{THIN}€" in found.sentence
    assert found.questions == ("energy_cost",)


def item(
    level: str | None, evidence: Evidence = Evidence.CLAIMED, *, critical: bool = True
) -> Item:
    value = None if level is None else Decimal(level)
    state = ANSWERED if level else AnswerState.OPEN
    return Item("d01_strategy", "Wie planen Sie?", "D01", state, value, evidence, critical)


@pytest.mark.parametrize(
    "fine", [item("3"), item("5", Evidence.EXPLAINED), item("5", critical=False), item(None)]
)
def test_a_high_level_with_evidence_or_no_weight_is_fine(fine: Item) -> None:
    assert high_without_evidence([fine]) == []


@pytest.mark.parametrize("level", ["4", "5"])
def test_a_high_level_without_evidence_asks_what_shows_it(level: str) -> None:
    (found,) = high_without_evidence([item(level)])

    assert found.sentence == (
        f"„Wie planen Sie?“ steht auf Stufe {level}, bisher ohne Beleg. Woran sehen wir das?"
    )
    assert found.questions == ("d01_strategy",)


def asked(*states: AnswerState) -> list[Item]:
    return [Item(f"q{n}", "?", "D06", state) for n, state in enumerate(states)]


def test_forty_percent_not_applicable_are_fine() -> None:
    items = asked(NOT_APPLICABLE, NOT_APPLICABLE, ANSWERED, ANSWERED, AnswerState.OPEN)

    assert many_not_applicable(items, {"D06": "Mobilität", "D07": "Qualifizierung"}) == []


def test_more_not_applicable_is_named_with_the_dimension() -> None:
    items = asked(NOT_APPLICABLE, NOT_APPLICABLE, ANSWERED, AnswerState.UNKNOWN)

    (found,) = many_not_applicable(items, {"D06": "Mobilität"})

    assert found.sentence.startswith("Mobilität: 2 von 4 Fragen gelten als nicht zutreffend.")
    assert found.questions == ("q0", "q1")


def said(count: int, value: str = "3") -> dict[str, str]:
    return {f"q{n}": value for n in range(count)}


@pytest.mark.parametrize(
    ("management", "council"),
    [(said(9), said(9)), (said(12), {**said(12), "q3": "1"}), (said(12), {}), ({}, {})],
)
def test_two_sides_that_differ_or_share_little_are_fine(
    management: dict[str, str], council: dict[str, str]
) -> None:
    assert same_in_all(management, council) == []


def test_two_sides_that_agree_everywhere_are_named() -> None:
    (found,) = same_in_all(said(12), said(10))

    assert "alle 10 gemeinsamen Fragen" in found.sentence


def test_a_series_that_ends_this_year_or_later_is_fine() -> None:
    rows = [ProductRow("A", None, 2026), ProductRow("B", None, 2031), ProductRow("C", None)]

    assert ended_products(rows, 2026, "products") == []


def test_a_series_that_has_ended_is_named() -> None:
    (found,) = ended_products([ProductRow("Wellen", None, 2025)], 2026, "products")

    assert found.sentence.startswith("Wellen: Das Serienende 2025 liegt in der Vergangenheit.")


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("29.32", "2008"),
        ("29.32", "2025"),
        ("25.62", "2008"),
        ("45.32", "2008"),
        ("25.53", "2025"),
        ("25.50", "2008"),
        ("46.72", "2025"),
        ("", "2008"),
    ],
)
def test_a_code_of_its_edition_is_fine(code: str, edition: str) -> None:
    assert wz_edition_differs(code, edition) == []


@pytest.mark.parametrize(
    ("code", "edition"),
    [("45.32.0", "2025"), ("45", "2025"), ("25.73", "2025"), ("25.53.0", "2008")],
)
def test_a_code_of_the_other_edition_is_named(code: str, edition: str) -> None:
    (found,) = wz_edition_differs(code, edition)

    assert f"WZ {edition}" in found.sentence


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def test_a_report_on_or_after_the_first_visit_is_fine() -> None:
    assert report_before_visit([moment(24), moment(25), None], [moment(25), moment(24)]) == []
    assert report_before_visit([moment(24)], []) == []


def test_a_report_before_the_first_visit_is_named() -> None:
    found = report_before_visit([moment(20)], [moment(24), None])

    assert found == [
        Finding(
            "report_before_visit",
            "Ein Bericht vom 20.11.2026 ist älter als der erste Termin am 24.11.2026."
            " Stimmt das Datum des Termins?",
        )
    ]
