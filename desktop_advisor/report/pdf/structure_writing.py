"""The structure tree as PDF objects, written by hand: a report has thousands of them.

ISO 32000-1:2008: structure tree root 14.7.2, elements 14.7.2, parent tree 14.7.4.4.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject

from desktop_advisor.report.pdf.structure import Mark, Node, Tree

LONGEST_TEXT = 8000
"""Characters of an alternative text; a string may have 32767 bytes (ISO 19005-3, 6.1.13)."""

_HAS_SIGNATURES = 1
"""There is a signature field; whoever signs adds "append only" (ISO 32000-1, table 219)."""


class Raw(PDFObject):  # type: ignore[misc]  # ReportLab is untyped
    """An indirect object whose PDF text is set later, before the document is saved."""

    __RefOnly__ = 1

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, _document: Any) -> bytes:
        """The object as it is written."""
        return self.text.encode("latin-1")


def text_string(words: str) -> str:
    """The words as a PDF text string in hexadecimal UTF-16 (7.9.2.2)."""
    return f"<FEFF{words.encode('utf-16-be', 'replace').hex().upper()}>"


def reference(document: Any, made: PDFObject) -> str:
    """The object registered with the document, as other objects name it."""
    name = document.Reference(made).name
    return "{} {} R".format(*document.idToObjectNumberAndVersion[name])


def page_reference(document: Any, page: int) -> str:
    """The page, from 0, which must have been finished."""
    return reference(document, document.Pages.pages[page])


def write_structure(document: Any, tree: Tree) -> None:
    """Give the document its structure tree; its pages and annotations are finished."""
    root, top = tree.finished(), Raw()
    pages = [page_reference(document, n) for n in range(len(document.Pages.pages))]
    names: dict[int, str] = {}
    objects: list[tuple[Node, Raw]] = []
    for node in root.walk():
        objects.append((node, made := Raw()))
        names[id(node)] = reference(document, made)
    parents = {id(kid): names[id(node)] for node, _ in objects for kid in node.nodes()}
    parents[id(root)] = reference(document, top)
    for node, made in objects:
        made.text = _element(node, parents[id(node)], names, pages)
    numbers = [
        f"{n} [{' '.join(names[id(node)] for node in marks)}]" for n, marks in enumerate(tree.pages)
    ]
    numbers += [
        f"{n} {names[id(node)]}" for n, node in enumerate(tree.annotations, start=len(pages))
    ]
    parent_tree = reference(document, Raw(f"<</Nums [{' '.join(numbers)}]>>"))
    top.text = (
        f"<</Type /StructTreeRoot /K [{names[id(root)]}] /ParentTree {parent_tree} "
        f"/ParentTreeNextKey {len(pages) + len(tree.annotations)}>>"
    )
    document.Catalog.StructTreeRoot = document.Reference(top)
    if tree.fields:
        form = Raw(f"<</Fields [{' '.join(tree.fields)}] /SigFlags {_HAS_SIGNATURES}>>")
        document.Catalog.AcroForm = document.Reference(form)


def _element(node: Node, parent: str, names: dict[int, str], pages: list[str]) -> str:
    """A structure element; its page is that of its first content, other pages are named."""
    page = next((k.page for k in node.kids if not isinstance(k, Node)), None)
    kids = []
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(names[id(kid)])
        elif not isinstance(kid, Mark):
            kids.append(f"<</Type /OBJR /Pg {pages[kid.page]} /Obj {kid.reference}>>")
        elif kid.page == page:
            kids.append(str(kid.mcid))
        else:
            kids.append(f"<</Type /MCR /Pg {pages[kid.page]} /MCID {kid.mcid}>>")
    said = f"/Alt {text_string(node.alt[:LONGEST_TEXT])}" if node.alt else ""
    attributes = f"/A <<{node.attributes}>>" if node.attributes else ""
    at = "" if page is None else f"/Pg {pages[page]}"
    content = f"/K {kids[0] if len(kids) == 1 else '[' + ' '.join(kids) + ']'}" if kids else ""
    return f"<</S /{node.kind} /P {parent} {at} {said} {attributes} {content}>>"
