"""The report as a PDF: chapters in their order, set on A4 pages, finished."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, PageBreak, PageTemplate, Spacer
from reportlab.platypus.frames import Frame as TextFrame

from desktop_advisor.domain.language import say
from desktop_advisor.report import theme as look
from desktop_advisor.report.chapters import CHAPTERS
from desktop_advisor.report.cover import draw_cover
from desktop_advisor.report.finishing import about, data_file
from desktop_advisor.report.fonts import REGULAR, register
from desktop_advisor.report.identity import running_words
from desktop_advisor.report.insertions import inserted
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import Frame, Mark, ReportCanvas
from desktop_advisor.report.pdf.collector import collector_waits
from desktop_advisor.report.pdf.places import Drawn, Place


def draw_report(model: ReportModel, fonts: Path) -> bytes:
    """The finished, unsealed PDF; the same model gives the same bytes.

    fonts: the folder with the Source Sans 3 files.

    Raises:
        UnreadableSignature: a drawn signature is no image.
    """
    return draw_with_places(model, fonts).pdf


def draw_with_places(model: ReportModel, fonts: Path) -> Drawn:
    """The same PDF, and where each passage of it stands.

    Raises:
        UnreadableSignature: a drawn signature is no image.
    """
    register(fonts)
    with collector_waits():
        return _drawn(model)


def _drawn(model: ReportModel) -> Drawn:
    theme = look.theme(model.network)
    places: list[Place] = []
    story: list[Any] = [Spacer(1, 1), PageBreak()]
    for chapter_id, chapter in CHAPTERS.items():
        if chapter_id not in model.hidden:
            story += [*chapter(model, theme), *inserted(model, chapter_id, theme)]
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        pageTemplates=[PageTemplate("page", [_text_frame()])],
        initialFontName=REGULAR,
        invariant=1,
    )
    canvas = partial(
        ReportCanvas,
        about=about(model),
        attached=data_file(model),
        frame=_frame(model, theme),
        places=places,
    )
    document.build(story, canvasmaker=canvas)
    return Drawn(out.getvalue(), tuple(places))


def _text_frame() -> TextFrame:
    return TextFrame(
        look.LEFT,
        look.BOTTOM,
        look.BODY_WIDTH,
        look.BODY_HEIGHT,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


def _frame(model: ReportModel, theme: look.Theme) -> Frame:
    left, foot_left, foot_right = running_words(model)

    def cover(canvas: Any, marks: list[Mark]) -> None:
        draw_cover(canvas, model, theme, marks)

    return Frame(
        left=left,
        foot_left=foot_left,
        foot_right=foot_right,
        draft=say("VORLÄUFIG") if model.is_draft else "",
        draw_cover=cover,
    )
