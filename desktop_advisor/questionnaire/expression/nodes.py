"""The light node type that expressions walk over: a form's instance, or any XML document.

Own nodes instead of lxml's, because a node here knows whether it is relevant, CDATA and text stay
apart as in the DOM, and reading one is a slot access instead of a proxy object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum


class Kind(IntEnum):
    """XPath 1.0 §5: the seven kinds of node."""

    DOCUMENT = 0
    ELEMENT = 1
    ATTRIBUTE = 2
    NAMESPACE = 3
    TEXT = 4
    COMMENT = 5
    INSTRUCTION = 6


class Node:
    """One node of a tree.

    Attributes:
        name: as written, prefix included; the target of an instruction; "" for the nameless kinds.
        prefix, local: the two parts of the name; prefix is "" when none is written.
        uri: namespace, "" for none.
        value: the text of attributes, namespaces, texts, comments and instructions.
        children: never contains attributes. attributes: namespaces included, in written order.
        is_relevant: False makes the node and what is below it read as "" (ODK XForms, "relevant").
        order: place in the document; valid while the document's `is_numbered` holds.
    """

    __slots__ = (
        "attributes",
        "children",
        "is_numbered",
        "is_relevant",
        "kind",
        "local",
        "name",
        "order",
        "parent",
        "prefix",
        "uri",
        "value",
    )

    def __init__(self, kind: Kind, name: str = "", *, uri: str = "", value: str = "") -> None:
        self.kind = kind
        self.name = name
        self.prefix, _, self.local = name.rpartition(":")
        self.uri = uri
        self.value = value
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.is_relevant = True
        self.order = 0
        self.is_numbered = False

    def __repr__(self) -> str:
        return f"Node({self.kind.name}, {self.name or self.value!r})"

    def append(self, child: Node) -> None:
        """Add as last child, or as attribute when it is one."""
        self.insert(len(self.children), child)

    def insert(self, index: int, child: Node) -> None:
        """Add as the child at that place, or as last attribute when it is one."""
        child.parent = self
        if child.kind in (Kind.ATTRIBUTE, Kind.NAMESPACE):
            self.attributes.append(child)
        else:
            self.children.insert(index, child)
        root_of(self).is_numbered = False

    def remove(self, child: Node) -> None:
        """Take the child out of the tree."""
        self.children.remove(child)
        root_of(self).is_numbered = False
        child.parent = None

    def elements(self) -> list[Node]:
        """The element children."""
        return [child for child in self.children if child.kind == Kind.ELEMENT]

    def element(self, local: str) -> Node | None:
        """The first element child of that local name, or None."""
        for child in self.children:
            if child.local == local and child.kind == Kind.ELEMENT:
                return child
        return None

    def attribute(self, local: str, uri: str = "") -> str | None:
        """The attribute's value, or None when it is not written."""
        for attribute in self.attributes:
            if (
                attribute.local == local
                and attribute.uri == uri
                and attribute.kind == Kind.ATTRIBUTE
            ):
                return attribute.value
        return None

    def set_text(self, text: str) -> None:
        """Make the text the only content; keeps the text node, so that cached paths stay true."""
        children = self.children
        if len(children) == 1 and children[0].kind == Kind.TEXT:
            children[0].value = text
            return
        for child in list(children):
            self.remove(child)
        if text:
            self.append(Node(Kind.TEXT, value=text))


def string_value(node: Node) -> str:
    """XPath 1.0 §5: the text below the node; "" for what is not relevant."""
    if node.kind > Kind.ELEMENT:
        owner = node.parent
        return "" if owner is not None and not owner.is_relevant else node.value
    if not node.is_relevant:
        return ""
    children = node.children
    if not children:
        return ""
    if len(children) == 1 and children[0].kind == Kind.TEXT:
        return children[0].value
    return "".join(_texts(children))


def _texts(children: list[Node]) -> Iterator[str]:
    for child in children:
        if child.kind == Kind.TEXT:
            yield child.value
        elif child.kind == Kind.ELEMENT and child.is_relevant:
            yield from _texts(child.children)


def root_of(node: Node) -> Node:
    """The top of the tree the node is in."""
    while node.parent is not None:
        node = node.parent
    return node


def descendants(node: Node) -> Iterator[Node]:
    """Everything below the node except attributes, in document order."""
    for child in node.children:
        yield child
        if child.children:
            yield from descendants(child)


def in_document_order(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in document order; trees one after the other as they first occur."""
    unique = list(dict.fromkeys(nodes))
    if len(unique) < 2:
        return unique
    ranks: dict[Node, int] = {}
    keys: dict[Node, tuple[int, int]] = {}
    for node in unique:
        root = root_of(node)
        if not root.is_numbered:
            _number(root)
        keys[node] = (ranks.setdefault(root, len(ranks)), node.order)
    unique.sort(key=keys.__getitem__)
    return unique


def _number(root: Node) -> None:
    count = 0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node.order = count
        for place, attribute in enumerate(node.attributes, start=1):
            attribute.order = count + place
        count += 1 + len(node.attributes)
        waiting.extend(reversed(node.children))
    root.is_numbered = True
