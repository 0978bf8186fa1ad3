"""The report's own typeface: every glyph is embedded, nothing falls back to Helvetica."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import reportlab.rl_config
from reportlab.graphics import shapes
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics

from desktop_advisor.report.pdf.typeface import Typeface

REGULAR = "SourceSans3"
ITALIC = "SourceSans3-Italic"
SEMIBOLD = "SourceSans3-SemiBold"
BOLD = "SourceSans3-Bold"
_FILES = {
    REGULAR: "SourceSans3_400Regular.ttf",
    ITALIC: "SourceSans3_400Regular_Italic.ttf",
    SEMIBOLD: "SourceSans3_600SemiBold.ttf",
    BOLD: "SourceSans3_700Bold.ttf",
}


@lru_cache(maxsize=4)
def register(folder: Path) -> None:
    """Register the family once per folder and make it ReportLab's default everywhere.

    ReportLab starts every page and every drawing in Helvetica, which is never embedded; so its
    three default places are replaced.
    """
    for name, file in _FILES.items():
        pdfmetrics.registerFont(Typeface(name, str(folder / file)))
    for family in (REGULAR, SEMIBOLD):
        addMapping(family, 0, 0, family)
        addMapping(family, 1, 0, BOLD)
        addMapping(family, 0, 1, ITALIC)
        addMapping(family, 1, 1, BOLD)
    reportlab.rl_config.canvas_basefontname = REGULAR
    reportlab.rl_config.useA85 = 0  # binary streams: a fifth smaller, and quicker
    shapes.STATE_DEFAULTS["fontName"] = REGULAR
