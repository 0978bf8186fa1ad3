"""The furniture of a short document: the network's colour on top, who made it below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from pikepdf import Dictionary, ObjectStreamMode, Pdf, String
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame as TextFrame

from desktop_advisor.domain.german import short_date
from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import BOLD, REGULAR, SEMIBOLD
from desktop_advisor.report.model import Branding
from desktop_advisor.report.pages import fitted

LEFT = 46.0
WIDTH = look.PAGE_WIDTH - 2 * LEFT
_HEAD, _FOOT = 86.0, 62.0


class _Counted(Canvas):  # type: ignore[misc]  # ReportLab is untyped
    """Keeps finished pages back until their number is known; a page alone needs none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page instead of emitting it."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Number and emit all pages."""
        kept = self._kept
        for number, state in enumerate(kept, start=1):
            self.__dict__.update(state)
            if len(kept) > 1:
                self.setFont(REGULAR, 7.4)
                self.setFillColor(look.SOFT)
                words = f"Seite {number} von {len(kept)}"
                self.drawRightString(look.PAGE_WIDTH - LEFT, 27, words)
            super().showPage()
        super().save()


@dataclass(frozen=True)
class SinglePage:
    """What stands around the text. title: the large line at the top, also the PDF's title.

    about: whose document it is, repeated from the second page on; "" for nobody's.
    """

    title: str
    network: Branding
    created_on: date
    about: str = ""

    def draw(self, story: list[Any]) -> tuple[bytes, int]:
        """The PDF and how many pages it became; the fonts are registered before."""
        out = BytesIO()
        frame = TextFrame(
            LEFT,
            _FOOT,
            WIDTH,
            look.PAGE_HEIGHT - _HEAD - _FOOT,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        template = PageTemplate("page", [frame], onPage=lambda canvas, _: self._around(canvas))
        document = BaseDocTemplate(
            out, pagesize=A4, pageTemplates=[template], initialFontName=REGULAR, invariant=1
        )
        document.build(story, canvasmaker=_Counted)
        return self._described(out.getvalue()), document.page

    def _around(self, canvas: Any) -> None:
        canvas.saveState()
        top, right = look.PAGE_HEIGHT, look.PAGE_WIDTH - LEFT
        canvas.setFillColor(look.theme(self.network).main)
        canvas.rect(0, top - 10, look.PAGE_WIDTH, 10, stroke=0, fill=1)
        canvas.setFont(BOLD, 24)
        canvas.drawString(LEFT, top - 52, self.title)
        canvas.setFont(SEMIBOLD, 9)
        whose = self.about if canvas.getPageNumber() > 1 else ""
        room = WIDTH / 2 - 10 if whose else WIDTH
        name = self.network.short_name if whose else ""
        canvas.drawString(LEFT, top - 70, fitted(name or self.network.name, SEMIBOLD, 9, room))
        canvas.drawRightString(right, top - 70, fitted(whose, SEMIBOLD, 9, room))
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, 48, right, 48)
        canvas.setFont(REGULAR, 7.4)
        canvas.setFillColor(look.SOFT)
        canvas.drawRightString(right, 37, f"Stand {short_date(self.created_on)}")
        foot = self.network.footer_line or self.network.name
        canvas.drawString(LEFT, 37, fitted(foot, REGULAR, 7.4, WIDTH - 90))
        if self.network.funding_line:
            room = WIDTH - 70
            canvas.drawString(LEFT, 27, fitted(self.network.funding_line, REGULAR, 7.4, room))
        canvas.restoreState()

    def _described(self, drawn: bytes) -> bytes:
        """With title and language, and nothing of the company: this file is handed on."""
        with Pdf.open(BytesIO(drawn)) as pdf:
            pdf.Root.Lang = String("de-DE")
            pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
            pdf.docinfo = pdf.make_indirect(
                Dictionary(Title=String(self.title), Author=String(self.network.name))
            )
            out = BytesIO()
            pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return out.getvalue()
