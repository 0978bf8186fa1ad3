"""Conditions over facts: the same expression language, outside any form (design §7).

A fact that is not known reads as "". Compared with a number, "" is not a number, and every
comparison with that is false: `${score_d01} < 2` does not fire while the score has too little
coverage. Whether a fact is known is asked as `${score_d01} != ''`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from desktop_advisor.questionnaire.expression import (
    Compiled,
    Context,
    UnknownName,
    World,
    check_calls,
    compile_expression,
    compile_tree,
    parse,
)
from desktop_advisor.questionnaire.expression.nodes import Kind, Node
from desktop_advisor.questionnaire.expression.tree import (
    Expression,
    NameTest,
    Path,
    Reference,
    walk,
)
from desktop_advisor.questionnaire.expression.values import Value, to_boolean

BERLIN = ZoneInfo("Europe/Berlin")


class Facts(Mapping[str, str]):
    """Fact name → value; what is not known reads as "", whether it was named or not."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = dict(known)

    def __getitem__(self, name: str) -> str:
        return self._known.get(name, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Condition:
    """A compiled condition; `names` are the facts it reads, in the order of the text."""

    def __init__(self, text: str, run: Compiled, names: tuple[str, ...], zone: tzinfo) -> None:
        self.text = text
        self.names = names
        self._run = run
        self._zone = zone

    def __call__(self, facts: Mapping[str, str], now: datetime) -> bool:
        """Whether the condition holds for these facts at that time."""
        document = _document(facts, self.names)
        world = World(
            compile_text=compile_expression, now=lambda: now, zone=self._zone, root=document
        )
        root = document.children[0]
        return to_boolean(self._run(Context(world, root, root)))


def compile_condition(
    text: str, names: Collection[str], *, time_zone: tzinfo = BERLIN
) -> Condition:
    """The condition of a rule. names: the facts there are; `${name}` is the path `/facts/name`.

    Raises:
        ExpressionSyntaxError, UnknownFunction, WrongArity: see `expression.errors`.
        UnknownName: `${name}` that is no fact, or a bare name that was meant as one.
    """
    tree = parse(text, references=True)
    for fault in check_calls(tree):
        raise fault
    read = tuple(dict.fromkeys(_names(tree, names)))
    return Condition(text, compile_tree(tree, lookup=_fact), read, time_zone)


def _names(tree: Expression, names: Collection[str]) -> Iterator[str]:
    for node in walk(tree):
        if isinstance(node, Reference):
            if node.name not in names:
                raise UnknownName(f"${{{node.name}}} gibt es nicht", node.start)
            yield node.name
        elif isinstance(node, Path) and not isinstance(node.origin, Reference):
            yield from _written_out(node, names)


def _written_out(path: Path, names: Collection[str]) -> Iterator[str]:
    """`/facts/name` is allowed; any other path would silently be empty."""
    tests = [step.test.local for step in path.steps if isinstance(step.test, NameTest)]
    is_fact = path.origin == "/" and len(path.steps) == 2 and tests[:1] == ["facts"]
    if not is_fact or len(tests) != 2 or tests[1] not in names:
        wanted = tests[-1] if tests else "."
        raise UnknownName(f"»{wanted}« gibt es hier nicht; gemeint ist wohl ${{…}}", path.start)
    yield tests[1]


def _fact(reference: Reference) -> Compiled:
    name = reference.name

    def read(context: Context) -> Value:
        found = context.root().children[0].element(name)
        return [] if found is None else [found]

    return read


def _document(facts: Mapping[str, str], names: tuple[str, ...]) -> Node:
    document, root = Node(Kind.DOCUMENT), Node(Kind.ELEMENT, "facts")
    document.append(root)
    for name in names:
        fact = Node(Kind.ELEMENT, name)
        fact.set_text(facts.get(name, ""))
        root.append(fact)
    return document
