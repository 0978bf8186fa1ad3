"""Exposition Antrieb: the vector of domain §3, bounds, ends, scenarios, and what is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.dependency_file import read_dependencies
from desktop_advisor.advice.resource_files import BrokenResource
from desktop_advisor.assessment.exposure import Exposure, FollowOn, Product
from desktop_advisor.assessment.exposure_facts import exposure_facts, relative_exposure
from desktop_advisor.questionnaire.fact_names import FIGURES
from tests.assessment.products import NO, OPEN, TABLE, YES, exposure, product

VECTOR = (product("60", 5), product("25", 3), product("15", 0))
FOUNDRY = (
    product("60", 5, heads="70", eop=2029, follow_on=NO, margin="low"),
    product("25", 3, heads="20", eop=2031, follow_on=YES, margin="medium"),
    product("15", 0, heads="10", margin="high"),
)


def shares(value: Decimal | None) -> Decimal:
    assert value is not None
    return value


# -- the vector ------------------------------------------------------------------------------


def test_sixty_engine_twenty_five_forged_fifteen_growth_is_72_5_percent() -> None:
    assert exposure(*VECTOR).turnover == Decimal("72.5")


@pytest.mark.parametrize(
    ("group", "percent"), [(5, "100"), (4, "100"), (3, "50"), (2, "25"), (1, "10"), (0, "0")]
)
def test_each_group_depends_as_the_study_says(group: int, percent: str) -> None:
    assert exposure(product("100", group)).turnover == Decimal(percent)


def test_the_table_names_its_source_and_its_date() -> None:
    assert "CATI" in TABLE.source
    assert "2019" in TABLE.source
    assert TABLE.checked_on == date(2026, 11, 22)
    assert [s.year for s in TABLE.scenarios] == [2030, 2035]
    law, proposal = TABLE.scenarios[1].variants
    assert (law.remaining, proposal.remaining) == (Decimal(0), Decimal("0.1"))
    assert "16.12.2025" in proposal.source


def test_heads_weigh_differently_from_turnover() -> None:
    assert exposure(*FOUNDRY).turnover == Decimal("72.5")
    assert exposure(*FOUNDRY).heads == Decimal(80)


# -- what is not assigned --------------------------------------------------------------------


def test_what_no_row_claims_is_unassigned_and_bounds_the_value() -> None:
    found = exposure(product("60", 5), product("20", 0))
    assert found.unassigned == Decimal(20)
    assert (found.low, found.turnover, found.high) == (Decimal(60), Decimal(60), Decimal(80))


def test_a_row_without_a_group_is_unassigned() -> None:
    found = exposure(product("70", 5), product("30"))
    assert found.unassigned == Decimal(30)
    assert found.layers[-1].turnover == Decimal(30)
    assert found.layers[-1].products == (product("30"),)


def test_a_sum_within_one_percent_of_the_whole_is_rounding() -> None:
    for last in ("14", "15", "16"):
        found = exposure(product("60", 5), product("25", 3), product(last, 0))
        assert found.unassigned == 0
        assert not found.is_over


@pytest.mark.parametrize(("last", "unassigned", "is_over"), [("13", 2, False), ("17", 0, True)])
def test_two_percent_off_the_whole_is_no_rounding(
    last: str, unassigned: int, is_over: bool
) -> None:
    found = exposure(product("60", 5), product("25", 3), product(last, 0))
    assert (found.unassigned, found.is_over) == (unassigned, is_over)


def test_more_than_the_whole_is_scaled_down_and_said() -> None:
    found = exposure(product("80", 5), product("40", 0))
    assert found.is_over
    assert found.said == Decimal(120)
    assert found.turnover == Decimal(80) * 100 / 120
    assert found.unassigned == 0


def test_under_sixty_percent_assigned_nothing_is_said_but_the_bounds() -> None:
    found = exposure(product("59", 5))
    assert found.turnover is None
    assert (found.low, found.high) == (Decimal(59), Decimal(100))
    assert exposure(product("60", 5)).turnover == Decimal(60)


def test_without_shares_there_is_no_turnover_and_without_heads_no_heads() -> None:
    nothing = exposure()
    assert (nothing.turnover, nothing.unassigned, nothing.heads) == (None, None, None)
    only_heads = exposure(product(group=5, heads="12"))
    assert (only_heads.turnover, only_heads.heads) == (None, Decimal(100))


def test_a_group_that_the_table_does_not_know_counts_as_none() -> None:
    assert exposure(product("100", 7)).unassigned == Decimal(100)


# -- ends ------------------------------------------------------------------------------------


def test_an_unknown_follow_on_is_listed_apart_and_never_a_yes() -> None:
    found = exposure(
        product("40", 5, eop=2028, follow_on=NO),
        product("30", 5, eop=2029, follow_on=OPEN),
        product("20", 5, eop=2030, follow_on=YES),
        product("10", 5, eop=2031, follow_on=NO),
    )
    ending = found.ending(2030)
    assert [ending.uncovered, ending.unclear, ending.secured] == [40, 30, 20]
    assert [p.eop for p in ending.products] == [2028, 2029, 2030]
    assert found.ending(2031).uncovered == 50


def test_growth_and_thin_margin_are_shares_of_the_turnover() -> None:
    assert exposure(*FOUNDRY).growth == Decimal(15)
    assert exposure(*FOUNDRY).thin_margin == Decimal(60)
    assert exposure(*VECTOR).thin_margin is None
    assert exposure(product("100")).growth is None


# -- scenarios -------------------------------------------------------------------------------


def test_less_combustion_volume_touches_turnover_by_its_dependence() -> None:
    affected = exposure(*VECTOR).scenario(2030, Decimal("0.6"))
    assert affected.turnover == Decimal("72.5") * Decimal("0.4")
    assert affected.by_end == 0


def test_an_ended_series_without_successor_counts_fully_and_only_once() -> None:
    affected = exposure(*FOUNDRY).scenario(2030, Decimal("0.6"))
    assert affected.by_end == Decimal(60)
    assert affected.by_volume == Decimal(25) * Decimal("0.5") * Decimal("0.4")
    assert affected.turnover == Decimal(65)
    assert affected.heads == 70 + 20 * Decimal("0.5") * Decimal("0.4")


def test_before_its_year_a_series_counts_by_its_dependence_only() -> None:
    affected = exposure(*FOUNDRY).scenario(2028, Decimal("0.6"))
    assert affected.by_end == 0
    assert affected.turnover == Decimal(29)


def test_an_end_counts_fully_even_where_nothing_depends_on_the_engine() -> None:
    found = exposure(product("100", 0, eop=2029, follow_on=NO))
    assert found.scenario(2030, Decimal(1)).turnover == Decimal(100)


def test_an_open_follow_on_is_named_beside_the_scenario() -> None:
    found = exposure(product("50", 3, eop=2029, follow_on=OPEN), product("50", 0))
    affected = found.scenario(2030, Decimal("0.6"))
    assert affected.turnover == Decimal(10)
    assert affected.unclear == Decimal(40)


@pytest.mark.parametrize("remaining", ["-0.1", "1.1"])
def test_a_share_outside_the_whole_is_refused(remaining: str) -> None:
    with pytest.raises(ValueError, match=remaining):
        exposure(*VECTOR).scenario(2030, Decimal(remaining))


# -- facts -----------------------------------------------------------------------------------


def test_rules_read_plain_percentages() -> None:
    facts = exposure_facts(exposure(*FOUNDRY), 2026)
    assert facts == {
        "exposure_turnover": "72.5",
        "exposure_heads": "80",
        "exposure_unassigned": "0",
        "growth_share": "15",
        "eop_open_3y": "60",
        "eop_open_2030": "60",
        "thin_margin_share": "60",
    }
    assert set(facts) <= set(FIGURES)


def test_what_is_not_known_is_empty_and_not_null() -> None:
    assert set(exposure_facts(None, 2026).values()) == {""}
    unclear = exposure(product("100", 5, eop=2027))
    assert exposure_facts(unclear, 2026)["eop_open_3y"] == ""
    assert exposure_facts(exposure(product("100", 5)), 2026)["eop_open_2030"] == ""
    thin = exposure(product("30", 5))
    assert exposure_facts(thin, 2026)["exposure_turnover"] == ""
    assert exposure_facts(thin, 2026)["exposure_unassigned"] == "70"


def test_three_years_reach_to_the_end_of_the_third() -> None:
    found = exposure(product("100", 5, eop=2029, follow_on=NO))
    assert exposure_facts(found, 2026)["eop_open_3y"] == "100"
    assert exposure_facts(found, 2025)["eop_open_3y"] == "0"


@pytest.mark.parametrize(("eop", "open_by_2030"), [(2030, "100"), (2031, "0")])
def test_the_middle_year_is_2030(eop: int, open_by_2030: str) -> None:
    found = exposure(product("100", 5, eop=eop, follow_on=NO))
    assert exposure_facts(found, 2026)["eop_open_2030"] == open_by_2030


def test_the_exposure_moves_business_products_and_skills() -> None:
    assert relative_exposure(exposure(*FOUNDRY)) == {
        "D01": Decimal("0.725"),
        "D02": Decimal("0.725"),
        "D07": Decimal("0.8"),
    }
    assert relative_exposure(exposure(product("30", 5))) == {}
    assert relative_exposure(None) == {}


# -- properties ------------------------------------------------------------------------------

PRODUCTS = st.lists(
    st.builds(
        Product,
        name=st.just("Teil"),
        share=st.none() | st.decimals(0, 100, places=1),
        heads=st.none() | st.integers(0, 500).map(Decimal),
        group=st.none() | st.integers(0, 5),
        eop=st.none() | st.integers(2024, 2040),
        follow_on=st.sampled_from(FollowOn),
        margin=st.sampled_from(["", "low", "high", "unknown"]),
    ),
    max_size=8,
)
REMAINING: st.SearchStrategy[Decimal] = st.decimals(0, 1, places=2)
NEARLY = Decimal("1e-20")
"""What 28 digits leave of a division."""


@given(products=PRODUCTS)
def test_every_percentage_stays_within_the_whole(products: list[Product]) -> None:
    found = Exposure(tuple(products), TABLE)
    values: list[Decimal | None] = [found.low, found.high, found.heads, found.unassigned]
    values += [found.growth, found.thin_margin]
    for value in values:
        assert value is None or -NEARLY <= value <= 100 + NEARLY
    stack = [layer.turnover for layer in found.layers]
    if found.has_turnover:
        assert abs(sum((shares(v) for v in stack), Decimal(-100))) < NEARLY


@given(products=PRODUCTS, year=st.integers(2024, 2041), remaining=REMAINING)
def test_a_scenario_touches_no_more_than_there_is(
    products: list[Product], year: int, remaining: Decimal
) -> None:
    found = Exposure(tuple(products), TABLE)
    affected = found.scenario(year, remaining)
    if affected.turnover is not None:
        assert affected.turnover == affected.by_end + affected.by_volume
        assert affected.turnover + affected.unclear <= 100 + NEARLY
    if affected.heads is not None and found.people is not None:
        assert 0 <= affected.heads <= found.people


@given(products=PRODUCTS, year=st.integers(2024, 2040), low=REMAINING, high=REMAINING)
def test_more_time_and_less_volume_never_touch_less(
    products: list[Product], year: int, low: Decimal, high: Decimal
) -> None:
    found = Exposure(tuple(products), TABLE)
    less, more = sorted([low, high])
    if found.has_turnover:
        most = shares(found.scenario(year, less).turnover)
        assert most >= shares(found.scenario(year, more).turnover) - NEARLY
        assert shares(found.scenario(year + 1, less).turnover) >= most - NEARLY
        assert found.ending(year + 1).uncovered >= found.ending(year).uncovered


@given(products=PRODUCTS.filter(lambda rows: len(rows) > 1), number=st.integers(0, 7))
def test_a_more_dependent_product_never_lowers_the_exposure(
    products: list[Product], number: int
) -> None:
    before = Exposure(tuple(products), TABLE)
    changed = list(products)
    old = changed[number % len(changed)]
    changed[number % len(changed)] = Product(old.name, old.share, old.heads, 5, old.eop)
    after = Exposure(tuple(changed), TABLE)
    if before.low is not None:
        assert shares(after.low) >= before.low


@given(products=PRODUCTS.filter(lambda rows: len(rows) <= 4))
def test_the_order_of_the_rows_does_not_matter(products: list[Product]) -> None:
    seen = {
        (e.low, e.heads, e.ending(2030).uncovered, e.scenario(2035, Decimal(0)).turnover)
        for order in permutations(products)
        for e in (Exposure(order, TABLE),)
    }
    assert len(seen) == 1


@given(products=PRODUCTS, factor=st.integers(2, 9))
def test_heads_are_weights_and_their_unit_does_not_matter(
    products: list[Product], factor: int
) -> None:
    more = [
        Product(p.name, p.share, None if p.heads is None else p.heads * factor, p.group)
        for p in products
    ]
    once, often = Exposure(tuple(products), TABLE), Exposure(tuple(more), TABLE)
    if once.heads is None:
        assert often.heads is None
    else:
        assert abs(shares(often.heads) - once.heads) < NEARLY


# -- the file --------------------------------------------------------------------------------

GOOD = (
    '{"version": "1", "checked_on": "2026-01-01", "source": "Probe",'
    ' "groups": [{"group": 5, "share": "1", "label": "ganz"}],'
    ' "scenarios": [{"year": 2030, "variants": [{"name": "a", "remaining": "0.5",'
    ' "source": "b"}]}]}'
)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"share": "1"', '"share": "1.5"', "Gruppe 5"),
        ('"remaining": "0.5"', '"remaining": "-1"', "Jahr 2030"),
        ('[{"name": "a", "remaining": "0.5", "source": "b"}]', "[]", "keine Annahme"),
        ('[{"group": 5, "share": "1", "label": "ganz"}]', "[]", "keine Gruppe"),
        ('"2026-01-01"', '"gestern"', "checked_on"),
        ("{", "", "JSON"),
    ],
)
def test_a_faulty_file_says_what_is_wrong(old: str, new: str, says: str) -> None:
    assert read_dependencies(GOOD.encode()).of(5) is not None
    assert old in GOOD
    with pytest.raises(BrokenResource) as error:
        read_dependencies(GOOD.replace(old, new, 1).encode())
    assert says in error.value.what
