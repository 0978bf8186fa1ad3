"""The binds and setvalue actions of a model."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_advisor.questionnaire.expression.names import JAVAROSA, ODK
from desktop_advisor.questionnaire.expression.nodes import Kind, Node, string_value
from desktop_advisor.questionnaire.xform.model import NO_TEXT, Action, Bind, Text
from desktop_advisor.questionnaire.xform.schema import resolve

_ITEXT_CALL = "jr:itext("


def read_bind(element: Node, root: str) -> Bind | None:
    """The bind, or None when its nodeset is no path."""
    path = resolve(element.attribute("nodeset") or element.attribute("ref") or "", root)
    if path is None:
        return None
    return Bind(
        path=path,
        type=(element.attribute("type") or "string").rpartition(":")[2],
        relevant=_expression(element, "relevant"),
        required=_expression(element, "required"),
        readonly=_expression(element, "readonly"),
        constraint=_expression(element, "constraint"),
        calculate=_expression(element, "calculate"),
        constraint_message=_message(element, "constraintMsg"),
        required_message=_message(element, "requiredMsg"),
        preload=element.attribute("preload", JAVAROSA) or "",
        preload_parameters=element.attribute("preloadParams", JAVAROSA) or "",
    )


def merged(first: Bind, second: Bind) -> Bind:
    """Two binds of one path: what the later one writes counts (JavaRosa)."""
    values = {
        name: getattr(second, name) or getattr(first, name)
        for name in Bind.__slots__
        if name != "type"
    }
    return Bind(type=second.type if second.type != "string" else first.type, **values)


def read_action(element: Node, context: str, root: str, ids: Mapping[str, Bind]) -> Action | None:
    """A setvalue; its target is a path or the id of a bind. None when it is neither."""
    bind = ids.get(element.attribute("bind") or "")
    written = bind.path if bind is not None else element.attribute("ref") or ""
    target = resolve(written, context or root)
    if target is None:
        return None
    return Action(
        events=frozenset((element.attribute("event") or "").split()),
        target=target,
        written=written,
        expression=_expression(element, "value"),
        literal=string_value(element).strip(),
        context=context,
    )


def is_action(element: Node) -> bool:
    """Whether the element sets a value on an event."""
    return element.local == "setvalue" or (
        element.local in ("setgeopoint", "recordaudio") and element.uri == ODK
    )


def _expression(element: Node, name: str) -> str | None:
    written = element.attribute(name)
    return written if written is not None and written.strip() else None


def _message(element: Node, name: str) -> Text:
    written = element.attribute(name, JAVAROSA)
    if not written:
        return NO_TEXT
    if written.strip().startswith(_ITEXT_CALL):
        return Text(expression=written)
    content = Node(Kind.ELEMENT, name)
    content.set_text(written)
    return Text(content=content)
