"""Random forms without circles: every rule reads only what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import strategies as st

from desktop_advisor.questionnaire.session import FormSession

VALUES = {
    "int": ("", "0", "1", "2", "3", "17", "-4", "2.7"),
    "decimal": ("", "0", "1.5", "10", "-2.25", "1e3", "x"),
    "string": ("", "a", "b", "a b", "1", "ä"),
    "date": ("", "2026-01-31", "2024-02-29", "2026-02-30"),
    "select1": ("", "a", "b", "c"),
    "select": ("", "a", "c a", "b c"),
}
CHOICES = ("a", "b", "c", "1")
NUMBER_OF = (
    "{r} + 1",
    "coalesce({r}, 0) * 2",
    "string-length({r})",
    "if({c}, {r}, {o})",
    "coalesce({o}, {r})",
    "({r} - {o}) div 4",
    "count-selected({r})",
)
TEXT_OF = (
    "concat({r}, '-', {o})",
    "if({c}, 'ja', {o})",
    "selected-at({r}, 0)",
    "substring({r}, 1, 1)",
    "string({r})",
)
OVER_ROWS = (
    "sum({n})",
    "count({rows})",
    "count-non-empty({n})",
    "join(' ', {n})",
    "max({n})",
    "indexed-repeat({n}, {rows}, 2)",
    "{rows}[1]/{last}",
    "sum({rows}[{last} > 1]/{last})",
    "count({rows}[{last} = 'a'])",
)
CONDITION_OF = (
    "{r} > 1",
    "{r} = 'a'",
    "{r} != ''",
    "{r} <= {o}",
    "{r} = {o}",
    "selected({r}, 'a')",
    "not({r} = '')",
    "string-length({r}) > {o}",
    "{r} > 0 and {o} != 'b'",
    "{r} = '' or {o} = 1",
)


@dataclass
class Node:
    """One question, calculation, group or repeat; `rows` is the path of the repeat around it."""

    path: str
    kind: str
    type: str
    rows: str
    rules: dict[str, str] = field(default_factory=dict)
    filter: str = ""
    action: str = ""
    default: str = ""
    count: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass
class RandomForm:
    """nodes: all of them in the order of the document. xml: the form."""

    nodes: list[Node]
    xml: str

    @property
    def by_path(self) -> dict[str, Node]:
        return {node.path: node for node in self.nodes}

    def free_ranges(self, session: FormSession) -> list[str]:
        """The refs of the repeats a person adds rows to."""
        free = {node.path for node in self.nodes if node.kind == "repeat" and not node.count}
        ranges = [ref for ref in session.states() if ref.endswith("#range")]
        return [r.removesuffix("#range") for r in ranges if plain(r).removesuffix("#range") in free]

    def answerable(self, session: FormSession) -> list[str]:
        """The refs of everything a person can answer right now."""
        questions = {node.path for node in self.nodes if node.kind == "question"}
        return [ref for ref in session.refs() if plain(ref) in questions]


def plain(ref: str) -> str:
    """The path of a ref: without positions."""
    return re.sub(r"\[\d+\]", "", ref)


class Builder:
    """Draws one node after the other; `known` is what may be read."""

    def __init__(
        self, draw: st.DrawFn, *, has_filters: bool, has_dates: bool, has_memory: bool
    ) -> None:
        self._draw = draw
        self._has_memory = has_memory
        self._has_filters = has_filters
        self._types = [t for t in VALUES if has_dates or t != "date"]
        self.nodes: list[Node] = []
        self.known: list[Node] = []

    def children(self, parent: str, rows: str, depth: int) -> list[Node]:
        size = self._draw(st.integers(2, 6 if depth == 0 else 3))
        return [self._node(parent, rows, depth) for _ in range(size)]

    def _node(self, parent: str, rows: str, depth: int) -> Node:
        kinds = ["question", "question", "question", "calculation", "calculation"]
        kinds += [] if depth > 1 else ["group"]
        kinds += [] if depth > 1 else ["repeat", "repeat"]
        kind = self._draw(st.sampled_from(kinds))
        type_name = self._draw(st.sampled_from(self._types))
        node = Node(f"{parent}/{kind[0]}{len(self.nodes)}", kind, type_name, rows)
        self.nodes.append(node)
        if kind in ("group", "repeat"):
            self._rule(node, "relevant", 2)
            self._rule(node, "readonly", 4)
            if kind == "repeat" and self.known and self._draw(st.booleans()):
                reference = self._draw(st.sampled_from(self.known)).path
                node.count = f"coalesce(count-selected({reference}), 0)"
            inner = node.path if kind == "repeat" else rows
            node.children = self.children(node.path, inner, depth + 1)
            return node
        self._leaf(node)
        self.known.append(node)
        return node

    def _leaf(self, node: Node) -> None:
        self._rule(node, "relevant", 3)
        if node.kind == "calculation":
            node.type = self._draw(st.sampled_from(["string", "string", "int", "decimal"]))
            node.rules["calculate"] = self._formula(node)
            return
        for aspect in ("required", "readonly", "constraint"):
            self._rule(node, aspect, 4)
        if self._draw(st.booleans()):
            node.default = self._draw(st.sampled_from(VALUES[node.type]))
        if self._has_filters and node.type.startswith("select") and self._draw(st.booleans()):
            node.filter = self._filter(node)
        if self._has_memory:
            node.action = self._action(node)

    def _action(self, node: Node) -> str:
        """Sets an earlier question of the same rows when this one changes."""
        before = [n for n in self.known if n.kind == "question" and n.rows == node.rows]
        if not before or self._draw(st.integers(1, 3)) > 1:
            return ""
        target = self._draw(st.sampled_from(before))
        value = self._draw(st.sampled_from(VALUES[target.type]))
        return f"<setvalue event='xforms-value-changed' ref='{target.path}'>{value}</setvalue>"

    def _rule(self, node: Node, aspect: str, rarity: int) -> None:
        if self.known and self._draw(st.integers(1, rarity)) == 1:
            node.rules[aspect] = self._condition(node)

    def _filter(self, node: Node) -> str:
        outside = [other for other in self.known if not other.rows]
        if not outside:
            return ""
        reference = self._draw(st.sampled_from(outside)).path
        shape = ("contains(name, {r})", "name != {r}", "{r} = '' or name = {r}")
        return self._draw(st.sampled_from(shape)).format(r=reference)

    def _reference(self, node: Node) -> str:
        if not self.known:
            return "'a'"
        other = self._draw(st.sampled_from(self.known))
        return relative(node, other) if other.rows and other.rows == node.rows else other.path

    def _condition(self, node: Node) -> str:
        shape = self._draw(st.sampled_from(CONDITION_OF))
        return shape.format(r=self._reference(node), o=self._reference(node))

    def _formula(self, node: Node) -> str:
        inside = [other for other in self.known if other.rows and other.rows != node.rows]
        if inside and self._draw(st.booleans()):
            other = self._draw(st.sampled_from(inside))
            below = other.path.removeprefix(f"{other.rows}/")
            shape = self._draw(st.sampled_from(OVER_ROWS))
            return shape.format(n=other.path, rows=other.rows, last=below)
        if self._has_memory and self._draw(st.integers(1, 4)) == 1:
            return f"once({self._reference(node)})"
        if node.rows and node.path.rpartition("/")[0] == node.rows and self._draw(st.booleans()):
            return "position(..)"
        shape = self._draw(st.sampled_from(NUMBER_OF + TEXT_OF))
        return shape.format(
            r=self._reference(node), o=self._reference(node), c=self._condition(node)
        )


def relative(node: Node, other: Node) -> str:
    """The path from one node to another in the same row, as workbooks compile `${name}`."""
    here, there = node.path.split("/"), other.path.split("/")
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "/".join([*[".."] * (len(here) - common), *there[common:]])


@st.composite
def random_forms(
    draw: st.DrawFn, *, has_filters: bool = True, has_dates: bool = True, has_memory: bool = False
) -> RandomForm:
    """Groups and repeats two deep, with and without count, chains of relevance and calculation.

    has_memory: with actions on changes and calculations that keep their first result, so that it
    matters what was answered when.
    """
    builder = Builder(draw, has_filters=has_filters, has_dates=has_dates, has_memory=has_memory)
    children = builder.children("/data", "", 0)
    return RandomForm(builder.nodes, _xml(builder.nodes, children))


def _xml(nodes: list[Node], children: list[Node]) -> str:
    items = "".join(f"<item><name>{c}</name><label>{c}</label></item>" for c in CHOICES)
    binds = "".join(_bind(node) for node in nodes)
    return (
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'"
        " xmlns:jr='http://openrosa.org/javarosa'><h:head><h:title>T</h:title><model><instance>"
        f"<data id='t'>{''.join(map(_element, children))}</data></instance>"
        f"<instance id='list'><root>{items}</root></instance>{binds}</model></h:head>"
        f"<h:body>{''.join(map(_control, children))}</h:body></h:html>"
    )


def _element(node: Node) -> str:
    inner = "".join(map(_element, node.children)) or node.default
    template = " jr:template=''" if node.kind == "repeat" else ""
    return f"<{node.name}{template}>{inner}</{node.name}>"


def _bind(node: Node) -> str:
    type_name = "string" if node.type.startswith("select") or node.children else node.type
    rules = "".join(f' {aspect}="{_escaped(text)}"' for aspect, text in node.rules.items())
    return f"<bind nodeset='{node.path}' type='{type_name}'{rules}/>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _control(node: Node) -> str:
    inner = "".join(map(_control, node.children))
    if node.kind == "repeat":
        count = f' jr:count="{node.count}"' if node.count else ""
        return f"<repeat nodeset='{node.path}'{count}>{inner}</repeat>"
    if node.kind == "group":
        return f"<group ref='{node.path}'>{inner}</group>"
    if node.kind == "calculation":
        return ""
    if not node.type.startswith("select"):
        return f"<input ref='{node.path}'>{node.action}</input>"
    condition = f"[{_escaped(node.filter)}]" if node.filter else ""
    items = f"instance('list')/root/item{condition}"
    return (
        f"<{node.type} ref='{node.path}'><itemset nodeset=\"{items}\">"
        f"<value ref='name'/><label ref='label'/></itemset>{node.action}</{node.type}>"
    )
