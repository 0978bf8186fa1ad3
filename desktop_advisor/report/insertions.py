"""The advisor's own paragraphs and photos at the end of a chapter."""

from __future__ import annotations

from typing import Any

from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.theme import Theme, text


def inserted(model: ReportModel, chapter: str, theme: Theme) -> list[Any]:
    """What the advisor added to the chapter, in their order."""
    own = [part for part in model.insertions if part.chapter == chapter]
    return [text(part.text, theme.body) for part in own if part.text.strip()]
