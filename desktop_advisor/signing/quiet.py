"""pyHanko logs what it refuses; for us a refusal is an answer, not an event."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGERS = ("pyhanko", "pyhanko_certvalidator")


@contextmanager
def quiet() -> Iterator[None]:
    """Within, pyHanko logs nothing."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
