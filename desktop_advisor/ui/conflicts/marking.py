"""Where a version differs from another, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from desktop_advisor.domain.folding import Span

_PARTS = re.compile(r"\s+|\w+|[^\w\s]")
ALIKE = 0.3
"""Our choice: of two texts with less in common, marking nearly all would help nobody."""


def differing(text: str, other: str) -> list[Span]:
    """The words of `text` that `other` has not, in order; [] where they have little in common."""
    mine, theirs = _PARTS.findall(text), _PARTS.findall(other)
    if len(_words(mine)) < 2 or _likeness(mine, theirs) < ALIKE:
        return []
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    starts = [0]
    for part in mine:
        starts.append(starts[-1] + len(part))
    return [
        (starts[begin], starts[end])
        for tag, begin, end, _, _ in matcher.get_opcodes()
        if tag in {"replace", "delete"} and text[starts[begin] : starts[end]].strip()
    ]


def _likeness(mine: Sequence[str], theirs: Sequence[str]) -> float:
    return SequenceMatcher(None, _words(mine), _words(theirs), autojunk=False).ratio()


def _words(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part.isalnum()]
