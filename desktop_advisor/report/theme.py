"""Colours, type and spacing of the pages, from the network's branding (shared tokens)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from desktop_advisor.report.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD
from desktop_advisor.report.model import Branding
from desktop_advisor.report.pdf.words import Words

_FIRM_SPACE = re.compile(r"\u202f|(?<=\d) (?=%|€|Mio\.)|(?<=§) (?=\d)")
"""Spaces no line may end at; ReportLab breaks at the narrow one too, so both become firm."""
_UNPRINTABLE = re.compile(
    r"[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""Control characters, separators of lines and what is no character at all."""
PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT = RIGHT = 62.0
TOP = 78.0
BOTTOM = 60.0
BODY_WIDTH = PAGE_WIDTH - LEFT - RIGHT
BODY_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

INK = HexColor("#17212b")
SOFT = HexColor("#5b6875")
LINE = HexColor("#dfe4e9")
NET = HexColor("#ccd4db")
"""A shade darker than LINE: the radar's net must survive a laser printer."""
PAPER = HexColor("#f4f6f8")
WHITE = HexColor("#ffffff")
BR = HexColor("#8a4b8f")
BR_TINT = HexColor("#f4eaf5")
ATTENTION = HexColor("#8f5500")
ATTENTION_TINT = HexColor("#fdf1dd")
DANGER = HexColor("#a8261d")
DANGER_TINT = HexColor("#fbe9e7")


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    settings: dict[str, Any] = {"fontName": REGULAR, "textColor": INK, **more}
    return ParagraphStyle(
        name, fontSize=size, leading=leading, splitLongWords=1, bulletFontName=REGULAR, **settings
    )


@dataclass(frozen=True)
class Theme:
    """What a chapter needs to set type and colour; built once per report."""

    main: Any
    tint: Any
    chapter: ParagraphStyle
    section: ParagraphStyle
    section_tight: ParagraphStyle
    entry: ParagraphStyle
    body: ParagraphStyle
    lead: ParagraphStyle
    cell: ParagraphStyle
    cell_bold: ParagraphStyle
    cell_right: ParagraphStyle
    small: ParagraphStyle
    small_right: ParagraphStyle
    label: ParagraphStyle
    label_right: ParagraphStyle
    figure: ParagraphStyle
    figure_right: ParagraphStyle
    dense_section: ParagraphStyle
    dense: ParagraphStyle
    dense_right: ParagraphStyle
    dense_bold: ParagraphStyle
    dense_bold_right: ParagraphStyle
    dense_soft: ParagraphStyle
    aside: ParagraphStyle
    step: ParagraphStyle
    warning: ParagraphStyle
    stop: ParagraphStyle
    tinted: ParagraphStyle


def theme(branding: Branding) -> Theme:
    """The house type in the network's main colour."""
    main, tint = HexColor(branding.main_color), HexColor(branding.tint)
    box = {"borderPadding": (6, 9, 7, 9), "borderRadius": 4, "leftIndent": 9, "rightIndent": 9}
    spaced = {"spaceBefore": 9, "spaceAfter": 10}
    return Theme(
        main=main,
        tint=tint,
        chapter=_style(
            "chapter", 19, 24, fontName=BOLD, textColor=main, spaceBefore=17, spaceAfter=7
        ),
        section=_style(
            "section", 12.5, 16, fontName=SEMIBOLD, textColor=main, spaceBefore=9, spaceAfter=4
        ),
        section_tight=_style("section_tight", 12, 15, fontName=SEMIBOLD, textColor=main),
        entry=_style("entry", 10.5, 14, fontName=SEMIBOLD, spaceBefore=2, spaceAfter=2),
        body=_style("body", 9.8, 14.2, spaceAfter=6),
        lead=_style("lead", 11, 16.2, spaceAfter=7),
        cell=_style("cell", 9, 12.2),
        cell_bold=_style("cell_bold", 9, 12.2, fontName=SEMIBOLD),
        cell_right=_style("cell_right", 9, 12.2, alignment=TA_RIGHT),
        small=_style("small", 8, 10.8, textColor=SOFT),
        small_right=_style("small_right", 8, 10.8, textColor=SOFT, alignment=TA_RIGHT),
        label=_style("label", 7.6, 10, textColor=SOFT, fontName=SEMIBOLD),
        label_right=_style(
            "label_right", 7.6, 10, textColor=SOFT, fontName=SEMIBOLD, alignment=TA_RIGHT
        ),
        figure=_style("figure", 21, 25, fontName=BOLD, textColor=main),
        figure_right=_style("figure_right", 15, 18, fontName=BOLD, alignment=TA_RIGHT),
        dense_section=_style(
            "dense_section",
            10.5,
            13,
            fontName=SEMIBOLD,
            textColor=main,
            spaceBefore=6,
            spaceAfter=2,
        ),
        dense=_style("dense", 8.2, 10.4),
        dense_right=_style("dense_right", 8.2, 10.4, alignment=TA_RIGHT),
        dense_bold=_style("dense_bold", 8.2, 10.6, fontName=SEMIBOLD),
        dense_bold_right=_style(
            "dense_bold_right", 8.2, 10.6, fontName=SEMIBOLD, alignment=TA_RIGHT
        ),
        dense_soft=_style("dense_soft", 7.5, 9.6, textColor=SOFT),
        aside=_style("aside", 9, 12.6, textColor=SOFT, fontName=ITALIC, spaceAfter=5),
        step=_style("step", 9.4, 13, leftIndent=15, bulletIndent=1, spaceAfter=2),
        warning=_style("warning", 9, 12.4, backColor=ATTENTION_TINT, **box, **spaced),
        stop=_style("stop", 9.4, 13, backColor=DANGER_TINT, **box, **spaced),
        tinted=_style("tinted", 9.4, 13.2, backColor=tint, **box, **spaced),
    )


def clean(text: str) -> str:
    """Text that XML may carry: no control characters, ends of lines as breaks, all escaped.

    Letters typed in parts (u and ¨) are composed, as the typeface sets marks without placing them.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = _UNPRINTABLE.sub("", composed)
    return _FIRM_SPACE.sub("\u00a0", escape(kept.strip())).replace("\n", "<br/>")


def brief(value: str, most: int = 240) -> str:
    """A label beside a drawing, which cannot go over two pages; the annex prints it whole."""
    line = " ".join(value.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def text(value: str, style: ParagraphStyle, bullet: str | None = None, *, passage: str = "") -> Any:
    """A paragraph of somebody's words; splits over pages however long it is.

    passage: the key of `report.passages` it shows, "" for none; the canvas notes where it stands.
    """
    return Words(clean(value), style, bulletText=bullet, passage=passage)


def markup(value: str, style: ParagraphStyle, *, passage: str = "") -> Any:
    """A paragraph of our own markup; words of others in it went through `clean`."""
    return Words(value, style, passage=passage)
