"""Hybrid logical clock: order that does not depend on a laptop's clock (design §5).

Kulkarni et al., "Logical Physical Clocks" (2014): 48 bits of milliseconds, 16 bits of counter.
"""

from __future__ import annotations

COUNTER_BITS = 16


def tick(last: int, now_ms: int) -> int:
    """The next stamp after `last`, never lower than the wall clock `now_ms`."""
    return max(last + 1, now_ms << COUNTER_BITS)


def observe(last: int, seen: int) -> int:
    """The stamp to go on from after a change with stamp `seen` has arrived."""
    return max(last, seen)
