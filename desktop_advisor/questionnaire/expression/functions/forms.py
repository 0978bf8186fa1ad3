"""What only a form can answer: other instances, translations, choice labels, properties."""

from __future__ import annotations

import uuid

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.errors import EvaluationError
from desktop_advisor.questionnaire.expression.functions.signature import Function, number, text
from desktop_advisor.questionnaire.expression.nodes import Node
from desktop_advisor.questionnaire.expression.values import Value, strings_of, to_string


def _instance(context: Context, name: Compiled) -> Value:
    node = context.world.form.instance(text(context, name))
    return [] if node is None else [node]


def _itext(context: Context, name: Compiled) -> Value:
    return context.world.form.itext(text(context, name))


def _choice_name(context: Context, value: Compiled, question: Compiled) -> Value:
    """The label of a choice; the question is named by a path, written or as text."""
    chosen, named = text(context, value), question(context)
    nodes = named if isinstance(named, list) else context.world.compile_text(str(named))(context)
    if not isinstance(nodes, list) or not nodes:
        return ""
    return context.world.form.choice_label(nodes[0], chosen)


def _pulldata(
    context: Context, instance: Compiled, wanted: Compiled, key: Compiled, value: Compiled
) -> Value:
    """The wanted column of the first row whose key column has the value; "@name" an attribute."""
    node = context.world.form.instance(text(context, instance))
    sought = text(context, value)
    column, key_column = (context.world.compile_text(text(context, part)) for part in (wanted, key))
    for row in _rows(node):
        inner = Context(context.world, row, context.current)
        if sought in strings_of(key_column(inner)):
            return to_string(column(inner))
    return ""


def _rows(instance: Node | None) -> list[Node]:
    root = None if instance is None else next(iter(instance.elements()), None)
    return [] if root is None else root.elements()


def _property(context: Context, name: Compiled) -> Value:
    return context.world.properties.get(text(context, name), "")


def _version(context: Context) -> Value:
    return context.world.version


def _uuid(context: Context, length: Compiled | None = None) -> Value:
    """A random UUID; with a length, that many random letters and digits."""
    drawn = str(uuid.UUID(int=context.world.seed.getrandbits(128), version=4))
    if length is None:
        return drawn
    count = number(context, length)
    if not 0 <= count <= 10_000:
        raise EvaluationError("uuid braucht eine Länge zwischen 0 und 10000")
    while len(drawn) < count:
        drawn += str(uuid.UUID(int=context.world.seed.getrandbits(128), version=4))
    return drawn[: int(count)]


FORMS = {
    "instance": Function(1, 1, _instance),
    "jr:itext": Function(1, 1, _itext),
    "jr:choice-name": Function(2, 2, _choice_name),
    "pulldata": Function(4, 4, _pulldata),
    "property": Function(1, 1, _property),
    "version": Function(0, 0, _version),
    "uuid": Function(0, 1, _uuid),
}
