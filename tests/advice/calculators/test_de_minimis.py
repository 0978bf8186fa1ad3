"""De minimis: rolling three years, day by day (Regulation (EU) 2023/2831)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.calculators.de_minimis import (
    CEILING,
    Aid,
    balance_on,
    calculate_de_minimis,
    first_day_with_room,
)
from desktop_advisor.advice.eligibility import Verdict

TODAY = date(2026, 11, 24)
AIDS = (
    Aid(date(2023, 11, 25), Decimal(120_000), "SAB"),
    Aid(date(2025, 3, 1), Decimal(100_000), "BAFA"),
    Aid(date(2023, 11, 24), Decimal(50_000), "SAB"),
)


def test_an_aid_counts_for_three_years_to_the_day() -> None:
    balance = balance_on(TODAY, AIDS)
    assert (balance.used, balance.free) == (Decimal(220_000), Decimal(80_000))
    assert balance_on(TODAY - timedelta(days=1), AIDS).used == 270_000
    assert balance_on(TODAY + timedelta(days=1), AIDS).used == 100_000


def test_a_leap_day_never_falls_out_early() -> None:
    assert Aid(date(2024, 2, 29), Decimal(1)).falls_out_on == date(2027, 3, 1)


def test_a_planned_aid_that_does_not_fit_names_the_day_when_it_does() -> None:
    outcome = calculate_de_minimis(AIDS, TODAY, Decimal(100_000), has_all_linked=True)
    assert outcome.verdict is Verdict.EXCLUDED
    assert "25.11.2026" in outcome.sentence
    fits = calculate_de_minimis(AIDS, TODAY, Decimal(80_000), has_all_linked=True)
    assert fits.verdict is Verdict.IN_QUESTION


def test_after_2030_the_rule_itself_is_open() -> None:
    last = calculate_de_minimis((), date(2030, 12, 31), has_all_linked=True)
    after = calculate_de_minimis((), date(2031, 1, 1), has_all_linked=True)
    assert (last.verdict, after.verdict) == (Verdict.IN_QUESTION, Verdict.OPEN)
    assert any("31.12.2030" in condition.text for condition in after.conditions)


def test_an_aid_above_the_ceiling_never_fits() -> None:
    assert first_day_with_room(CEILING + 1, AIDS, TODAY) is None
    assert first_day_with_room(CEILING, AIDS, TODAY) == date(2028, 3, 1)


def test_linked_enterprises_leave_the_balance_open_until_asked() -> None:
    assert calculate_de_minimis(AIDS, TODAY).verdict is Verdict.OPEN


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
LISTS = st.lists(st.builds(Aid, DAYS, st.decimals(0, 200_000, places=2)), max_size=8)


@given(LISTS, DAYS)
def test_the_free_amount_stays_between_nothing_and_the_ceiling(aids: list[Aid], day: date) -> None:
    balance = balance_on(day, aids)
    assert 0 <= balance.free <= CEILING
    assert balance.used == sum(aid.amount for aid in balance.counted)


@given(LISTS, DAYS, st.builds(Aid, DAYS, st.decimals(0, 200_000, places=2)))
def test_one_more_aid_never_leaves_more_free(aids: list[Aid], day: date, more: Aid) -> None:
    assert balance_on(day, [*aids, more]).free <= balance_on(day, aids).free


@given(LISTS, DAYS)
def test_without_new_aids_the_free_amount_only_grows_once_all_were_granted(
    aids: list[Aid], day: date
) -> None:
    known = [aid for aid in aids if aid.granted_on <= day]
    assert balance_on(day, known).free <= balance_on(day + timedelta(days=400), known).free
