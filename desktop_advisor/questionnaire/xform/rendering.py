"""Texts and choices of a form in one language, with their outputs filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from desktop_advisor.questionnaire.expression import Context, ExpressionError
from desktop_advisor.questionnaire.expression.context import Compiled
from desktop_advisor.questionnaire.expression.nodes import Kind, Node
from desktop_advisor.questionnaire.expression.values import Value, to_string
from desktop_advisor.questionnaire.xform.model import NO_TEXT, Bind, Choice, Control, Text
from desktop_advisor.questionnaire.xform.texts import guidance_of, text_id, words_of

Place = Callable[[str, str], Context]
"""Gives the context of a path in a language."""


class Worded(Protocol):
    """What a renderer needs of a form."""

    control_of: Mapping[str, Control]
    binds: Mapping[str, Bind]

    def compiled(self, expression: str) -> Compiled:
        """The closure of an expression of the form."""


class Renderer:
    """Turns texts into words; the context says where the outputs are read."""

    def __init__(self, form: Worded) -> None:
        self._form = form

    def text_of(self, ref: str, kind: str, language: str, place: Place) -> str:
        """The text of that kind of the question at the path; "" when it has none."""
        text = self._source(ref, kind)
        return self.render(text, place(ref, language), is_guidance=kind == "guidance")

    def choices_of(self, ref: str, language: str, place: Place) -> tuple[Choice, ...]:
        """The choices of the question at the path."""
        control = self._form.control_of.get(ref)
        return () if control is None else tuple(self.choices(control, place(ref, language)))

    def render(self, text: Text, context: Context, *, is_guidance: bool = False) -> str:
        """The words of a text; guidance only where it is asked for."""
        if text.content is not None:
            return "" if is_guidance else self._words(text.content, context)
        if text.expression is None:
            return ""
        name = text_id(text.expression)
        value: Value = ""
        if name is None:
            value = self._value(text.expression, context)
        else:
            value = context.world.form.itext(name)
        if not isinstance(value, list):
            return "" if is_guidance else to_string(value)
        if not value or value[0].local != "value":
            return "" if is_guidance else to_string(value)
        values = guidance_of(value) if is_guidance else words_of(value)
        return "".join(self._words(node, context) for node in values)

    def choices(self, control: Control, context: Context) -> Iterator[Choice]:
        """The choices of a control, seen from its node."""
        for item in control.items:
            yield Choice(item.value, self.render(item.label, context))
        if control.itemset is not None:
            for node, value in self.item_nodes(control, context):
                inner = Context(context.world, node, node)
                yield Choice(value, self.render(control.itemset.label, inner))

    def item_nodes(self, control: Control, context: Context) -> Iterator[tuple[Node, str]]:
        """The nodes of an itemset with their values."""
        itemset = control.itemset
        if itemset is None:
            return
        nodes = self._value(itemset.nodeset, context)
        value_of = self._form.compiled(itemset.value)
        for node in nodes if isinstance(nodes, list) else []:
            yield node, to_string(value_of(Context(context.world, node, node)))

    def _source(self, ref: str, kind: str) -> Text:
        control, bind = self._form.control_of.get(ref), self._form.binds.get(ref)
        if kind == "constraint":
            return NO_TEXT if bind is None else bind.constraint_message
        if kind == "required":
            return NO_TEXT if bind is None else bind.required_message
        source: Text = NO_TEXT if control is None else getattr(control, kind)
        return source

    def _value(self, expression: str, context: Context) -> Value:
        try:
            return self._form.compiled(expression)(context)
        except ExpressionError:
            return ""

    def has_text(self, ref: str, kind: str) -> bool:
        """Whether the form writes such a text at all."""
        return bool(self._source(ref, kind))

    def _words(self, element: Node, context: Context) -> str:
        """Text and outputs, blanks and line ends as written: labels may be Markdown."""
        return "".join(self._parts(element, context))

    def _parts(self, element: Node, context: Context) -> Iterator[str]:
        for child in element.children:
            if child.kind == Kind.TEXT:
                yield child.value
            elif child.local == "output":
                written = child.attribute("value") or child.attribute("ref") or "''"
                yield to_string(self._value(written, context))
            elif child.kind == Kind.ELEMENT:
                yield from self._parts(child, context)
