"""Then and now: only what was asked alike and answered twice is compared, the rest is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.assessment.comparison import Comparison, Reading, compare, signed
from desktop_advisor.domain.answers import AnswerState

LABELS = {"D07": "Qualifizierung"}
ANCHORS = {f"q{n}": {str(level): f"Stufe {level}" for level in range(6)} for n in range(9)}
levels = st.integers(0, 5) | st.none()


def reading(number: int, level: int | None, *, weight: int = 1) -> Reading:
    state = AnswerState.OPEN if level is None else AnswerState.ANSWERED
    return Reading(
        question=f"q{number}",
        dimension="D07",
        text=f"Frage {number}?",
        state=state,
        level=None if level is None else Decimal(level),
        level_text="" if level is None else f"Stufe {level}",
        weight=Decimal(weight),
    )


def of(before: list[Reading], after: list[Reading]) -> Comparison:
    return compare(before, after, LABELS, ANCHORS)


def test_the_means_are_taken_over_what_was_answered_twice() -> None:
    before = [reading(0, 1), reading(1, 2), reading(2, None)]
    after = [reading(0, 3), reading(1, 2), reading(2, 5)]
    (change,) = of(before, after).changes
    assert (change.before, change.after) == (Decimal("1.5"), Decimal("2.5"))
    assert change.difference == 1
    assert (change.shared, change.share) == (2, Decimal(2) / 3)
    derivation = change.derivation()
    assert derivation is not None
    assert derivation.result == "+1,0"
    assert derivation.formula == "früher (1·1 + 2·1) ÷ 2 = 1,5; heute (3·1 + 2·1) ÷ 2 = 2,5"


def test_too_little_in_common_is_no_comparison() -> None:
    before = [reading(0, 1), reading(1, None), reading(2, None)]
    after = [reading(0, 5), reading(1, 5), reading(2, 5)]
    (change,) = of(before, after).changes
    assert change.difference is None
    assert change.derivation() is None
    assert change.shared == 1


def test_three_of_five_in_common_are_enough() -> None:
    before = [reading(n, 1 if n < 3 else None) for n in range(5)]
    (change,) = of(before, [reading(n, 2) for n in range(5)]).changes
    assert (change.share, change.difference) == (Decimal("0.6"), 1)


def test_what_no_longer_applies_leaves_the_set() -> None:
    gone = replace(reading(1, None), state=AnswerState.NOT_APPLICABLE)
    (change,) = of([reading(0, 1), reading(1, 0)], [reading(0, 2), gone]).changes
    assert (change.difference, change.share) == (1, 1)


def test_another_wording_is_another_kennpunkt_and_is_said() -> None:
    reworded = replace(reading(0, 1), text="Alte Frage?")
    other_level = replace(reading(1, 2), level_text="Alte Stufe 2")
    found = of(
        [reworded, other_level, reading(2, 3), reading(3, 1)],
        [reading(0, 4), reading(1, 4), reading(2, 4), reading(4, 4)],
    )
    assert found.reworded == ("Frage 0?", "Frage 1?")
    assert (found.new, found.gone) == (("Frage 4?",), ("Frage 3?",))
    assert found.changes[0].difference is None


def test_todays_weights_count_at_both_times() -> None:
    before = [reading(0, 1, weight=5), reading(1, 3)]
    after = [reading(0, 1), reading(1, 3, weight=3)]
    (change,) = of(before, after).changes
    assert change.difference == 0
    assert signed(change.difference or Decimal(0)) == "±0,0"


@given(st.lists(st.tuples(levels, levels), max_size=9))
def test_the_other_way_round_turns_the_sign(pairs: list[tuple[int | None, int | None]]) -> None:
    before = [reading(n, pair[0]) for n, pair in enumerate(pairs)]
    after = [reading(n, pair[1]) for n, pair in enumerate(pairs)]
    (there,), (back,) = of(before, after).changes, of(after, before).changes
    assert there.shared == back.shared == sum(None not in pair for pair in pairs)
    if there.difference is not None and back.difference is not None:
        assert there.difference == -back.difference
        assert -5 <= there.difference <= 5
