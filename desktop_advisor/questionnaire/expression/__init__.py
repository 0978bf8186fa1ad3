"""Expressions of a questionnaire: text → tree → closure."""

from desktop_advisor.questionnaire.expression.errors import (
    EvaluationError,
    ExpressionError,
    ExpressionSyntaxError,
    UnknownFunction,
    UnknownName,
    WrongArity,
)
from desktop_advisor.questionnaire.expression.parser import parse

__all__ = [
    "EvaluationError",
    "ExpressionError",
    "ExpressionSyntaxError",
    "UnknownFunction",
    "UnknownName",
    "WrongArity",
    "parse",
]
