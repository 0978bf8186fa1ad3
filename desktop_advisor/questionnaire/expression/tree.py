"""The expression tree: what a parsed XPath 1.0 expression consists of.

`start` is the offset in the source text, so that a message can point at the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A quoted string, quotes removed."""

    value: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; XPath numbers are IEEE doubles (XPath 1.0 §3.5)."""

    value: float
    start: int = 0


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name`: parsed because it is XPath, refused on compilation because no form binds any."""

    name: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}` of a workbook or of a rule; compiled forms contain none."""

    name: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; name as written, prefix included ("jr:choice-name")."""

    name: str
    arguments: tuple[Expression, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Logic:
    """`a or b or c`: operator "or" or "and" over two or more operands."""

    operator: str
    operands: tuple[Expression, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """A comparison (=, !=, <, <=, >, >=) or a calculation (+, -, *, div, mod)."""

    operator: str
    left: Expression
    right: Expression
    start: int = 0


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    operand: Expression
    start: int = 0


@dataclass(frozen=True, slots=True)
class Union:
    """`a | b`: the nodes of all operands, in document order."""

    operands: tuple[Expression, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class NameTest:
    """prefix: None when not written. local: "*" for any."""

    prefix: str | None
    local: str


@dataclass(frozen=True, slots=True)
class TypeTest:
    """kind: node, text, comment, processing-instruction. target: of an instruction, or None."""

    kind: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One location step; abbreviations are written out (`..` is parent::node())."""

    axis: str
    test: NameTest | TypeTest
    predicates: tuple[Expression, ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Path:
    """origin: None for relative, "/" for absolute, else the expression the steps start from."""

    origin: Expression | str | None
    steps: tuple[Step, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """A primary expression with predicates: `(a | b)[1]`."""

    primary: Expression
    predicates: tuple[Expression, ...]
    start: int = 0


Expression = (
    Literal
    | Number
    | Variable
    | Reference
    | Call
    | Logic
    | Operation
    | Negation
    | Union
    | Path
    | Filter
)


def parts(node: Expression) -> tuple[Expression, ...]:
    """The direct sub-expressions, in the order of the text."""
    found: tuple[Expression, ...] = ()
    match node:
        case Call():
            found = node.arguments
        case Logic() | Union():
            found = node.operands
        case Operation():
            found = (node.left, node.right)
        case Negation():
            found = (node.operand,)
        case Filter():
            found = (node.primary, *node.predicates)
        case Path():
            origin = () if node.origin is None or isinstance(node.origin, str) else (node.origin,)
            found = (*origin, *(p for step in node.steps for p in step.predicates))
    return found


def chain(node: Operation) -> tuple[Expression, list[tuple[str, Expression]]]:
    """`a + b - c` as a, then what is done to it: long sums are flat, not nested."""
    following: list[tuple[str, Expression]] = []
    first: Expression = node
    while isinstance(first, Operation):
        following.append((first.operator, first.right))
        first = first.left
    return first, following[::-1]


def walk(node: Expression) -> Iterator[Expression]:
    """The node and everything below it, parents first; needs no recursion."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(parts(current)))
