"""Pages with their number of pages: header, footer, outline and cover are drawn last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from desktop_advisor.domain.language import say
from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import REGULAR, SEMIBOLD
from desktop_advisor.report.pdf.places import Place
from desktop_advisor.report.pdf.tagged_canvas import TaggedCanvas
from desktop_advisor.report.pdf.words import Words

HEADER = "/Type /Pagination /Subtype /Header /Attached [/Top]"
FOOTER = "/Type /Pagination /Subtype /Footer /Attached [/Bottom]"
"""What artifacts around the text are (ISO 32000-1, 14.8.2.2)."""


@dataclass(frozen=True)
class Mark:
    """A heading as it fell on a page; page counts from 1, level 0 is a chapter."""

    key: str
    title: str
    level: int
    page: int
    top: float


@dataclass(frozen=True)
class Frame:
    """What stands around the text of every page but the first. draft: the word or ""."""

    left: str
    foot_left: str
    foot_right: str
    draft: str
    draw_cover: Callable[[Any, list[Mark]], None]


class ReportCanvas(TaggedCanvas):
    """Keeps finished pages back until their number is known, then completes each.

    Destinations name the page under way, so they too are made only then.
    """

    def __init__(self, *args: Any, frame: Frame, places: list[Place], **kwargs: Any) -> None:
        """places: is filled with where the passages fell."""
        super().__init__(*args, **kwargs)
        self._frame = frame
        self._places = places
        self._kept: list[dict[str, Any]] = []
        self._marks: list[Mark] = []

    def mark(self, title: str, level: int, top: float) -> None:
        """Note that a heading stands on the page under way."""
        key = f"h{len(self._marks) + 1}"
        self._marks.append(Mark(key, title, level, len(self._kept) + 1, top))

    def note(self, passage: str, left: float, bottom: float, width: float, height: float) -> None:
        """Note that a paragraph of a passage stands on the page under way."""
        top = look.PAGE_HEIGHT - bottom - height
        place = Place(passage, self.page_index, left, top, left + width, top + height)
        self._places.append(place)

    def showPage(self) -> None:
        """Keep the page instead of emitting it."""
        self._kept.append(dict(self.__dict__))
        self.page_index += 1
        self._startPage()

    def save(self) -> None:
        """Complete and emit all pages."""
        kept, marks, total = self._kept, self._marks, len(self._kept)
        for number, state in enumerate(kept, start=1):
            self.__dict__.update(state)
            self._complete(number, total, marks)
            super().showPage()
        super().save()

    def _complete(self, number: int, total: int, marks: list[Mark]) -> None:
        for mark in marks:
            if mark.page == number:
                self.bookmarkPage(mark.key, fit="XYZ", left=0, top=mark.top + 12)
                self.addOutlineEntry(mark.title, mark.key, mark.level, closed=mark.level == 0)
        self.saveState()
        if number == 1:
            self.tree.enter(self.tree.front)
            self._frame.draw_cover(self, marks)
            self.tree.leave()
        else:
            draw_frame(self, self._frame, number, total)
        self.restoreState()


def draw_frame(canvas: Any, frame: Frame, number: int, total: int) -> None:
    """Header and footer lines of one page, which no screen reader repeats on each."""
    with canvas.artifact(HEADER):
        _draw_head(canvas, frame, say("Seite {0} von {1}").format(number, total))
    with canvas.artifact(FOOTER):
        _draw_foot(canvas, frame)


def _draw_head(canvas: Any, frame: Frame, page: str) -> None:
    y, right = look.PAGE_HEIGHT - 52, look.PAGE_WIDTH - look.RIGHT
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(look.SOFT)
    canvas.drawRightString(right, y, page)
    room = look.BODY_WIDTH - stringWidth(page, REGULAR, 8) - 24
    if frame.draft:
        room -= draw_draft(canvas, frame.draft, right - stringWidth(page, REGULAR, 8) - 10, y)
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(look.SOFT)
    canvas.drawString(look.LEFT, y, fitted(frame.left, REGULAR, 8, room))
    _rule(canvas, y - 8)


def _draw_foot(canvas: Any, frame: Frame) -> None:
    y, right = 46.0, look.PAGE_WIDTH - look.RIGHT
    canvas.setFont(REGULAR, 7.2)
    canvas.setFillColor(look.SOFT)
    room = look.BODY_WIDTH - stringWidth(frame.foot_right, REGULAR, 7.2) - 16
    canvas.drawString(look.LEFT, y - 11, fitted(frame.foot_left, REGULAR, 7.2, room))
    canvas.drawRightString(right, y - 11, frame.foot_right)
    _rule(canvas, y)


def _rule(canvas: Any, y: float) -> None:
    canvas.setStrokeColor(look.LINE)
    canvas.setLineWidth(0.6)
    canvas.line(look.LEFT, y, look.PAGE_WIDTH - look.RIGHT, y)


def draw_draft(canvas: Any, word: str, right: float, y: float) -> float:
    """The discreet mark of a draft, ending at `right`; returns the width it took."""
    width = float(stringWidth(word, SEMIBOLD, 7)) + 12
    canvas.setFillColor(look.ATTENTION_TINT)
    canvas.setStrokeColor(look.ATTENTION)
    canvas.setLineWidth(0.5)
    canvas.roundRect(right - width, y - 3.6, width, 12.4, 6.2, stroke=1, fill=1)
    canvas.setFillColor(look.ATTENTION)
    canvas.setFont(SEMIBOLD, 7)
    canvas.drawCentredString(right - width / 2, y + 0.2, word)
    return width + 10


def fitted(text: str, font: str, size: float, width: float) -> str:
    """The text on one line, cut with an ellipsis where it is too long."""
    line = " ".join(text.split())
    if stringWidth(line, font, size) <= width:
        return line
    while line and stringWidth(line + "…", font, size) > width:
        line = line[: -max(1, len(line) // 20)]
    return line.rstrip() + "…"


class Heading(Words):
    """A heading that enters itself into outline and contents where it is drawn."""

    title = ""
    level = 0

    def split(self, width: float, height: float) -> list[Any]:
        """Split like a paragraph; only the first part is entered."""
        parts: list[Any] = super().split(width, height)
        if parts:
            parts[0].title, parts[0].level = self.title, self.level
        return parts

    def draw(self) -> None:
        """Draw the words and note the place."""
        if self.title:
            _, top = self.canv.absolutePosition(0, self.height)
            self.canv.mark(self.title, self.level, top)
        super().draw()


def heading(title: str, style: Any, level: int = 0) -> Any:
    """A heading of somebody's words; long ones are cut in the outline only."""
    made = Heading(look.clean(title), style)
    made.title, made.level, made.heading = " ".join(title.split())[:120], level, level
    return made


def subheading(words: Words) -> Words:
    """The words as a heading below a section; screen readers jump to it, no list of contents does.

    words: a paragraph that looks like the title it is.
    """
    words.heading = 2
    return words
