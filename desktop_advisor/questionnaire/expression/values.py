"""The four types of XPath and how one becomes another (XPath 1.0 §3.2, §4; ODK XForms for dates).

A value is a string, a number (possibly a `Moment`), a boolean or a list of nodes.
"""

from __future__ import annotations

import math
import re
from datetime import tzinfo
from decimal import Decimal

from desktop_advisor.questionnaire.expression.moments import Moment, days_of, parse_time
from desktop_advisor.questionnaire.expression.nodes import Node, string_value

Value = str | float | bool | list[Node]

_NUMBER = re.compile(r"[ \t\r\n]*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?[ \t\r\n]*", re.ASCII)
_WITH_COMMA = re.compile(r"[ \t\r\n]*[-+]?\d*,\d+[ \t\r\n]*", re.ASCII)


def to_string(value: Value) -> str:
    """The text; NaN is "" as in the reference (getodk/web-forms), a node-set its first node's."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return string_value(value[0]) if value else ""
    return value.text if isinstance(value, Moment) else number_text(value)


def number_text(number: float) -> str:
    """As JavaScript prints it: no ".0", exponents only below 1e-6 and from 1e21; NaN is ""."""
    if not math.isfinite(number):
        return "" if math.isnan(number) else ("Infinity" if number > 0 else "-Infinity")
    if number == int(number) and abs(number) < 1e21:
        return str(int(number))
    if 1e-6 <= abs(number) < 1e21:
        return format(Decimal(repr(number)), "f")
    mantissa, _, exponent = repr(number).partition("e")
    return f"{mantissa}e{int(exponent):+d}"


def to_number(value: Value, zone: tzinfo) -> float:
    """The number; a text that is an ISO date counts as days since 1970, any other text is NaN.

    A decimal comma is read like a point: people write "3,5" (JavaRosa; getodk/web-forms#886).
    """
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return text_number(to_string(value), zone)


def text_number(text: str, zone: tzinfo) -> float:
    """See `to_number`."""
    if _NUMBER.fullmatch(text):
        return float(text)
    if _WITH_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    time = parse_time(text, zone) if len(text) >= 10 else None
    return math.nan if time is None else days_of(time)


def plain_number(text: str) -> float:
    """The number a text writes, without looking for dates; NaN for anything else."""
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def to_boolean(value: Value) -> bool:
    """False for "", 0, NaN and the empty node-set."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def strings_of(value: Value) -> list[str]:
    """One text per node, or the one text of any other value."""
    if isinstance(value, list):
        return [string_value(node) for node in value]
    return [to_string(value)]


def numbers_of(value: Value, zone: tzinfo) -> list[float]:
    """One number per node, or the one number of any other value."""
    if isinstance(value, list):
        return [text_number(string_value(node), zone) for node in value]
    return [to_number(value, zone)]
