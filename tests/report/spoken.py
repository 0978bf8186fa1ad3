"""A tagged PDF as a screen reader says it: headings, words, lists, figures by their alternative."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from tests.report.conformity_content import PageContent, read_page
from tests.report.conformity_fonts import to_unicode
from tests.report.conformity_structure import attributes, kids_of


def spoken(pdf: bytes, chapter: str = "") -> list[str]:
    """The lines of the whole document, or of the chapter of that heading."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        voice = _Voice(opened)
        document = kids_of(opened.Root.StructTreeRoot)[0]
        parts = [list(voice.lines(part)) for part in kids_of(document)]
    shown = [part for part in parts if not chapter or any(_is_heading(part, chapter))]
    return [line for part in shown for line in part]


def _is_heading(lines: list[str], chapter: str) -> Iterator[bool]:
    return (line.lstrip("#") == f" {chapter}" for line in lines)


class _Voice:
    """Speaks elements of one document."""

    def __init__(self, opened: pikepdf.Pdf) -> None:
        self._pages: dict[Any, PageContent] = {p.obj.objgen: read_page(p) for p in opened.pages}
        self._maps: dict[Any, dict[int, str]] = {}

    def lines(self, element: Any) -> Iterator[str]:
        """What is said for an element and all below."""
        kind = str(element.S)[1:]
        if kind == "Table":
            yield from self._table(element)
        elif kind == "Figure":
            yield f"[Bild: {element.Alt}]"
        elif kind == "Form":
            yield f"[Feld: {element.Alt}]"
        elif kind == "LI":
            yield f"  {self._words(element)}"
        elif kind == "TOCI":
            yield f"-> {self._words(element)}"
        elif kind in ("P", "H1", "H2", "H3", "H4"):
            level = "#" * int(kind[1:] or 0)
            yield f"{level} {self._words(element)}".strip()
        else:
            for kid in _elements(element):
                yield from self.lines(kid)

    def _table(self, table: Any) -> Iterator[str]:
        """A line per row: what names the row, then each cell behind its header."""
        heads: list[str] = []
        for row in _elements(table):
            cells = _elements(row)
            scopes = [str(attributes(c, "/Table").get("/Scope", "")) for c in cells]
            words = [" ".join(self.lines_of(c)) for c in cells]
            if all(scope == "/Column" for scope in scopes):
                heads = words
                continue
            said = [
                f"{heads[n]}: {w}" if heads and heads[n] else w for n, w in enumerate(words) if w
            ]
            yield f"| {'; '.join(said)}"

    def lines_of(self, element: Any) -> list[str]:
        """The lines of its kids."""
        return [line for kid in _elements(element) for line in self.lines(kid)]

    def _words(self, element: Any) -> str:
        parts = []
        for kid in kids_of(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                parts.append(self._words(kid))
            elif not (isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid):
                parts.append(self._content(element, kid))
        return " ".join("".join(f"{part} " for part in parts).split())

    def _content(self, element: Any, kid: Any) -> str:
        is_reference = isinstance(kid, pikepdf.Dictionary)
        page = self._pages[(kid if is_reference else element).Pg.objgen]
        mcid = int(kid.MCID if is_reference else kid)
        return "".join(self._text(page, font, codes) for font, codes in page.texts.get(mcid, []))

    def _text(self, page: PageContent, name: str, codes: bytes) -> str:
        font = page.page.obj.Resources.Font[name]
        if font.objgen not in self._maps:
            self._maps[font.objgen] = to_unicode(font)
        known = self._maps[font.objgen]
        return "".join(known[code] for code in codes)


def _elements(element: Any) -> list[Any]:
    return [k for k in kids_of(element) if isinstance(k, pikepdf.Dictionary) and "/S" in k]
