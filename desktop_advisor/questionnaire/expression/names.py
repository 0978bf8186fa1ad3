"""Which nodes a node test means: names with and without prefix, kinds (XPath 1.0 §2.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_advisor.questionnaire.expression.axes import PRINCIPAL
from desktop_advisor.questionnaire.expression.nodes import Kind, Node
from desktop_advisor.questionnaire.expression.tree import NameTest, TypeTest

Test = Callable[[Node], bool]

JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
ODK = "http://www.opendatakit.org/xforms"

NAMESPACES: Mapping[str, str] = {
    "jr": JAVAROSA,
    "orx": OPENROSA,
    "odk": ODK,
    "xforms": XFORMS,
    "h": XHTML,
    "xml": "http://www.w3.org/XML/1998/namespace",
}
"""The prefixes of ODK XForms; a form's own declarations add to them."""

_KINDS = {
    "text": Kind.TEXT,
    "comment": Kind.COMMENT,
    "processing-instruction": Kind.INSTRUCTION,
}


def node_test(test: NameTest | TypeTest, axis: str, namespaces: Mapping[str, str]) -> Test:
    """Decides for a node of the axis whether the test means it.

    A name without prefix means a node written without prefix, whatever default namespace it stands
    in (JavaRosa, forms); when `namespaces` declares "" it means that namespace (XPath 1.0).
    """
    if isinstance(test, TypeTest):
        return _type_test(test)
    kind = PRINCIPAL.get(axis, Kind.ELEMENT)
    if test.prefix is None:
        if test.local == "*":
            return _any_name(kind)
        if "" not in namespaces:
            return _written_name(kind, test.local)
    uri = namespaces.get("" if test.prefix is None else test.prefix)
    if uri is None:
        return _written_name(kind, f"{test.prefix}:{test.local}")
    return _qualified_name(kind, uri, test.local)


def _type_test(test: TypeTest) -> Test:
    if test.kind == "node":
        return lambda _node: True
    kind, target = _KINDS[test.kind], test.target
    return lambda node: node.kind == kind and (target is None or node.name == target)


def _any_name(kind: Kind) -> Test:
    return lambda node: node.kind == kind


def _written_name(kind: Kind, name: str) -> Test:
    return lambda node: node.name == name and node.kind == kind


def _qualified_name(kind: Kind, uri: str, local: str) -> Test:
    def matches(node: Node) -> bool:
        return node.kind == kind and node.uri == uri and local in ("*", node.local)

    return matches
