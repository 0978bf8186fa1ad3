"""Our laptop as a process: `python -m tests.benchmarks.laptop_process FOLDER`.

A command per line on stdin, JSON on stdout; without a filled store in FOLDER an empty one is made.
  sign URL CODE        become a device of the network
  prepare, sort_in     what the program does before and after a run, while nobody waits
  sync URL             one run
  touch NUMBER VALUE   one answer of that sheet
  attach BYTES COUNT   so many photos of random bytes for the first sheet
  health URL           one bare request
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_advisor.storage.store import Store
from tests.benchmarks.sync_laptop import (
    attach,
    health,
    new_laptop,
    open_laptop,
    prepare,
    sign_up,
    sort_in,
    sync,
    touch,
)
from tests.benchmarks.sync_workload import sheets

COUNTED = (
    "sent",
    "received",
    "requests",
    "bytes_sent",
    "bytes_received",
    "blobs_sent",
    "blobs_received",
)


class LaptopProcess:
    """The commands over one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sign(self, url: str, code: str) -> dict[str, Any]:
        sign_up(self._store, url, code)
        return {}

    def prepare(self) -> dict[str, Any]:
        return self._timed(prepare)

    def sort_in(self) -> dict[str, Any]:
        return self._timed(sort_in)

    def _timed(self, work: Callable[[Store], None]) -> dict[str, Any]:
        began = time.perf_counter()
        work(self._store)
        return {"ms": (time.perf_counter() - began) * 1000}

    def sync(self, url: str) -> dict[str, Any]:
        began = time.perf_counter()
        outcome = sync(self._store, url)
        ms = (time.perf_counter() - began) * 1000
        return {"ms": ms, **{name: getattr(outcome, name) for name in COUNTED}}

    def touch(self, number: str, value: str) -> dict[str, Any]:
        touch(self._store, next(sheets(1, int(number))), value)
        return {}

    def attach(self, size: str, count: str) -> dict[str, Any]:
        for _ in range(int(count)):
            attach(self._store, next(sheets(1)), os.urandom(int(size)))
        return {}

    def health(self, url: str) -> dict[str, Any]:
        began = time.perf_counter()
        health(url)
        return {"ms": (time.perf_counter() - began) * 1000}


def main() -> None:
    """Answer each line."""
    folder = Path(sys.argv[1])
    store = open_laptop(folder) if folder.exists() else new_laptop(folder)
    laptop = LaptopProcess(store)
    for line in sys.stdin:
        name, *words = line.split()
        command: Callable[..., dict[str, Any]] = getattr(laptop, name)
        sys.stdout.write(json.dumps(command(*words)) + "\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main()
