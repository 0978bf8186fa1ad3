"""Searched words, marked where they stand: heavier and underlined, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from desktop_advisor.domain.folding import Span


def marked_html(text: str, spans: Iterable[Span]) -> str:
    """The text with its marks; whatever stands in it is shown as it is, never read as markup."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [escape(text[at:start]), f"<b><u>{escape(text[start:end])}</u></b>"]
        at = end
    return "".join((*parts, escape(text[at:])))
