"""Location paths → closures: steps, predicates, document order (XPath 1.0 §2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_advisor.questionnaire.expression.axes import AXES, FLAT, REVERSE, Axis
from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.errors import EvaluationError
from desktop_advisor.questionnaire.expression.names import Test
from desktop_advisor.questionnaire.expression.nodes import Node, in_document_order
from desktop_advisor.questionnaire.expression.tree import NameTest, TypeTest
from desktop_advisor.questionnaire.expression.values import Value, to_boolean

Step = Callable[[list[Node], Context], list[Node]]
Predicate = Callable[[list[Node], Context], list[Node]]


def path(origin: Compiled | str | None, steps: Sequence[Step]) -> Compiled:
    """The nodes the steps lead to, in document order."""

    def run(context: Context) -> Value:
        nodes = _start(origin, context)
        for step in steps:
            if not nodes:
                break
            nodes = step(nodes, context)
        return nodes

    return run


def remembered(run: Compiled, tests: tuple[NameTest | TypeTest, ...]) -> Compiled:
    """An absolute path without predicates, walked once until the structure changes.

    Expressions with the same tests share the walk; prefixes may mean different things in them.
    """
    is_shared = all(isinstance(test, NameTest) and test.prefix is None for test in tests)
    key: object = tests if is_shared else object()

    def read(context: Context) -> Value:
        world = context.world
        if world.root is None:
            return run(context)
        nodes = world.found.get(key)
        if nodes is None:
            nodes = world.found[key] = node_set(run(context))
        return nodes

    return read


def _start(origin: Compiled | str | None, context: Context) -> list[Node]:
    if origin is None:
        return [context.node]
    if isinstance(origin, str):
        return [context.root()]
    return node_set(origin(context))


def node_set(value: Value) -> list[Node]:
    """The value itself when it is a node-set.

    Raises:
        EvaluationError: for any other type.
    """
    if isinstance(value, list):
        return value
    raise EvaluationError("Hier wird ein Pfad erwartet")


def step(axis: str, test: Test, predicates: Sequence[Predicate]) -> Step:
    """One location step over all context nodes."""
    walk, is_reverse, is_flat = AXES[axis], axis in REVERSE, axis in FLAT
    if axis == "child" and not predicates:
        return _children(test)

    def run(nodes: list[Node], context: Context) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            found.extend(_from_one(node, context, walk, test, predicates))
        if is_reverse and len(nodes) == 1:
            found.reverse()
        elif len(nodes) > 1 and not is_flat:
            return in_document_order(found)
        return found

    return run


def _children(test: Test) -> Step:
    def run(nodes: list[Node], _context: Context) -> list[Node]:
        return [child for node in nodes for child in node.children if test(child)]

    return run


def _from_one(
    node: Node, context: Context, walk: Axis, test: Test, predicates: Sequence[Predicate]
) -> list[Node]:
    candidates = [candidate for candidate in walk(node) if test(candidate)]
    for keep in predicates:
        if not candidates:
            break
        candidates = keep(candidates, context)
    return candidates


def ordered(run: Step) -> Step:
    """The step with its result sorted; needed where contexts may be nested in each other."""

    def sorted_run(nodes: list[Node], context: Context) -> list[Node]:
        found = run(nodes, context)
        return in_document_order(found) if len(nodes) > 1 else found

    return sorted_run


def predicate(condition: Compiled) -> Predicate:
    """Keeps the candidates for which the condition holds; a number means the position."""

    def keep(candidates: list[Node], context: Context) -> list[Node]:
        size, kept = len(candidates), []
        inner = Context(context.world, context.node, context.current, 1, size)
        for position, candidate in enumerate(candidates, start=1):
            inner.node, inner.position = candidate, position
            value = condition(inner)
            holds = value == position if isinstance(value, float) else to_boolean(value)
            if holds:
                kept.append(candidate)
        return kept

    return keep


def position_predicate(position: float) -> Predicate:
    """`[3]`: the third candidate, without looking at the others."""
    place = int(position) - 1 if position.is_integer() else -1

    def keep(candidates: list[Node], _context: Context) -> list[Node]:
        return [candidates[place]] if 0 <= place < len(candidates) else []

    return keep


def filtered(primary: Compiled, predicates: Sequence[Predicate]) -> Compiled:
    """`(…)[…]`: predicates over a whole node-set, positions in document order."""

    def run(context: Context) -> Value:
        nodes = node_set(primary(context))
        for keep in predicates:
            nodes = keep(nodes, context)
        return nodes

    return run


def union(operands: Sequence[Compiled]) -> Compiled:
    """`a | b`."""

    def run(context: Context) -> Value:
        return in_document_order(node for part in operands for node in node_set(part(context)))

    return run
