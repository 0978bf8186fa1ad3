"""Packing loses no change, keeps every frame small enough, and blames the change that is unfit."""

from __future__ import annotations

from sync import wire
from sync.blocks import changes_of, open_frame, read_block
from sync.client.batch import what_fits
from sync.client.packing import Packed, pack
from sync.client.port import Parcel
from sync.protocol import MAX_CHANGE_BYTES, MAX_PLAIN_BYTES, Change

FIRST = "0190a000-0000-7000-8000-000000000001"
SECOND = "0190a000-0000-7000-8000-000000000002"


def _change(n: int, value: object, company_id: str = FIRST, field: str = "name") -> Change:
    return Change(
        writer="a" * 32,
        n=n,
        company_id=company_id,
        entity="company",
        entity_id=company_id,
        field=field,
        value=value,
        hlc=n << 16,
    )


def _held(packed: Packed) -> list[Change]:
    return list(changes_of(read_block(open_frame(packed.frame))))


def test_changes_of_one_file_travel_together_in_their_order() -> None:
    mixed = [_change(1, "Huber"), _change(2, "Maier", SECOND), _change(3, "Huber SE")]

    packing = pack(mixed)

    assert [_held(packed) for packed in packing.packed] == [[mixed[0], mixed[2]], [mixed[1]]]
    assert [packed.runs for packed in packing.packed] == [
        (("a" * 32, 1, 1), ("a" * 32, 3, 1)),
        (("a" * 32, 2, 1),),
    ]
    assert not packing.unfit


def test_a_long_history_is_split_into_frames_that_a_server_takes() -> None:
    long = [_change(n, "x" * 300_000) for n in range(1, 9)]

    packing = pack(long)

    assert [change for packed in packing.packed for change in _held(packed)] == long
    assert all(wire.plain_size(packed.frame) <= MAX_CHANGE_BYTES for packed in packing.packed)


def test_a_change_that_no_server_takes_is_named_and_stops_no_other() -> None:
    unfit = [
        _change(2, "x" * (MAX_CHANGE_BYTES + 1)),
        _change(4, object()),
        _change(5, "", field=""),
    ]
    fit = [_change(1, "Huber"), _change(3, "Huber SE")]

    packing = pack(sorted([*unfit, *fit], key=lambda change: change.n))

    assert [change for packed in packing.packed for change in _held(packed)] == fit
    assert [name for name, _ in packing.unfit] == [change.name for change in unfit]
    assert all(reason for _, reason in packing.unfit)


def test_a_batch_is_no_larger_than_a_server_takes_however_well_it_is_compressed() -> None:
    half = (MAX_CHANGE_BYTES - 10_000) * "x"
    parcels = [
        Parcel(id=n, company_id=FIRST, frame=packed.frame, runs=packed.runs, count=packed.count)
        for n in range(1, 60)
        for packed in pack([_change(n, half)]).packed
    ]

    some = what_fits(parcels)

    assert 1 < len(some) < len(parcels)
    assert sum(wire.plain_size(parcel.frame) for parcel in some) <= MAX_PLAIN_BYTES
    assert what_fits(parcels[:1]) == parcels[:1]
