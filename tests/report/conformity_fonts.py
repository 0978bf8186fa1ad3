"""Fonts: embedded, every shown code has a glyph of its declared width and a Unicode value."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

import pikepdf

from tests.report.conformity_content import PageContent

_SYMBOLIC, _NONSYMBOLIC = 4, 32
_BLOCK = re.compile(r"beginbfchar\s*(.*?)\s*endbfchar", re.DOTALL)
_PAIR = re.compile(r"<([0-9A-F]+)>\s*<([0-9A-F]+)>")
_SUBSET = re.compile(r"/[A-Z]{6}\+.+")


def font_faults(pages: Sequence[PageContent]) -> Iterator[str]:
    """Each font once, with all codes that any page shows in it."""
    used: dict[tuple[int, int], tuple[pikepdf.Object, set[int]]] = {}
    for page in pages:
        for name, codes in page.shown.items():
            font = getattr(page.page, "obj", page.page).Resources.Font[name]
            used.setdefault(font.objgen, (font, set()))[1].update(codes)
    for font, codes in used.values():
        yield from (f"{fault} ({font.BaseFont})" for fault in _font(font, codes))


def _font(font: pikepdf.Object, codes: set[int]) -> Iterator[str]:
    described = font.get("/FontDescriptor")
    if font.Subtype != "/TrueType" or described is None or "/FontFile2" not in described:
        yield "A 6.2.11.4: not embedded"
        return
    if described.FontName != font.BaseFont or not _SUBSET.fullmatch(str(font.BaseFont)):
        yield "A 6.2.11.2: name"
    flags = int(described.Flags)
    if not flags & _SYMBOLIC or flags & _NONSYMBOLIC or "/Encoding" in font:
        yield "A 6.2.11.6: a subset by codes is symbolic and has no encoding"
    first, last, widths = int(font.FirstChar), int(font.LastChar), list(font.Widths)
    if len(widths) != last - first + 1:
        yield "A 6.2.11.2: number of widths"
    if int(described.FontFile2.get("/Length1", -1)) != len(described.FontFile2.read_bytes()):
        yield "A 6.2.11.4: Length1"
    yield from _glyphs(described.FontFile2.read_bytes(), codes, first, widths)
    yield from _unicode(font, codes)


def _glyphs(
    program: bytes, codes: set[int], first: int, widths: Sequence[pikepdf.Object]
) -> Iterator[str]:
    font = TrueType(program)
    if len(font.encodings) != 1 and (3, 0) not in font.encodings:
        yield f"A 6.2.11.6: encodings {font.encodings}"
    for code in sorted(codes):
        glyph = font.glyph(code)
        if glyph == 0:
            yield f"A 6.2.11.8: .notdef shown for code {code}"
        elif abs(float(widths[code - first]) - font.width(glyph)) > 1:
            yield f"A 6.2.11.5: width of code {code}"


def _unicode(font: pikepdf.Object, codes: set[int]) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield "A 6.2.11.7: no ToUnicode"
        return
    text = font.ToUnicode.read_bytes().decode("ascii")
    blocks = _BLOCK.findall(text)
    if any(len(_PAIR.findall(block)) > 100 for block in blocks):
        yield "A 6.2.11.7: block of more than 100 characters"
    known = to_unicode(font)
    for code in sorted(codes):
        value = ord(known.get(code, "\0"))
        if value in (0, 0xFEFF, 0xFFFE) or 0xE000 <= value <= 0xF8FF:
            yield f"A 6.2.11.7: code {code} means U+{value:04X}"


def to_unicode(font: pikepdf.Object) -> dict[int, str]:
    """Code → character."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    return {
        int(a, 16): chr(int(b, 16))
        for block in _BLOCK.findall(text)
        for a, b in _PAIR.findall(block)
    }


class TrueType:
    """As much of a TrueType file as the rules ask for.

    encodings: (platform, encoding) of its character maps.
    """

    def __init__(self, data: bytes) -> None:
        count = struct.unpack(">H", data[4:6])[0]
        entries = (struct.unpack(">4sIII", data[12 + 16 * n : 28 + 16 * n]) for n in range(count))
        tables = {name: data[start : start + size] for name, _, start, size in entries}
        self._units = struct.unpack(">H", tables[b"head"][18:20])[0]
        self._metrics = struct.unpack(">H", tables[b"hhea"][34:36])[0]
        self._hmtx, self._cmap = tables[b"hmtx"], tables[b"cmap"]
        maps = struct.unpack(">H", self._cmap[2:4])[0]
        records = [struct.unpack(">HHI", self._cmap[4 + 8 * n : 12 + 8 * n]) for n in range(maps)]
        self.encodings = [(platform, encoding) for platform, encoding, _ in records]
        self._at = records[0][2]

    def glyph(self, code: int) -> int:
        """The glyph of a code in the first character map, 0 for none."""
        form = struct.unpack(">H", self._cmap[self._at : self._at + 2])[0]
        if form == 0:
            return self._cmap[self._at + 6 + code]
        assert form == 6, form
        first, count = struct.unpack(">HH", self._cmap[self._at + 6 : self._at + 10])
        place = self._at + 10 + 2 * (code - first)
        within = first <= code < first + count
        return int(struct.unpack(">H", self._cmap[place : place + 2])[0]) if within else 0

    def width(self, glyph: int) -> float:
        """In thousandths of the size."""
        number = min(glyph, self._metrics - 1)
        return struct.unpack(">H", self._hmtx[4 * number : 4 * number + 2])[0] * 1000 / self._units
