"""A rate in words: always an upper bound, with its caps, in German notation."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.rates import Rate, rate_words


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Rate(share=Decimal(80)), "bis zu 80 %"),
        (Rate(share=Decimal("12.50")), "bis zu 12,5 %"),
        (
            Rate(share=Decimal(80), cost_cap=Decimal(3500), grant_cap=Decimal(2800)),
            "bis zu 80 % von höchstens 3.500 €, höchstens 2.800 €",
        ),
        (
            Rate(share=Decimal(80), day_cap=Decimal(1200), max_days=Decimal(12)),
            "bis zu 80 % von höchstens 12 Tagen zu je höchstens 1.200 €",
        ),
        (
            Rate(share=Decimal(40), day_cap=Decimal(700), note="Je Jahr."),
            "bis zu 40 % von höchstens 700 € je Tag (Je Jahr)",
        ),
        (
            Rate(share=Decimal(35), cost_cap=Decimal(12_000_000)),
            "bis zu 35 % von höchstens 12.000.000 €",
        ),
    ],
)
def test_a_rate_reads_as_an_upper_bound(rate: Rate, words: str) -> None:
    assert rate_words(rate).replace("\u202f", " ") == words


@given(st.decimals(0, 100, places=2), st.decimals(1, 10**8, places=2))
def test_no_rate_is_printed_in_powers_of_ten(share: Decimal, cap: Decimal) -> None:
    words = rate_words(Rate(share=share, grant_cap=cap))
    assert words.startswith("bis zu ")
    assert "E" not in words
