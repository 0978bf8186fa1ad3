"""The order of the plan, what waits for what, and its chain in time."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.plan import (
    PlanItem,
    critical_chain,
    early_starts,
    effort_days,
    find_cycle,
    in_order,
    timeline,
)

TODAY = date(2026, 11, 24)
KEYS = [uuid.UUID(int=n) for n in range(8)]


def item(number: int, **more: object) -> PlanItem:
    return PlanItem(KEYS[number], f"M{number}", **more)  # type: ignore[arg-type]


def titles(items: object) -> list[str]:
    return [i.title for i in items]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("3 Tage", 3),
        ("2 bis 3 Tage in acht Wochen", 3),
        ("4–5 Tage", 5),
        ("2 Wochen", 10),
        ("4 Stunden je Woche", Decimal("0.5")),
        ("Halber Tag", Decimal("0.5")),
        ("5 Tage und 2.000 bis 10.000 Euro", 5),
        ("1,5 Personentage", Decimal("1.5")),
        ("gering", 1),
        ("nach Absprache", None),
        ("", None),
        ("10.000 Euro", None),
    ],
)
def test_an_effort_in_words_is_read_as_working_days(words: str, days: object) -> None:
    assert effort_days(words) == days


def test_priority_goes_before_date_and_date_before_effort() -> None:
    soon, late = date(2027, 1, 1), date(2027, 6, 1)
    plan = [
        item(0, dimension="D07", due_on=soon, effort="5 Tage"),
        item(1, dimension="D02", due_on=late),
        item(2, dimension="D07", due_on=soon, effort="1 Tag"),
        item(3, due_on=soon),
        item(4, dimension="D02"),
    ]
    ordered = in_order(plan, {"D02": Decimal("0.6"), "D07": Decimal("0.3")})
    assert titles(ordered) == ["M1", "M4", "M2", "M0", "M3"]


def test_without_priorities_the_date_leads() -> None:
    plan = [item(0), item(1, due_on=TODAY), item(2, due_on=TODAY - timedelta(1))]
    assert titles(in_order(plan)) == ["M2", "M1", "M0"]


@given(st.permutations(range(6)), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_the_order_loses_nothing_and_follows_the_priority(
    order: list[int], fields: list[int]
) -> None:
    plan = [item(n, dimension=f"D{fields[n]}") for n in order]
    ordered = in_order(plan, {f"D{n}": Decimal(n) for n in range(4)})
    assert sorted(titles(ordered)) == sorted(titles(plan))
    values = [int(i.dimension[1:]) for i in ordered]
    assert values == sorted(values, reverse=True)


def test_a_measure_cannot_wait_for_itself_over_others() -> None:
    depends = {KEYS[1]: KEYS[0], KEYS[2]: KEYS[1], KEYS[0]: None}
    assert find_cycle(KEYS[0], KEYS[2], depends) == (KEYS[0], KEYS[2], KEYS[1], KEYS[0])
    assert find_cycle(KEYS[3], KEYS[2], depends) == ()
    assert find_cycle(KEYS[0], KEYS[0], depends) == (KEYS[0], KEYS[0])
    assert find_cycle(KEYS[0], None, depends) == ()


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_refusing_every_circle_keeps_the_plan_free_of_them(edges: list[tuple[int, int]]) -> None:
    depends: dict[uuid.UUID, uuid.UUID | None] = {}
    for one, other in edges:
        if not find_cycle(KEYS[one], KEYS[other], depends):
            depends[KEYS[one]] = KEYS[other]
    for key in KEYS:
        steps, here = 0, depends.get(key)
        while here is not None:
            steps, here = steps + 1, depends.get(here)
            assert steps <= len(KEYS)


def test_a_circle_that_two_laptops_made_together_does_not_hang() -> None:
    plan = [item(0, depends_on=KEYS[1]), item(1, depends_on=KEYS[0]), item(2, depends_on=KEYS[1])]
    assert critical_chain(plan) == (KEYS[0], KEYS[1], KEYS[2])
    assert find_cycle(KEYS[3], KEYS[0], {KEYS[0]: KEYS[1], KEYS[1]: KEYS[0]}) == ()


def test_who_starts_before_the_base_ends_is_named() -> None:
    plan = [
        item(0, due_on=date(2027, 2, 1)),
        item(1, depends_on=KEYS[0], starts_on=date(2027, 1, 15), due_on=date(2027, 3, 1)),
        item(2, depends_on=KEYS[0], starts_on=date(2027, 2, 1)),
        item(3, depends_on=KEYS[0], due_on=date(2027, 1, 31)),
        item(4, depends_on=KEYS[0]),
    ]
    assert early_starts(plan) == ((KEYS[1], KEYS[0]), (KEYS[3], KEYS[0]))


def test_a_base_that_is_done_holds_nobody_up() -> None:
    plan = [
        item(0, due_on=date(2027, 2, 1), state="done"),
        item(1, depends_on=KEYS[0], starts_on=date(2027, 1, 15)),
    ]
    assert early_starts(plan) == ()


def test_the_chain_that_ends_last_is_the_critical_one() -> None:
    plan = [
        item(0, due_on=date(2027, 1, 1)),
        item(1, depends_on=KEYS[0], due_on=date(2027, 5, 1)),
        item(2, depends_on=KEYS[0], due_on=date(2027, 2, 1)),
        item(3, depends_on=KEYS[2], due_on=date(2027, 3, 1)),
        item(4, due_on=date(2028, 1, 1)),
    ]
    assert critical_chain(plan) == (KEYS[0], KEYS[1])


def test_without_a_dependency_no_chain_is_critical() -> None:
    assert critical_chain([item(0, due_on=TODAY), item(1, due_on=TODAY)]) == ()
    assert critical_chain([item(0, state="done"), item(1, depends_on=KEYS[0])]) == ()


def test_the_timeline_begins_with_the_earliest_and_leaves_out_what_was_dropped() -> None:
    plan = [
        item(0, due_on=date(2027, 2, 1)),
        item(1),
        item(2, starts_on=date(2026, 10, 1), due_on=date(2026, 11, 1), state="running"),
        item(3, due_on=date(2026, 9, 1), state="dropped"),
        item(4, starts_on=date(2027, 3, 1), due_on=date(2027, 2, 15), depends_on=KEYS[0]),
    ]
    rows = timeline(plan, TODAY)
    assert [r.item.title for r in rows] == ["M2", "M0", "M4", "M1"]
    assert [r.is_late for r in rows] == [True, False, False, False]
    assert rows[0].start == date(2026, 10, 1)
    assert rows[2].start is None  # begins after its own date
    assert rows[2].base == 1
    assert [r.is_critical for r in rows] == [False, True, True, False]
    assert rows[3].end is None
    assert not timeline([item(0, due_on=TODAY)], TODAY)[0].is_late, "the last day is still in time"
