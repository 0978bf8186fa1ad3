"""The shape of the primary instance: which paths there are, and what a written path means."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.expression import ExpressionError, parse
from desktop_advisor.questionnaire.expression.nodes import Kind, Node
from desktop_advisor.questionnaire.expression.tree import Call, NameTest, Path, Step


class Schema:
    """The paths of an instance, in document order; repeated elements count once."""

    def __init__(self, root: Node) -> None:
        self._children: dict[str, list[str]] = {"": []}
        self._add(root, "")

    def _add(self, node: Node, parent: str) -> None:
        path = f"{parent}/{node.name}"
        if path not in self._children:
            self._children[path] = []
            self._children[parent].append(path)
        for attribute in node.attributes:
            if attribute.kind == Kind.ATTRIBUTE:
                name = f"{path}/@{attribute.name}"
                if name not in self._children:
                    self._children[name] = []
                    self._children[path].append(name)
        for child in node.elements():
            self._add(child, path)

    def __contains__(self, path: str) -> bool:
        return path in self._children

    def paths(self) -> Iterator[str]:
        """All of them, parents before children."""
        return (path for path in self._children if path)

    def children(self, path: str) -> list[str]:
        """The paths directly below, attributes included."""
        return self._children.get(path, [])

    def below(self, path: str) -> Iterator[str]:
        """Every path below, in document order."""
        for child in self.children(path):
            yield child
            yield from self.below(child)


def parent_of(path: str) -> str:
    """`/data/a` for `/data/a/b`, "" for `/data`."""
    return path.rpartition("/")[0]


def name_of(path: str) -> str:
    """`b` for `/data/a/b`."""
    return path.rpartition("/")[2]


def resolve(written: str, base: str) -> str | None:
    """The path a nodeset or ref means, seen from base; None when it is no plain path.

    Predicates are left out: a path names all instances.
    """
    try:
        tree = parse(written)
    except ExpressionError:
        return None
    if not isinstance(tree, Path):
        return None
    origin = tree.origin
    if isinstance(origin, Call) and origin.name != "current":
        return None
    path = "" if origin == "/" else base
    for step in tree.steps:
        following = _follow(path, step)
        if following is None:
            return None
        path = following
    return path


def _follow(path: str, step: Step) -> str | None:
    if step.axis == "parent":
        return parent_of(path)
    if step.axis == "self":
        return path
    if not isinstance(step.test, NameTest) or step.test.local == "*":
        return None
    name = step.test.local if step.test.prefix is None else f"{step.test.prefix}:{step.test.local}"
    if step.axis == "child":
        return f"{path}/{name}"
    return f"{path}/@{name}" if step.axis == "attribute" else None
