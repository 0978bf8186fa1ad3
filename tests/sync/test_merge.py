"""Merging does not depend on the order of arrival, and forgets nothing."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from sync.hybrid_clock import COUNTER_BITS, observe, tick
from sync.merge import heads, is_conflict, winner
from sync.protocol import Change

ID = "0190a000-0000-7000-8000-000000000001"


def change(writer: int, n: int, value: int, bases: list[Change], hlc: int) -> Change:
    """One edit of one field."""
    return Change(
        writer=f"{writer:032x}",
        n=n,
        company_id=ID,
        entity="company",
        entity_id=ID,
        field="name",
        value=value,
        bases=tuple(base.name for base in bases),
        hlc=hlc,
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    """Edits by three writers, each seeing some of what was written before."""
    made: list[Change] = []
    for n in range(draw(st.integers(1, 12))):
        seen = [c for c in made if draw(st.booleans())]
        bases = heads(seen)
        hlc = draw(st.integers(0, 5)) + max((b.hlc for b in bases), default=0)
        made.append(change(draw(st.integers(0, 2)), n + 1, draw(st.integers(0, 2)), bases, hlc))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_heads_and_winner_do_not_depend_on_the_order_of_arrival(
    history: list[Change], shuffle: random.Random
) -> None:
    arrived = history + history[: len(history) // 2]
    shuffle.shuffle(arrived)

    assert heads(arrived) == heads(history)
    assert winner(heads(arrived)) == winner(heads(history))


@given(histories())
def test_what_is_not_a_head_was_replaced_by_somebody_who_saw_it(history: list[Change]) -> None:
    replaced = {base for c in history for base in c.bases}

    assert {c.name for c in history} == {c.name for c in heads(history)} | (
        replaced & {c.name for c in history}
    )


def test_an_edit_that_saw_the_other_replaces_it_whatever_the_clock_says() -> None:
    early = change(1, 1, 1, [], hlc=100)
    later = change(2, 1, 2, [early], hlc=1)

    assert heads([later, early]) == [later]


def test_edits_that_did_not_see_each_other_are_a_conflict_only_if_they_differ() -> None:
    mine, theirs = change(1, 1, 1, [], hlc=1), change(2, 1, 2, [], hlc=2)

    assert is_conflict(heads([mine, theirs]))
    assert winner(heads([mine, theirs])) == theirs
    assert not is_conflict(heads([mine, change(2, 1, 1, [], hlc=2)]))


def test_an_edit_that_names_all_heads_settles_a_conflict() -> None:
    mine, theirs = change(1, 1, 1, [], hlc=1), change(2, 1, 2, [], hlc=2)
    settled = change(1, 2, 1, [mine, theirs], hlc=3)

    assert heads([theirs, settled, mine]) == [settled]


@given(st.lists(st.integers(0, 2**47), min_size=1))
def test_stamps_rise_even_when_the_clock_is_set_back(clock: list[int]) -> None:
    stamps = [0]
    for now_ms in clock:
        stamps.append(tick(stamps[-1], now_ms))

    assert stamps == sorted(set(stamps))
    assert stamps[-1] >= max(clock) << COUNTER_BITS


@given(st.integers(0, 2**60), st.integers(0, 2**60), st.integers(0, 2**44))
def test_an_edit_is_later_than_everything_seen(last: int, seen: int, now_ms: int) -> None:
    assert tick(observe(last, seen), now_ms) > max(last, seen)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.integers(0, 5), max_size=3)),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_changes_that_name_each_other_in_a_circle_leave_something_to_show(
    given_changes: list[tuple[int, list[int]]], shuffle: random.Random
) -> None:
    """Whatever somebody sends: a field without heads would stop every laptop that receives it."""
    bare = [change(n, 1, n, [], hlc) for n, (hlc, _) in enumerate(given_changes)]
    field = [
        change(n, 1, n, [bare[base % len(bare)] for base in bases], hlc)
        for n, (hlc, bases) in enumerate(given_changes)
    ]
    arrived = list(field)
    shuffle.shuffle(arrived)

    assert heads(field)
    assert heads(arrived) == heads(field)
