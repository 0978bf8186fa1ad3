"""Text → tree: XPath 1.0 by an LALR grammar."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from desktop_advisor.questionnaire.expression.errors import ExpressionSyntaxError
from desktop_advisor.questionnaire.expression.tree import (
    Call,
    Expression,
    Filter,
    Literal,
    Logic,
    NameTest,
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
    parts,
    walk,
)

MAX_LENGTH = 100_000
"""Characters of one expression; our choice: ten times the longest of the public ODK forms."""

MAX_DEPTH = 120
"""Nesting of one expression; our choice: evaluation stays far from Python's recursion limit."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_PLAIN_PATH = re.compile(rf"[ \t\r\n]*(?:/{_NAME.pattern})+[ \t\r\n]*")
_ANYWHERE = Step("descendant-or-self", TypeTest("node"))


def parse(text: str, *, references: bool = False) -> Expression:
    """The tree of the expression. references: whether `${name}` is allowed (workbooks, rules).

    Raises:
        ExpressionSyntaxError: with the offset of the first character that does not fit.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionSyntaxError("Der Ausdruck ist zu lang", MAX_LENGTH)
    tree = _parsed(text)
    if not references:
        for node in walk(tree):
            if isinstance(node, Reference):
                raise ExpressionSyntaxError(f"${{{node.name}}} ist hier nicht erlaubt", node.start)
    return tree


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Expression:
    if _PLAIN_PATH.fullmatch(text):
        return _plain_path(text)
    try:
        tree: Expression = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as error:
        raise ExpressionSyntaxError(*_fault(error, text)) from None
    _check_depth(tree)
    return tree


def _plain_path(text: str) -> Path:
    """`/data/a/b` without the grammar: a form has hundreds of them."""
    steps = [
        Step("child", NameTest(None, name[0]), (), name.start()) for name in _NAME.finditer(text)
    ]
    return Path("/", tuple(steps), text.index("/"))


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = FilePath(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False, transformer=_TreeBuilder())


def _fault(error: UnexpectedInput, text: str) -> tuple[str, int]:
    position = error.pos_in_stream
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return "Der Ausdruck ist unvollständig", len(text)
    if isinstance(error, UnexpectedCharacters | UnexpectedToken) and position is not None:
        return f"»{text[position : position + 12]}« passt hier nicht", position
    return "Der Ausdruck ist unvollständig", len(text)


def _check_depth(tree: Expression) -> None:
    level: list[Expression] = [tree]
    for _ in range(MAX_DEPTH):
        level = [part for node in level for part in _nested(node)]
        if not level:
            return
    raise ExpressionSyntaxError("Der Ausdruck ist zu tief geschachtelt", level[0].start)


def _nested(node: Expression) -> tuple[Expression, ...]:
    if not isinstance(node, Operation):
        return parts(node)
    first, following = chain(node)
    return (first, *(operand for _, operand in following))


@v_args(inline=True)
class _TreeBuilder(Transformer[Token, Any]):
    """Builds the tree bottom-up while the parser runs; one method per rule of the grammar."""

    def logic(self, left: Expression, operator: Token, right: Expression) -> Logic:
        chained = isinstance(left, Logic) and left.operator == str(operator)
        operands = left.operands if chained and isinstance(left, Logic) else (left,)
        return Logic(str(operator), (*operands, right), left.start)

    def operation(self, left: Expression, operator: Token, right: Expression) -> Operation:
        return Operation(str(operator), left, right, left.start)

    def negation(self, minus: Token, operand: Expression) -> Negation:
        return Negation(operand, _start(minus))

    def union(self, left: Expression, right: Expression) -> Union:
        operands = left.operands if isinstance(left, Union) else (left,)
        return Union((*operands, right), left.start)

    def path_from(self, origin: Expression, slash: Token, steps: tuple[Step, ...]) -> Path:
        return Path(origin, _after(slash, steps), origin.start)

    def relative_path(self, steps: tuple[Step, ...]) -> Path:
        return Path(None, steps, steps[0].start)

    def root(self, slash: Token) -> Path:
        return Path("/", (), _start(slash))

    def absolute_path(self, slash: Token, steps: tuple[Step, ...]) -> Path:
        return Path("/", _after(slash, steps), _start(slash))

    def first_step(self, step: Step) -> tuple[Step, ...]:
        return (step,)

    def next_step(self, steps: tuple[Step, ...], slash: Token, step: Step) -> tuple[Step, ...]:
        return steps + _after(slash, (step,))

    def step(
        self,
        axis: tuple[str, int | None],
        test: tuple[NameTest | TypeTest, int],
        *predicates: Expression,
    ) -> Step:
        return Step(axis[0], test[0], predicates, test[1] if axis[1] is None else axis[1])

    def abbreviated(self, dots: Token) -> Step:
        axis = "parent" if dots == ".." else "self"
        return Step(axis, TypeTest("node"), (), _start(dots))

    def child_axis(self) -> tuple[str, None]:
        return ("child", None)

    def attribute_axis(self, at: Token) -> tuple[str, int]:
        return ("attribute", _start(at))

    def named_axis(self, name: Token) -> tuple[str, int]:
        return (str(name), _start(name))

    def name_test(self, name: Token) -> tuple[NameTest, int]:
        prefix, colon, local = str(name).partition(":")
        return (NameTest(prefix, local) if colon else NameTest(None, prefix), _start(name))

    def type_test(self, kind: Token, target: Token | None = None) -> tuple[TypeTest, int]:
        return (TypeTest(str(kind), None if target is None else str(target)[1:-1]), _start(kind))

    def predicate(self, condition: Expression) -> Expression:
        return condition

    def filtered(self, primary: Expression, predicate: Expression) -> Filter:
        if isinstance(primary, Filter):
            return Filter(primary.primary, (*primary.predicates, predicate), primary.start)
        return Filter(primary, (predicate,), primary.start)

    def grouped(self, inner: Expression) -> Expression:
        return inner

    def literal(self, text: Token) -> Literal:
        return Literal(str(text)[1:-1], _start(text))

    def number(self, digits: Token) -> Number:
        return Number(float(digits), _start(digits))

    def variable(self, name: Token) -> Variable:
        return Variable(str(name)[1:], _start(name))

    def reference(self, name: Token) -> Reference:
        return Reference(str(name)[2:-1].strip(), _start(name))

    def call(self, name: Token, *arguments: Expression) -> Call:
        return Call(str(name), arguments, _start(name))


def _start(token: Token) -> int:
    return token.start_pos or 0


def _after(slash: Token, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return (_ANYWHERE, *steps) if slash == "//" else steps
