"""Whose words change when a value does: labels, hints and messages with outputs in them."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.expression.nodes import Node, descendants
from desktop_advisor.questionnaire.session.dependencies import reads
from desktop_advisor.questionnaire.xform import XForm
from desktop_advisor.questionnaire.xform.model import Control, Text
from desktop_advisor.questionnaire.xform.texts import text_id


def readers_of_values(form: XForm) -> dict[str, list[str]]:
    """Path → the paths of the questions and groups whose words show its value."""
    found: dict[str, list[str]] = {}
    for path, control in form.control_of.items():
        read = {
            dep
            for text in _texts(form, path, control)
            for expression in _expressions(form, text)
            for dep in reads(expression, path, form.schema)
        }
        for dep in read:
            found.setdefault(dep, []).append(path)
    return found


def _texts(form: XForm, path: str, control: Control) -> Iterator[Text]:
    yield from (control.label, control.hint, control.guidance)
    yield from (item.label for item in control.items)
    bind = form.binds.get(path)
    if bind is not None:
        yield from (bind.constraint_message, bind.required_message)


def _expressions(form: XForm, text: Text) -> Iterator[str]:
    """The outputs of a text, in whatever language they are written."""
    if text.content is not None:
        yield from _outputs(text.content)
    if text.expression is not None:
        name = text_id(text.expression)
        if name is None:
            yield text.expression
        for language in form.languages:
            for value in form.itext.values(name or "", language):
                yield from _outputs(value)


def _outputs(element: Node) -> Iterator[str]:
    for node in descendants(element):
        written = node.attribute("value") if node.local == "output" else None
        if written is not None:
            yield written
