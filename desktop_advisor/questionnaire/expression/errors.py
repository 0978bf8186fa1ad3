"""What can be wrong with an expression.

ExpressionError
├── ExpressionSyntaxError   the text is no XPath 1.0 expression
├── UnknownFunction         the library has no function of that name
├── WrongArity              too few or too many arguments
├── UnknownName             `${name}` that resolves to nothing
└── EvaluationError         a value the function cannot work with
"""

from __future__ import annotations


class ExpressionError(ValueError):
    """A fault in an expression.

    Attributes:
        message: what is wrong, in German, without the place.
        position: offset in the text of the expression, 0-based.
    """

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(f"{message} (Zeichen {position + 1})")
        self.message = message
        self.position = position


class ExpressionSyntaxError(ExpressionError):
    """The text is no XPath 1.0 expression."""


class UnknownFunction(ExpressionError):
    """The library has no function of that name."""


class WrongArity(ExpressionError):
    """Too few or too many arguments."""


class UnknownName(ExpressionError):
    """`${name}` that resolves to nothing."""


class EvaluationError(ExpressionError):
    """A value the function cannot work with."""
