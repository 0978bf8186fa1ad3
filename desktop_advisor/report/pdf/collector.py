"""Python's search for circular garbage, put off while a document is drawn."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_waits() -> Iterator[None]:
    """What is drawn here lives until its file is written, so a search on the way finds nothing.

    It runs each few hundred new objects over all of them: an eighth of drawing a report.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
