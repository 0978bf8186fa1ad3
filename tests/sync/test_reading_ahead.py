"""What a part brings is read while the rest of its batch is still on its way, within bounds."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest

from sync import wire
from sync.server import reading_ahead
from sync.server.arrival import ArrivedFrame
from sync.server.reading_ahead import AHEAD, ReadingAhead
from tests.sync.by_hand import Desk, change, frame, many_names
from tests.sync.central import Central


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The frames that were read, one after the other."""
    found: list[bytes] = []

    begin = ArrivedFrame.__init__

    def watched(arrived: ArrivedFrame, frame: bytes) -> None:
        found.append(frame)
        begin(arrived, frame)

    monkeypatch.setattr(ArrivedFrame, "__init__", watched)
    return found


def test_the_frames_of_a_part_are_read_before_their_batch_and_only_once(
    central: Central, read: list[bytes]
) -> None:
    frames = [frame(change(n)) for n in (1, 2)]
    part = msgspec.msgpack.encode(frames)
    desk = Desk(central)

    assert desk.stage(part).status == 204
    assert read == frames

    batch = {"batch_id": "b" * 32, "parts": [hashlib.sha256(part).hexdigest()]}
    reply: Any = desk.sent(batch=batch)

    assert [v.outcome for v in reply.verdicts] == ["applied", "applied"]
    assert read == frames
    assert taken(AHEAD, frames[0]) is not taken(AHEAD, frames[0])


def taken(ahead: ReadingAhead, frame: bytes) -> ArrivedFrame:
    """This one alone."""
    ((_, arrived),) = ahead.take([frame])
    return arrived


def test_what_was_not_read_ahead_is_read_when_it_is_taken(read: list[bytes]) -> None:
    ahead = ReadingAhead()
    one = frame(change(1))

    assert taken(ahead, one).count == 1
    assert read == [one]


def test_a_large_frame_and_one_beyond_the_room_of_a_part_wait_for_their_batch(
    read: list[bytes],
) -> None:
    large = wire.compress(b" " * (reading_ahead.LARGEST_FRAME + 1))
    full = wire.compress(b" " * reading_ahead.LARGEST_FRAME)
    many = [full + bytes([n]) for n in range(64)]
    small = frame(change(1))

    ReadingAhead().read([large, small, *many, small])

    assert large not in read
    assert read[0] == small
    assert len(read) < reading_ahead.MOST_BYTES // reading_ahead.LARGEST_FRAME


def test_no_more_than_some_frames_are_held(
    read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "MOST_FRAMES", 2)
    frames = [frame(change(n)) for n in (1, 2, 3)]
    ahead = ReadingAhead()
    ahead.read(frames)

    for one in frames:
        taken(ahead, one)

    assert read == [*frames, frames[0]]


def test_a_frame_that_stands_for_far_more_than_ours_is_not_held_nor_the_next_one_read(
    read: list[bytes],
) -> None:
    """Its changes would take hundreds of times as much memory as its bytes."""
    small, large = frame(change(1)), many_names(5_000)
    assert wire.plain_size(large) < reading_ahead.LARGEST_FRAME
    ahead = ReadingAhead()
    ahead.read([large, small])

    taken(ahead, large)

    assert read == [large, large]


@pytest.mark.parametrize(
    "scattered",
    [
        frame(*(change(2 * n + 1, field="note") for n in range(101))),
        many_names(101),
    ],
    ids=["runs", "of interest"],
)
def test_a_frame_of_many_pieces_is_not_held(read: list[bytes], scattered: bytes) -> None:
    small = frame(change(1))
    ahead = ReadingAhead()
    ahead.read([scattered, small])

    for one in (scattered, small):
        taken(ahead, one)

    assert read == [scattered, small, scattered]
