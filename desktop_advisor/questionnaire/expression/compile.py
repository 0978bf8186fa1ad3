"""Tree → closure: an expression is compiled once and then only called."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from datetime import tzinfo

from desktop_advisor.questionnaire.expression import paths
from desktop_advisor.questionnaire.expression.comparisons import COMPARISONS
from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.errors import (
    ExpressionError,
    ExpressionSyntaxError,
    UnknownName,
)
from desktop_advisor.questionnaire.expression.functions import function_of
from desktop_advisor.questionnaire.expression.names import NAMESPACES, node_test
from desktop_advisor.questionnaire.expression.parser import parse
from desktop_advisor.questionnaire.expression.tree import (
    Call,
    Expression,
    Filter,
    Literal,
    Logic,
    Negation,
    Number,
    Operation,
    Path,
    Reference,
    Step,
    TypeTest,
    Union,
    Variable,
    chain,
)
from desktop_advisor.questionnaire.expression.values import Value, to_boolean, to_number

Lookup = Callable[[Reference], Compiled]
"""Turns `${name}` into a closure; raises UnknownName."""


def compile_expression(
    text: str, *, namespaces: Mapping[str, str] = NAMESPACES, lookup: Lookup | None = None
) -> Compiled:
    """A closure for the expression.

    A call of an unknown function or with the wrong number of arguments fails when it is reached,
    like in the reference: `if(false(), nonsense(), 1)` is 1. `check_calls` finds it early.

    Raises:
        ExpressionSyntaxError: the text is no expression. UnknownName: from `lookup`.
    """
    tree = parse(text, references=lookup is not None)
    return compile_tree(tree, namespaces=namespaces, lookup=lookup)


def compile_tree(
    tree: Expression, *, namespaces: Mapping[str, str] = NAMESPACES, lookup: Lookup | None = None
) -> Compiled:
    """See `compile_expression`."""
    return _Compiler(namespaces, lookup).compile(tree)


class _Compiler:
    """Walks one tree; `lookup` decides what `${name}` means."""

    def __init__(self, namespaces: Mapping[str, str], lookup: Lookup | None) -> None:
        self._namespaces = namespaces
        self._lookup = lookup

    def compile(self, node: Expression) -> Compiled:
        compiled: Compiled
        match node:
            case Literal() | Number():
                compiled = _constant(node.value)
            case Path():
                compiled = self._path(node)
            case Call():
                compiled = self._call(node)
            case Logic():
                compiled = _logic(node.operator, [self.compile(part) for part in node.operands])
            case Operation():
                compiled = self._operation(node)
            case Negation():
                compiled = _negation(self.compile(node.operand))
            case Union():
                compiled = paths.union([self.compile(part) for part in node.operands])
            case Filter():
                predicates = [self._predicate(part) for part in node.predicates]
                compiled = paths.filtered(self.compile(node.primary), predicates)
            case Variable():
                raise ExpressionSyntaxError(f"Die Variable ${node.name} gibt es nicht", node.start)
            case Reference():
                compiled = self._reference(node)
        return compiled

    def _operation(self, node: Operation) -> Compiled:
        first, following = chain(node)
        compiled = self.compile(first)
        if len(following) == 1:
            return _operation(following[0][0], compiled, self.compile(following[0][1]))
        steps = [(_binary(name), self.compile(operand)) for name, operand in following]

        def run(context: Context) -> Value:
            value = compiled(context)
            for work, operand in steps:
                value = work(value, operand(context), context.zone)
            return value

        return run

    def _reference(self, node: Reference) -> Compiled:
        if self._lookup is None:
            raise UnknownName(f"${{{node.name}}} ist hier nicht erlaubt", node.start)
        return self._lookup(node)

    def _path(self, node: Path) -> Compiled:
        origin = node.origin if node.origin is None or isinstance(node.origin, str) else None
        start = origin if origin == node.origin else self.compile(node.origin)  # type: ignore[arg-type]
        steps, is_nested = [], not (node.origin is None or isinstance(node.origin, str))
        for step in _shortened(node.steps):
            walk = self._step(step)
            steps.append(paths.ordered(walk) if is_nested else walk)
            is_nested = is_nested or step.axis not in ("child", "attribute", "self", "parent")
        is_plain = all(step.axis == "child" and not step.predicates for step in node.steps)
        run = paths.path(start, steps)
        tests = tuple(step.test for step in node.steps)
        return paths.remembered(run, tests) if node.origin == "/" and is_plain else run

    def _step(self, step: Step) -> paths.Step:
        test = node_test(step.test, step.axis, self._namespaces)
        return paths.step(step.axis, test, [self._predicate(part) for part in step.predicates])

    def _predicate(self, condition: Expression) -> paths.Predicate:
        if isinstance(condition, Number):
            return paths.position_predicate(condition.value)
        return paths.predicate(self.compile(condition))

    def _call(self, node: Call) -> Compiled:
        try:
            function = function_of(node, self._namespaces)
        except ExpressionError as error:
            return _failure(error)
        arguments = [self.compile(part) for part in node.arguments]
        return function.bind(arguments)


def _shortened(steps: tuple[Step, ...]) -> list[Step]:
    """`//x` as one walk over the descendants where no predicate counts positions."""
    short: list[Step] = []
    for step in steps:
        last = short[-1] if short else None
        is_anywhere = (
            last is not None
            and last.axis == "descendant-or-self"
            and last.test == TypeTest("node")
            and not last.predicates
        )
        if is_anywhere and step.axis == "child" and not step.predicates:
            short[-1] = Step("descendant", step.test, (), step.start)
        else:
            short.append(step)
    return short


def _constant(value: Value) -> Compiled:
    return lambda _context: value


def _failure(error: ExpressionError) -> Compiled:
    def run(_context: Context) -> Value:
        raise type(error)(error.message, error.position)

    return run


def _logic(name: str, operands: list[Compiled]) -> Compiled:
    if name == "or":
        return lambda context: any(to_boolean(part(context)) for part in operands)
    return lambda context: all(to_boolean(part(context)) for part in operands)


def _negation(operand: Compiled) -> Compiled:
    return lambda context: -to_number(operand(context), context.zone)


def _operation(name: str, left: Compiled, right: Compiled) -> Compiled:
    work = _binary(name)
    return lambda context: work(left(context), right(context), context.zone)


def _binary(name: str) -> Callable[[Value, Value, tzinfo], Value]:
    comparison = COMPARISONS.get(name)
    if comparison is not None:
        return comparison
    calculate = _ARITHMETIC[name]
    return lambda left, right, zone: calculate(to_number(left, zone), to_number(right, zone))


def _divided(left: float, right: float) -> float:
    """IEEE 754 division, which Python refuses for zero."""
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    """The remainder with the sign of the dividend (XPath 1.0 §3.5)."""
    if right == 0 or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divided,
    "mod": _remainder,
}
