"""Text: the string functions of XPath 1.0 §4.2 and of ODK XForms."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
from collections.abc import Iterator
from functools import lru_cache

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.errors import EvaluationError
from desktop_advisor.questionnaire.expression.functions.signature import (
    Function,
    number,
    of_texts,
    text,
)
from desktop_advisor.questionnaire.expression.nodes import string_value
from desktop_advisor.questionnaire.expression.values import Value, strings_of, to_string

_DIGESTS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def _string(context: Context, argument: Compiled | None = None) -> Value:
    return string_value(context.node) if argument is None else to_string(argument(context))


def _concat(context: Context, *arguments: Compiled) -> Value:
    return "".join(part for argument in arguments for part in strings_of(argument(context)))


def _join(context: Context, glue: Compiled, *arguments: Compiled) -> Value:
    parts = [part for argument in arguments for part in strings_of(argument(context))]
    return text(context, glue).join(parts)


def _normalize_space(context: Context, argument: Compiled | None = None) -> Value:
    value = to_string(_string(context, argument))
    return " ".join(part for part in re.split(r"[ \t\r\n]+", value) if part)


def _string_length(context: Context, argument: Compiled | None = None) -> Value:
    return float(len(to_string(_string(context, argument))))


def _substring(
    context: Context, whole: Compiled, start: Compiled, length: Compiled | None = None
) -> Value:
    value = text(context, whole)
    first = _half_up(number(context, start))
    end = math.inf if length is None else first + _half_up(number(context, length))
    return "".join(char for place, char in enumerate(value, 1) if first <= place < end)


def _half_up(value: float) -> float:
    return math.floor(value + 0.5) if math.isfinite(value) else value


def _substr(
    context: Context, whole: Compiled, start: Compiled, end: Compiled | None = None
) -> Value:
    value = text(context, whole)
    first = _place(number(context, start), len(value))
    last = len(value) if end is None else _place(number(context, end), len(value))
    return value[first:last]


def _place(place: float, length: int) -> int:
    """0-based, negative from the end, clamped; NaN is 0."""
    if math.isnan(place):
        return 0
    place = place + length if place < 0 else place
    return int(min(max(place, 0), length))


def _substring_before(whole: str, part: str) -> str:
    return whole.partition(part)[0] if part and part in whole else ""


def _substring_after(whole: str, part: str) -> str:
    return whole.partition(part)[2] if part else whole


def _translate(whole: str, letters: str, replacements: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(letters):
        table.setdefault(ord(letter), replacements[place] if place < len(replacements) else None)
    return whole.translate(table)


def _regex(value: str, pattern: str) -> bool:
    return _compiled(pattern).search(value) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile("".join(_from_ecmascript(pattern)), re.ASCII)
    except re.error:
        raise EvaluationError(f"»{pattern}« ist kein regulärer Ausdruck") from None


def _from_ecmascript(pattern: str) -> Iterator[str]:
    """The pattern for Python: $ means the very end, and inside [] most signs mean themselves."""
    is_inside = False
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        if is_inside:
            is_inside = part != "]"
            yield f"\\{part}" if part in ("[", "&", "~", "|") else part
        else:
            is_inside = part == "["
            yield r"\Z" if part == "$" else part


def _digest(value: str, algorithm: str, encoding: str = "base64") -> str:
    if algorithm not in _DIGESTS or encoding not in ("base64", "hex"):
        raise EvaluationError(f"digest kennt »{algorithm}«, »{encoding}« nicht")
    raw = hashlib.new(_DIGESTS[algorithm], value.encode(), usedforsecurity=False).digest()
    return raw.hex() if encoding == "hex" else base64.b64encode(raw).decode()


def _base64_decode(value: str) -> str:
    try:
        return base64.b64decode(value.encode(), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


STRINGS = {
    "string": Function(0, 1, _string),
    "concat": Function(0, None, _concat),
    "join": Function(1, None, _join),
    "starts-with": Function(2, 2, of_texts(str.startswith)),
    "ends-with": Function(2, 2, of_texts(str.endswith)),
    "contains": Function(2, 2, of_texts(str.__contains__)),
    "substring-before": Function(2, 2, of_texts(_substring_before)),
    "substring-after": Function(2, 2, of_texts(_substring_after)),
    "substring": Function(2, 3, _substring),
    "substr": Function(2, 3, _substr),
    "string-length": Function(0, 1, _string_length),
    "normalize-space": Function(0, 1, _normalize_space),
    "translate": Function(3, 3, of_texts(_translate)),
    "regex": Function(2, 2, of_texts(_regex)),
    "digest": Function(2, 3, of_texts(_digest)),
    "base64-decode": Function(1, 1, of_texts(_base64_decode)),
}
