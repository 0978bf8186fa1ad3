"""What a function of the library is: a name, how many arguments it takes, what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.values import (
    Value,
    to_boolean,
    to_number,
    to_string,
)


@dataclass(frozen=True, slots=True)
class Function:
    """low, high: numbers of arguments allowed; high None: any number.

    body gets the context and the arguments as closures, so that it decides which it evaluates.
    """

    low: int
    high: int | None
    body: Callable[..., Value]

    def bind(self, arguments: Sequence[Compiled]) -> Compiled:
        """The call as a closure."""
        body = self.body
        if not arguments:
            return body
        if len(arguments) == 1:
            only = arguments[0]
            return lambda context: body(context, only)
        return lambda context: body(context, *arguments)


def of_texts(work: Callable[..., Value]) -> Callable[..., Value]:
    """A body that takes the arguments as strings."""

    def body(context: Context, *arguments: Compiled) -> Value:
        return work(*[to_string(argument(context)) for argument in arguments])

    return body


def of_numbers(work: Callable[..., Value]) -> Callable[..., Value]:
    """A body that takes the arguments as numbers."""

    def body(context: Context, *arguments: Compiled) -> Value:
        return work(*[to_number(argument(context), context.zone) for argument in arguments])

    return body


def text(context: Context, argument: Compiled) -> str:
    """The argument as a string."""
    return to_string(argument(context))


def number(context: Context, argument: Compiled) -> float:
    """The argument as a number."""
    return to_number(argument(context), context.zone)


def boolean(context: Context, argument: Compiled) -> bool:
    """The argument as a boolean."""
    return to_boolean(argument(context))
