"""What checking an official number gives: the number as it is kept, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Identifier:
    """A number as typed, brought into the form it is kept in.

    value: tidied where it could be read, else as typed. problem: what is wrong, one German
    sentence, "" where nothing is. meaning: what the number says or what remains to be checked, ""
    for nothing. An empty input has neither.
    """

    value: str
    problem: str = ""
    meaning: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether something was typed and nothing is wrong with it; never that it was assigned."""
        return bool(self.value) and not self.problem
