"""The visible mark of the seal, drawn for the field that was left free on the signatures page."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from desktop_advisor.domain.german import BERLIN, clock_time, short_date
from desktop_advisor.report.fonts import REGULAR, SEMIBOLD, register
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.model import ReportModel

_EDGE = 3.0
_INDENT = 11.0
_ABOVE_LABEL = 4.0
"""Free below the bar, where the page says what the field is."""
_LEADING = 1.28
_LARGEST, _SMALLEST = 9.4, 7.0
_MISSING = "…"


def seal_lines(model: ReportModel, holder: str, at: datetime) -> tuple[str, ...]:
    """Who, when, what, and what the seal is worth; the holder as the certificate names him."""
    moment = at.astimezone(BERLIN)
    place = next((slot.place for slot in model.signatures if slot.place), "")
    checksum = short_hash(content_hash(model))
    day = f"{short_date(moment.date())}, {clock_time(moment)}"
    if model.language == "en":
        kind, by, what = "PAdES-B-B · changes are detectable", "Sealed by", "Checksum"
    else:
        day += " Uhr"
        kind, by, what = "PAdES-B-B · Änderungen erkennbar", "Gesiegelt von", "Prüfsumme"
    when = f"{day} · {place}" if place else day
    return f"{by} {holder}", when, f"{what} {checksum}", kind


def draw_seal_mark(
    lines: tuple[str, ...], fonts: Path, colour: str, width: float, height: float
) -> bytes:
    """A page of that size in points: a bar in the network's colour, the first line stands out.

    Opaque, fonts embedded with their Unicode maps, equal input gives equal bytes. A line that is
    too long is set smaller, and ends in "…" where even that does not help.
    """
    from reportlab.lib.colors import HexColor
    from reportlab.pdfgen.canvas import Canvas

    from desktop_advisor.report.theme import INK, SOFT, WHITE

    register(fonts)
    out = BytesIO()
    canvas: Any = Canvas(out, pagesize=(width, height), invariant=1, initialFontName=REGULAR)
    canvas.setFillColor(WHITE)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    canvas.setFillColor(HexColor(colour))
    canvas.rect(0, _ABOVE_LABEL, _EDGE, height - _ABOVE_LABEL, stroke=0, fill=1)
    size = min(_LARGEST, height / (_LEADING * (len(lines) + 0.6)))
    top = (height + size * _LEADING * len(lines)) / 2 - size
    for number, line in enumerate(lines):
        font = SEMIBOLD if number == 0 else REGULAR
        canvas.setFillColor(INK if number == 0 else SOFT)
        fitting, set_in = _fitted(_plain(line), font, size, width - _INDENT - _EDGE)
        canvas.setFont(font, set_in)
        canvas.drawString(_INDENT, top - number * size * _LEADING, fitting)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _plain(line: str) -> str:
    """The words as they are: a canvas knows no markup, so nothing is escaped."""
    return " ".join(unicodedata.normalize("NFC", line).split())


def _fitted(line: str, font: str, size: float, width: float) -> tuple[str, float]:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    natural = stringWidth(line, font, size)
    smaller = max(_SMALLEST, min(size, size * width / natural)) if natural else size
    kept = line
    while kept and stringWidth(_shown(kept, line), font, smaller) > width + 0.01:
        kept = kept[:-1]
    return _shown(kept, line), smaller


def _shown(kept: str, line: str) -> str:
    return line if kept == line else kept.rstrip() + _MISSING
