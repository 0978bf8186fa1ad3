"""Work on several connections at once; what it brings is settled on the thread that asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from sync.client.errors import CancelledError

Settle = Callable[[], None]
Job = Callable[[Callable[[], None]], Settle]
"""Runs on a connection, calls what it is given between two pieces, and returns what is then to be
written down."""


def run_lanes(jobs: Iterator[Job], connections: int, step: Callable[[int], None]) -> None:
    """Do all jobs, up to `connections` of them at a time.

    step: called with the number of jobs done, on this thread, after each piece; what it raises ends
    all jobs at their next piece. `jobs` is asked for the next one when a connection is free, so
    that no more is held in memory than travels.

    Raises what the first failing job raises, once no other one runs any more.
    """
    if connections > 1:
        _run_beside_each_other(jobs, connections, step)
        return
    for done, job in enumerate(jobs):
        step(done)
        job(lambda done=done: step(done))()  # type: ignore[misc] # bound now


def _run_beside_each_other(
    jobs: Iterator[Job], connections: int, step: Callable[[int], None]
) -> None:
    events: SimpleQueue[Future[Settle] | None] = SimpleQueue()
    stop = threading.Event()

    def between_pieces() -> None:
        if stop.is_set():
            raise CancelledError
        events.put(None)

    done = running = 0
    with ThreadPoolExecutor(connections, thread_name_prefix="sync-lane") as pool:
        try:
            while True:
                while running < connections and (job := next(jobs, None)) is not None:
                    pool.submit(job, between_pieces).add_done_callback(events.put)
                    running += 1
                if not running:
                    return
                ended = events.get()
                if ended is not None:
                    running -= 1
                    ended.result()()
                    done += 1
                step(done)
        finally:
            stop.set()
