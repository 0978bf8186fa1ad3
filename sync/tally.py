"""Which changes one end holds, in two numbers that cost nothing to keep (protocol, "check").

The mark of a set of changes is the sum over its names, modulo 2**64, of
`weight(writer) * ((n + 1)**5 - n**5)`, so a run of consecutive numbers adds one product, the order
of arrival does not matter, and a missing or doubled change shows. It compares two honest ends; it
is no protection against a forger. Content needs no part in it: a change never changes under its
name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec import Struct

MODULUS = 2**64


class Tally(Struct, frozen=True):
    """How many changes, and their mark."""

    count: int = 0
    mark: int = 0

    def with_runs(self, runs: Iterable[tuple[str, int, int]]) -> Tally:
        """The tally after runs (writer, first n, how many) of fresh changes were added."""
        count, mark = self.count, self.mark
        for writer, first, length in runs:
            count += length
            mark += weight(writer) * ((first + length) ** 5 - first**5)
        return Tally(count, mark % MODULUS)

    @property
    def text(self) -> str:
        """The mark as 16 hex digits."""
        return f"{self.mark:016x}"

    @classmethod
    def of(cls, count: int, mark: str) -> Tally:
        """The tally with this count and the mark as 16 hex digits."""
        return cls(count, int(mark, 16))


def runs(names: Iterable[tuple[str, int]]) -> list[tuple[str, int, int]]:
    """The names (writer, n), each given once, as runs (writer, first n, how many)."""
    found: list[tuple[str, int, int]] = []
    for writer, n in sorted(names):
        if found and found[-1][0] == writer and sum(found[-1][1:]) == n:
            found[-1] = (writer, found[-1][1], found[-1][2] + 1)
        else:
            found.append((writer, n, 1))
    return found


def weight(writer: str) -> int:
    """The factor of a writer (32 hex digits): the first 8 bytes of SHA-256 over its text."""
    return int.from_bytes(hashlib.sha256(writer.encode()).digest()[:8], "big")
