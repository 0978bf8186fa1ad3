"""What nobody needs any more is let go of, when the server starts and every hour.

Attachments that no company file has, parts of batches that were never named, and what was erased
and still stands in SQLite's log.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sync.server import parts
from sync.server.blobs import BlobShelf
from sync.server.database import Database

EVERY_S = 3600.0


@contextmanager
def sweeping(database: Database, shelf: BlobShelf, every_s: float = EVERY_S) -> Iterator[None]:
    """Sweeps beside the block, at once and then every `every_s`; a failed sweep is logged."""
    stop = threading.Event()

    def sweep() -> None:
        while True:
            try:
                parts.sweep(database)
                shelf.sweep(is_enough=stop.is_set)
                database.empty_log()
            except Exception:
                logging.getLogger(__name__).exception("the sweep failed")
            if stop.wait(every_s):
                return

    thread = threading.Thread(target=sweep, name="advisor-sweep")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
