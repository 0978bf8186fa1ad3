"""Bars as inline SVG: no script, no style sheet of their own, read out by their title and desc."""

from __future__ import annotations

from html import escape
from textwrap import shorten

from sync.server.indicators.tables import Row, Table

WIDTH = 560
_ROW, _BAR, _TEXT = 46, 14, 15
HIGHEST_LEVEL = 5
LABEL = 66
"""Characters beside a number; the table below or beside it has the whole."""


def bars(table: Table) -> str:
    """The table as horizontal bars; "" without rows. Levels reach to 5, counts to the largest."""
    if not table.rows:
        return ""
    longest = HIGHEST_LEVEL if table.is_measured else max(row.n for row in table.rows)
    drawn = "".join(_bar(row, number, longest) for number, row in enumerate(table.rows))
    height = len(table.rows) * _ROW
    title, desc = f"titel-{table.key}", f"text-{table.key}"
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" width="100%" role="img" '
        f'aria-labelledby="{title} {desc}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{title}">{escape(table.title)}</title>'
        f'<desc id="{desc}">{escape(_spoken(table))}</desc>{drawn}</svg>'
    )


def said(row: Row) -> str:
    """The number of a row as it is written."""
    return str(row.n) if row.mean is None else str(row.mean).replace(".", ",")


def _bar(row: Row, number: int, longest: int) -> str:
    top = number * _ROW
    value = row.n if row.mean is None else row.mean
    width = max(2, round(float(value) / longest * WIDTH))
    label = escape(shorten(row.label, LABEL, placeholder=" …"))
    words = f'font-size="{_TEXT}" fill="currentColor"'
    return (
        f'<text x="0" y="{top + _TEXT}" {words}>{label}</text>'
        f'<text x="{WIDTH}" y="{top + _TEXT}" text-anchor="end" {words}>{said(row)}</text>'
        f'<rect x="0" y="{top + 20}" width="{WIDTH}" height="{_BAR}" rx="3" '
        f'fill="currentColor" fill-opacity="0.08"/>'
        f'<rect x="0" y="{top + 20}" width="{width}" height="{_BAR}" rx="3" '
        f'fill="var(--main, #0e5a6b)"/>'
    )


def _spoken(table: Table) -> str:
    return "; ".join(f"{row.label}: {said(row)}" for row in table.rows)
