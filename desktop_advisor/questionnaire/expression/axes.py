"""The thirteen axes of XPath 1.0 §2.2, each in its own order (reverse axes run backwards)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desktop_advisor.questionnaire.expression.nodes import Kind, Node, descendants

Axis = Callable[[Node], Iterable[Node]]


def child(node: Node) -> list[Node]:
    return node.children


def attribute(node: Node) -> list[Node]:
    return [a for a in node.attributes if a.kind == Kind.ATTRIBUTE]


def namespace(node: Node) -> list[Node]:
    return [a for a in node.attributes if a.kind == Kind.NAMESPACE]


def self_(node: Node) -> tuple[Node]:
    return (node,)


def parent(node: Node) -> tuple[Node, ...]:
    return () if node.parent is None else (node.parent,)


def ancestor(node: Node) -> Iterator[Node]:
    current = node.parent
    while current is not None:
        yield current
        current = current.parent


def ancestor_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from ancestor(node)


def descendant_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from descendants(node)


def following_sibling(node: Node) -> list[Node]:
    siblings, place = _siblings(node)
    return siblings[place + 1 :]


def preceding_sibling(node: Node) -> list[Node]:
    siblings, place = _siblings(node)
    return siblings[:place][::-1] if place > 0 else []


def following(node: Node) -> Iterator[Node]:
    start = _owner(node)
    if start is not node:
        yield from descendants(start)
    current: Node | None = start
    while current is not None:
        for sibling in following_sibling(current):
            yield from descendant_or_self(sibling)
        current = current.parent


def preceding(node: Node) -> Iterator[Node]:
    current: Node | None = _owner(node)
    while current is not None:
        for sibling in preceding_sibling(current):
            yield from reversed(list(descendant_or_self(sibling)))
        current = current.parent


def _owner(node: Node) -> Node:
    is_attached = node.kind in (Kind.ATTRIBUTE, Kind.NAMESPACE)
    return node.parent if is_attached and node.parent is not None else node


def _siblings(node: Node) -> tuple[list[Node], int]:
    siblings = [] if node.parent is None else node.parent.children
    if node not in siblings:
        return [], 0
    return siblings, siblings.index(node)


AXES: dict[str, Axis] = {
    "ancestor": ancestor,
    "ancestor-or-self": ancestor_or_self,
    "attribute": attribute,
    "child": child,
    "descendant": descendants,
    "descendant-or-self": descendant_or_self,
    "following": following,
    "following-sibling": following_sibling,
    "namespace": namespace,
    "parent": parent,
    "preceding": preceding,
    "preceding-sibling": preceding_sibling,
    "self": self_,
}

REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
"""Axes whose positions count backwards."""

FLAT = frozenset({"attribute", "child", "namespace", "self"})
"""Axes that keep document order and never meet a node twice when their contexts do so."""

PRINCIPAL = {"attribute": Kind.ATTRIBUTE, "namespace": Kind.NAMESPACE}
"""The kind a name test means on that axis; elements on all others (XPath 1.0 §2.3)."""
