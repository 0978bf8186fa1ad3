"""Whether a file is a sealed one with nothing but proofs added to it."""

from __future__ import annotations

import re

_SEAL = re.compile(rb"/Contents\s*<([0-9A-Fa-f]{4096,})>")
_DIGITS = re.compile(rb"[0-9A-Fa-f]+")


def continues(sealed: bytes, later: bytes) -> bool:
    """Whether `later` is `sealed` but for hex digits within the seal, and for what follows it.

    Which file carries a report's proofs is told by other laptops too: none of them can put another
    document in its place. Whether what was added are proofs is for verification to say.
    """
    seals = list(_SEAL.finditer(sealed))
    if len(seals) != 1:
        return False
    start, end = seals[0].span(1)
    return (
        later[:start] == sealed[:start]
        and later[end : len(sealed)] == sealed[end:]
        and _DIGITS.fullmatch(later, start, end) is not None
    )
