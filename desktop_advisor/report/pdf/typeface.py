"""A typeface that shows every character of a text, or shows that it cannot.

A glyph that a font lacks would be drawn as `.notdef`, which ISO 19005-3, 6.2.11.8 forbids; a
character without a Unicode value of its own could not be read again (6.2.11.7).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

MISSING = "\u25a1"
"""What stands for a character the typeface lacks."""
_PRIVATE = range(0xE000, 0xF900)
_NONCHARACTERS = (0, 0xFEFF, 0xFFFE, 0xFFFF)
_INVISIBLE = ("Cc", "Cf")
_SELECTORS = range(0xFE00, 0xFE10)
_KNOWN_WORDS = 8192
"""Words whose width is remembered; a long report has some 3000 different ones."""
_BLOCK = 100
"""Entries of a block in a CMap (Adobe Technical Note 5014, 2.2)."""


class Typeface(TTFont):  # type: ignore[misc]  # ReportLab is untyped
    """An embedded TrueType font whose missing characters become a box, invisible ones nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._width = lru_cache(_KNOWN_WORDS)(self._measured)
        self._unknown = re.compile(f"[^{_ranges(filter(_is_shown, self.face.charToGlyph))}]")

    def shown(self, text: str | bytes) -> str:
        """The text as this typeface can show it."""
        words = text.decode() if isinstance(text, bytes) else text
        if words.isascii() and words.isprintable():
            return words
        return self._unknown.sub(_replaced, words) if self._unknown.search(words) else words

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        """Width of what is shown; asked for each word of a document, so words are remembered."""
        return 0.001 * size * self._width(text)

    def _measured(self, text: str | bytes) -> float:
        """In thousandths of the size."""
        return float(sum(self.face.getCharWidth(ord(char)) for char in self.shown(text)))

    def splitString(self, text: str | bytes, doc: Any, encoding: str = "utf-8") -> Any:
        """The codes of what is shown.

        Where all have their code in the first subset already, as nearly always, it is looked up.
        """
        words = self.shown(text)
        try:
            codes = self.state[doc].assignments
            return [(0, bytes(map(codes.__getitem__, map(ord, words))))] if words else []
        except (KeyError, ValueError):  # new in this document, or in a later subset
            return super().splitString(words, doc, encoding)

    def addObjects(self, doc: Any) -> None:
        """Embed the subsets, each with a well-formed way back to Unicode."""
        subsets = list(self.state[doc].subsets)
        known = set(doc.idToObject)
        super().addObjects(doc)
        made = [name for name in doc.idToObject if name not in known and "CMap:" in name]
        for name, subset in zip(made, subsets, strict=True):
            doc.idToObject[name].content = to_unicode(subset)


def to_unicode(subset: Sequence[int]) -> str:
    """The CMap from the codes of a subset to Unicode (ISO 32000-1, 9.10.3); 0 is no character."""
    pairs = [f"<{code:02X}> <{char:04X}>" for code, char in enumerate(subset) if char]
    blocks = [pairs[n : n + _BLOCK] for n in range(0, len(pairs), _BLOCK)]
    lines = [line for b in blocks for line in (f"{len(b)} beginbfchar", *b, "endbfchar")]
    return "\n".join((*_CMAP_HEAD, *lines, *_CMAP_TAIL))


_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<00> <FF>",
    "endcodespacerange",
)
_CMAP_TAIL = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")


def _is_shown(code: int) -> bool:
    """Whether a glyph of that code may be used: in the Basic Multilingual Plane, not private."""
    return code < 0x10000 and code not in _PRIVATE and code not in _NONCHARACTERS


def _ranges(codes: Iterable[int]) -> str:
    """The codes as the inside of a character class."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in runs)


def _replaced(found: re.Match[str]) -> str:
    char = found.group()
    is_invisible = unicodedata.category(char) in _INVISIBLE or ord(char) in _SELECTORS
    return "" if is_invisible else MISSING
