"""P = gap · relevance/5 · (1 + E)/2, factors visible, the advisor's own order beside it."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.assessment.priorities import Priority, Standing, Wish, prioritise
from desktop_advisor.domain.german import two_digits

HALF = Decimal("0.5")
levels = st.decimals(0, 5, places=2)
shares = st.decimals(0, 1, places=3)


def one(
    actual: str, *, level: str = "5", relevance: int = 5, exposure: str | None = "1"
) -> Priority:
    exposures = {} if exposure is None else {"D02": Decimal(exposure)}
    wish = Wish(Decimal(level), relevance)
    (found,) = prioritise([Standing("D02", "Antrieb", Decimal(actual))], {"D02": wish}, exposures)
    return found


def test_the_three_factors_are_multiplied() -> None:
    assert one("0").value == 1
    assert one("2.5").value == HALF
    assert one("0", relevance=3).value == Decimal("0.6")
    assert one("0", exposure="0").value == HALF
    assert one("0", exposure=None).value == Decimal("0.75")
    assert one("1.4", level="4", relevance=4, exposure="0.725").value == Decimal("0.3588")


def test_above_the_target_there_is_nothing_to_do() -> None:
    assert one("4.2", level="4").value == 0


def test_what_was_not_set_is_said_and_not_hidden() -> None:
    (found,) = prioritise([Standing("D07", "Qualifizierung", Decimal(2))], {}, {})
    assert (found.target, found.relevance, found.exposure) == (4, 3, HALF)
    derivation = found.derivation()
    assert derivation is not None
    assert derivation.result == two_digits(found.value or Decimal(0)) == "0,18"
    assert derivation.formula == "0,40 · 0,60 · (1 + 0,50) ÷ 2 = 0,18"
    notes = {term.label: term.note for term in derivation.terms}
    assert notes["Soll"] == "üblicher Wert, nicht vereinbart"
    assert notes["Relevanz"] == "mittlerer Wert, nicht erfragt"
    assert notes["Exposition"] == "nicht gemessen, gerechnet mit 0,5"


def test_a_dimension_without_a_value_has_no_place() -> None:
    found = prioritise(
        [Standing("D01", "Geschäftsfelder", None), Standing("D03", "Digital", Decimal(3))], {}, {}
    )
    assert [(p.dimension, p.place) for p in found] == [("D03", 1), ("D01", None)]
    assert found[1].derivation() is None


def test_the_advisors_place_outweighs_the_formula_and_both_are_kept() -> None:
    standings = [Standing(f"D0{n}", f"Feld {n}", Decimal(n)) for n in (1, 2, 3)]
    wishes = {"D03": Wish(rank=1, reason="Audit im März")}
    found = prioritise(standings, wishes, {})
    assert [(p.dimension, p.computed, p.place) for p in found] == [
        ("D03", 3, 1),
        ("D01", 1, 2),
        ("D02", 2, 3),
    ]
    derivation = found[0].derivation()
    assert derivation is not None
    assert "Rechnerisch Platz 3; auf Platz 1 gesetzt: Audit im März" in derivation.assumptions


@given(levels, levels, st.integers(1, 5), shares)
def test_it_stays_between_zero_and_one(
    actual: Decimal, target: Decimal, relevance: int, exposure: Decimal
) -> None:
    value = one(str(actual), level=str(target), relevance=relevance, exposure=str(exposure)).value
    assert value is not None
    assert 0 <= value <= 1


@given(levels, st.integers(1, 4), shares, shares)
def test_more_of_a_factor_never_lowers_it(
    actual: Decimal, relevance: int, one_share: Decimal, other: Decimal
) -> None:
    low, high = sorted((one_share, other))
    base = one(str(actual), relevance=relevance, exposure=str(low)).value or Decimal(0)
    assert base <= (one(str(actual), relevance=relevance + 1, exposure=str(low)).value or 0)
    assert base <= (one(str(actual), relevance=relevance, exposure=str(high)).value or 0)


@given(st.lists(levels, min_size=1, max_size=9), st.data())
def test_every_known_dimension_has_one_place(actuals: list[Decimal], data: st.DataObject) -> None:
    standings = [Standing(f"D{n}", f"Feld {n}", level) for n, level in enumerate(actuals)]
    ranks = data.draw(st.dictionaries(st.sampled_from(standings), st.integers(1, 12)))
    wishes = {s.dimension: Wish(rank=rank, reason="so") for s, rank in ranks.items()}
    found = prioritise(standings, wishes, {})
    assert sorted(p.place or 0 for p in found) == list(range(1, len(actuals) + 1))
    assert [p.place for p in found] == list(range(1, len(actuals) + 1))
