"""Errors an advisor can do something about, as opposed to faults of ours.

KnownError
└── subclasses live beside what raises them (WrongPassphrase, NewerDatabase, BrokenForm, …)
"""

from __future__ import annotations


class KnownError(Exception):
    """A state of the world, not a bug: says what happened, what is safe, what to do, in German.

    Attributes:
        what: what happened.
        safe: what is not affected; "" when nothing was at stake.
        todo: the next step for the advisor.
    """

    def __init__(self, what: str, *, safe: str = "", todo: str = "") -> None:
        super().__init__(" ".join(part for part in (what, safe, todo) if part))
        self.what = what
        self.safe = safe
        self.todo = todo
