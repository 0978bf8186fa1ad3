"""What the server wants to know of a frame that a laptop sent: looked through once, on arrival.

It stands alone so that a process of its own can do it in little memory (`second_reader`): run as a
module it answers each message of frames with one of their readings, until its input ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import msgspec
from msgspec import Struct

from sync import wire
from sync.blocks import BlockError, changes_of, nests_deeply, open_frame, read_arriving
from sync.protocol import (
    KIB,
    MAX_FRAME_BYTES,
    MAX_FRAME_CHANGES,
    MAX_FRAME_SPREAD_BYTES,
    Change,
    Run,
)
from sync.spread import Spread, spread_of

NAME = ("company", "name")
FIGURES = ("case_figures", "figures")
JOINED = ("company", "merged_into")
OF_INTEREST = frozenset({NAME, FIGURES, JOINED})
"""Fields that the server itself looks into."""
SPREAD_SHARE = 8
"""A frame counts in a reply for no less than this share of what its changes come to one by one,
which is what a laptop has in memory and keeps. Ours count for more by their bytes alone."""
MOST_SPREAD = 16 * 1024 * KIB
"""What the changes of one message may come to, thrice those of ours, before the rest of its frames
is left unread: few bytes can stand for gigabytes, and whoever asks counts them all."""
LENGTH_BYTES = 4
"""Before each message between two processes."""


class Reading(Struct, frozen=True, array_like=True):
    """Of a frame. weight: what it counts for in a reply. spread: what its changes come to one by
    one. of_interest: its changes of `OF_INTEREST`.

    A frame that cannot be read has no changes, and where not even its outline can be read no
    company file.
    """

    company_id: str = ""
    count: int = 0
    is_readable: bool = False
    weight: int = 0
    spread: Spread = Spread()
    runs: tuple[Run, ...] = ()
    of_interest: tuple[Change, ...] = ()


def reading_of(frame: bytes) -> Reading:
    """The frame, looked through; whatever it holds, this does not fail."""
    plain, count, spread = b"", 0, Spread()
    try:
        plain = open_frame(frame, MAX_FRAME_BYTES)
        block = read_arriving(plain)
        count = block.count
        if count > MAX_FRAME_CHANGES or nests_deeply(block, plain):
            raise BlockError("more than others could take in")
        spread = spread_of(block)
        if spread.total > MAX_FRAME_SPREAD_BYTES:
            raise BlockError("more than others could take in")
    except BlockError:
        return Reading(company_of(plain) if plain else "", count, spread=spread)
    return Reading(
        company_id=block.company_id,
        count=count,
        is_readable=True,
        weight=weight_of(plain, spread),
        spread=spread,
        runs=tuple(block.names()),
        of_interest=tuple(changes_of(block, OF_INTEREST)),
    )


def readings_of(frames: Iterable[bytes]) -> list[Reading]:
    """Of the first frames at least, as many as come to `MOST_SPREAD`."""
    readings: list[Reading] = []
    spread = 0
    for frame in frames:
        if spread > MOST_SPREAD:
            break
        readings.append(reading_of(frame))
        spread += readings[-1].spread.total
    return readings


def weight_of(plain: bytes, spread: Spread) -> int:
    """What a block counts for in a reply; plain: its JSON."""
    return max(len(plain), spread.total // SPREAD_SHARE)


class _Owner(Struct, frozen=True):
    """Of a block no more than which company file it belongs to."""

    company_id: str


def company_of(plain: bytes) -> str:
    """The company file of a block, by its JSON; "" where that cannot be read."""
    try:
        return wire.decode(plain, _Owner).company_id
    except wire.BodyUnreadableError:
        return ""


def send(line: BinaryIO, message: bytes) -> None:
    """A message to the other process. Raises OSError where that is gone."""
    line.write(len(message).to_bytes(LENGTH_BYTES))
    line.write(message)
    line.flush()


def received(line: BinaryIO) -> bytes:
    """The next message of the other process. Raises EOFError where there is none."""
    length = line.read(LENGTH_BYTES)
    message = line.read(int.from_bytes(length))
    if len(length) < LENGTH_BYTES or len(message) < int.from_bytes(length):
        raise EOFError
    return message


def packed_frames(frames: Sequence[bytes]) -> bytes:
    """A message that asks."""
    return msgspec.msgpack.encode(frames)


def packed_readings(readings: Sequence[Reading]) -> bytes:
    """A message that answers: in JSON, as numbers may be larger than MessagePack's."""
    return msgspec.json.encode(readings)


def unpacked_readings(message: bytes) -> list[Reading]:
    """Raises msgspec.DecodeError."""
    return msgspec.json.decode(message, type=list[Reading])


def answer_all(asked: BinaryIO, answered: BinaryIO) -> None:
    """Until the server has nothing more to ask, or is gone."""
    try:
        while True:
            frames = msgspec.msgpack.decode(received(asked), type=list[bytes])
            send(answered, packed_readings(readings_of(frames)))
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    answer_all(sys.stdin.buffer, sys.stdout.buffer)
