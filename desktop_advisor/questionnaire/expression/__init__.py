"""Expressions of a questionnaire: text → tree → closure (design §7)."""

from desktop_advisor.questionnaire.expression.compile import compile_expression, compile_tree
from desktop_advisor.questionnaire.expression.context import Compiled, Context, World
from desktop_advisor.questionnaire.expression.errors import (
    EvaluationError,
    ExpressionError,
    ExpressionSyntaxError,
    UnknownFunction,
    UnknownName,
    WrongArity,
)
from desktop_advisor.questionnaire.expression.functions import (
    FUNCTIONS,
    check_calls,
    function_of,
)
from desktop_advisor.questionnaire.expression.parser import parse

__all__ = [
    "FUNCTIONS",
    "Compiled",
    "Context",
    "EvaluationError",
    "ExpressionError",
    "ExpressionSyntaxError",
    "UnknownFunction",
    "UnknownName",
    "World",
    "WrongArity",
    "check_calls",
    "compile_expression",
    "compile_tree",
    "function_of",
    "parse",
]
