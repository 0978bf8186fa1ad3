"""A reference set says something only of ten firms or more, and refuses what cannot be."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from desktop_advisor.assessment.benchmarks import BrokenReferenceSet, read_reference_set

GROUP = {
    "dimension": "D07",
    "size": "small",
    "firms": 10,
    "median": "2.1",
    "lower": "1.4",
    "upper": "2.9",
}


def content(**changed: Any) -> bytes:
    whole = {
        "version": "2026.1",
        "form_id": "kurzcheck",
        "as_of": "2026-10-01",
        "source": "Netzwerk",
        "groups": [GROUP | changed],
    }
    return json.dumps(whole).encode()


def test_ten_firms_are_a_group_and_nine_are_none() -> None:
    group = read_reference_set(content()).group("D07", "small")
    assert group is not None
    assert (group.median, group.firms) == (Decimal("2.1"), 10)
    assert read_reference_set(content(firms=9)).group("D07", "small") is None
    assert read_reference_set(content()).group("D07", "medium") is None
    assert read_reference_set(content()).group("D01", "small") is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"median": "5.4"}, "unmögliche Werte bei D07, small"),
        ({"lower": "2.5"}, "unmögliche Werte"),
        ({"firms": -1}, "unmögliche Werte"),
        ({"size": "huge"}, "Aufbau"),
        ({"name": "Gießerei"}, "Aufbau"),
        ({"mean": "2.0"}, "unmögliche Werte"),
        ({"mean": "5.1", "median": None, "lower": None, "upper": None}, "unmögliche Werte"),
        ({"lower": None}, "unmögliche Werte"),
    ],
)
def test_a_broken_set_is_refused(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(BrokenReferenceSet, match=why):
        read_reference_set(content(**changed))


def test_a_mean_stands_in_place_of_the_middle_half() -> None:
    bare = {"mean": "2.4", "is_at_least": True, "median": None, "lower": None, "upper": None}
    group = read_reference_set(content(**bare)).group("D07", "small")
    assert group is not None
    assert (group.mean, group.median, group.is_at_least) == (Decimal("2.4"), None, True)


def test_what_is_no_set_is_refused() -> None:
    for broken in (b"", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * 2_000_001):
        with pytest.raises(BrokenReferenceSet):
            read_reference_set(broken)
