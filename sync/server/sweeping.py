"""Attachments that nobody needs any more are let go of: when the server starts, and every hour."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sync.server.blobs import BlobShelf

EVERY_S = 3600.0


@contextmanager
def sweeping(shelf: BlobShelf, every_s: float = EVERY_S) -> Iterator[None]:
    """Sweeps beside the block, at once and then every `every_s`; a failed sweep is logged."""
    stop = threading.Event()

    def sweep() -> None:
        while True:
            try:
                shelf.sweep(is_enough=stop.is_set)
            except Exception:
                logging.getLogger(__name__).exception("the sweep of attachments failed")
            if stop.wait(every_s):
                return

    thread = threading.Thread(target=sweep, name="advisor-sweep")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
