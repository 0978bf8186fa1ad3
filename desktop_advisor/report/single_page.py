"""The furniture of a short document: the network's colour on top, who made it below."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame as TextFrame

from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import LANGUAGE_TAGS, say, spoken
from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import BOLD, REGULAR, SEMIBOLD
from desktop_advisor.report.model import Branding
from desktop_advisor.report.pages import FOOTER, HEADER, fitted
from desktop_advisor.report.pdf.metadata import About
from desktop_advisor.report.pdf.tagged_canvas import TaggedCanvas

LEFT = 46.0
WIDTH = look.PAGE_WIDTH - 2 * LEFT
_HEAD, _FOOT = 86.0, 62.0
_Reading = Callable[[str], AbstractContextManager[None]]
"""Tags what is drawn within as that type; where the words are repeated, not at all."""


class _Counted(TaggedCanvas):
    """Keeps finished pages back until their number is known; a page alone needs none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page instead of emitting it."""
        self._kept.append(dict(self.__dict__))
        self.page_index += 1
        self._startPage()

    def save(self) -> None:
        """Number and emit all pages."""
        kept = self._kept
        for number, state in enumerate(kept, start=1):
            self.__dict__.update(state)
            if len(kept) > 1:
                with self.artifact(FOOTER):
                    self._number(say("Seite {0} von {1}").format(number, len(kept)))
            super().showPage()
        super().save()

    def _number(self, words: str) -> None:
        self.setFont(REGULAR, 7.4)
        self.setFillColor(look.SOFT)
        self.drawRightString(look.PAGE_WIDTH - LEFT, 27, words)


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
        document.build(story, canvasmaker=partial(_Counted, about=self._about()))
        return out.getvalue(), document.page

    def _around(self, canvas: Any) -> None:
        """Head and foot; read once, before and after the text of all pages."""
        canvas.saveState()
        if canvas.getPageNumber() > 1:
            with canvas.artifact(HEADER):
                self._head(canvas, lambda _: nullcontext())
            with canvas.artifact(FOOTER):
                self._foot(canvas, lambda _: nullcontext())
        else:
            for place, draw in ((canvas.tree.front, self._head), (canvas.tree.back, self._foot)):
                canvas.tree.enter(place)
                draw(canvas, partial(_read, canvas))
                canvas.tree.leave()
        canvas.restoreState()

    def _head(self, canvas: Any, read: _Reading) -> None:
        top, right = look.PAGE_HEIGHT, look.PAGE_WIDTH - LEFT
        canvas.setFillColor(look.theme(self.network).main)
        canvas.rect(0, top - 10, look.PAGE_WIDTH, 10, stroke=0, fill=1)
        canvas.setFont(BOLD, 24)
        with read("H1"):
            canvas.drawString(LEFT, top - 52, self.title)
        canvas.setFont(SEMIBOLD, 9)
        whose = self.about if canvas.getPageNumber() > 1 else ""
        room = WIDTH / 2 - 10 if whose else WIDTH
        name = self.network.short_name if whose else ""
        with read("P"):
            canvas.drawString(LEFT, top - 70, fitted(name or self.network.name, SEMIBOLD, 9, room))
        if whose:
            canvas.drawRightString(right, top - 70, fitted(whose, SEMIBOLD, 9, room))

    def _foot(self, canvas: Any, read: _Reading) -> None:
        right = look.PAGE_WIDTH - LEFT
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, 48, right, 48)
        canvas.setFont(REGULAR, 7.4)
        canvas.setFillColor(look.SOFT)
        with read("P"):
            canvas.drawRightString(right, 37, say("Stand {0}").format(short_date(self.created_on)))
        foot = self.network.footer_line or self.network.name
        with read("P"):
            canvas.drawString(LEFT, 37, fitted(foot, REGULAR, 7.4, WIDTH - 90))
        if self.network.funding_line:
            line = fitted(self.network.funding_line, REGULAR, 7.4, WIDTH - 70)
            with read("P"):
                canvas.drawString(LEFT, 27, line)

    def _about(self) -> About:
        """Title and network, and nothing of the company: this file is handed on."""
        return About(
            self.title, self.network.name, self.created_on, language=LANGUAGE_TAGS[spoken()]
        )


def _read(canvas: TaggedCanvas, kind: str) -> AbstractContextManager[None]:
    tree = canvas.tree
    return canvas.tagged(tree.title() if kind == "H1" else tree.here.add(kind))
