"""Numbered and dotted lists of a word processor, each numbered list from 1."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from desktop_advisor.report.exports.word_elements import element, holding

_NUMBERED, _DOTTED = 90, 91
"""Ids of our two kinds; the template's own are lower."""
_INDENT, _HANGING = 340, 260


class Lists:
    """The numbering of one document."""

    def __init__(self, document: Any) -> None:
        self._numbering = document.part.numbering_part.element
        first = next(iter(self._numbering.findall(qn("w:num"))), None)
        for made in (_kind(_NUMBERED, "decimal", "%1."), _kind(_DOTTED, "bullet", "•")):
            if first is None:
                self._numbering.append(made)
            else:
                first.addprevious(made)
        self._current: dict[int, int] = {}

    def enter(self, paragraph: Any, bullet: str) -> None:
        """Make the paragraph an entry; "1." begins a new list."""
        is_numbered = bullet.rstrip(".").isdigit()
        kind = _NUMBERED if is_numbered else _DOTTED
        if kind not in self._current or bullet == "1.":
            self._current[kind] = self._begun(kind)
        properties = paragraph.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._current[kind]

    def _begun(self, kind: int) -> int:
        made = self._numbering.add_num(kind)
        made.add_lvlOverride(0).add_startOverride(1)
        return int(made.numId)


def _kind(number: int, form: str, shown: str) -> Any:
    level = holding(
        "lvl",
        [
            element("start", val=1),
            element("numFmt", val=form),
            element("lvlText", val=shown),
            element("lvlJc", val="left"),
            holding("pPr", [element("ind", left=_INDENT, hanging=_HANGING)]),
        ],
    )
    level.set(qn("w:ilvl"), "0")
    made = holding("abstractNum", [element("multiLevelType", val="singleLevel"), level])
    made.set(qn("w:abstractNumId"), str(number))
    return made
