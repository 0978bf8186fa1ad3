"""Tables of the questionnaire in the annex; too wide ones are split into parts of whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Spacer

from desktop_advisor.domain.language import say
from desktop_advisor.report import phrases, wording
from desktop_advisor.report.answers_model import AnswerTable
from desktop_advisor.report.chapters_overview import Story
from desktop_advisor.report.fonts import SEMIBOLD
from desktop_advisor.report.pages import subheading
from desktop_advisor.report.tables import AFTER_NUMBERS, ruled
from desktop_advisor.report.theme import BODY_WIDTH, Theme, brief, clean, markup, text

_GUTTER = 8.0
"""Points between two columns, and to spare for rounding."""
_LEAST, _MOST = 30.0, 100.0
"""Points of a column; longer words are broken, longer texts wrapped."""
_FIRST_MOST = 150.0
_HEAD_MOST = 160
"""Characters of a head: it is repeated on each page, which must have room for rows too."""
_SIZE = 8.2
_LINES = 3
"""So many lines a text may take before its column grows towards the widest."""


@dataclass(frozen=True)
class _Part:
    """Columns that stand beside each other; the first one of the table is always among them."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]


def answer_table(table: AnswerTable, theme: Theme) -> Story:
    """Title and perspective, the table in parts that fit the page, its notes."""
    view = wording.PERSPECTIVES[table.perspective]
    title = f"{clean(table.title)} <font color='#5b6875'>– {view}</font>"
    head = subheading(markup(title, theme.dense_bold))
    story: Story = [CondPageBreak(180), Spacer(1, 9), head, Spacer(1, 2)]
    parts = _parts(table)
    for number, part in enumerate(parts, start=1):
        if number > 1:
            story += [CondPageBreak(84), Spacer(1, 7)]
        if len(parts) > 1:
            story.append(text(say("Teil {0} von {1}").format(number, len(parts)), theme.dense_soft))
        story.append(_drawn(table, part, theme))
    if table.notes:
        story.append(Spacer(1, 3))
    return [*story, *(text(note, theme.dense_soft) for note in table.notes)]


def _drawn(table: AnswerTable, part: _Part, theme: Theme) -> Any:
    right = [i for i, c in enumerate(part.columns) if table.columns[c].is_number]

    def cell(said: str, column: int, left: Any, numbers: Any) -> Any:
        return text(said, numbers if table.columns[column].is_number else left)

    rows = [
        [cell(row[c] or phrases.NOTHING, c, theme.dense, theme.dense_right) for c in part.columns]
        for row in table.rows
    ]
    foot = [
        cell(table.total[c], c, theme.dense_bold, theme.dense_bold_right)
        for c in part.columns
        if table.total
    ]
    return ruled(
        rows,
        part.widths,
        header=[brief(table.columns[c].label, _HEAD_MOST) for c in part.columns],
        theme=theme,
        padding=2.2,
        right=right,
        foot=foot if any(table.total[c] for c in part.columns[1:] if table.total) else (),
    )


def _parts(table: AnswerTable) -> list[_Part]:
    """Whole columns, the first one repeated in each part."""
    if not table.columns:
        return []
    needed = [_least_width(table, i) for i in range(len(table.columns))]
    first = min(max(needed[0], _natural_width(table, 0)), _FIRST_MOST)
    groups = _groups(table, needed, BODY_WIDTH - first)
    return [_stretched(table, first, group, needed) for group in groups]


def _groups(table: AnswerTable, needed: Sequence[float], room: float) -> list[range]:
    """The columns after the first in as few groups as fit the room, which is wider than any.

    Of those, a group begins with words where it can, as numbers belong to the words before them;
    then the groups are about equally wide.
    """
    count = len(needed)
    best: dict[int, tuple[int, int, float, list[range]]] = {1: (0, 0, 0.0, [])}
    for end in range(2, count + 1):
        found = []
        for start in range(1, end):
            width = sum(needed[start:end])
            if width <= room or end - start == 1:
                parts, torn, unevenness, groups = best[start]
                torn += start > 1 and table.columns[start].is_number
                more = [*groups, range(start, end)]
                found.append((parts + 1, torn, unevenness + width**2, more))
        best[end] = min(found, key=lambda way: way[:3])
    return best[count][3] or [range(1, 1)]


def _stretched(table: AnswerTable, first: float, group: range, needed: Sequence[float]) -> _Part:
    """What is left over saves breaks in the longer texts first, then spreads the columns."""
    if not group:
        return _Part((0,), (BODY_WIDTH,))
    spare = BODY_WIDTH - first - sum(needed[c] for c in group)
    wishes = {c: _natural_width(table, c) - needed[c] for c in group}
    wished = sum(wishes.values())
    granted = min(1.0, spare / wished) if wished > 0 else 0.0
    rest = (spare - granted * wished) / len(group)
    return _Part((0, *group), (first, *(needed[c] + granted * wishes[c] + rest for c in group)))


def _least_width(table: AnswerTable, column: int) -> float:
    """Room for the longest word, and for the longest text on a few lines."""
    words = [word for said in _texts(table, column) for word in said.split()]
    longest = max((_width(word) for word in words), default=0.0)
    gutter = _gutter(table, column)
    wrapped = (_natural_width(table, column) - gutter) / _LINES
    return min(max(longest + gutter, wrapped + gutter, _LEAST), _MOST)


def _natural_width(table: AnswerTable, column: int) -> float:
    """Room for the longest text on one line."""
    return max(max(map(_width, _texts(table, column))) + _gutter(table, column), _LEAST)


def _gutter(table: AnswerTable, column: int) -> float:
    """Words behind numbers need more air: one ends where the other begins."""
    follows = column and table.columns[column - 1].is_number
    return _GUTTER + (AFTER_NUMBERS if follows and not table.columns[column].is_number else 0.0)


def _texts(table: AnswerTable, column: int) -> list[str]:
    total = [table.total[column]] if table.total else []
    return [
        brief(table.columns[column].label, _HEAD_MOST),
        *(row[column] for row in table.rows),
        *total,
    ]


def _width(said: str) -> float:
    """In the widest type of a table, so that no cell needs more."""
    return float(stringWidth(said, SEMIBOLD, _SIZE))
