"""Numbers: XPath 1.0 §4.4 and the mathematics of ODK XForms; IEEE 754 where Python raises."""

from __future__ import annotations

import math
from collections.abc import Callable

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.functions.signature import (
    Function,
    of_numbers,
)
from desktop_advisor.questionnaire.expression.functions.signature import (
    number as number_of,
)
from desktop_advisor.questionnaire.expression.moments import Moment, days_of, parse_time
from desktop_advisor.questionnaire.expression.nodes import string_value
from desktop_advisor.questionnaire.expression.paths import node_set
from desktop_advisor.questionnaire.expression.values import (
    Value,
    number_text,
    numbers_of,
    text_number,
    to_number,
    to_string,
)


def _number(context: Context, argument: Compiled | None = None) -> Value:
    """A text that is a date counts in days, and prints as whole days (web-forms)."""
    value = string_value(context.node) if argument is None else argument(context)
    if isinstance(value, str | list):
        time = parse_time(to_string(value), context.zone)
        if time is not None:
            days = days_of(time)
            return Moment(days, number_text(math.floor(days)))
    return to_number(value, context.zone)


def _sum(context: Context, nodes: Compiled) -> Value:
    """Of no nodes NaN, which reads as empty (web-forms; XPath 1.0 would say 0)."""
    zone = context.zone
    found = [text_number(string_value(node), zone) for node in node_set(nodes(context))]
    return float(sum(found)) if found else math.nan


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., Value]:
    def body(context: Context, *arguments: Compiled) -> Value:
        found = [n for argument in arguments for n in numbers_of(argument(context), context.zone)]
        if not found or any(math.isnan(n) for n in found):
            return math.nan
        return choose(found)

    return body


def _round(context: Context, value: Compiled, places: Compiled | None = None) -> Value:
    """Halves go away from zero, as the ODK specification asks; `places` may be negative."""
    amount = number_of(context, value)
    digits = 0.0 if places is None else number_of(context, places)
    if not math.isfinite(amount):
        return amount
    if not math.isfinite(digits):
        return math.nan
    factor = 10.0 ** max(-300, min(300, digits))
    shifted = abs(amount) * factor
    whole = math.floor(shifted)
    return math.copysign((whole + (shifted - whole >= 0.5)) / factor, amount)


def _int(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def _floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else value


def _ceiling(value: float) -> float:
    return float(math.ceil(value)) if math.isfinite(value) else value


def _ieee(work: Callable[..., float], *, at_error: float = math.nan) -> Callable[..., Value]:
    """The function with NaN outside its domain and infinity where it grows too large."""

    def safe(*values: float) -> float:
        try:
            return float(work(*values))
        except ValueError:
            return at_error if values[0] == 0 else math.nan
        except OverflowError:
            return math.inf

    return of_numbers(safe)


def _pow(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return math.inf
    return math.pow(base, exponent)


def _random(context: Context) -> Value:
    return context.world.seed.random()


NUMBERS = {
    "number": Function(0, 1, _number),
    "sum": Function(1, 1, _sum),
    "min": Function(1, None, _extreme(min)),
    "max": Function(1, None, _extreme(max)),
    "round": Function(1, 2, _round),
    "int": Function(1, 1, of_numbers(_int)),
    "floor": Function(1, 1, of_numbers(_floor)),
    "ceiling": Function(1, 1, of_numbers(_ceiling)),
    "abs": Function(1, 1, of_numbers(abs)),
    "pow": Function(2, 2, _ieee(_pow)),
    "exp": Function(1, 1, _ieee(math.exp)),
    "exp10": Function(1, 1, _ieee(lambda value: 10.0**value)),
    "log": Function(1, 1, _ieee(math.log, at_error=-math.inf)),
    "log10": Function(1, 1, _ieee(math.log10, at_error=-math.inf)),
    "sqrt": Function(1, 1, _ieee(math.sqrt)),
    "sin": Function(1, 1, _ieee(math.sin)),
    "cos": Function(1, 1, _ieee(math.cos)),
    "tan": Function(1, 1, _ieee(math.tan)),
    "asin": Function(1, 1, _ieee(math.asin)),
    "acos": Function(1, 1, _ieee(math.acos)),
    "atan": Function(1, 1, _ieee(math.atan)),
    "atan2": Function(2, 2, _ieee(math.atan2)),
    "pi": Function(0, 0, lambda _context: math.pi),
    "random": Function(0, 0, _random),
}
