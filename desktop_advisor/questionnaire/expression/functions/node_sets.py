"""Node-sets: XPath 1.0 §4.1 and what ODK XForms adds (position of a node, counts, shuffling)."""

from __future__ import annotations

import hashlib
import math
from typing import cast

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.errors import EvaluationError
from desktop_advisor.questionnaire.expression.functions.signature import Function
from desktop_advisor.questionnaire.expression.nodes import (
    Kind,
    Node,
    descendants,
    in_document_order,
    string_value,
)
from desktop_advisor.questionnaire.expression.paths import node_set
from desktop_advisor.questionnaire.expression.values import (
    Value,
    strings_of,
    to_number,
    to_string,
)


def _first(context: Context, argument: Compiled | None) -> Node | None:
    if argument is None:
        return context.node
    nodes = node_set(argument(context))
    return nodes[0] if nodes else None


def _local_name(context: Context, argument: Compiled | None = None) -> Value:
    node = _first(context, argument)
    return "" if node is None else node.local


def _name(context: Context, argument: Compiled | None = None) -> Value:
    node = _first(context, argument)
    return "" if node is None else node.name


def _namespace_uri(context: Context, argument: Compiled | None = None) -> Value:
    node = _first(context, argument)
    return "" if node is None else node.uri


def _count(context: Context, argument: Compiled) -> Value:
    return float(len(node_set(argument(context))))


def _count_non_empty(context: Context, argument: Compiled) -> Value:
    return float(sum(string_value(node) != "" for node in node_set(argument(context))))


def _position(context: Context, argument: Compiled | None = None) -> Value:
    """Of a node: its place among the elements of the same name directly before it (ODK)."""
    if argument is None:
        return float(context.position)
    node = _first(context, argument)
    if node is None or node.parent is None:
        return math.nan
    place = 0.0
    for sibling in node.parent.elements():
        place = place + 1 if sibling.name == node.name else 0.0
        if sibling is node:
            return place
    return math.nan


def _id(context: Context, argument: Compiled) -> Value:
    wanted = {word for part in strings_of(argument(context)) for word in part.split()}
    found: dict[str, Node] = {}
    for node in descendants(context.root()):
        name = node.attribute("id") if node.kind == Kind.ELEMENT else None
        if name is not None and name in wanted:
            found.setdefault(name, node)
    return in_document_order(found.values())


def _randomize(context: Context, argument: Compiled, seed: Compiled | None = None) -> Value:
    nodes = list(node_set(argument(context)))
    if seed is None:
        context.world.seed.shuffle(nodes)
        return nodes
    return _shuffled(nodes, _seed_of(seed(context), context))


def _seed_of(value: Value, context: Context) -> int:
    """As JavaRosa: a number's whole part, a text's hash, 0 for nothing."""
    number = to_number(value, context.zone)
    if math.isinf(number):
        return 2**63 - 1 if number > 0 else -(2**63)
    if not math.isnan(number):
        return math.trunc(number)
    written = to_string(value)
    if written == "":
        return 0
    return int.from_bytes(hashlib.sha256(written.encode()).digest()[:8], signed=True)


def _shuffled(nodes: list[Node], seed: int) -> list[Node]:
    """Inside-out Fisher-Yates over the Park-Miller generator (ODK XForms, "randomize")."""
    state = int(math.fmod(seed, 2147483647)) if abs(seed) < 2**53 else _truncated_modulo(seed)
    if state <= 0:
        state += 2147483646
    result: list[Node] = []
    for place, node in enumerate(nodes):
        state = state * 16807 % 2147483647
        other = int((state - 1) / 2147483646 * (place + 1))
        result.append(node)
        result[place], result[other] = result[other], node
    return result


def _truncated_modulo(seed: int) -> int:
    rest = abs(seed) % 2147483647
    return -rest if seed < 0 else rest


def _current(context: Context) -> Value:
    return [context.current]


def _last(context: Context) -> Value:
    return float(context.size)


def _indexed_repeat(context: Context, target: Compiled, *pairs: Compiled) -> Value:
    """The target nodes inside the repeat instance the positions lead to (ODK XForms)."""
    if not pairs or len(pairs) % 2:
        raise EvaluationError("indexed-repeat braucht zu jeder Wiederholung eine Nummer")
    levels: list[tuple[int, list[Node], float]] = []
    for repeat, index in zip(pairs[::2], pairs[1::2], strict=True):
        position = to_number(index(context), context.zone)
        repeats = node_set(repeat(context))
        if not math.isfinite(position) or not repeats:
            return []
        levels.append((_depth(repeats[0]), repeats, position))
    levels.sort(key=lambda level: level[0])
    inside: Node | None = None
    for _, repeats, position in levels:
        candidates = repeats if inside is None else [r for r in repeats if _is_below(r, inside)]
        place = position - 1
        if place != int(place) or not 0 <= place < len(candidates):
            return []
        inside = candidates[int(place)]
    return [node for node in node_set(target(context)) if _is_below(node, cast(Node, inside))]


def _depth(node: Node) -> int:
    depth = 0
    while node.parent is not None:
        node, depth = node.parent, depth + 1
    return depth


def _is_below(node: Node, top: Node) -> bool:
    current = node.parent
    while current is not None:
        if current is top:
            return True
        current = current.parent
    return False


NODE_SETS = {
    "local-name": Function(0, 1, _local_name),
    "name": Function(0, 1, _name),
    "namespace-uri": Function(0, 1, _namespace_uri),
    "count": Function(1, 1, _count),
    "count-non-empty": Function(1, 1, _count_non_empty),
    "position": Function(0, 1, _position),
    "last": Function(0, 0, _last),
    "id": Function(1, 1, _id),
    "current": Function(0, 0, _current),
    "randomize": Function(1, 2, _randomize),
    "indexed-repeat": Function(3, None, _indexed_repeat),
}
