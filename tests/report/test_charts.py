"""Coordinates that the screen and the PDF share."""

from __future__ import annotations

import math
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.report.charts import Axis, IntervalBar, RadarChart

_VALUES = st.decimals(0, 5, places=2)
_AXES = st.lists(st.builds(Axis, st.just("x"), st.none() | _VALUES), min_size=3, max_size=12)


def _radar(*values: int | None) -> RadarChart:
    return RadarChart(
        tuple(Axis("a", None if v is None else Decimal(v), Decimal(0), Decimal(5)) for v in values)
    )


def test_the_first_axis_points_up_and_the_next_goes_clockwise() -> None:
    chart = _radar(5, 5, 5, 5)
    (up, right, down, left) = (p for p in chart.points() if p)
    assert up == (0.0, 1.0)
    assert math.isclose(right[0], 1.0)
    assert math.isclose(down[1], -1.0)
    assert math.isclose(left[0], -1.0)


@given(_AXES)
def test_points_never_leave_the_unit_circle(axes: list[Axis]) -> None:
    points = [p for p in RadarChart(tuple(axes)).points() if p]
    assert all(math.hypot(*p) <= 1.0000001 for p in points)
    assert len(points) == sum(a.value is not None for a in axes)


def test_a_missing_value_leaves_a_gap_and_a_dashed_axis() -> None:
    chart = _radar(3, None, 3, 3)
    assert len(chart.outline()) == 2
    assert len(chart.band()) == 2
    assert chart.axes[1].dashed


def test_two_axes_enclose_nothing() -> None:
    assert _radar(3, 3).outline() == ()


def test_labels_stand_outside_their_side() -> None:
    chart = _radar(5, 5, 5, 5)
    assert [chart.label_at(i)[1] for i in range(4)] == ["middle", "start", "middle", "end"]


def test_a_bar_without_value_has_neither_length_nor_whisker() -> None:
    bar = IntervalBar(None, Decimal(1), Decimal(4))
    assert bar.length is None
    assert bar.whisker is None


def test_a_bar_shows_its_interval_only_where_there_is_one() -> None:
    assert IntervalBar(Decimal(2), Decimal(2), Decimal(2)).whisker is None
    assert IntervalBar(Decimal("2.5"), Decimal(1), Decimal(4)).whisker == (0.2, 0.8)
    assert IntervalBar(Decimal(2), compared=Decimal(5)).mark == 1.0
