"""The documents the expression cases speak about, and the paths that name their nodes."""

from __future__ import annotations

from typing import Any

from desktop_advisor.questionnaire.expression.names import XFORMS
from desktop_advisor.questionnaire.expression.nodes import Kind, Node, descendants
from desktop_advisor.questionnaire.expression.xml_source import read_xml

NodePath = list[Any]
"""Child indexes from the document node; a last "@name" leads to an attribute."""


class CaseDocument:
    """A document and, when it is an XForm, the surroundings its expressions see."""

    def __init__(self, xml: str) -> None:
        self.document = read_xml(xml)
        model = _model(self.document)
        self._instances = [] if model is None else _named(model, "instance")
        self._translations: list[Node] = []
        if model is not None:
            for itext in _named(model, "itext"):
                self._translations = _named(itext, "translation")

    @property
    def root(self) -> Node | None:
        """Where absolute paths start: the primary instance of an XForm."""
        return self._instances[0] if self._instances else None

    def instance(self, name: str) -> Node | None:
        return next((node for node in self._instances if node.attribute("id") == name), None)

    def itext(self, name: str) -> list[Node]:
        translation = next(
            (t for t in self._translations if t.attribute("default") is not None),
            self._translations[0] if self._translations else None,
        )
        texts = [] if translation is None else _named(translation, "text")
        found = next((text for text in texts if text.attribute("id") == name), None)
        return [] if found is None else _named(found, "value")

    def choice_label(self, node: Node, value: str) -> str:
        return ""

    def node_at(self, path: NodePath) -> Node:
        """The node the path leads to."""
        node = self.document
        for part in path:
            if isinstance(part, str):
                return next(a for a in node.attributes if a.name == part[1:])
            node = node.children[part]
        return node


def path_of(node: Node) -> NodePath:
    """The inverse of `node_at`."""
    path: NodePath = []
    while node.parent is not None:
        if node.kind in (Kind.ATTRIBUTE, Kind.NAMESPACE):
            path.append(f"@{node.name}")
        else:
            path.append(node.parent.children.index(node))
        node = node.parent
    return path[::-1]


def _model(document: Node) -> Node | None:
    for node in descendants(document):
        if node.local == "model" and node.uri == XFORMS:
            return node
    return None


def _named(parent: Node, local: str) -> list[Node]:
    return [child for child in parent.elements() if child.local == local]
