"""Which paths an expression reads: the edges of the dependency graph, found without evaluating."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_advisor.questionnaire.expression import ExpressionError, parse
from desktop_advisor.questionnaire.expression.tree import (
    Call,
    Expression,
    Filter,
    Literal,
    NameTest,
    Path,
    Step,
    TypeTest,
    Union,
    parts,
)
from desktop_advisor.questionnaire.xform.schema import Schema, name_of, parent_of

Paths = frozenset[str]

_NOWHERE: Paths = frozenset()
_SIBLINGS = ("following-sibling", "preceding-sibling")
_EVERYWHERE = ("following", "preceding")
_SECONDARY = ("instance", "jr:itext", "pulldata")


def reads(written: str, context: str, schema: Schema) -> Paths:
    """The paths whose value, relevance or number of instances can change the result."""
    try:
        tree = parse(written)
    except ExpressionError:
        return _NOWHERE
    reader = _Reader(schema, context)
    reader.visit(tree, frozenset({context}))
    return frozenset(reader.found)


class _Reader:
    """Follows every path of one expression through the schema."""

    def __init__(self, schema: Schema, context: str) -> None:
        self._schema = schema
        self._context = context
        self.found: set[str] = set()

    def visit(self, node: Expression, at: Paths) -> Paths:
        """Note what the node reads; the paths of its nodes when it is a node-set."""
        if isinstance(node, Path):
            return self._path(node, at)
        if isinstance(node, Call):
            return self._call(node, at)
        if isinstance(node, Filter):
            inside = self.visit(node.primary, at)
            for predicate in node.predicates:
                self.visit(predicate, inside)
            return inside
        results = [self.visit(part, at) for part in parts(node)]
        return _NOWHERE.union(*results) if isinstance(node, Union) else _NOWHERE

    def _call(self, node: Call, at: Paths) -> Paths:
        results = [self.visit(argument, at) for argument in node.arguments]
        if node.name == "current":
            return self._note({self._context})
        if node.name == "jr:choice-name":
            self._choice_name(node, at)
        if not node.arguments:
            return self._note(at) if node.name in ("string", "number", "once") else _NOWHERE
        if node.name == "once":
            self._note(at)
        return _NOWHERE if node.name in _SECONDARY else results[0]

    def _choice_name(self, node: Call, at: Paths) -> None:
        """Its second argument may be a path written as text."""
        question = node.arguments[-1]
        if isinstance(question, Literal):
            try:
                self.visit(parse(question.value), at)
            except ExpressionError:
                return

    def _path(self, node: Path, at: Paths) -> Paths:
        if node.origin is None:
            current = at
        elif isinstance(node.origin, str):
            current = frozenset({""})
        else:
            current = self.visit(node.origin, at)
        for step in node.steps:
            current = self._step(step, current)
            for predicate in step.predicates:
                self.visit(predicate, current)
        return self._note(current)

    def _note(self, paths: Iterable[str]) -> Paths:
        """A group is read with all its contents."""
        noted = frozenset(path for path in paths if path)
        for path in noted:
            self.found.add(path)
            self.found.update(self._schema.below(path))
        return noted

    def _step(self, step: Step, at: Paths) -> Paths:
        reached: set[str] = set()
        test = step.test
        if step.axis == "child" and isinstance(test, NameTest) and _is_plain(test):
            named = (f"{path}/{test.local}" for path in at)
            return frozenset(path for path in named if path in self._schema)
        for path in at:
            reached.update(p for p in self._axis(step.axis, path) if _fits(p, step))
        return frozenset(reached)

    def _axis(self, axis: str, path: str) -> Iterable[str]:
        if axis in ("child", "attribute"):
            return self._schema.children(path)
        if axis in ("descendant", "descendant-or-self"):
            own = [path] if axis.endswith("self") else []
            return [*own, *self._schema.below(path)]
        if axis in ("ancestor", "ancestor-or-self"):
            own = [path] if axis.endswith("self") else []
            return [*own, *_ancestors(path)]
        if axis in _SIBLINGS:
            return self._schema.children(parent_of(path))
        if axis in _EVERYWHERE:
            return self._schema.paths()
        return [parent_of(path)] if axis == "parent" else [path]


def _ancestors(path: str) -> list[str]:
    found = []
    while path:
        path = parent_of(path)
        found.append(path)
    return found


def _fits(path: str, step: Step) -> bool:
    """Whether the path can be what the step's test means."""
    name = name_of(path)
    is_attribute = name.startswith("@")
    if isinstance(step.test, TypeTest):
        return step.test.kind in ("node", "text") and (is_attribute == (step.axis == "attribute"))
    if is_attribute != (step.axis == "attribute") or not path:
        return False
    return _is_named(name.removeprefix("@"), step.test)


def _is_plain(test: NameTest) -> bool:
    return test.prefix is None and test.local != "*"


def _is_named(name: str, test: NameTest) -> bool:
    if test.local == "*":
        return True
    written = test.local if test.prefix is None else f"{test.prefix}:{test.local}"
    return name == written or (test.prefix is not None and name.rpartition(":")[2] == test.local)
