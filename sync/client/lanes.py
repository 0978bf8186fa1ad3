"""Work on several connections at once; what it brings is settled on the thread that asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

Settle = Callable[[], None]
Job = Callable[[], Settle]
"""Runs on a connection and returns what is then to be written down."""


def run_lanes(next_job: Callable[[], Job | None], connections: int, step: Settle) -> None:
    """Do all jobs, up to `connections` of them at a time.

    next_job: asked whenever a connection is free; None where nothing is to be done now, which may
    change when a running job has been settled. step: called on this thread after each job; what it
    raises ends the work once no job runs any more.

    Raises what the first failing job raises, after the others have ended.
    """
    if connections == 1:
        while (job := next_job()) is not None:
            job()()
            step()
        return
    ended: SimpleQueue[Future[Settle]] = SimpleQueue()
    running = 0
    with ThreadPoolExecutor(connections, thread_name_prefix="sync-lane") as pool:
        while True:
            while running < connections and (job := next_job()) is not None:
                pool.submit(job).add_done_callback(ended.put)
                running += 1
            if not running:
                return
            settle = ended.get().result()
            running -= 1
            settle()
            step()
