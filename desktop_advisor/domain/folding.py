"""Words as a search compares them: whatever the keyboard, the case or the hyphen.

ä = ae = a, ö = oe = o, ü = ue = u, ß = ss, accents and case do not count, a hyphen inside a word
is not there, everything that is neither letter nor digit is one blank. The price is that "neue"
and "neu" are the same; an advisor on a foreign keyboard gains more than that loses (our choice).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

HYPHENS = frozenset("-\u00ad\u2010\u2011")
"""Hyphens that join; dashes (–, —) part what stands around them."""
MOST_TERMS = 8
LONGEST_QUERY = 200
"""Our choice: far beyond what anybody types into a search field."""
SHORT = 3
"""Terms below this length are looked for at the beginning of words only."""

Span = tuple[int, int]
"""First and one past the last character in the original text."""


def folded(text: str) -> str:
    """The words of a text with one blank before, between and after them; " " for none.

    What a text begins with stays what its folded form begins with, so a search can run while
    somebody is still typing.
    """
    return _fold(text)[0]


def terms_of(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once; empty when there is nothing to look for."""
    words = folded(query[:LONGEST_QUERY]).split()
    return tuple(dict.fromkeys(words))[:MOST_TERMS]


def needle(term: str) -> str:
    """What a folded text contains exactly when the term matches: short ones begin a word."""
    return f" {term}" if len(term) < SHORT else term


def marks(text: str, terms: Iterable[str]) -> list[Span]:
    """Where the terms stand in the original text, in order, overlapping ones joined."""
    flat, places = _fold(text)
    found: list[Span] = []
    for term in terms:
        sought = needle(term)
        at = flat.find(sought)
        while sought and at >= 0:
            start = at + len(sought) - len(term)
            found.append((places[start], places[at + len(sought) - 1] + 1))
            at = flat.find(sought, at + 1)
    return _joined(sorted(found))


def snippet(text: str, terms: Sequence[str], length: int = 160) -> tuple[str, list[Span]]:
    """About `length` characters around the first term, on one line, and the marks in them.

    Without a hit it is the beginning of the text.
    """
    line = " ".join(text.split())
    first = next(iter(marks(line, terms)), (0, 0))
    start = 0 if first[1] <= length else max(first[0] - length // 3, 0)
    if start:
        blank = line.find(" ", start, first[0])
        start = blank + 1 if blank >= 0 else start
    end = min(start + length, len(line))
    if end < len(line):
        blank = line.rfind(" ", max(first[1], start + 1), end)
        end = blank if blank >= 0 else end
    cut = ("… " if start else "") + line[start:end] + (" …" if end < len(line) else "")
    return cut, marks(cut, terms)


def near_miss(term: str, flat: str) -> bool:
    """Whether a folded text contains the term with one letter wrong, missing or too many."""
    size = len(term)
    for half, offset in halves(term):
        at = flat.find(half)
        while at >= 0:
            start = at - offset
            for begin in (start - 1, start, start + 1) if offset else (start,):
                for long in (size - 1, size, size + 1):
                    if begin >= 0 and _one_off(term, flat[begin : begin + long]):
                        return True
            at = flat.find(half, at + 1)
    return False


def halves(term: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """Both halves of a term with their place in it; a single slip leaves one of them whole."""
    middle = len(term) // 2
    return (term[:middle], 0), (term[middle:], middle)


def _one_off(term: str, other: str) -> bool:
    if abs(len(term) - len(other)) > 1:
        return False
    same = 0
    for left, right in zip(term, other, strict=False):
        if left != right:
            break
        same += 1
    rest, rest_other = term[same:], other[same:]
    return rest_other in (rest, rest[1:]) or rest_other[1:] in (rest, rest[1:])


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place of its origin."""
    out: list[str] = [" "]
    places = [0]
    for place, char in enumerate(text):
        letters = _letters(char)
        if letters is None:
            if char in HYPHENS and _joins(text, place):
                continue
            letters = " "
        for letter in letters:
            before = out[-1]
            if (letter == "e" and before in "aou") or (letter == " " and before == " "):
                continue
            out.append(letter)
            places.append(place)
    if out[-1] != " ":
        out.append(" ")
        places.append(max(len(text) - 1, 0))
    return "".join(out), places


def _joins(text: str, place: int) -> bool:
    """Whether the hyphen stands inside a word rather than at its end."""
    return 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()


@lru_cache(maxsize=4096)
def _letters(char: str) -> str | None:
    """The folded letters of a character, "" for an accent on its own, None for no letter."""
    if unicodedata.combining(char):
        return ""
    plain = unicodedata.normalize("NFKD", char.casefold())
    letters = "".join(c for c in plain.casefold() if c.isalnum())
    return letters or None


def _joined(found: list[Span]) -> list[Span]:
    whole: list[Span] = []
    for start, end in found:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
