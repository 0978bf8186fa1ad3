"""Heads, winners and conflicts of one field: pure, and all that a client needs to agree on.

A company file is a set of changes; nothing else is exchanged. Each sets one field of one entity to
a value, and names as `bases` the changes of that field which its author saw and replaced. A change
never changes and is never taken back: whoever undoes an edit writes a further change.

heads
    The changes of a field that no other change of it names as base. A change that was named before
    it arrived is no head when it comes.
winner
    The head that a client shows: the highest (hlc, writer, n). hlc is a hybrid logical clock
    (`sync.hybrid_clock`): above every stamp that its writer had seen, so a later edit wins over
    what it saw even where a laptop's clock is wrong. The writer, random, decides between equals.
conflict
    Several heads with different values. It shows the winner and waits for a person, whose next
    change names all present heads as its bases, and so is the only head. Heads of equal values are
    no conflict: two people wrote the same.
frozen
    What is written once (a sealed report's content) shows its first change, not its winner:
    the lowest (hlc, writer), and of that edit the highest n. Such a later change stays in the
    history. Which fields are frozen is the application's to say; so is which fields a program
    computes, where several values are no conflict.

All this depends on the set of changes alone: neither on their order of arrival nor on arriving
twice. Two ends with equal sets show equal values, and `sync.tally` compares the sets.

Example: Anna's laptop (writer a) founds a company, Ben's (b) has received that, both rename it
while offline, and Anna decides after the next sync::

    change   bases       hlc   value       heads after it   shown       conflict
    (a, 1)   -            10   Huber       a1               Huber       no
    (a, 2)   a1           20   Huber SE    a2               Huber SE    no
    (b, 1)   a1           30   Huber AG    a2, b1           Huber AG    yes
    (a, 3)   a2, b1       40   Huber SE    a3               Huber SE    no

In whatever order the four arrive elsewhere, a3 is the only head in the end. Where (a, 3) arrives
first, it is shown, and the other three change nothing, as a3 names two of them and these the third.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sync.protocol import Change, ChangeName


def heads(changes: Iterable[Change]) -> list[Change]:
    """The changes of one field that no other change names as base, weakest first; never none.

    The result does not depend on the order of arrival, nor on changes arriving twice. Where
    changes name each other in a circle, which no honest writer can do, only older bases count.
    """
    by_name = {change.name: change for change in changes}
    replaced = {
        (writer, n)
        for change in by_name.values()
        for writer, n in change.bases
        if (writer, n) != change.name
    }
    remaining = [change for name, change in by_name.items() if name not in replaced]
    if not remaining:
        remaining = _heads_of_circle(by_name)
    return sorted(remaining, key=_age)


def _heads_of_circle(by_name: Mapping[ChangeName, Change]) -> list[Change]:
    older = {
        (writer, n)
        for change in by_name.values()
        for writer, n in change.bases
        if (writer, n) in by_name and _age(by_name[writer, n]) < _age(change)
    }
    return [change for name, change in by_name.items() if name not in older]


def _age(change: Change) -> tuple[int, str, int]:
    return (change.hlc, change.writer, change.n)


def winner(field_heads: Sequence[Change]) -> Change:
    """The head that shows: the highest (hlc, writer, n)."""
    return max(field_heads, key=_age)


def is_conflict(field_heads: Sequence[Change]) -> bool:
    """Whether several heads hold different values; equal values are no conflict."""
    return len(field_heads) > 1 and any(h.value != field_heads[0].value for h in field_heads[1:])
