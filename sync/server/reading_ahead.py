"""Frames of parts, read while the rest of their batch is still on its way.

It is only about time: what is not found here is read when the batch comes, as it has to be where
several processes share the work.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock

from sync.protocol import KIB
from sync.server.arrival import HELD_BYTES, ArrivedFrame, plain_size
from sync.server.second_reader import SECOND_READER

MOST_FRAMES = 2_000
"""Held at a time, the oldest go first: several batches of a slow line."""
LARGEST_FRAME = 32 * KIB
"""Unpacked. A larger one is read when its batch comes, so that little memory is taken here."""
MOST_BYTES = 1024 * KIB
"""Unpacked, of one part: four times what a part of ours comes to."""
LARGEST_SPREAD = 512 * KIB
"""What the changes of a frame may come to, thrice those of ours. After a larger one no more of its
part is read, as that took long enough."""
MOST_PIECES = 100
"""Runs, and changes that the server looks into, of a frame that is held: each costs far more than
its bytes, and ours have a few."""


class ReadingAhead:
    """What was read and not taken yet."""

    def __init__(self) -> None:
        self._read: OrderedDict[bytes, ArrivedFrame] = OrderedDict()
        self._lock = Lock()

    def read(self, frames: Iterable[bytes]) -> None:
        """Read the frames of a part, as far as they are small."""
        room = MOST_BYTES
        for frame in frames:
            size = plain_size(frame)
            room -= HELD_BYTES + size
            if room < 0:
                return
            if size > LARGEST_FRAME:
                continue
            arrived = ArrivedFrame(frame)
            if arrived.spread.total > LARGEST_SPREAD:
                return
            if len(arrived.runs) + len(arrived.of_interest) > MOST_PIECES:
                continue
            with self._lock:
                self._read[frame] = arrived
                while len(self._read) > MOST_FRAMES:
                    self._read.popitem(last=False)

    def take(self, frames: Sequence[bytes]) -> Iterator[tuple[int, ArrivedFrame]]:
        """Each frame with its place, read, in any order; it is held no longer."""
        unread: list[int] = []
        for place, frame in enumerate(frames):
            with self._lock:
                found = self._read.pop(frame, None)
            if found is None:
                unread.append(place)
            else:
                yield place, found
        for place, arrived in SECOND_READER.read([frames[place] for place in unread]):
            yield unread[place], arrived


AHEAD = ReadingAhead()
"""Of this process."""
