"""A canvas on which everything is either tagged or an artifact (ISO 14289-1, 7.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_advisor.report.pdf.annotations import Link, SignatureField, register_annotation
from desktop_advisor.report.pdf.archive import Attachment, make_archival
from desktop_advisor.report.pdf.file_writing import written
from desktop_advisor.report.pdf.metadata import About
from desktop_advisor.report.pdf.structure import Node, Tree
from desktop_advisor.report.pdf.structure_writing import write_structure

_COLOURS = ("CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k")
_STATE = frozenset(("q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", *_COLOURS))
"""Operators that draw nothing by themselves (ISO 32000-1, annex A)."""
_LINE_END = re.compile(r"\) Tj +T\*")
_LATER_SUBSET = re.compile(r"/F\d+\+[1-9]\d* [\d.]+ Tf")
_SUBSET = re.compile(r"/F\d+\+(\d+) [\d.]+ Tf")
_LAYOUT = "/Artifact <</Type /Layout>> BDC"


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab is untyped
    """Notes of each piece of content which node it belongs to.

    Lines, backgrounds and whatever else is drawn without a node become layout artifacts.
    """

    def __init__(
        self,
        out: BinaryIO,
        *args: Any,
        about: About,
        attached: Attachment | None = None,
        **kwargs: Any,
    ) -> None:
        """about, attached: what the document says of itself, and a file it holds."""
        self._out, self._about, self._attached = out, about, attached
        self.tree = Tree()
        self.page_index = 0
        self._marked = 0
        self._silent = 0
        self._awaited: list[Node] = []
        self._goes_on = False
        super().__init__(out, *args, **kwargs)

    @contextmanager
    def tagged(self, node: Node) -> Iterator[None]:
        """What is drawn here is content of the node; nothing in it is tagged by itself."""
        if self._silent:
            yield
            return
        self._sweep()
        start = len(self._code)
        self._code.append(self._opening(node))
        self._silent += 1
        try:
            yield
        finally:
            self._silent -= 1
            if all(map(_is_state, self._code[start + 1 :])):
                self.tree.withdraw(node, self.page_index)
                del self._code[start]
            else:
                self._close()

    @contextmanager
    def artifact(self, properties: str = "/Type /Layout") -> Iterator[None]:
        """What is drawn here is no content, as a header or a repeated row (14.8.2.2)."""
        self.begin_artifact(properties)
        try:
            yield
        finally:
            self.end_artifact()

    def begin_artifact(self, properties: str) -> None:
        """See `artifact`; for callers that cannot use `with`."""
        if not self._silent:
            self._sweep()
            self._code.append(f"/Artifact <<{properties}>> BDC")
        self._silent += 1

    def end_artifact(self) -> None:
        """The end of what `begin_artifact` began."""
        self._silent -= 1
        if not self._silent:
            self._close()

    @property
    def is_silent(self) -> bool:
        """Whether what is drawn now belongs to a node or an artifact already."""
        return self._silent > 0

    @contextmanager
    def speaking(self, nodes: Sequence[Node], *, goes_on: bool = False) -> Iterator[None]:
        """The texts drawn here belong to these nodes, one text each; all else is layout.

        goes_on: whether the last text continues on another page.
        """
        self._awaited, self._goes_on = list(nodes), goes_on
        try:
            yield
        finally:
            self._awaited = []

    def drawText(self, text_object: Any) -> None:
        """Draw the text, as content of the node that waits for it."""
        if not self._awaited or self._silent:
            super().drawText(text_object)
            return
        node = self._awaited.pop(0)
        self._sweep()
        self._code.append(self._opening(node))
        super().drawText(text_object)
        self._code[-1] = _spaced(self._code[-1], goes_on=self._goes_on and not self._awaited)
        self._close()

    def drawString(self, x: float, y: float, text: str, *args: Any, **kwargs: Any) -> None:
        """Draw the words; nothing for an empty cell, which ReportLab draws as an empty text."""
        if text:
            super().drawString(x, y, text, *args, **kwargs)

    def drawImage(self, image: Any, *args: Any, **kwargs: Any) -> Any:
        """Draw the picture in colours that the output intent explains, so never in CMYK."""
        picture: Any = getattr(image, "_image", None)
        if getattr(picture, "mode", "") == "CMYK":
            image = ImageReader(picture.convert("RGB"))
        return super().drawImage(image, *args, **kwargs)

    def link(self, node: Node, link: Link) -> None:
        """A link of the node within the document."""
        self._annotationrefs.append(register_annotation(self, node, link))

    def signature_field(self, node: Node, field: SignatureField) -> None:
        """A field for a signature that is yet to come."""
        self._annotationrefs.append(register_annotation(self, node, field))

    def showPage(self) -> None:
        """End the page; what nobody claimed on it is an artifact."""
        self._sweep()
        super().showPage()
        self.page_index += 1

    def _startPage(self) -> None:
        super()._startPage()
        self._marked = 0

    def save(self) -> None:
        """Add the structure and what an archive wants to the pages, and write the file."""
        if len(self._code):
            self.showPage()
        write_structure(self._doc, self.tree)
        make_archival(self._doc, self._about, self._attached)
        self._out.write(written(self._doc, self))

    def _opening(self, node: Node) -> str:
        return f"/{node.kind} <</MCID {self.tree.mark(node, self.page_index)}>> BDC"

    def _close(self) -> None:
        self._code.append("EMC")
        self._marked = len(self._code)

    def _sweep(self) -> None:
        """Mark what was painted since the last mark as an artifact."""
        code, first, last = self._code, self._marked, len(self._code)
        while first < last and _is_state(code[first]):
            first += 1
        while last > first and _is_state(code[last - 1]):
            last -= 1
        if first < last:
            code.insert(last, "EMC")
            code.insert(first, _LAYOUT)
        self._marked = len(code)


def _spaced(text: str, *, goes_on: bool) -> str:
    """The text with a space at the end of its lines, else words run together (14.8.2.6.2).

    Only the first subset of a font is sure to have a space; a line that ends in another has none.
    """
    lines = _LINE_END.split(text)
    if len(lines) == 1:
        return text
    ends = [" "] * (len(lines) - 1)
    if not goes_on:
        ends[-1] = ""
    if _LATER_SUBSET.search(text):
        ends = [end * has for end, has in zip(ends, _ends_in_first_subset(lines), strict=False)]
    return (
        "".join(f"{line}{end}) Tj T*" for line, end in zip(lines, ends, strict=False)) + lines[-1]
    )


def _ends_in_first_subset(lines: Sequence[str]) -> Iterator[bool]:
    """Of each line, whether its last font is the first subset of one; a font lasts until the next.

    The number of a subset follows the plus in its font's name.
    """
    subset = "0"
    for line in lines:
        subset = (_SUBSET.findall(line) or [subset])[-1]
        yield subset == "0"


def _is_state(item: str) -> bool:
    """Whether the operators of an item only set something up."""
    last = item[item.rfind(" ") + 1 :]
    if last == "ET":
        return " Tj" not in item
    return last in _STATE or not last


def figure(canvas: TaggedCanvas, alt: str, area: tuple[float, float, float, float]) -> Node:
    """A new figure here. area: left, bottom, right, top where the canvas stands now."""
    left, bottom = canvas.absolutePosition(area[0], area[1])
    right, top = canvas.absolutePosition(area[2], area[3])
    box = " ".join(f"{v:.2f}" for v in (left, bottom, right, top))
    attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
    return canvas.tree.here.add("Figure", alt=alt, attributes=attributes)
