"""The report as a PDF: chapters in their order, set on A4 pages, finished."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, PageBreak, PageTemplate, Spacer
from reportlab.platypus.frames import Frame as TextFrame

from desktop_advisor.domain.german import short_date
from desktop_advisor.report import (
    annex,
    chapter_changes,
    chapter_exposure,
    chapter_jobs,
    chapter_plan,
    chapter_priorities,
    chapter_referrals,
    chapter_views,
    chapters_advice,
    chapters_close,
    chapters_overview,
    chapters_results,
)
from desktop_advisor.report import theme as look
from desktop_advisor.report.cover import draw_cover
from desktop_advisor.report.finishing import finish
from desktop_advisor.report.fonts import REGULAR, register
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import Frame, Mark, ReportCanvas

_CHAPTERS = (
    chapters_overview.summary,
    chapters_overview.occasion,
    chapters_overview.profile,
    chapters_overview.method,
    chapters_results.overview,
    chapter_changes.changes,
    chapter_priorities.priorities,
    chapters_results.dimensions,
    chapters_results.site,
    chapter_exposure.exposure,
    chapter_jobs.jobs,
    chapter_views.views,
    chapters_advice.company_advice,
    chapter_plan.plan,
    chapters_advice.offers,
    chapter_referrals.referrals,
    chapters_close.notices,
    chapters_close.signatures,
    chapters_advice.employee_advice,
    annex.annex,
)
"""Order of domain §6; the page for employees stands before the annex, to be handed out."""


def draw_report(model: ReportModel, fonts: Path) -> bytes:
    """The finished, unsealed PDF; the same model gives the same bytes.

    fonts: the folder with the Source Sans 3 files.

    Raises:
        UnreadableSignature: a drawn signature is no image.
    """
    register(fonts)
    theme = look.theme(model.network)
    story: list[Any] = [Spacer(1, 1), PageBreak()]
    for chapter in _CHAPTERS:
        story += chapter(model, theme)
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        pageTemplates=[PageTemplate("page", [_text_frame()])],
        initialFontName=REGULAR,
        invariant=1,
    )
    document.build(story, canvasmaker=partial(ReportCanvas, frame=_frame(model, theme)))
    return finish(out.getvalue(), model)


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
    network = model.network.short_name or model.network.name
    version = f"Fassung {model.version}{' (vorläufig)' if model.is_draft else ''}"
    foot = (version, short_date(model.created_on), short_hash(content_hash(model)))

    def cover(canvas: Any, marks: list[Mark]) -> None:
        draw_cover(canvas, model, theme, marks)

    return Frame(
        left=" · ".join(p for p in (network, model.company.name) if p),
        foot_left=model.network.footer_line or model.network.name,
        foot_right=" · ".join(foot),
        draft="VORLÄUFIG" if model.is_draft else "",
        draw_cover=cover,
    )
