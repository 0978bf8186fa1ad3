"""A block holds its changes unchanged, and a malformed one is refused with its column's name."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import wire
from sync.blocks import BlockError, all_names, block_of, changes_of, derived_id, read_block
from sync.protocol import Change
from sync.tally import Tally

COMPANY = "0190a000-0000-7000-8000-000000000001"
ASSESSMENT = "0190a000-0000-7000-8000-0000000000aa"
writers = st.sampled_from(["a" * 32, "b" * 32, "c" * 32])
numbers = st.one_of(st.integers(1, 20), st.integers(1, 2**53 - 1))
names = st.tuples(writers, numbers)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@st.composite
def some_changes(draw: st.DrawFn) -> list[Change]:
    found = draw(st.lists(names, min_size=1, max_size=12, unique=True))
    return [
        Change(
            writer=writer,
            n=n,
            company_id=COMPANY,
            entity=draw(st.sampled_from(["company", "answer"])),
            entity_id=draw(st.sampled_from([COMPANY, ASSESSMENT])),
            field=draw(st.sampled_from(["name", "key"])),
            value=draw(json_values),
            bases=tuple(draw(st.lists(names, max_size=2))),
            hlc=draw(st.integers(0, 2**63 - 1)),
            author=draw(st.sampled_from(["", "Sonntag"])),
            device=draw(st.sampled_from(["", "Laptop"])),
            schema=draw(st.integers(0, 5)),
        )
        for writer, n in found
    ]


@settings(max_examples=150, deadline=None)
@given(some_changes())
def test_a_block_holds_its_changes_unchanged(changes: list[Change]) -> None:
    block = read_block(msgspec.json.encode(block_of(changes)))

    assert list(changes_of(block)) == changes
    assert list(all_names(block)) == [c.name for c in changes]
    singly = [(c.writer, c.n, 1) for c in changes]
    assert Tally().with_runs(block.names()) == Tally().with_runs(reversed(singly))


def _answers(count: int) -> list[Change]:
    """A fresh assessment: for each answer who it is, and what was said."""
    changes: list[Change] = []
    for number in range(count):
        question = f"energie_{number:03d}"
        row = str(uuid.uuid5(uuid.UUID(ASSESSMENT), question))
        said = {"state": "answered", "value": str(number % 5), "reason": ""}
        key = {"assessment_id": ASSESSMENT, "question": question}
        for field, value in (("key", key), ("response", said)):
            changes.append(
                Change(
                    writer="a" * 32,
                    n=len(changes) + 1,
                    company_id=COMPANY,
                    entity="answer",
                    entity_id=row,
                    field=field,
                    value=value,
                    hlc=(1_764_000_000_000 + 7_000 * number) << 16,
                    author="Mareike Sonntag",
                    device="Laptop 7",
                    schema=5,
                )
            )
    return changes


def test_ids_clocks_and_names_of_an_assessment_cost_almost_nothing() -> None:
    changes = _answers(150)
    block = block_of(changes)

    assert list(changes_of(block)) == changes
    everything = len(wire.compress(msgspec.json.encode(block)))
    values = len(wire.compress(msgspec.json.encode(block.values)))
    assert everything - values < 700  # for 300 changes of 150 rows


def test_a_derived_id_is_what_a_laptop_derives() -> None:
    assert derived_id(ASSESSMENT, "lage_früh") == str(
        uuid.uuid5(uuid.UUID(ASSESSMENT), "lage_früh")
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("values", []),
        ("values", ["Huber"]),
        ("runs", [[0, 1, 1]]),
        ("runs", [[0, 0, 2]]),
        ("runs", [[1, 1, 2]]),
        ("runs", [[0, 2**53 - 1, 2]]),
        ("made", [[1, 0, 0, 1]]),
        ("made", [[2, 0, 9, 1]]),
        ("kinds", [["answer", "key", "assessment_id"], ["answer", "response"]]),
        ("kinds", [["answer", "key", "assessment_id", "question"], ["answer", "response"]]),
        ("shapes", [[0, 7]]),
        ("shapes", [[0, -1]]),
        ("shapes", [[0]]),
        ("shapes", [[]]),
        ("edits", [0, 0]),
        ("edits", [1]),
        ("edits", []),
        ("row", [-1]),
        ("row", [5]),
        ("row", [0, 0]),
        ("ms", [-1]),
        ("ms", [2**47]),
        ("ms", []),
        ("counters", [[0, 0]]),
        ("counters", [[0, 2**16]]),
        ("counters", [[1, 1]]),
        ("counters", [[0, 1], [0, 2]]),
        ("ids", [[0, "selbst"]]),
        ("ids", ["keine-id"]),
        ("bases", [[]]),
        ("bases", [[5, 0, 1]]),
        ("bases", [[1, 0]]),
        ("bases", [[1, 4, 1]]),
        ("bases", [[1, 0, 0]]),
        ("bases", [[1, 0, 1], [1, 0, 1]]),
        ("writers", ["kurz"]),
        ("company_id", "keine-id"),
    ],
)
def test_columns_that_do_not_fit_are_refused(column: str, value: Any) -> None:
    plain = msgspec.to_builtins(block_of(_answers(1)))
    plain["ids"], plain["row"] = [plain["ids"][0]], [0]
    plain["kinds"] = [["answer", "key"], ["answer", "response"]]
    plain["values"] = ["Schlüssel", *plain["values"]]
    read_block(msgspec.json.encode(plain))

    with pytest.raises(BlockError):
        read_block(msgspec.json.encode(plain | {column: value}))


def test_a_change_without_values_is_no_block() -> None:
    with pytest.raises(BlockError):
        read_block(b"{}")
