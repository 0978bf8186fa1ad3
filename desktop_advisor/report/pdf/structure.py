"""The structure of a document as plain nodes, grown while its pages are drawn.

Types and rules of nesting: ISO 32000-1:2008, 14.8.4; what PDF/UA asks of them: ISO 14289-1, 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
    """A piece of marked content: the page from 0 and its MCID there."""

    page: int
    mcid: int


@dataclass(frozen=True)
class Object:
    """An annotation that belongs to the node. reference: as the PDF names it, "12 0 R"."""

    page: int
    reference: str


@dataclass(eq=False)
class Node:
    """One structure element.

    alt: for those who do not see it. attributes: as PDF text, "/O /Table /Scope /Column".
    """

    kind: str
    kids: list[Node | Mark | Object] = field(default_factory=list)
    alt: str = ""
    attributes: str = ""

    def add(self, kind: str, *, alt: str = "", attributes: str = "") -> Node:
        """A new node as its last kid."""
        made = Node(kind, [], alt, attributes)
        self.kids.append(made)
        return made

    def nodes(self) -> list[Node]:
        """Its kids that are nodes themselves."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """Itself and all nodes below, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


_CELLS = ("TH", "TD")
_TITLE = -1
CHAPTER = 0
"""The level of a heading that begins a section of its own."""


class Tree:
    """The structure under way.

    root: the document. front: what is read first, though it is drawn last. back: what is read last.
    pages: for each page the nodes its pieces of marked content belong to, by MCID. annotations:
    the nodes of annotations, in the order of their keys in the parent tree. fields: references of
    the signature fields among them.
    """

    def __init__(self) -> None:
        self.root = Node("Document")
        self.front = self.root.add("Sect")
        self.back = Node("Sect")
        self.pages: list[list[Node]] = []
        self.annotations: list[Node] = []
        self.fields: list[str] = []
        self._section = self.root
        self._open: list[Node] = []
        self._levels = [_TITLE]

    @property
    def here(self) -> Node:
        """The node that what comes next belongs to."""
        return self._open[-1] if self._open else self._section

    def enter(self, node: Node) -> None:
        """Put what comes next into the node, until `leave`."""
        self._open.append(node)

    def leave(self) -> None:
        """Back to the node before."""
        self._open.pop()

    def mark(self, node: Node, page: int) -> int:
        """A new piece of marked content of the node; its MCID."""
        while len(self.pages) <= page:
            self.pages.append([])
        mcid = len(self.pages[page])
        self.pages[page].append(node)
        node.kids.append(Mark(page, mcid))
        return mcid

    def withdraw(self, node: Node, page: int) -> None:
        """Take the last piece of marked content back, as nothing was drawn in it."""
        self.pages[page].pop()
        node.kids.pop()

    def title(self) -> Node:
        """The document's title, above all headings; every document has one."""
        self._levels = [_TITLE]
        return self.here.add("H1")

    def heading(self, level: int) -> Node:
        """A heading of that level; never more than one below the heading above it.

        Headings must not skip a level (ISO 14289-1, 7.4.2), so it is counted, not asserted.
        """
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        if level == CHAPTER and not self._open:
            self._section = self.root.add("Sect")
        return self.here.add(f"H{min(6, len(self._levels))}")

    def list_item(self, label: str) -> tuple[Node, Node]:
        """Label and body of an item; consecutive items form one list, a new "1." begins another."""
        kids = self.here.kids
        last = kids[-1] if kids else None
        number = label.rstrip(".)")
        if not (isinstance(last, Node) and last.kind == "L") or number == "1":
            numbering = "Decimal" if number.isdecimal() else "Disc"
            last = self.here.add("L", attributes=f"/O /List /ListNumbering /{numbering}")
        item = last.add("LI")
        return item.add("Lbl"), item.add("LBody")

    def finished(self) -> Node:
        """The whole document without empty nodes and needless layers."""
        if self.back.kids and self.back not in self.root.kids:
            self.root.kids.append(self.back)
        _tidy(self.root)
        return self.root


def _tidy(node: Node) -> None:
    kept: list[Node | Mark | Object] = []
    for kid in node.kids:
        if not isinstance(kid, Node):
            kept.append(kid)
            continue
        _tidy(kid)
        if kid.kind == "Div" and (len(kid.kids) <= 1 or node.kind in _CELLS):
            kept += kid.kids
        elif kid.kids or kid.kind in _CELLS:
            kept.append(kid)
    node.kids = kept
