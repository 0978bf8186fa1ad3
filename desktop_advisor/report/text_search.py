"""Where words stand in a PDF, so that a screen can mark them; no Qt here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from desktop_advisor.signing.pdfium import opened

SHORTEST = 2
"""Letters a search needs; a single one would mark half of every page."""
_DROPPED = frozenset("\xad\x02\ufffe\x00")
"""Soft hyphens, also as PDFium marks those at the end of a line."""
_ALIKE = str.maketrans({"–": "-", "—": "-", "‑": "-", "„": '"', "“": '"', "”": '"', "’": "'"})


@dataclass(frozen=True)
class Box:
    """A rectangle as shares of its page, from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Hit:
    """One place where the words stand; more than one box where it runs on in the next line."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class _PageText:
    """text: as it is compared. places: for each of its characters, PDFium's index of it."""

    text: str
    places: tuple[int, ...]


class SearchableText:
    """The words of one PDF; read once, at the first search. Safe to use from any thread."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._pages: list[_PageText] | None = None
        self._reading = threading.Lock()

    def find(self, words: str, is_cancelled: Callable[[], bool] = lambda: False) -> tuple[Hit, ...]:
        """Every place from the first page to the last; () for less than SHORTEST letters.

        Case, kinds of blanks, hyphens and quotation marks make no difference.

        Raises:
            UnreadablePdf: PDFium cannot open it.
        """
        wanted = _comparable(list(words.strip())).text
        if len(wanted) < SHORTEST:
            return ()
        found: list[Hit] = []
        for number, page in enumerate(self._read(is_cancelled)):
            places = _occurrences(page, wanted)
            if places and not is_cancelled():
                found += _hits(self._pdf, number, places)
        return () if is_cancelled() else tuple(found)

    def _read(self, is_cancelled: Callable[[], bool]) -> list[_PageText]:
        """Page by page, so that whoever draws pages never waits long."""
        with self._reading:
            if self._pages is None:
                with opened(self._pdf) as document:
                    count = len(document)
                pages: list[_PageText] = []
                for number in range(count):
                    if is_cancelled():
                        return []
                    pages.append(_page_text(self._pdf, number))
                self._pages = pages
            return self._pages


def _page_text(pdf: bytes, number: int) -> _PageText:
    with opened(pdf) as document:
        page = document[number]
        text = page.get_textpage()
        try:
            codes = [raw.FPDFText_GetUnicode(text, n) for n in range(text.count_chars())]
            return _comparable([chr(code) for code in codes])
        finally:
            text.close()
            page.close()


def _comparable(letters: list[str]) -> _PageText:
    """Folded, blanks of any kind as one, words divided at the end of a line as one word."""
    text: list[str] = []
    places: list[int] = []
    is_divided = False
    for place, letter in enumerate(letters):
        if letter in _DROPPED:
            is_divided = True
            continue
        if letter.isspace():
            if is_divided or not text or text[-1] == " ":
                continue
            text.append(" ")
            places.append(place)
            continue
        is_divided = False
        folded = letter.translate(_ALIKE).casefold()
        text += folded
        places += [place] * len(folded)
    return _PageText("".join(text), tuple(places))


def _occurrences(page: _PageText, wanted: str) -> list[tuple[int, int]]:
    """First and last place of each, none inside another."""
    found, at = [], page.text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        found.append((page.places[at], page.places[end - 1]))
        at = page.text.find(wanted, end)
    return found


def _hits(pdf: bytes, number: int, places: list[tuple[int, int]]) -> list[Hit]:
    with opened(pdf) as document:
        page = document[number]
        text = page.get_textpage()
        try:
            size = page.get_size()
            return [Hit(number, _boxes(text, size, first, last)) for first, last in places]
        finally:
            text.close()
            page.close()


def _boxes(
    text: pdfium.PdfTextPage, size: tuple[float, float], first: int, last: int
) -> tuple[Box, ...]:
    width, height = size
    made = []
    for n in range(text.count_rects(first, last - first + 1)):
        left, bottom, right, top = text.get_rect(n)
        made.append(Box(left / width, 1 - top / height, right / width, 1 - bottom / height))
    return tuple(made)
