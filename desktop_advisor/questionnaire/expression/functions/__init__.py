"""The function library: XPath 1.0 §4 and the ODK XForms specification, one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_advisor.questionnaire.expression.errors import (
    ExpressionError,
    UnknownFunction,
    WrongArity,
)
from desktop_advisor.questionnaire.expression.functions.booleans import BOOLEANS
from desktop_advisor.questionnaire.expression.functions.dates import DATES
from desktop_advisor.questionnaire.expression.functions.forms import FORMS
from desktop_advisor.questionnaire.expression.functions.geo import GEO
from desktop_advisor.questionnaire.expression.functions.node_sets import NODE_SETS
from desktop_advisor.questionnaire.expression.functions.numbers import NUMBERS
from desktop_advisor.questionnaire.expression.functions.selects import SELECTS
from desktop_advisor.questionnaire.expression.functions.signature import Function
from desktop_advisor.questionnaire.expression.functions.strings import STRINGS
from desktop_advisor.questionnaire.expression.names import JAVAROSA, NAMESPACES
from desktop_advisor.questionnaire.expression.tree import Call, Expression, walk

FUNCTIONS: Mapping[str, Function] = {
    **BOOLEANS,
    **DATES,
    **FORMS,
    **GEO,
    **NODE_SETS,
    **NUMBERS,
    **SELECTS,
    **STRINGS,
}
"""Name → function; those of JavaRosa's namespace carry the prefix "jr" whatever a form writes."""


def function_of(call: Call, namespaces: Mapping[str, str] = NAMESPACES) -> Function:
    """The function a call means.

    Raises:
        UnknownFunction, WrongArity: with the offset of the call.
    """
    prefix, colon, local = call.name.partition(":")
    is_javarosa = bool(colon) and namespaces.get(prefix) == JAVAROSA
    name = f"jr:{local}" if is_javarosa else ("" if prefix == "jr" and colon else call.name)
    function = FUNCTIONS.get(name)
    if function is None:
        raise UnknownFunction(f"Die Funktion {call.name} gibt es nicht", call.start)
    count = len(call.arguments)
    if count < function.low or (function.high is not None and count > function.high):
        raise WrongArity(
            f"{call.name} braucht {_wanted(function)}, hier sind es {count}", call.start
        )
    return function


def check_calls(
    tree: Expression, namespaces: Mapping[str, str] = NAMESPACES
) -> Iterator[ExpressionError]:
    """Every call that would fail: UnknownFunction or WrongArity, in the order of the text."""
    for node in walk(tree):
        if isinstance(node, Call):
            try:
                function_of(node, namespaces)
            except ExpressionError as error:
                yield error


def _wanted(function: Function) -> str:
    low, high = function.low, function.high
    if high is None:
        return f"mindestens {low} Angaben"
    if low == high:
        return f"{low} Angaben" if low != 1 else "1 Angabe"
    return f"{low} bis {high} Angaben"
