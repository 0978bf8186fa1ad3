"""Links and signature fields with their place in the structure (ISO 14289-1, 7.18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop_advisor.report.pdf.structure import Node, Object
from desktop_advisor.report.pdf.structure_writing import (
    Raw,
    page_reference,
    reference,
    text_string,
)

_PRINTED = 4
"""Flag of annotations: printed and never hidden (ISO 19005-3, 6.3.2)."""
Area = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page."""


@dataclass(frozen=True)
class Link:
    """A link to a page. target: from 0; top: where on it; words: what a screen reader says."""

    area: Area
    target: int
    top: float
    words: str


@dataclass(frozen=True)
class SignatureField:
    """A field for a digital signature. name: of the field; words: what it is for."""

    area: Area
    name: str
    words: str


class _Annotation(Raw):
    """Written once all pages and the numbers of the structure are known."""

    def __init__(self, page: int, key: int, made: Link | SignatureField, frame: str) -> None:
        super().__init__()
        self.page, self.key, self.made, self.frame = page, key, made, frame

    def format(self, document: Any) -> bytes:
        """The annotation; its key in the parent tree follows those of the pages."""
        pages = document.Pages.pages
        here = page_reference(document, self.page)
        area = " ".join(f"{v:.2f}" for v in self.made.area)
        parts = [
            f"<</Type /Annot /Rect [{area}] /F {_PRINTED} /P {here}",
            f"/StructParent {len(pages) + self.key} /Contents {text_string(self.made.words)}",
        ]
        if isinstance(self.made, Link):
            goal = f"{page_reference(document, self.made.target)} /XYZ 0 {self.made.top:.2f} null"
            parts.append(f"/Subtype /Link /Border [0 0 0] /Dest [{goal}]")
        else:
            name, words = text_string(self.made.name), text_string(self.made.words)
            parts.append(f"/Subtype /Widget /FT /Sig /T {name} /TU {words} /AP <</N {self.frame}>>")
        return (" ".join(parts) + ">>").encode("latin-1")


def register_annotation(canvas: Any, node: Node, made: Link | SignatureField) -> Any:
    """Enter an annotation of the page under way into structure and document; its reference."""
    document, tree = canvas._doc, canvas.tree
    frame = reference(document, _frame(made)) if isinstance(made, SignatureField) else ""
    annotation = _Annotation(canvas.page_index, len(tree.annotations), made, frame)
    name = reference(document, annotation)
    tree.annotations.append(node)
    node.kids.append(Object(canvas.page_index, name))
    if isinstance(made, SignatureField):
        tree.fields.append(name)
    return document.Reference(annotation)


def _frame(made: SignatureField) -> Raw:
    """How an empty field looks: a thin frame, so that print and screen show its place."""
    left, bottom, right, top = made.area
    width, height = right - left, top - bottom
    drawing = ""
    if width and height:
        drawing = f"0.8 0.83 0.86 RG 0.7 w 0.5 0.5 {width - 1:.2f} {height - 1:.2f} re S"
    return Raw(
        f"<</Type /XObject /Subtype /Form /BBox [0 0 {width:.2f} {height:.2f}] /Resources <<>> "
        f"/Length {len(drawing)}>>\nstream\n{drawing}endstream"
    )
