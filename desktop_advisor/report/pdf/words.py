"""Paragraphs that tell the canvas what they are and where they stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaParser

from desktop_advisor.report.pdf.structure import Node, Tree
from desktop_advisor.report.pdf.tagged_canvas import TaggedCanvas

_HEADINGS = {"section": 1, "dense_section": 1}
"""Styles whose paragraphs are headings wherever they stand, and their level below a chapter."""


@lru_cache(maxsize=256)
def _fragment(font: str, size: float, colour: Any) -> Any:
    """What ReportLab's parser makes of words without markup in that type.

    Most words are; running an HTML parser for each took a sixth of drawing a report.
    """
    style = ParagraphStyle("plain", fontName=font, fontSize=size, textColor=colour)
    _style, (fragment,), _bullet = ParaParser().parse("plain", style)
    return fragment


class Words(Paragraph):  # type: ignore[misc]  # ReportLab is untyped
    """A paragraph. passage: the key of the passage it shows, "" for none.

    heading: its level where it is a heading, 0 for a chapter; else None.
    """

    passage = ""
    heading: int | None = None

    def __init__(
        self, text: str, style: ParagraphStyle, *args: Any, passage: str = "", **kwargs: Any
    ) -> None:
        if text and "<" not in text and "&" not in text:
            plain = _fragment(style.fontName, style.fontSize, style.textColor)
            kwargs["frags"] = [plain.clone(text=text)]
        super().__init__(text, style, *args, **kwargs)
        self._nodes: list[Node] = []
        self._tree: Tree | None = None
        self._broken_for: float | None = None
        self._whole: Words = self
        self.passage = passage
        self.heading = _HEADINGS.get(self.style.name)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size; lines broken for the same width before are taken again.

        Tables and frames ask two or three times, and breaking lines is most of drawing a report.
        """
        if self._broken_for != width or not hasattr(self, "blPara"):
            super().wrap(width, height)
            self._broken_for = width
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """Split like a paragraph; each part belongs to the same passage and the same node."""
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.passage, part.heading, part._whole = self.passage, self.heading, self._whole
        return parts

    def draw(self) -> None:
        """Draw the words, tagged as what they are, and note the place of a passage."""
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas):
            super().draw()
            return
        if self.passage:
            left, bottom = canvas.absolutePosition(0, 0)
            canvas.note(self.passage, left, bottom, self.width, self.height)
        if canvas.is_silent or not self.blPara.lines:
            super().draw()
            return
        nodes = self._whole._placed(canvas, self)
        goes_on = hasattr(self, "_splitpara")
        with canvas.speaking(nodes if self.bulletText else nodes[-1:], goes_on=goes_on):
            super().draw()

    def _placed(self, canvas: TaggedCanvas, part: Words) -> list[Node]:
        """Its nodes, the label of a list item before its body; made where its first part stands."""
        tree = canvas.tree
        if self._tree is not tree or part is self:
            self._tree = tree
            if self.bulletText:
                self._nodes = [*tree.list_item(self.bulletText)]
            elif self.heading is not None:
                self._nodes = [tree.heading(self.heading)]
            else:
                self._nodes = [tree.here.add("P")]
        return self._nodes
