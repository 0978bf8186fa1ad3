"""KMU class: thresholds, groups, years and what is said about them (domain §4)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.company_size import RANKS, SizeClass, is_small_mid_cap, size_class
from desktop_advisor.domain.enterprise_group import (
    Enterprise,
    Figures,
    Holding,
    Investor,
    Relation,
    gather_group,
)
from desktop_advisor.domain.size_finding import ClosedFigures, SizeFinding, classify
from desktop_advisor.domain.size_history import YearClass, status_of

OWN = Enterprise("own", "Wir")
MICRO, SMALL, MEDIUM, LARGE = RANKS


def figures(staff: str, turnover: str | None = None, balance: str | None = None) -> Figures:
    return Figures(Decimal(staff), turnover and Decimal(turnover), balance and Decimal(balance))  # type: ignore[arg-type]


def found(
    own: Figures, others: list[Enterprise], holdings: list[Holding], *earlier: ClosedFigures
) -> SizeFinding:
    years = [*earlier, ClosedFigures(2025, own)]
    return classify("own", [OWN, *others], holdings, years)


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "expected"),
    [
        ("9", "1.9", None, MICRO),
        ("9", "2.5", "1.8", MICRO),
        ("49", "10.0", None, SMALL),
        ("249", "60", "42", MEDIUM),
        ("250", "5", None, LARGE),
        ("10", "1", None, SMALL),
        ("9", "2", "3", MICRO),
        ("9", "2.01", "2.01", SMALL),
        ("9", "3", "2", MICRO),
        ("49.9", "10.01", "10.01", MEDIUM),
        ("49.9", "11", "10", SMALL),
        ("50", "1", "1", MEDIUM),
        ("249.9", "50", "44", MEDIUM),
        ("249.9", "51", "43", MEDIUM),
        ("249.9", "50.01", "43.01", LARGE),
    ],
)
def test_staff_must_fit_and_one_of_the_two_financials_suffices(
    staff: str, turnover: str, balance: str | None, expected: SizeClass
) -> None:
    assert size_class(Decimal(staff), Decimal(turnover), balance and Decimal(balance)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("staff", "turnover", "balance"), [(None, Decimal(5), Decimal(5)), (Decimal(40), None, None)]
)
def test_missing_figures_are_never_guessed(
    staff: Decimal | None, turnover: Decimal | None, balance: Decimal | None
) -> None:
    assert size_class(staff, turnover, balance) is SizeClass.UNDETERMINED


def test_a_partner_adds_its_share() -> None:
    holding = Enterprise("h", "Holding", figures("300", "80", "60"))
    tie = Holding("h", "own", capital=Decimal(30))
    result = found(figures("180", "40", "20"), [holding], [tie])
    assert result.figures.staff == 270
    assert (result.figures.turnover, result.figures.balance) == (64, 38)
    assert result.size is LARGE
    assert "270" in result.reason
    assert any("Holding (Partner, zu 30" in line for line in result.tree)


def test_the_higher_of_capital_and_votes_counts() -> None:
    holding = Enterprise("h", "Holding", figures("100", "10"))
    result = found(figures("40", "5"), [holding], [Holding("h", "own", Decimal(20), Decimal(40))])
    assert result.figures.staff == 80


def test_below_a_quarter_an_enterprise_stays_out() -> None:
    holding = Enterprise("h", "Holding", figures("300", "80"))
    tie = Holding("h", "own", Decimal("24.99"))
    assert found(figures("40", "5"), [holding], [tie]).size is SMALL


def test_a_partner_brings_its_linked_enterprises_but_not_its_partners() -> None:
    others = [
        Enterprise("p", "Partner", figures("100", "10")),
        Enterprise("l", "Tochter des Partners", figures("60", "6")),
        Enterprise("x", "Partner des Partners", figures("1000", "100")),
    ]
    ties = [
        Holding("p", "own", Decimal(50)),
        Holding("p", "l", Decimal(80)),
        Holding("x", "p", Decimal(40)),
    ]
    assert found(figures("40", "5"), others, ties).figures.staff == 120


def test_linked_enterprises_count_in_full_with_their_partners_pro_rata() -> None:
    others = [
        Enterprise("m", "Mutter", figures("100", "10")),
        Enterprise("s", "Schwester", figures("50", "5")),
        Enterprise("p", "Partner der Schwester", figures("200", "20")),
    ]
    ties = [
        Holding("m", "own", Decimal(60)),
        Holding("m", "s", controls=True),
        Holding("s", "p", Decimal(25)),
    ]
    result = found(figures("10", "1"), others, ties)
    assert result.figures.staff == 10 + 100 + 50 + 50
    relations = gather_group("own", [OWN, *others], ties).members
    assert [m.relation for m in relations] == [
        Relation.SELF,
        Relation.LINKED,
        Relation.LINKED,
        Relation.PARTNER,
    ]


def test_shares_held_in_a_circle_count_once() -> None:
    others = [Enterprise("a", "A", figures("30", "3")), Enterprise("b", "B", figures("20", "2"))]
    ties = [
        Holding("own", "a", Decimal(60)),
        Holding("a", "b", Decimal(60)),
        Holding("b", "own", Decimal(60)),
    ]
    assert found(figures("10", "1"), others, ties).figures.staff == 60


def test_linked_enterprises_hold_jointly() -> None:
    others = [Enterprise("a", "A", figures("30", "3")), Enterprise("c", "C", figures("100", "9"))]
    ties = [
        Holding("own", "a", Decimal(100)),
        Holding("own", "c", Decimal(15)),
        Holding("a", "c", Decimal(15)),
    ]
    assert found(figures("10", "1"), others, ties).figures.staff == 70


def test_a_city_with_26_percent_makes_it_no_kmu() -> None:
    city = Enterprise("c", "Stadt", is_public=True)
    result = found(figures("20", "2"), [city], [Holding("c", "own", Decimal(26))])
    assert result.size is LARGE
    assert result.is_public
    assert "26" in result.reason
    assert not result.is_small_mid_cap


def test_public_bodies_count_jointly_and_through_what_they_control() -> None:
    bodies = [
        Enterprise("c", "Stadt", is_public=True),
        Enterprise("k", "Kreis", is_public=True),
        Enterprise("w", "Stadtwerke", figures("20", "2")),
    ]
    ties = [
        Holding("c", "w", Decimal(100)),
        Holding("w", "own", Decimal(15)),
        Holding("k", "own", Decimal(10)),
    ]
    assert found(figures("20", "2"), bodies, ties).is_public


def test_a_university_with_30_percent_leaves_it_autonomous() -> None:
    school = Enterprise(
        "u", "Universität", figures("3000", "400"), is_public=True, investor=Investor.UNIVERSITY
    )
    result = found(figures("20", "2"), [school], [Holding("u", "own", Decimal(30))])
    assert (result.size, result.figures.staff) == (SMALL, Decimal(20))


def test_an_investor_above_one_half_is_no_exception() -> None:
    fund = Enterprise("f", "Fonds", figures("400", "90"), investor=Investor.VENTURE)
    assert found(figures("20", "2"), [fund], [Holding("f", "own", Decimal(51))]).size is LARGE


@pytest.mark.parametrize("investor", [Investor.NONE, Investor.UNIVERSITY])
def test_a_public_body_that_controls_makes_it_no_kmu_whatever_it_holds(investor: Investor) -> None:
    body = Enterprise("c", "Körperschaft", is_public=True, investor=investor)
    tie = Holding("c", "own", Decimal(10), controls=True)
    assert found(figures("20", "2"), [body], [tie]).is_public


def test_an_investor_stays_out_up_to_one_half() -> None:
    fund = Enterprise("f", "Fonds", figures("400", "90"), investor=Investor.VENTURE)
    result = found(figures("20", "2"), [fund], [Holding("f", "own", Decimal(50))])
    assert (result.size, result.figures.staff) == (SMALL, 20)


def test_an_owner_without_another_enterprise_is_no_enterprise() -> None:
    owner = Enterprise("p", "Maria Wolf", investor=Investor.PERSON)
    assert found(figures("20", "2"), [owner], [Holding("p", "own", Decimal(100))]).size is SMALL


def test_a_holding_without_a_share_leaves_the_class_open() -> None:
    other = Enterprise("h", "Holding", figures("10", "1"))
    result = found(figures("20", "2"), [other], [Holding("h", "own")])
    assert result.size is SizeClass.UNDETERMINED
    assert result.missing == ("Anteil von Holding an Wir fehlt",)


def test_a_partner_without_figures_leaves_the_class_open_and_is_named() -> None:
    other = Enterprise("h", "Holding")
    result = found(figures("20", "2"), [other], [Holding("h", "own", Decimal(30))])
    assert result.size is SizeClass.UNDETERMINED
    assert any("Holding" in point for point in result.missing)


def test_one_year_over_the_ceiling_changes_nothing() -> None:
    earlier = [ClosedFigures(year, figures("48", "6")) for year in (2023, 2024)]
    result = found(figures("51", "6"), [], [], *earlier)
    assert (result.size, result.years) == (SMALL, (2024, 2025))
    assert "zwei Jahren in Folge" in result.reason


def test_two_years_over_the_ceiling_change_the_class() -> None:
    earlier = [
        ClosedFigures(2023, figures("48", "6")),
        ClosedFigures(2024, figures("52", "6")),
    ]
    assert found(figures("51", "6"), [], [], *earlier).size is MEDIUM


def test_one_year_below_the_floor_changes_nothing_and_two_do() -> None:
    years = [YearClass(2022, MEDIUM), YearClass(2023, MEDIUM), YearClass(2024, SMALL)]
    assert status_of(years).size is MEDIUM
    assert status_of([*years, YearClass(2025, SMALL)]).size is SMALL


def test_a_change_of_owner_counts_at_once() -> None:
    earlier = ClosedFigures(2024, figures("48", "6"))
    years = [earlier, ClosedFigures(2025, figures("51", "6"), owner_changed=True)]
    assert classify("own", [OWN], [], years).size is MEDIUM


def test_a_year_that_is_missing_breaks_the_run() -> None:
    years = [YearClass(2022, SMALL), YearClass(2024, MEDIUM)]
    assert status_of(years).size is MEDIUM


def test_after_micro_small_and_medium_a_company_is_small() -> None:
    years = [YearClass(2022, MICRO), YearClass(2023, SMALL), YearClass(2024, MEDIUM)]
    assert status_of(years).size is SMALL


def test_a_new_firm_is_classified_by_estimate_and_says_so() -> None:
    years = [ClosedFigures(2026, figures("6", "0.4"))]
    result = classify("own", [OWN], [], years, is_estimate=True)
    assert result.size is MICRO
    assert any("Treu und Glauben" in words for words in result.derivation.assumptions)


def test_every_finding_says_that_it_is_no_legal_check() -> None:
    result = found(figures("20", "2"), [], [])
    assert "Selbsterklärung, keine Rechtsprüfung." in result.derivation.assumptions
    assert "2003/361/EG" in result.derivation.source


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "expected"),
    [
        ("749", "150", None, True),
        ("749", "151", "129", True),
        ("750", "150", None, False),
        ("300", "151", "130", False),
        ("249", "50", None, False),
    ],
)
def test_small_mid_caps_stand_between_kmu_and_large(
    staff: str, turnover: str, balance: str | None, expected: bool
) -> None:
    known = balance and Decimal(balance)
    assert is_small_mid_cap(Decimal(staff), Decimal(turnover), known) is expected  # type: ignore[arg-type]


AMOUNTS = st.decimals(0, 400, places=1)
SHARES = st.decimals(0, 100, places=1)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_more_staff_or_money_never_gives_a_smaller_class(
    staff: Decimal, turnover: Decimal, balance: Decimal, more: Decimal
) -> None:
    rank = RANKS.index(size_class(staff, turnover, balance))
    assert RANKS.index(size_class(staff + more, turnover, balance)) >= rank
    assert RANKS.index(size_class(staff, turnover + more, balance + more)) >= rank


@given(st.lists(st.sampled_from(RANKS), min_size=1, max_size=6), st.integers(0, 5))
def test_a_larger_year_never_gives_a_smaller_status(sizes: list[SizeClass], at: int) -> None:
    larger = list(sizes)
    at %= len(sizes)
    larger[at] = RANKS[min(RANKS.index(larger[at]) + 1, 3)]
    before, after = (
        status_of(YearClass(2000 + n, size) for n, size in enumerate(of)).size
        for of in (sizes, larger)
    )
    assert RANKS.index(after) >= RANKS.index(before)


KEYS = ("own", "a", "b", "c")
TIES = st.builds(
    Holding, st.sampled_from(KEYS), st.sampled_from(KEYS), SHARES, st.none() | SHARES, st.booleans()
)


@given(st.lists(TIES, max_size=8))
def test_any_web_of_holdings_ends_and_counts_each_enterprise_at_most_once(
    ties: list[Holding],
) -> None:
    others = [Enterprise(key, key, figures("10", "1")) for key in KEYS]
    group = gather_group("own", others, ties)
    assert group.figures.staff is not None
    assert Decimal(10) <= group.figures.staff <= Decimal(40)
    assert len(group.members) == 4
    assert all(m.share == 0 or 25 <= m.share <= 100 for m in group.members)


@given(SHARES, SHARES)
def test_a_larger_share_never_counts_less(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    holding = Enterprise("h", "H", figures("100", "10"))
    staff = [
        found(figures("10", "1"), [holding], [Holding("h", "own", share)]).figures.staff
        for share in (low, high)
    ]
    assert staff[0] is not None
    assert staff[1] is not None
    assert staff[0] <= staff[1]
