"""Who reads a node: the other direction of `reasons`."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.expression import parse
from desktop_advisor.questionnaire.expression.tree import Call, NameTest, Path, walk
from desktop_advisor.questionnaire.session.cells import Cell
from desktop_advisor.questionnaire.session.graph import Graph, Rule
from desktop_advisor.questionnaire.session.instance_tree import InstanceTree


def readers_of(cell: Cell, graph: Graph, tree: InstanceTree) -> tuple[str, ...]:
    """The refs of the nodes with a rule that reads the node, in the order of the form.

    Rules in other rows of the same repeat count where they look across its rows.
    """
    rules = sorted(graph.readers.get(cell.path, ()), key=lambda rule: rule.order)
    found = [reader for rule in rules for reader in _reading(rule, cell, tree)]
    places = {ref: place for place, ref in enumerate(tree.refs())}
    refs = {reader.ref for reader in found if reader is not cell}
    return tuple(ref.removesuffix("#range") for ref in sorted(refs, key=places.__getitem__))


def _reading(rule: Rule, cell: Cell, tree: InstanceTree) -> Iterator[Cell]:
    rows = {row.path: row for row in _rows_around(cell)}
    readers = tree.ranges_at(rule.path) if rule.aspect == "count" else tree.cells_at(rule.path)
    for reader in readers:
        other = [row.path for row in _rows_around(reader) if rows.get(row.path, row) is not row]
        if all(_crosses(rule, path) for path in other):
            yield reader


def _rows_around(cell: Cell) -> Iterator[Cell]:
    current: Cell | None = cell
    while current is not None:
        if current.kind == "repeat":
            yield current
        current = current.parent


def _crosses(rule: Rule, repeat: str) -> bool:
    """Whether the rule goes into the repeat from above, and so meets all of its rows."""
    paths = (node for node in walk(parse(rule.text)) if isinstance(node, Path))
    return any(_enters(path, rule.path, repeat) for path in paths)


def _enters(path: Path, context: str, repeat: str) -> bool:
    if isinstance(path.origin, Call) and path.origin.name != "current":
        return False
    top = "" if path.origin == "/" else context
    names: list[str] = []
    for step in path.steps:
        if step.axis == "parent" and not names:
            top = top.rpartition("/")[0]
        elif isinstance(step.test, NameTest):
            names.append(step.test.local)
    is_above = f"{repeat}/".startswith(f"{top}/") and top != repeat
    return is_above and f"{top}/{'/'.join(names)}/".startswith(f"{repeat}/")
