"""Why a file is not accepted: it was changed, or nothing can be said of it."""

from __future__ import annotations


class Fault(Exception):
    """The file is not what we write. is_change: that proves that somebody touched it."""

    def __init__(self, reason: str, *, is_change: bool = False) -> None:
        super().__init__(reason)
        self.is_change = is_change


class Changed(Fault):
    """The seal proves a change."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, is_change=True)
