"""A frame counts for what its changes come to one by one, as columns say much in a few bytes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from sync import wire
from sync.blocks import block_of, changes_of, derived_id, frame_of, open_frame, read_block
from sync.client.packing import pack
from sync.protocol import (
    MAX_CHANGE_BYTES,
    MAX_FRAME_CHANGES,
    MAX_SPREAD_BYTES,
    PULL_BYTES,
    Block,
    Change,
)
from sync.server import assignments, log, people
from sync.server.arrival import ArrivedFrame
from sync.server.models import LogEntry, QuarantinedChange
from sync.server.quarantine import drop, quarantined
from sync.spread import spread_of
from tests.sync import postgres
from tests.sync.by_hand import Desk, change, frame
from tests.sync.central import COMPANY, NETWORK, Central

WRITER = "b" * 32
PARENT = "0190a000-0000-7000-8000-000000000001"


def repeated(count: int, label: int, *, name: str = "n", kind: int = 10) -> bytes:
    """So many changes of one row in a few bytes, which all have two labels of this length."""
    names = ("e" * kind, "f" * kind, "a" * kind, "b" * kind)
    some = block_of([msgspec.convert(change(), Change)])
    block = msgspec.structs.replace(
        some,
        writers=(secrets.token_hex(16),),
        runs=((0, 1, count),),
        labels=("l" * label,),
        made=((count, 0, 0, 1),),
        kinds=(names,),
        shapes=((0,) * count,),
        ids=(PARENT, (0, name)),
        row=[1],
        values=[],
    )
    return frame_of(block)


def sizes(block: Block) -> Sequence[int]:
    return [len(msgspec.json.encode(one)) for one in changes_of(block)]


LONG = {"author": "ä" * 200, "device": "\u0001" * 200, "hlc": 2**63 - 1, "schema": 2**31 - 1}
ANSWER = {"assessment_id": PARENT, "question": "k\u0001" * 200}


@pytest.mark.parametrize(
    "changes",
    [
        [change(), change(2, value=None)],
        [change(2**53 - 1, value=[1e15] * 100, **LONG)],
        [change(n, entity="e" * 200, field="\u0001" * 200, value="ü\n" * 50) for n in (1, 2)],
        [change(bases=[[f"{n:032x}", 2**53 - 1] for n in range(100)]), change(2)],
        [
            change(n, entity_id=derived_id(PARENT, ANSWER["question"]), value=ANSWER)
            for n in range(1, 9)
        ],
    ],
    ids=["plain", "one", "names", "bases", "derived"],
)
def test_a_spread_is_no_less_than_the_changes_one_by_one(changes: Sequence[Any]) -> None:
    block = block_of([msgspec.convert(one, Change) for one in changes])

    spread, found = spread_of(block), sizes(block)

    assert sum(found) <= spread.total <= 2 * sum(found) + 1000 * len(found)
    assert max(found) <= spread.largest


def test_what_ours_send_counts_for_its_bytes() -> None:
    """As an assessment is: a reply brings no fewer of them than before."""
    made = {"author": "Mareike Sonntag", "device": "Laptop 7"}
    answers = [
        change(
            3 * n + k, entity="answer", entity_id=entity_id, field=said[0], value=said[1], **made
        )
        for n in range(150)
        for key in [f"chapter-{n % 12}.question-{n}"]
        for entity_id in [derived_id(PARENT, key)]
        for k, said in enumerate(
            [
                ("key", {"assessment_id": PARENT, "question": key}),
                ("score", n % 5),
                ("note", "Die Abläufe sind beschrieben und werden jedes Jahr geprüft. " * 3),
            ],
            1,
        )
    ]

    arrived = ArrivedFrame(frame(*answers))

    assert arrived.weight == wire.plain_size(arrived.frame)
    assert arrived.is_small


def test_a_frame_of_a_few_bytes_does_not_stand_for_gigabytes(central: Central) -> None:
    large = repeated(MAX_FRAME_CHANGES, 200, name="n" * 400, kind=200)

    verdicts = Desk(central).sent(large, frame(change())).verdicts

    assert len(large) < 1_000
    assert [v.outcome for v in verdicts] == ["refused", "applied"]


def test_a_batch_does_not_stand_for_more_than_it_may_come_to(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(central)
    frames = [repeated(10_000, 200) for _ in range(3)]
    (each,) = {ArrivedFrame(one).spread.total for one in frames}
    assert 10 * each < MAX_SPREAD_BYTES

    monkeypatch.setattr("sync.server.arrival.MAX_SPREAD_BYTES", 3 * each - 1)
    too_many, fewer = desk.send(*frames).status, desk.send(*frames[1:]).status

    assert (too_many, fewer) == (413, 200)


def test_a_reply_weighs_a_frame_by_what_it_stands_for(central: Central) -> None:
    hostile = Desk(central)
    frames = [repeated(MAX_FRAME_CHANGES, 200, kind=20) for _ in range(4)]
    assert {v.outcome for v in hostile.sent(*frames).verdicts} == {"applied"}
    spread = ArrivedFrame(frames[0]).spread.total

    first = Desk(central).sent(batch=None)

    assert first.more
    assert len(first.frames) * spread <= 8 * PULL_BYTES
    with central.database.reading() as session:
        assert session.scalar(select(func.sum(LogEntry.size))) == 4 * (spread // 8)


def test_what_is_left_of_a_known_frame_weighs_what_it_stands_for(central: Central) -> None:
    desk = Desk(central)
    block = read_block(open_frame(repeated(3_000, 200)))
    first, *rest = changes_of(block)
    desk.sent(frame_of(block_of([first])))

    (verdict,) = desk.sent(frame_of(block)).verdicts

    assert (verdict.outcome, verdict.fresh) == ("applied", len(rest))
    with central.database.reading() as session:
        newest = session.scalars(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert newest is not None
    assert newest.size >= sum(sizes(block)[1:]) // 8


BASED = {"bases": [[WRITER, n] for n in range(1, MAX_CHANGE_BYTES // 40)]}


def test_a_change_that_is_too_large_by_its_bases_is_kept_out_of_the_log(central: Central) -> None:
    """A block says them in a few bytes; as JSON, and so in a package, nobody could take them."""
    small, large = change(1), change(2, **BASED)
    sent = frame(small, large)
    assert wire.plain_size(sent) < MAX_CHANGE_BYTES // 2

    (verdict,) = Desk(central).sent(sent).verdicts

    assert verdict.outcome == "quarantined"
    assert [(held.index, held.reason) for held in verdict.held] == [(1, "too-large")]
    assert central.held() == {("a" * 32, 1)}


def test_a_change_that_is_too_large_by_its_numbers_is_kept_out_of_the_log(central: Central) -> None:
    """`1e15` is written with all of its digits again."""
    numbers = b"[" + b",".join([b"1e15"] * 70_000) + b"]"
    one = msgspec.json.encode(block_of([msgspec.convert(change(value="here"), Change)]))

    (verdict,) = Desk(central).sent(wire.compress(one.replace(b'"here"', numbers))).verdicts

    assert [held.reason for held in verdict.held] == ["too-large"]


def test_our_client_sends_no_frame_with_a_change_that_is_too_large() -> None:
    changes = [msgspec.convert(one, Change) for one in (change(1), change(2, **BASED))]

    packing = pack(changes)

    assert [packed.count for packed in packing.packed] == [1]
    assert [name for name, _ in packing.unfit] == [changes[1].name]
    assert all(ArrivedFrame(packed.frame).is_small for packed in packing.packed)


@pytest.fixture
def desk(central: Central) -> Desk:
    """A laptop whose company file was withdrawn."""
    desk = Desk(central)
    desk.sent(frame(change()))
    network = people.network_id_of(central.database, NETWORK)
    team = people.team_id_of(central.database, network, "Beratung")
    assignments.withdraw(central.database, network, COMPANY, "Test", team_id=team)
    return desk


def kept(central: Central) -> int:
    with central.database.reading() as session:
        return session.scalar(select(func.count()).select_from(QuarantinedChange)) or 0


def test_no_more_is_kept_aside_of_one_laptop_than_it_may_have(
    desk: Desk, central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST_ASIDE_BYTES", 100_000)
    assert [v.outcome for v in desk.sent(repeated(60, 200)).verdicts] == ["quarantined"]

    refused = desk.send(repeated(60, 200))
    fits = desk.sent(frame(change(2)))
    elsewhere = Desk(central).sent(repeated(60, 200))

    assert refused.status == 413
    assert [v.outcome for v in (*fits.verdicts, *elsewhere.verdicts)] == ["quarantined"] * 2
    assert kept(central) == 121


def test_what_was_decided_on_makes_room_again(
    desk: Desk, central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST_ASIDE_BYTES", 1_500)
    network = people.network_id_of(central.database, NETWORK)
    desk.sent(frame(change(2), change(3)))
    full = desk.send(frame(change(4)))

    for line in quarantined(central.database, network):
        drop(central.database, network, line.id, "Test")

    assert full.status == 413
    assert [v.outcome for v in desk.sent(frame(change(4))).verdicts] == ["quarantined"]


def test_postgresql_keeps_aside_what_sqlite_does() -> None:
    """There many rows come in another way than few."""
    with postgres.database() as url, Central(database_url=url) as central:
        desk = Desk(central)
        desk.sent(frame(change()))
        network = people.network_id_of(central.database, NETWORK)
        team = people.team_id_of(central.database, network, "Beratung")
        assignments.withdraw(central.database, network, COMPANY, "Test", team_id=team)

        desk.sent(frame(*(change(n) for n in range(2, 22))))
        desk.sent(frame(*(change(n) for n in range(20, 23))))

        lines = quarantined(central.database, network)
        assert [(line.reason, line.field) for line in lines] == [("not-assigned", "name")] * 21
