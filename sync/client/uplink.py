"""How a batch goes up: at once on a quick line, in parts over several connections on a slow one.

A line that loses packets gives one connection about half of its rate. The first batch is small, and
each request tells how fast the line is.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from sync.client.batch import EncodedBatch
from sync.client.calls import Calls
from sync.client.lanes import Job, Settle, run_lanes
from sync.client.port import Enrolment, Parcel
from sync.protocol import BATCH_BYTES, KIB, MAX_PART_BYTES, MAX_PARTS, PART_BYTES

SLOW_BYTES_PER_S = 1_000_000
"""Below this a batch goes in parts; our choice: 8 Mbit/s, an office's line is quicker."""
FIRST_BYTES = 96 * KIB
"""The first batch: 0.1 s on a line of 10 Mbit/s, and enough to see how fast it is."""
SLOW_BATCH_BYTES = 2 * BATCH_BYTES
"""A batch in parts, which a cut costs nothing of."""
SMALLEST_MEASURED = 16 * KIB


@dataclass
class Uplink:
    """What is known of the line in this run."""

    calls: Calls
    _rate: float | None = None

    @property
    def batch_bytes(self) -> int:
        """How much the next batch may weigh."""
        if self._rate is None:
            return FIRST_BYTES
        return SLOW_BATCH_BYTES if self._goes_in_parts else BATCH_BYTES

    @property
    def _goes_in_parts(self) -> bool:
        """So does a large batch of an earlier run, which is sent again before a line is measured"""
        is_slow = self._rate is None or self._rate < SLOW_BYTES_PER_S
        return is_slow and self.calls.connections > 1

    def batch(
        self,
        batch_id: str,
        parcels: Sequence[Parcel],
        enrolment: Enrolment,
        step: Callable[[], None],
        *,
        in_parts: bool = True,
    ) -> EncodedBatch:
        """The batch, once its parts have travelled ahead where the line is slow.

        step: called after each part; what it raises ends the upload. Raises SyncError.
        """
        frames = tuple(parcel.frame for parcel in parcels)
        is_large = sum(map(len, frames)) > 2 * PART_BYTES
        if not (in_parts and is_large and self._goes_in_parts):
            return EncodedBatch(batch_id=batch_id, frames=frames)
        parts = {hashlib.sha256(part).hexdigest(): part for part in _parts(frames)}
        if len(parts) > MAX_PARTS or max(map(len, parts.values())) > MAX_PART_BYTES:
            return EncodedBatch(batch_id=batch_id, frames=frames)

        def upload(sha256: str, part: bytes) -> Job:
            def job() -> Settle:
                self.calls.put_part(sha256, part, enrolment)
                return lambda: None

            return job

        jobs = (upload(sha256, part) for sha256, part in parts.items())
        run_lanes(lambda: next(jobs, None), self.calls.connections, step)
        return EncodedBatch(batch_id=batch_id, parts=tuple(parts))

    def measure(self, sent_bytes: int, began_s: float) -> None:
        """A request of so many bytes has been answered; began_s by `time.monotonic`."""
        if sent_bytes >= SMALLEST_MEASURED:
            self._rate = sent_bytes / max(time.monotonic() - began_s, 1e-6)


def _parts(frames: Iterable[bytes]) -> Iterator[bytes]:
    """MessagePack arrays of frames, each of about `PART_BYTES`."""
    some: list[bytes] = []
    size = 0
    for frame in frames:
        if some and size + len(frame) > PART_BYTES:
            yield msgspec.msgpack.encode(some)
            some, size = [], 0
        some.append(frame)
        size += len(frame)
    if some:
        yield msgspec.msgpack.encode(some)
