"""A process beside the server's own that reads a share of a large batch's frames.

Reading and checking frames is most of what a large push costs, and Python does it on one processor
at a time. It is only about time, as reading ahead is: without the process, or after its end, all is
read here.
"""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock
from typing import BinaryIO, cast

import msgspec

from sync.protocol import KIB
from sync.server import frame_reading
from sync.server.arrival import ArrivedFrame, plain_size, read_in_order
from sync.server.frame_reading import Reading

FEWEST = 8
"""Frames of a batch that is worth sharing."""
MOST_AT_ONCE = 32
"""Frames that are handed over together: a few milliseconds of work."""
SHARE = 4
"""Of what is left no more than a fourth is handed over, so that nobody waits long at the end."""
LARGEST_FRAME = 32 * KIB
"""Unpacked, of those handed over, so that the process takes little memory and answers soon."""
PATIENCE_S = 30.0
"""A process that does not answer for so long counts as gone."""
NEEDED = ("PATH", "LD_LIBRARY_PATH", "PYTHON")
"""How the only variables begin that the process is to know: others hold passphrase, database and
the credentials of a bucket."""


class SecondReader:
    """The process, where it was started; one batch at a time has it."""

    def __init__(self) -> None:
        self._process: _Process | None = None
        self._lock = Lock()

    @contextmanager
    def running(self) -> Iterator[None]:
        """The process lives while the block does; none is started where there is one processor."""
        if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2:
            yield
            return
        process = self._process = _Process()
        try:
            yield
        finally:
            with self._lock:
                self._process = None
            process.end()

    def read(self, frames: Sequence[bytes]) -> Iterator[tuple[int, ArrivedFrame]]:
        """Each frame with its place, read; in any order."""
        if len(frames) < FEWEST or not self._lock.acquire(blocking=False):
            yield from read_in_order(frames)
            return
        try:
            shared = read_in_order(frames) if self._process is None else self._process.read(frames)
            yield from shared
        finally:
            self._lock.release()


class _Process:
    """Asked for some frames at a time. One that is gone leaves them to whoever asks."""

    def __init__(self) -> None:
        self._running = subprocess.Popen(  # noqa: S603 - our own module, nothing of a request
            [sys.executable, "-m", frame_reading.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: said for name, said in os.environ.items() if name.startswith(NEEDED)},
            start_new_session=True,  # Ctrl+C is for the server, with which it ends
        )
        self._there = cast("BinaryIO", self._running.stdin)
        self._here = cast("BinaryIO", self._running.stdout)
        self._is_gone = False

    def read(self, frames: Sequence[bytes]) -> Iterator[tuple[int, ArrivedFrame]]:
        """From the largest on here, from the smallest on there, until they meet."""
        sizes = list(map(plain_size, frames))
        left = deque(sorted(range(len(frames)), key=sizes.__getitem__, reverse=True))
        there: list[int] = []
        try:
            while left or there:
                if not there and not self._is_gone:
                    most = min(MOST_AT_ONCE, len(left) // SHARE)
                    while len(there) < most and sizes[left[-1]] <= LARGEST_FRAME:
                        there.append(left.pop())
                    self._ask([frames[place] for place in there])
                if left:
                    place = left.popleft()
                    yield place, ArrivedFrame(frames[place])
                if there and (not left or self._has_answered()):
                    answered, there = there, []
                    for place, reading in zip(answered, self._answer(len(answered)), strict=True):
                        yield place, ArrivedFrame(frames[place], reading)
        finally:
            if there:  # nobody wants to know any more, and the next batch least of all
                self._answer(len(there))

    def end(self) -> None:
        """It holds nothing."""
        self._running.kill()
        with suppress(OSError):  # of what it was not told any more
            self._running.communicate()

    def _ask(self, frames: Sequence[bytes]) -> None:
        if frames:
            try:
                frame_reading.send(self._there, frame_reading.packed_frames(frames))
            except OSError:
                self._give_up()

    def _has_answered(self) -> bool:
        return self._is_gone or self._speaks_within(0)

    def _answer(self, count: int) -> Sequence[Reading | None]:
        """As many; None where it has to be read here."""
        unread = [None] * count
        if self._is_gone:
            return unread
        if not self._speaks_within(PATIENCE_S):
            self._give_up()
            return unread
        try:
            readings = frame_reading.unpacked_readings(frame_reading.received(self._here))
        except EOFError:
            self._give_up()
            return unread
        except msgspec.DecodeError:
            return unread
        return [*readings, *unread[len(readings) :]]

    def _speaks_within(self, seconds: float) -> bool:
        return bool(select.select([self._here], [], [], seconds)[0])

    def _give_up(self) -> None:
        self._is_gone = True
        self._running.kill()
        logging.getLogger(__name__).warning("The second reader is gone; the server reads alone.")


SECOND_READER = SecondReader()
"""Of this process."""
