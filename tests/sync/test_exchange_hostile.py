"""What a laptop of the network could send so that others break where they take it in."""

from __future__ import annotations

import hashlib
import os
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sync import wire
from sync.blocks import block_of, changes_of, open_frame, read_block
from sync.client.packing import pack
from sync.protocol import (
    MAX_CHANGE_BYTES,
    MAX_CHANGES,
    MAX_FRAME_BYTES,
    MAX_FRAME_CHANGES,
    MAX_PARTS,
    MAX_PLAIN_BYTES,
    PULL_BYTES,
    Change,
    Reason,
    SyncReply,
    read_change,
)
from sync.server.arrival import LooseBatch, arrivals, read_request
from sync.server.parts import frames_of
from sync.server.problems import RefusalError
from sync.server.reply import PackedReply, as_msgpack
from sync.wire import MAX_DEPTH
from tests.sync.by_hand import Desk, change, changeset, frame
from tests.sync.central import COMPANY, Central

MIB = 1024 * 1024
DEEP = b"[" * 800 + b"]" * 800
SHALLOW = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH


def deeper(frames: int, act: Callable[[], Any]) -> Any:
    """What comes of it far down the stack, as in a program's window."""
    return act() if frames == 0 else deeper(frames - 1, act)


def plain_block(value: bytes, more: bytes = b"") -> bytes:
    one = msgspec.json.encode(block_of([msgspec.convert(change(value="here"), Change)]))
    return one.replace(b'"here"', value)[:-1] + more + b"}"


@pytest.mark.parametrize(
    "plain",
    [
        plain_block(DEEP),
        plain_block(b'{"a":' + DEEP + b',"a":1}'),
        plain_block(b"1", b',"unknown":' + DEEP),
        plain_block(b'{"[]\\\\\\"]":' + DEEP + b"}"),
    ],
    ids=["value", "said twice", "unknown member", "brackets in a text"],
)
def test_a_frame_that_only_a_shallow_stack_can_read_reaches_nobody(
    central: Central, plain: bytes
) -> None:
    sent = Desk(central).sent(wire.compress(plain))
    reply = Desk(central).sent(batch=None)

    assert [v.outcome for v in sent.verdicts] == ["refused"]
    assert not reply.frames


def test_a_change_that_only_a_shallow_stack_can_read_stops_nobody_s_sync(central: Central) -> None:
    """One unreadable change within a reply would make the whole reply unreadable."""
    deep = msgspec.json.encode(change(2, value="here")).replace(b'"here"', DEEP)
    batch = changeset(change(1), msgspec.Raw(deep))
    hostile = Desk(central)
    verdict = hostile.verdicts(batch)[0]
    depth = sys.getrecursionlimit() // 2

    reply = deeper(depth - 300, lambda: Desk(central).sent(batch=None))

    assert verdict["held"] == [{"index": 1, "reason": "malformed"}]
    assert [c.n for some in reply.pulled for c in some.changes] == [1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (SHALLOW, None),
        (b"[" + SHALLOW + b"]", Reason.MALFORMED),
        (b'"' + b"[" * 500 + b'"', None),
        (b'["' + b"[" * 500 + b'\\"' + b'"]', None),
        (b'{"\\\\":' * 99 + b"1" + b"}" * 99, None),
        (b'{"\\\\":' * 100 + b"1" + b"}" * 100, Reason.MALFORMED),
    ],
)
def test_depth_is_counted_outside_texts(value: bytes, expected: Reason | None) -> None:
    encoded = msgspec.json.encode(change(value="here")).replace(b'"here"', value)
    if expected is None and value is SHALLOW:
        encoded = encoded.replace(SHALLOW, SHALLOW[1:-1])  # the change itself is one level

    found = read_change(encoded, COMPANY)

    assert (found if isinstance(found, Reason) else None) == expected


UNREADABLE = pytest.mark.parametrize(
    "member",
    [b'"x":"\xff"', b'"\xff":1', b'"x":1' + b"0" * 5000, b'"x":1e999', b'"x":"\xed\xa0\x80"'],
    ids=["text", "name", "integer", "float", "half a character"],
)
"""Members that nobody knows, skipped where a change is read, unreadable where it is sent on."""


@UNREADABLE
def test_an_unknown_member_that_cannot_be_read_stops_nobody_s_sync(
    central: Central, member: bytes
) -> None:
    known = msgspec.json.encode(change(2))[:-1]
    batch = changeset(
        change(1, x="kept"),
        msgspec.Raw(known + b"," + member + b"}"),
        change(3, x=[1e300, -(2**63)]),
    )
    (verdict,) = Desk(central).verdicts(batch)

    reply = Desk(central).sent(batch=None)
    in_json = wire.decode(Desk(central).post(batch=None).body, dict)["pulled"]

    assert verdict["held"] == [{"index": 1, "reason": "malformed"}]
    assert [c.n for some in reply.pulled for c in some.changes] == [1, 3]
    assert [c["x"] for c in in_json[0]["changes"]] == ["kept", [1e300, -(2**63)]]


@UNREADABLE
def test_an_entry_with_such_a_member_that_is_in_the_log_already_stops_nobody_s_sync(
    member: bytes,
) -> None:
    known = msgspec.json.encode(change(2, value=2**70))[:-1]
    stored = ((COMPANY, b"[" + known + b"," + member + b"}]"), (COMPANY, b"[{}" + known))

    reply = msgspec.msgpack.decode(as_msgpack(replied(pulled=stored)), type=SyncReply)

    (one,) = reply.frames
    assert [c.value for c in changes_of(read_block(open_frame(one)))] == [2**70]
    assert not reply.pulled


@UNREADABLE
def test_a_frame_with_an_unknown_member_that_is_no_json_goes_on_to_nobody(
    central: Central, member: bytes
) -> None:
    fine = wire.compress(plain_block(b"1", b',"x":["later",1]'))

    sent = Desk(central).sent(wire.compress(plain_block(b"1", b"," + member)), fine)

    assert [v.outcome for v in sent.verdicts] == ["refused", "applied"]
    assert Desk(central).sent(batch=None).frames == (fine,)


def replied(**members: Any) -> PackedReply:
    """A reply before it is encoded."""
    return PackedReply(
        reply_id="r",
        server_id="s",
        server_epoch="e",
        server_time_ms=1,
        verdicts=(),
        cursor=1,
        more=False,
        **members,
    )


def test_a_frame_of_a_few_bytes_does_not_stand_for_more_than_a_laptop_can_take_in(
    central: Central,
) -> None:
    frame = dense(1, MAX_FRAME_CHANGES + 1)

    verdicts = Desk(central).sent(frame).verdicts

    assert len(frame) < 10_000
    assert [v.outcome for v in verdicts] == ["refused"]


def test_a_reply_brings_no_more_changes_than_a_laptop_can_hold(central: Central) -> None:
    hostile = Desk(central)
    for start in range(3):
        frames = [dense(1 + start * 200_000 + k * 50_000, 50_000) for k in range(4)]
        assert {v.fresh for v in hostile.sent(*frames).verdicts} == {50_000}

    reply = Desk(central).sent(batch=None)

    assert reply.more
    assert len(reply.frames) * 50_000 <= PULL_BYTES // 32


def dense(first: int, count: int) -> bytes:
    """So many changes in a few bytes."""
    some = block_of([msgspec.convert(change(n), Change) for n in (1, 2)])
    kind = some.shapes[0][0]
    block = msgspec.structs.replace(
        some,
        runs=((0, first, count),),
        made=((count, *some.made[0][1:]),),
        shapes=((kind,) * count,),
        edits=[0],
        row=[0],
        ms=[1],
        counters=(),
        values=[None] * count,
    )
    return wire.compress(msgspec.json.encode(block))


def test_a_part_named_many_times_is_not_held_as_often(central: Central) -> None:
    desk = Desk(central)
    noise = [os.urandom(1000) for _ in range(1000)]
    part = msgspec.msgpack.encode(noise)
    sha256 = hashlib.sha256(part).hexdigest()
    assert desk.stage(part).status == 204
    request = LooseBatch(batch_id="b" * 32, parts=(sha256,) * MAX_PARTS)
    bodies = frames_of([part] * MAX_PARTS)
    tracemalloc.start()

    with pytest.raises(RefusalError):
        arrivals(request, bodies)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * MAX_PLAIN_BYTES
    assert desk.send(parts=request.parts).status == 413


def test_empty_frames_do_not_come_by_the_hundred_thousand(central: Central) -> None:
    assert Desk(central).send(*[b""] * 200_000).status == 413


def cost_of(act: Callable[[], Any]) -> int:
    """Bytes held at most meanwhile."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("column", [b'"values":[{}', b'"bases":[[0,0,1', b'"unknown":[{}'])
def test_a_frame_that_unpacks_to_far_more_than_it_travels_as_is_not_read(
    central: Central, column: bytes
) -> None:
    """Where each byte of it is an element of its own it would cost fifty times as much."""
    filling = b",{}" if b"{" in column else b",0,1"
    plain = plain_block(b"1", b"," + column + filling * (6 * MIB) + b"]" * column.count(b"["))
    sent = wire.compress(plain)
    del plain
    desk = Desk(central)
    found: list[Any] = []

    cost = cost_of(lambda: found.append(desk.sent(sent, frame(change(1)))))

    assert len(sent) < 10_000
    assert [v.outcome for v in found[0].verdicts] == ["refused", "applied"]
    assert cost < 100 * MIB


def test_a_change_of_the_largest_size_is_taken_in_a_frame(central: Central) -> None:
    noise = os.urandom(MAX_CHANGE_BYTES // 2 - 1000).hex()
    bases = [[f"{n:032x}", n + 1] for n in range(20_000)]
    (large,) = pack([msgspec.convert(change(1, value=noise), Change)]).packed
    (based,) = pack([msgspec.convert(change(2, bases=bases), Change)]).packed

    sent = Desk(central).sent(large.frame, based.frame)

    assert {v.outcome for v in sent.verdicts} == {"applied"}
    assert max(wire.plain_size(some.frame) for some in (large, based)) <= MAX_FRAME_BYTES


@pytest.mark.parametrize("where", ["frames", "changes"])
@pytest.mark.parametrize("speech", [msgspec.json, msgspec.msgpack], ids=["json", "msgpack"])
def test_endlessly_many_elements_are_refused_before_they_are_read(where: str, speech: Any) -> None:
    many = [0] * (15 * MIB)
    batch: dict[str, Any] = {"batch_id": "b" * 32, "frames": many}
    if where == "changes":
        batch = {"batch_id": "b" * 32, "changesets": [{"company_id": COMPANY, "changes": many}]}
    label = {"server_id": "s", "server_epoch": "e", "last_reply": "r", "device": COMPANY}
    body = speech.encode({"protocol": 1, "cursor": 0, "batch": batch, **label})

    def read() -> None:
        with pytest.raises(RefusalError):
            arrivals(read_request(body, speech).batch or LooseBatch(batch_id=""), (), speech)

    cost = cost_of(read)

    assert cost < 100 * MIB


def test_many_changesets_together_have_no_more_changes_than_one_may(central: Central) -> None:
    some = {"company_id": COMPANY, "changes": [0] * (MAX_CHANGES // 2 + 1)}
    batch = {"batch_id": "b" * 32, "changesets": [some, some]}
    none = {"company_id": "", "changes": []}

    assert Desk(central).send(batch=batch).status == 413
    assert Desk(central).send(batch=batch | {"changesets": [none] * 200_000}).status == 413


@pytest.mark.parametrize(
    "members", [{"frames": 7}, {"changesets": [{"company_id": "", "changes": 7}]}]
)
def test_what_is_no_array_where_one_is_due_is_malformed(
    central: Central, members: dict[str, Any]
) -> None:
    desk = Desk(central)

    assert desk.send(batch={"batch_id": "b" * 32, **members}).status == 400
    assert desk.post(batch={"batch_id": "b" * 32, **members}).status == 400
