"""The structure tree: complete, consistent with the pages, and nested as the standard says."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from tests.report.conformity_content import PageContent
from tests.report.conformity_tables import table_faults

_HEADINGS = tuple(f"H{n}" for n in range(1, 7))
_STANDARD = {
    *("Document", "Part", "Sect", "Div", "P", *_HEADINGS, "L", "LI", "Lbl", "LBody", "Table"),
    *("TR", "TH", "TD", "TOC", "TOCI", "Reference", "Link", "Figure", "Form", "Span", "Caption"),
}
_KIDS = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
    "TOCI": {"Lbl", "Reference", "P", "TOC"},
}
_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


def structure_faults(opened: pikepdf.Pdf, pages: Sequence[PageContent]) -> Iterator[str]:
    """All faults of the tree."""
    yield from _Walk(opened, pages).faults()


def number_tree(tree: Any) -> dict[int, Any]:
    """Key → value of a number tree."""
    found = {}
    flat = list(tree.get("/Nums", []))
    for key, value in zip(flat[::2], flat[1::2], strict=True):
        found[int(key)] = value
    for kid in tree.get("/Kids", []):
        found |= number_tree(kid)
    return found


def kids_of(element: Any) -> list[Any]:
    """What K holds, always as a list."""
    held = element.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


class _Walk:
    """One pass over the tree.

    Attributes:
        marks: (page, MCID) → element; elements: in reading order.
    """

    def __init__(self, opened: pikepdf.Pdf, pages: Sequence[PageContent]) -> None:
        self.root = opened.Root.StructTreeRoot
        self.pages = {page.page.obj.objgen: (n, page) for n, page in enumerate(pages)}
        self.parents = number_tree(self.root.ParentTree)
        self.marks: dict[tuple[Any, int], Any] = {}
        self.annotations: dict[Any, Any] = {}
        self.elements: list[Any] = []
        self.found: list[str] = []

    def faults(self) -> Iterator[str]:
        """Walk, then compare with the pages."""
        for kid in kids_of(self.root):
            if kid.S != "/Document":
                yield f"A 6.7.3: the root is {kid.S}"
            self.walk(kid, self.root, "")
        yield from self.found
        yield from self._marks()
        yield from self._annotations()
        yield from self._headings()
        for element in self.elements:
            yield from _rules(element)
            if element.S == "/Table":
                yield from table_faults(element, kids_of)

    def walk(self, element: Any, parent: Any, parent_kind: str) -> None:
        """An element and all below it."""
        kind = str(element.S)[1:]
        self.elements.append(element)
        if element.get("/P") is None or element.P.objgen != parent.objgen:
            self.found.append(f"A 6.7.3: {kind} does not know its parent")
        if kind not in _STANDARD:
            self.found.append(f"UA 7.1: type {kind}")
        if kind in _PARENTS and parent_kind not in _PARENTS[kind]:
            self.found.append(f"UA 7.2: {kind} within {parent_kind}")
        if parent_kind in _KIDS and kind not in _KIDS[parent_kind]:
            self.found.append(f"UA 7.2: {parent_kind} contains {kind}")
        for kid in kids_of(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.walk(kid, element, kind)
            else:
                self.content(element, kid)

    def content(self, element: Any, kid: Any) -> None:
        """Marked content or an annotation of an element."""
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            self.annotations[kid.Obj.objgen] = element
            return
        of_page = isinstance(kid, pikepdf.Dictionary)
        page = kid.get("/Pg", element.get("/Pg")) if of_page else element.get("/Pg")
        key = (page.objgen, int(kid.MCID if of_page else kid))
        if key in self.marks:
            self.found.append(f"A 6.7.3: content {key} belongs to two elements")
        self.marks[key] = element

    def _marks(self) -> Iterator[str]:
        """Pages, parent tree and structure name the same pieces."""
        for objgen, (number, page) in self.pages.items():
            held = self.parents.get(int(page.page.obj.get("/StructParents", -1)), [])
            if len(held) != len(page.tags):
                yield f"A 6.7.3: page {number} has {len(page.tags)} pieces, {len(held)} parents"
            for mcid, tag in page.tags.items():
                element = self.marks.pop((objgen, mcid), None)
                if element is None:
                    yield f"A 6.7.3: content {mcid} of page {number} is in no element"
                    continue
                if mcid >= len(held) or held[mcid].objgen != element.objgen:
                    yield f"A 6.7.3: parent of content {mcid} of page {number}"
                if str(element.S)[1:] != tag:
                    yield f"A 6.7.3: content {mcid} of page {number} is {tag} in {element.S}"
        yield from (f"A 6.7.3: content {key} is on no page" for key in self.marks)

    def _annotations(self) -> Iterator[str]:
        for number, page in self.pages.values():
            for annotation in page.page.obj.get("/Annots", []):
                element = self.annotations.get(annotation.objgen)
                wanted = {"/Link": "/Link", "/Widget": "/Form"}[str(annotation.Subtype)]
                if element is None or wanted != element.S:
                    yield f"UA 7.18: annotation of page {number} is not in a {wanted}"
                    continue
                parent = self.parents.get(int(annotation.get("/StructParent", -1)))
                if parent is None or parent.objgen != element.objgen:
                    yield f"UA 7.18: parent of an annotation of page {number}"

    def _headings(self) -> Iterator[str]:
        kinds = [str(e.S)[1:] for e in self.elements]
        levels = [int(kind[1]) for kind in kinds if kind in _HEADINGS]
        if levels[:1] != [1]:
            yield "UA 7.4.2: the first heading is not H1"
        for before, after in itertools.pairwise(levels):
            if after > before + 1:
                yield f"UA 7.4.2: H{after} after H{before}"


def _rules(element: Any) -> Iterator[str]:
    """What an element of its type needs."""
    kind, kids = str(element.S)[1:], kids_of(element)
    if kind == "Figure":
        if not str(element.get("/Alt", "")).strip():
            yield "UA 7.3: figure without alternative"
        box = [float(v) for v in attributes(element, "/Layout").get("/BBox", [])]
        if len(box) != 4 or box[0] >= box[2] or box[1] >= box[3] or min(box) < -1:
            yield f"A 6.7.3: figure with box {box}"
    if kind == "L" and "/ListNumbering" not in attributes(element, "/List"):
        yield "UA 7.6: list without numbering"
    if kind == "TH" and attributes(element, "/Table").get("/Scope") not in ("/Row", "/Column"):
        yield "UA 7.5: header without scope"
    has_annotation = any(isinstance(k, pikepdf.Dictionary) and "/Obj" in k for k in kids)
    if kind in ("Link", "Form") and not has_annotation:
        yield f"UA 7.18: {kind} without annotation"
    if kind == "Form" and len(kids) != 1:
        yield "UA 7.18.4: a form holds more than its field"
    if not kids and kind not in ("TD", "TH"):
        yield f"UA 7.1: empty {kind}"


def attributes(element: Any, owner: str) -> Any:
    """The attributes of that owner."""
    held = element.get("/A", pikepdf.Dictionary())
    for one in [held] if isinstance(held, pikepdf.Dictionary) else list(held):
        if one.get("/O") == owner:
            return one
    return pikepdf.Dictionary()
