"""A second opinion on what a form's rules give: lxml's XPath 1.0 over the state as it stands."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from lxml import etree

from desktop_advisor.questionnaire.session import NodeState
from desktop_advisor.questionnaire.session.value_types import normalized
from tests.questionnaire.random_forms import CHOICES, Node, RandomForm, plain

States = dict[str, NodeState]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return (value[0].xpath("string()") if value else "") or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value == int(value) else repr(value)
    return str(value)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _truth(value: Any) -> bool:
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def _sum(nodes: list[Any]) -> float:
    return sum((_number(_text([node])) for node in nodes), 0.0) if nodes else math.nan


def _max(nodes: list[Any]) -> float:
    found = [_number(_text([node])) for node in nodes]
    return max(found) if found and not any(map(math.isnan, found)) else math.nan


def _indexed(targets: list[Any], rows: list[Any], index: float) -> list[Any]:
    row = rows[int(index) - 1] if 0 < index <= len(rows) else None
    return [node for node in targets if row is not None and row in node.iterancestors()]


FUNCTIONS = {
    "coalesce": lambda a, b: _text(a) or _text(b),
    "if": lambda test, yes, no: _text(yes) if _truth(test) else _text(no),
    "selected": lambda value, word: _text(word) in _text(value).split(),
    "count-selected": lambda value: float(len(_text(value).split())),
    "selected-at": lambda value, at: [*_text(value).split(), ""][int(at)],
    "count-non-empty": lambda nodes: float(sum(_text([node]) != "" for node in nodes)),
    "join": lambda glue, nodes: _text(glue).join(_text([node]) for node in nodes),
    "indexed-repeat": _indexed,
    "max": _max,
    "rows-sum": _sum,
    "row-position": lambda nodes: (
        1.0 + len(list(nodes[0].itersiblings(nodes[0].tag, preceding=True)))
    ),
}


class Oracle:
    """Judges one state of one form."""

    def __init__(self, form: RandomForm, states: States) -> None:
        self._form = form
        self._states = states
        self._elements: dict[str, etree._Element] = {"/data": etree.Element("data")}
        for ref, state in states.items():
            if plain(ref) in form.by_path and not ref.endswith("#range"):
                parent = self._elements[ref.rpartition("/")[0]]
                element = etree.SubElement(parent, plain(ref).rpartition("/")[2])
                element.text = state.value or None
                self._elements[ref] = element
        self._items = []
        for choice in CHOICES:
            item = etree.SubElement(self._elements["/data"], "item")
            etree.SubElement(item, "name").text = choice
            self._items.append(item)

    def objections(self) -> Iterator[str]:
        """What is not as the rules say."""
        for ref in self._elements:
            node = self._form.by_path.get(plain(ref))
            if node is not None:
                yield from self._judge(ref, node)

    def _judge(self, ref: str, node: Node) -> Iterator[str]:
        state, above = self._states[ref], self._states.get(ref.rpartition("/")[0])
        around = above is None or above.relevant
        relevant = around and self._holds(ref, node, "relevant", default=True)
        yield from _same(ref, "relevant", state.relevant, relevant)
        locked = above is not None and above.readonly
        readonly = locked or self._holds(ref, node, "readonly", default=False)
        yield from _same(ref, "readonly", state.readonly, readonly)
        if node.children:
            return
        required = self._holds(ref, node, "required", default=False)
        yield from _same(ref, "required", state.required, required)
        if not relevant:
            yield from _same(ref, "value", state.value, "")
        elif "calculate" in node.rules:
            result = _text(self._evaluate(node.rules["calculate"], self._elements[ref]))
            yield from _same(ref, "calculate", state.value, normalized(result, node.type))
        if relevant and state.value:
            kept = self._holds(ref, node, "constraint", default=True)
            yield from _same(ref, "constraint", state.violation != "constraint", kept)
        if node.filter:
            offered = [_text(i.xpath("string(name)")) for i in self._items if self._keeps(node, i)]
            yield from _same(ref, "choices", [c.value for c in state.choices], offered)
            yield from _same(ref, "answer", set(state.value.split()) - set(offered), set())

    def _keeps(self, node: Node, item: etree._Element) -> bool:
        return _truth(self._evaluate(node.filter, item))

    def _holds(self, ref: str, node: Node, aspect: str, *, default: bool) -> bool:
        if aspect not in node.rules:
            return default
        return _truth(self._evaluate(node.rules[aspect], self._elements[ref]))

    def _evaluate(self, text: str, element: etree._Element) -> Any:
        known = text.replace("sum(", "rows-sum(").replace("position(..)", "row-position(..)")
        extensions = {(None, name): _without_context(work) for name, work in FUNCTIONS.items()}
        return etree.XPath(known, extensions=extensions)(element)


def _without_context(work: Any) -> Any:
    return lambda _context, *arguments: work(*arguments)


def _same(ref: str, what: str, ours: object, theirs: object) -> Iterator[str]:
    if ours != theirs:
        yield f"{ref}, {what}: {ours!r}, lxml {theirs!r}"
