"""The stack and the chapter: what stands on the page, in grey and in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from desktop_advisor.report.exposure_chart import HATCHES, exposure_stack
from desktop_advisor.report.exposure_model import (
    EndingLine,
    ExposureChapter,
    Layer,
    ProductLine,
    ScenarioLine,
)
from desktop_advisor.report.frozen import from_json, to_json
from tests.report.reading import words_of
from tests.report.sample import empty_report

LAYERS = (
    Layer(code="5", label="ganz abhängig", turnover=Decimal(60), heads=Decimal(30)),
    Layer(code="3", label="zur Hälfte", turnover=Decimal(25), heads=Decimal(50)),
    Layer(code="2", label="ein Viertel", turnover=Decimal(0), heads=Decimal(0)),
    Layer(code="", label="nicht zugeordnet", turnover=Decimal(15), heads=Decimal(20)),
)
CHAPTER = ExposureChapter(
    told_by="Angaben aus der Tabelle der Produktgruppen, Geschäftsführung.",
    turnover="72,5 %",
    heads="55,0 %",
    remarks=("15,0 % vom Umsatz sind keiner Antriebsgruppe zugeordnet.",),
    layers=LAYERS,
    products=(
        ProductLine(
            name="Zylinderköpfe",
            share="60,0 %",
            heads="30",
            group="5",
            dependence="100 %",
            eop="2029",
            follow_on="kein Folgeauftrag",
        ),
        ProductLine(name="Lohnguss", share="15,0 %", dependence="nicht zugeordnet"),
    ),
    endings=(EndingLine(year="2030", uncovered="60,0 %", unclear="5,0 %", secured="0,0 %"),),
    scenarios=(
        ScenarioLine(
            year="2030",
            remaining="60 %",
            turnover="65,0 %",
            heads="36 Personen",
            source="Elektroanteil wie in der Studie",
        ),
        ScenarioLine(
            year="2035", remaining="10 %", turnover="70,0 %", heads="", source="Kunde", is_own=True
        ),
    ),
    source="Studie 2019 (Stand 22.11.2026).",
)


def test_the_bars_are_whole_and_their_parts_lie_side_by_side() -> None:
    turnover, heads = exposure_stack(LAYERS).bars
    assert [(s.start, s.length) for s in turnover.segments] == [(0, 0.6), (0.6, 0.25), (0.85, 0.15)]
    assert [s.length for s in heads.segments] == [0.3, 0.5, 0.2]
    assert (turnover.whole, heads.whole) == ("100\u202f%", "100 Personen")


def test_each_group_has_a_pattern_of_its_own_and_the_unassigned_stay_blank() -> None:
    assert len(set(HATCHES.values())) == len(HATCHES) == 6
    stack = exposure_stack(LAYERS)
    assert [s.hatch for s in stack.bars[0].segments] == ["solid", "rising", "blank"]
    assert [s.mark for s in stack.bars[0].segments] == ["5", "3", "?"]


def test_empty_groups_are_left_out_of_bars_and_key() -> None:
    assert [line.label for line in exposure_stack(LAYERS).key] == [
        "Gruppe 5: ganz abhängig",
        "Gruppe 3: zur Hälfte",
        "nicht zugeordnet",
    ]


def test_the_stack_can_be_heard() -> None:
    assert exposure_stack(LAYERS).spoken == (
        "Abhängigkeit vom Verbrenner. Gruppe 5: ganz abhängig: 60,0\u202f% vom Umsatz, 30 Köpfe; "
        "Gruppe 3: zur Hälfte: 25,0\u202f% vom Umsatz, 50 Köpfe; "
        "nicht zugeordnet: 15,0\u202f% vom Umsatz, 20 Köpfe."
    )


@pytest.mark.parametrize("missing", ["turnover", "heads"])
def test_what_nobody_said_has_no_bar(missing: str) -> None:
    layers = [replace(layer, **{missing: None}) for layer in LAYERS]
    (bar,) = exposure_stack(layers).bars
    assert bar.label == ("Köpfe" if missing == "turnover" else "Umsatz")
    assert exposure_stack([]).bars == ()


def test_the_page_says_numbers_sources_and_what_is_unassigned() -> None:
    model = replace(empty_report(), exposure=CHAPTER)
    words = words_of(model)
    for said in (
        "Produktexposition & Szenarien",
        "72,5 %",
        "15,0 % vom Umsatz sind keiner Antriebsgruppe zugeordnet.",
        "Zylinderköpfe",
        "100 % (Gruppe 5)",
        "kein Folgeauftrag",
        "Quelle: Studie 2019",
        "Elektroanteil wie in der Studie.",
        "In der Beratung gesetzt: Kunde.",
        "Betroffen heißt nicht, dass Stellen wegfallen.",
    ):
        assert said in words, said


def test_without_a_product_list_there_is_no_chapter() -> None:
    words = words_of(empty_report())
    assert "Szenarien" not in words


def test_the_chapter_is_frozen_with_the_report() -> None:
    model = replace(empty_report(), exposure=CHAPTER)
    assert from_json(to_json(model)) == model
