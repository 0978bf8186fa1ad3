"""The pages of a report as neutral blocks, so that other typesetters can set the same ones.

A block is {"kind": "page" | "heading" | "words" | "table" | "chart", …}: words keep their size in
points, tables their widths and ruled lines, charts the shapes of the very drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
from reportlab.platypus import PageBreak, Table

from desktop_advisor.report import theme as look
from desktop_advisor.report.chapters import CHAPTERS
from desktop_advisor.report.exports.word_blocks import is_drawing, listed
from desktop_advisor.report.fonts import register
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pages import Heading
from tests.benchmarks.line_drawing import LineDrawing
from tests.report.sample import FONTS, sample_report

Block = dict[str, Any]
PAGES = 14
LEAST_CHARTS = 10
_LEFT_OUT = ("offers", "employee_advice")
"""Two chapters of words, so that the sample's sixteen pages become fourteen."""
_CHART_WIDTH = 100
"""Points from which a drawing is a chart, not the five cells of a level beside a word."""
_MARKUP = re.compile(r"<[^>]+>")


def fourteen_pages() -> ReportModel:
    """The report that is measured."""
    return msgspec.structs.replace(sample_report(), hidden=_LEFT_OUT)


def blocks(model: ReportModel, fonts: Path = FONTS) -> list[Block]:
    """Everything the report says and draws, in order."""
    register(fonts)
    theme = look.theme(model.network)
    story: list[Any] = []
    for chapter_id, chapter in CHAPTERS.items():
        if chapter_id not in model.hidden:
            story += chapter(model, theme)
    cover = {"kind": "words", "text": model.company.name, "size": 31.0, "bold": True}
    return [cover, {"kind": "page"}, *_flow(story)]


def charts(found: list[Block]) -> int:
    """How many charts there are, in tables too."""
    count = 0
    for block in found:
        if block["kind"] == "table":
            count += sum(charts(cell) for row in block["rows"] for cell in row)
        count += block["kind"] == "chart" and block["width"] >= _CHART_WIDTH
    return count


def _flow(story: list[Any]) -> Iterator[Block]:
    for part in story:
        if isinstance(part, PageBreak):
            yield {"kind": "page"}
        elif isinstance(part, Table):
            yield _table(part)
        elif hasattr(part, "text") and hasattr(part, "style"):
            yield _words(part)
        elif is_drawing(part):
            yield _chart(part)
        elif getattr(part, "_content", None):
            yield from _flow(list(part._content))


def _words(part: Any) -> Block:
    text = unescape(_MARKUP.sub("", part.text.replace("<br/>", "\n")))
    return {
        "kind": "heading" if isinstance(part, Heading) else "words",
        "text": f"{part.bulletText} {text}" if part.bulletText else text,
        "size": part.style.fontSize,
        "bold": "Bold" in part.style.fontName,
    }


def _table(part: Any) -> Block:
    return {
        "kind": "table",
        "widths": [float(width) for width in part._colWidths],
        "ruled": bool(part._linecmds),
        "heads": part.repeatRows,
        "rows": [[list(_flow(listed(cell))) for cell in row] for row in part._cellvalues],
    }


def _chart(part: Any) -> Block:
    width, height = part.wrap(look.BODY_WIDTH, look.BODY_HEIGHT)
    part.canv = LineDrawing(height)
    part.draw()
    return {"kind": "chart", "width": width, "height": height, "shapes": part.canv.shapes}
