"""The story of the pages, part by part, as paragraphs and tables of a word processor.

The chapters are written once, for the PDF; what they hand over is read here. So wording, hidden
chapters, edits and own parts are the same in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Pt
from reportlab.lib.enums import TA_RIGHT
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    LongTable,
    PageBreak,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as PageTable

from desktop_advisor.report.exports.pictures import Picture
from desktop_advisor.report.exports.word_elements import (
    TWIPS,
    describe,
    element,
    holding,
    run,
)
from desktop_advisor.report.exports.word_lists import Lists
from desktop_advisor.report.exports.word_styles import half_points, hex_colour, is_bold
from desktop_advisor.report.exports.word_tables import boxed, ruled
from desktop_advisor.report.pages import Heading
from desktop_advisor.report.theme import BODY_WIDTH, Theme

_IN_LINE = 20.0
"""Points up to which a drawing stands among words instead of on a line of its own."""
_BELOW_TABLE = 5.0
"""Points of air, as a word processor leaves none below a table."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_GAP = "\u2002"
_TABLE = qn("w:tbl")


def parts(flowable: Any) -> Iterator[Any]:
    """A flowable and all that it holds, in reading order."""
    yield flowable
    for held in _held(flowable):
        yield from parts(held)


def _held(flowable: Any) -> list[Any]:
    if isinstance(flowable, PageTable):
        return [part for row in flowable._cellvalues for cell in row for part in listed(cell)]
    return list(getattr(flowable, "_content", None) or ())


def listed(cell: Any) -> list[Any]:
    """The flowables of a table's cell, which may be none, one or several."""
    if isinstance(cell, str):
        return [cell] if cell.strip() else []
    return list(cell) if isinstance(cell, list | tuple) else [] if cell is None else [cell]


def is_drawing(flowable: Any) -> bool:
    """Whether it is a picture rather than words, a table, a container or mere space."""
    return (
        isinstance(flowable, Flowable)
        and not isinstance(flowable, Paragraph | PageTable | Spacer | PageBreak)
        and not _held(flowable)
        and float(getattr(flowable, "width", 0) or 0) > 0
    )


class Blocks:
    """Writes flowables as elements of one document.

    Attributes:
        headings: title, bookmark of each chapter met so far.
    """

    def __init__(
        self,
        document: Any,
        theme: Theme,
        style_ids: Mapping[str, str],
        drawn: Mapping[int, Picture],
    ) -> None:
        self._document, self._theme = document, theme
        self._styles, self._drawn = style_ids, drawn
        self._lists = Lists(document)
        self._air, self._starts_page, self._pictures = 0.0, False, 0
        self._above: Any = None
        self.headings: list[tuple[str, str]] = []

    def write(self, story: Iterable[Any]) -> list[Any]:
        """The elements in order."""
        return [made for flowable in story for made in self._block(flowable)]

    def parted(self, made: Sequence[Any]) -> list[Any]:
        """With a line after each table that no paragraph follows: Word would join the two."""
        apart: list[Any] = []
        for number, block in enumerate(made):
            apart.append(block)
            is_last = number + 1 == len(made)
            if block.tag == _TABLE and (is_last or made[number + 1].tag == _TABLE):
                apart.append(self._line(self._theme.small, []))
        return apart

    def _block(self, flowable: Any) -> list[Any]:
        if isinstance(flowable, PageBreak):
            self._starts_page = True
        elif isinstance(flowable, Spacer) and not isinstance(flowable, CondPageBreak):
            self._air += flowable.height
        elif isinstance(flowable, PageTable):
            return self._table(flowable)
        elif isinstance(flowable, Paragraph):
            return [self._paragraph(flowable)]
        elif isinstance(flowable, str):
            return [self._line(self._theme.cell, [run(flowable)])]
        elif id(flowable) in self._drawn:
            return [self._line(self._theme.body, [self._picture(flowable)])]
        made = self.write(_held(flowable))
        return _kept_together(made) if isinstance(flowable, KeepTogether) else made

    # -- words -----------------------------------------------------------------------------

    def _paragraph(self, paragraph: Any) -> Any:
        runs = self._runs(paragraph, paragraph.style)
        made = self._line(paragraph.style, runs, level=_level(paragraph))
        if paragraph.bulletText:
            self._lists.enter(made, str(paragraph.bulletText))
        if isinstance(paragraph, Heading) and paragraph.title and paragraph.level == 0:
            self._bookmark(made, paragraph.title)
        return made

    def _line(self, style: Any, runs: Sequence[Any], *, level: int | None = None) -> Any:
        made = element("p")
        properties = made.get_or_add_pPr()
        properties.style = self._style_id(style, level)
        if self._starts_page:
            properties.get_or_add_pageBreakBefore()
        if self._air:
            before = self._air + style.spaceBefore
            properties.get_or_add_spacing().before = Pt(min(before, 40))
        self._air, self._starts_page, self._above = 0.0, False, made
        made.extend(list(runs))
        return made

    def _style_id(self, style: Any, level: int | None) -> str:
        if level is not None:
            return self._styles["chapter" if level == 0 else "section"]
        return self._styles.get(style.name, self._styles["body"])

    def _runs(self, paragraph: Any, style: Any) -> list[Any]:
        """Pieces of equal face, within a line of that style; ends of lines stay."""
        is_heading = isinstance(paragraph, Heading)
        runs = []
        for piece in _pieces(paragraph):
            if getattr(piece, "lineBreak", False):
                runs.append(holding("r", [element("br")]))
            elif piece.text:
                face = [] if is_heading else _face(piece, style)
                runs.append(run(_BLANKS.sub(" ", piece.text), face))
        return runs

    def _bookmark(self, made: Any, title: str) -> None:
        number = len(self.headings) + 1
        name = f"_Toc{number:08d}"
        self.headings.append((title, name))
        start = element("bookmarkStart", id=number, name=name)
        made.insert(1, start)
        made.append(element("bookmarkEnd", id=number))

    # -- tables and pictures ---------------------------------------------------------------

    def _table(self, table: Any) -> list[Any]:
        """Rows stay rows; what stood side by side for the eye alone follows one another."""
        rows = table._cellvalues
        if self._air and self._above is not None and not _is_side_by_side(table):
            self._above.get_or_add_pPr().get_or_add_spacing().after = Pt(min(self._air, 12))
        if isinstance(table, LongTable):
            widths = [round(width * TWIPS) for width in table._colWidths]
            cells = [[self._cell(cell) for cell in row] for row in rows]
            made = ruled(cells, widths, heads=table.repeatRows, theme=self._theme)
        elif not _is_side_by_side(table):
            shown = [self._cell(cell) for row in rows for cell in row if listed(cell)]
            made = boxed(shown, round(sum(table._colWidths) * TWIPS), self._theme)
        else:
            return self._side_by_side(rows)
        self._air = _BELOW_TABLE
        return [made]

    def _cell(self, cell: Any) -> list[Any]:
        """What a cell holds; only what stands before it may begin a page."""
        kept = (self._air, self._starts_page, self._above)
        self._air, self._starts_page, self._above = 0.0, False, None
        made = self.parted(self.write(listed(cell))) or [self._line(self._theme.cell, [])]
        self._air, self._starts_page, self._above = kept
        return made

    def _side_by_side(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        made = []
        for row in rows:
            cells = [listed(cell) for cell in row if listed(cell)]
            if cells and all(len(cell) == 1 and self._is_small(cell[0]) for cell in cells):
                made.append(self._one_line([cell[0] for cell in cells]))
            elif len(cells) == 2 and _stands_right(cells[1]):
                made += self._with_figure(cells[0], cells[1][0])
            else:
                made += [block for cell in cells for block in self.write(cell)]
        return made

    def _with_figure(self, left: Sequence[Any], figure: Any) -> list[Any]:
        """The left cell, the figure at the right end of its last line."""
        made = self.write(left)
        last = next(part for part in reversed(left) if isinstance(part, Paragraph))
        tab = element("tab", val="right", pos=round(BODY_WIDTH * TWIPS))
        properties = made[-1].get_or_add_pPr()
        properties.insert_element_before(holding("tabs", [tab]), "w:spacing", "w:ind", "w:jc")
        made[-1].extend([holding("r", [element("tab")]), *self._runs(figure, last.style)])
        return made

    def _is_small(self, flowable: Any) -> bool:
        if isinstance(flowable, Paragraph):
            return not isinstance(flowable, Heading) and not flowable.bulletText
        picture = self._drawn.get(id(flowable))
        return picture is not None and picture.height <= _IN_LINE

    def _one_line(self, pieces: Sequence[Any]) -> Any:
        style = next((p.style for p in pieces if isinstance(p, Paragraph)), self._theme.cell)
        runs: list[Any] = []
        for number, piece in enumerate(pieces):
            runs += [run(_GAP)] if number else []
            is_said = isinstance(piece, Paragraph)
            runs += self._runs(piece, style) if is_said else [self._picture(piece)]
        return self._line(style, runs)

    def _picture(self, flowable: Any) -> Any:
        picture = self._drawn[id(flowable)]
        self._pictures += 1
        relation, _ = self._document.part.get_or_add_image(BytesIO(picture.image))
        inline = CT_Inline.new_pic_inline(
            self._pictures,
            relation,
            f"abbildung-{self._pictures}",
            Pt(picture.width),
            Pt(picture.height),
        )
        describe(inline, picture.alt, self._pictures)
        return holding("r", [holding("drawing", [inline])])


def _is_side_by_side(table: Any) -> bool:
    """Whether it only places things; boxes are told by their tint."""
    return not isinstance(table, LongTable) and not table._bkgrndcmds


def _kept_together(made: list[Any]) -> list[Any]:
    """Each paragraph on the page of what follows it, such as a question above its answers."""
    for block in made[:-1]:
        if block.tag != _TABLE:
            block.get_or_add_pPr().get_or_add_keepNext()
    return made


def _stands_right(cell: Sequence[Any]) -> bool:
    """Whether a cell is one line at the right edge, such as the value of a dimension."""
    only = cell[0] if len(cell) == 1 else None
    return isinstance(only, Paragraph) and only.style.alignment == TA_RIGHT


def _level(paragraph: Any) -> int | None:
    """Of a heading; None for other paragraphs and for one that enters no outline."""
    return paragraph.level if isinstance(paragraph, Heading) and paragraph.title else None


def _pieces(paragraph: Any) -> list[Any]:
    """Its pieces as they were read.

    Measuring a paragraph of several pieces leaves lists of words in their place, for its lines.
    """
    if any(isinstance(piece, list) for piece in paragraph.frags):
        return list(Paragraph(paragraph.text, paragraph.style).frags)
    return list(paragraph.frags)


def _face(piece: Any, style: Any) -> list[Any]:
    """How a piece differs from its paragraph, in the order of 17.3.2.28."""
    face = []
    if is_bold(piece.fontName) != is_bold(style.fontName):
        face.append(element("b", val=int(is_bold(piece.fontName))))
    is_italic = piece.fontName.endswith("Italic")
    if is_italic != style.fontName.endswith("Italic"):
        face.append(element("i", val=int(is_italic)))
    if hex_colour(piece.textColor) != hex_colour(style.textColor):
        face.append(element("color", val=hex_colour(piece.textColor)))
    if half_points(piece.fontSize) != half_points(style.fontSize):
        face.append(element("sz", val=round(piece.fontSize * 2)))
    return face
