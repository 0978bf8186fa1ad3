"""Heads, winners and conflicts of one field: pure, used by both ends (design §5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sync.protocol import Change


def heads(changes: Iterable[Change]) -> list[Change]:
    """The changes of one field that no other change names as base, weakest first.

    The result does not depend on the order of arrival, nor on changes arriving twice.
    """
    by_name = {change.name: change for change in changes}
    replaced = {tuple(base) for change in by_name.values() for base in change.bases}
    remaining = [change for name, change in by_name.items() if name not in replaced]
    return sorted(remaining, key=lambda c: (c.hlc, c.writer, c.n))


def winner(field_heads: Sequence[Change]) -> Change:
    """The head that shows: the highest (hlc, writer, n)."""
    return max(field_heads, key=lambda c: (c.hlc, c.writer, c.n))


def is_conflict(field_heads: Sequence[Change]) -> bool:
    """Whether several heads hold different values; equal values are no conflict."""
    return len(field_heads) > 1 and any(h.value != field_heads[0].value for h in field_heads[1:])
