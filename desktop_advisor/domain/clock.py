"""The clock that pure code is handed instead of reading one itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present moment, always with a time zone."""


def system_clock() -> datetime:
    """The laptop's own time in UTC."""
    return datetime.now(UTC)
