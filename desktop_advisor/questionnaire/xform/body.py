"""The body of a form: its controls, in the order they are asked."""

from __future__ import annotations

from desktop_advisor.questionnaire.expression.names import JAVAROSA
from desktop_advisor.questionnaire.expression.nodes import Node, string_value
from desktop_advisor.questionnaire.xform.binds import is_action, read_action
from desktop_advisor.questionnaire.xform.model import (
    KINDS,
    NO_TEXT,
    Action,
    Bind,
    Control,
    Item,
    Itemset,
    Text,
)
from desktop_advisor.questionnaire.xform.schema import resolve

_PARAMETERS = ("start", "end", "step")


class BodyReader:
    """Reads controls; gathers the actions written in them and what it did not understand."""

    def __init__(self, root: str, ids: dict[str, Bind]) -> None:
        self._root = root
        self._ids = ids
        self.actions: list[Action] = []
        self.notices: list[str] = []

    def read(self, parent: Node, base: str) -> tuple[Control, ...]:
        """The controls inside the element; base is the path their relative refs start from."""
        controls: list[Control] = []
        for element in parent.elements():
            if is_action(element):
                action = read_action(element, base, self._root, self._ids)
                if action is not None:
                    self.actions.append(action)
            elif element.local in KINDS:
                controls.append(self._question(element, base))
            elif element.local == "group":
                controls.append(self._group(element, base))
            elif element.local == "repeat":
                controls.append(self._repeat(element, base))
            elif element.local not in (
                "label",
                "hint",
                "help",
                "alert",
                "item",
                "itemset",
                "value",
            ):
                self.notices.append(f"Das Element <{element.name}> wird nicht unterstützt")
        return tuple(controls)

    def _path(self, element: Node, base: str) -> str:
        bind = self._ids.get(element.attribute("bind") or "")
        if bind is not None:
            return bind.path
        written = element.attribute("ref") or element.attribute("nodeset")
        if written is None:
            return ""
        path = resolve(written, base)
        if path is None:
            self.notices.append(f"»{written}« ist kein Pfad")
        return path or ""

    def _group(self, element: Node, base: str) -> Control:
        path = self._path(element, base)
        return Control(
            kind="group",
            path=path,
            appearance=element.attribute("appearance") or "",
            label=_text(element, "label"),
            hint=_text(element, "hint"),
            children=self.read(element, path or base),
        )

    def _repeat(self, element: Node, base: str) -> Control:
        path = self._path(element, base)
        return Control(
            kind="repeat",
            path=path,
            appearance=element.attribute("appearance") or "",
            label=_text(element, "label"),
            count=element.attribute("count", JAVAROSA),
            is_fixed=(element.attribute("noAddRemove", JAVAROSA) or "").strip() == "true()",
            children=self.read(element, path),
        )

    def _question(self, element: Node, base: str) -> Control:
        path = self._path(element, base)
        self.read(element, path)
        hint = _text(element, "hint")
        return Control(
            kind=element.local,
            path=path,
            appearance=element.attribute("appearance") or "",
            label=_text(element, "label"),
            hint=hint,
            guidance=hint,
            items=_items(element),
            itemset=_itemset(element),
            parameters={
                name: value
                for name in _PARAMETERS
                if (value := element.attribute(name)) is not None
            },
        )


def _text(element: Node, local: str) -> Text:
    found = element.element(local)
    if found is None:
        return NO_TEXT
    reference = found.attribute("ref")
    return Text(content=found) if reference is None else Text(expression=reference)


def _items(element: Node) -> tuple[Item, ...]:
    items: list[Item] = []
    for child in element.elements():
        value = child.element("value") if child.local == "item" else None
        if value is not None:
            items.append(Item(string_value(value).strip(), _text(child, "label")))
    return tuple(items)


def _itemset(element: Node) -> Itemset | None:
    itemset = element.element("itemset")
    nodeset = None if itemset is None else itemset.attribute("nodeset")
    if itemset is None or nodeset is None:
        return None
    value = itemset.element("value")
    reference = None if value is None else value.attribute("ref")
    return Itemset(nodeset, reference or "name", _text(itemset, "label"))
