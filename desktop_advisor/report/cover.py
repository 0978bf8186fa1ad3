"""The cover: whose report, of when, what is in it. Drawn last, when page numbers are known."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Paragraph

from desktop_advisor.domain.language import say
from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import BOLD, REGULAR, SEMIBOLD
from desktop_advisor.report.identity import cover_facts
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import Mark, draw_draft, fitted
from desktop_advisor.report.pdf.annotations import Area, Link
from desktop_advisor.report.pdf.structure import CHAPTER, Node
from desktop_advisor.report.pdf.tagged_canvas import figure
from desktop_advisor.report.theme import Theme, clean

_RIGHT = look.PAGE_WIDTH - look.RIGHT
_TOP = look.PAGE_HEIGHT - 62
_MOST_CHAPTERS = 24


def draw_cover(canvas: Any, model: ReportModel, theme: Theme, marks: list[Mark]) -> None:
    """The whole first page."""
    canvas.setFillColor(theme.main)
    canvas.rect(0, 0, 12, look.PAGE_HEIGHT, stroke=0, fill=1)
    _network(canvas, model, theme)
    y = _title(canvas, model, theme)
    y = _facts(canvas, model, y - 18)
    _contents(canvas, theme, marks, y - 30)
    _funder(canvas, model)


def _network(canvas: Any, model: ReportModel, theme: Theme) -> None:
    room = look.BODY_WIDTH
    if model.network.logo:
        _logo(canvas, model)
        room -= 146
    canvas.setFillColor(theme.main)
    canvas.setFont(SEMIBOLD, 11)
    with canvas.tagged(canvas.tree.here.add("P")):
        canvas.drawString(look.LEFT, _TOP, fitted(model.network.name, SEMIBOLD, 11, room))


def _logo(canvas: Any, model: ReportModel) -> None:
    area = (_RIGHT - 130, _TOP - 22, _RIGHT, _TOP + 18)
    with canvas.tagged(figure(canvas, say("Logo: {0}").format(model.network.name), area)):
        canvas.drawImage(
            ImageReader(BytesIO(model.network.logo)),
            _RIGHT - 130,
            _TOP - 22,
            130,
            40,
            mask="auto",
            preserveAspectRatio=True,
            anchor="ne",
        )


def _title(canvas: Any, model: ReportModel, theme: Theme) -> float:
    y: float = _TOP - 112
    canvas.setFillColor(theme.main)
    canvas.setFont(SEMIBOLD, 13)
    title = canvas.tree.title()
    with canvas.tagged(title):
        canvas.drawString(look.LEFT, y, say("Beratungsbericht "))
    if model.is_draft:
        with canvas.tagged(canvas.tree.here.add("P")):
            draw_draft(canvas, say("VORLÄUFIG"), _RIGHT, y)
    name, height = _company_name(model.company.name)
    y -= height + 10
    with canvas.tagged(title):
        name.drawOn(canvas, look.LEFT, y)
    canvas.setFillColor(look.SOFT)
    canvas.setFont(REGULAR, 12.5)
    y -= 22
    with canvas.tagged(canvas.tree.here.add("P")):
        canvas.drawString(look.LEFT, y, fitted(model.check_name, REGULAR, 12.5, look.BODY_WIDTH))
    return y


def _company_name(name: str) -> tuple[Any, float]:
    """The name as large as it fits into 130 points, cut where no size does."""
    shown = name if len(name) <= 240 else name[:239] + "…"
    for size in (31.0, 25.0, 20.0, 15.0, 11.0):
        style = ParagraphStyle(
            "name", fontName=BOLD, fontSize=size, leading=size * 1.18, textColor=look.INK
        )
        paragraph = Paragraph(clean(shown) or say("Unternehmen ohne Namen"), style)
        _, height = paragraph.wrap(look.BODY_WIDTH, 1000)
        if height <= 130:
            break
    return paragraph, float(height)


def _facts(canvas: Any, model: ReportModel, y: float) -> float:
    canvas.setStrokeColor(look.LINE)
    canvas.setLineWidth(0.8)
    canvas.line(look.LEFT, y, _RIGHT, y)
    y -= 6
    for label, value in cover_facts(model):
        if value:
            y -= 15.5
            with canvas.tagged(canvas.tree.here.add("P")):
                _fact(canvas, label, value, y)
    return y


def _fact(canvas: Any, label: str, value: str, y: float) -> None:
    canvas.setFont(REGULAR, 9)
    canvas.setFillColor(look.SOFT)
    canvas.drawString(look.LEFT, y, f"{label} ")
    canvas.setFillColor(look.INK)
    canvas.setFont(REGULAR, 9.6)
    canvas.drawString(look.LEFT + 110, y, fitted(value, REGULAR, 9.6, look.BODY_WIDTH - 110))


def _contents(canvas: Any, theme: Theme, marks: list[Mark], y: float) -> None:
    canvas.setFont(SEMIBOLD, 10.5)
    canvas.setFillColor(theme.main)
    with canvas.tagged(canvas.tree.heading(CHAPTER + 1)):
        canvas.drawString(look.LEFT, y, say("Inhalt"))
    y -= 5
    canvas.setStrokeColor(theme.main)
    canvas.setLineWidth(0.9)
    canvas.line(look.LEFT, y, _RIGHT, y)
    chapters = [m for m in marks if m.level == CHAPTER][:_MOST_CHAPTERS]
    step = min(18.0, (y - 92) / max(1, len(chapters)))
    contents = canvas.tree.here.add("TOC")
    for mark in chapters:
        y -= step
        _entry(canvas, contents, mark, (look.LEFT, y, _RIGHT, y + step))


def _entry(canvas: Any, contents: Node, mark: Mark, area: Area) -> None:
    """A chapter with its page; the whole line leads there."""
    link = contents.add("TOCI").add("Reference").add("Link")
    y = area[1]
    canvas.setFillColor(look.INK)
    canvas.setFont(REGULAR, 9.6)
    title = fitted(mark.title, REGULAR, 9.6, look.BODY_WIDTH - 40)
    with canvas.tagged(link):
        canvas.drawString(look.LEFT, y + 4.6, f"{title} ")
        canvas.drawRightString(_RIGHT, y + 4.6, str(mark.page))
    canvas.setStrokeColor(look.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(look.LEFT, y, _RIGHT, y)
    words = say("{0}, Seite {1}").format(mark.title, mark.page)
    canvas.link(link, Link(area, mark.page - 1, mark.top + 12, words))


def _funder(canvas: Any, model: ReportModel) -> None:
    canvas.setFillColor(look.SOFT)
    y = 58.0
    for line in (model.network.funding_line, model.network.footer_line):
        if line:
            canvas.setFont(REGULAR, 8)
            with canvas.tagged(canvas.tree.here.add("P")):
                canvas.drawString(look.LEFT, y, fitted(line, REGULAR, 8, look.BODY_WIDTH))
            y -= 12
