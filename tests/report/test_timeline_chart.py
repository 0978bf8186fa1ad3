"""The timeline as plain values that screen and page share."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.plan import PlanItem, timeline
from desktop_advisor.report.timeline_chart import TimelineChart, in_words, timeline_chart

TODAY = date(2026, 11, 24)
_DAYS = st.none() | st.dates(date(2020, 1, 1), date(2035, 1, 1))


def chart(*items: PlanItem) -> TimelineChart:
    return timeline_chart(timeline(items, TODAY), TODAY)


def item(number: int, **more: object) -> PlanItem:
    return PlanItem(uuid.UUID(int=number), f"M{number}", **more)  # type: ignore[arg-type]


def test_each_state_has_a_filling_and_a_word_of_its_own() -> None:
    bars = chart(*(item(n, state=s) for n, s in enumerate(("agreed", "running", "done")))).bars
    assert [bar.fill for bar in bars] == ["empty", "hatched", "solid"]
    assert [bar.dates for bar in bars] == [
        "ohne Termin · vereinbart",
        "ohne Termin · läuft",
        "ohne Termin · umgesetzt",
    ]


def test_a_measure_without_a_start_is_a_point_at_its_date() -> None:
    (bar,) = chart(item(1, due_on=date(2027, 1, 31))).bars
    assert bar.start is None
    assert bar.end is not None
    assert bar.dates == "bis 31.01.2027 · vereinbart"


def test_late_and_critical_are_said_in_words() -> None:
    made = chart(
        item(1, due_on=date(2026, 11, 1)),
        item(2, due_on=date(2027, 1, 1), depends_on=uuid.UUID(int=1)),
    )
    assert made.bars[0].dates == "bis 01.11.2026 · vereinbart · überfällig · kritische Kette"
    assert made.links() == ((0, 1),)
    assert in_words(made).endswith("kritische Kette; wartet auf „M1“.")


def test_without_a_date_there_is_nothing_to_draw_but_all_to_say() -> None:
    made = chart(item(1), item(2))
    assert not made.has_dates
    assert made.ticks == ()
    assert in_words(made) == "M1: ohne Termin, vereinbart. M2: ohne Termin, vereinbart."


def test_an_empty_plan_says_so() -> None:
    assert in_words(chart()) == "Der Maßnahmenplan enthält keine Maßnahme."


def test_months_are_named_and_a_january_carries_its_year() -> None:
    made = chart(item(1, due_on=date(2027, 3, 15)))
    assert [tick.label for tick in made.ticks] == ["Dez", "2027", "Feb", "Mär"]
    assert made.today is not None


@given(st.lists(st.tuples(_DAYS, _DAYS), max_size=8))
def test_everything_lies_within_the_axis_and_ticks_stay_few(
    dates: list[tuple[date | None, date | None]],
) -> None:
    made = chart(*(item(n, starts_on=a, due_on=b) for n, (a, b) in enumerate(dates)))
    places = [p for bar in made.bars for p in (bar.start, bar.end) if p is not None]
    places += [tick.at for tick in made.ticks]
    assert all(0 <= place <= 1 for place in places)
    assert len(made.ticks) <= 12
    assert all(bar.start is None or (bar.end or 0) >= bar.start for bar in made.bars)
    assert len(made.bars) == len(dates)


def test_a_plan_of_many_years_does_not_crowd_its_axis() -> None:
    made = chart(item(1, due_on=TODAY + timedelta(days=365 * 8)))
    assert [tick.label for tick in made.ticks][:2] == ["2027", "2028"]
