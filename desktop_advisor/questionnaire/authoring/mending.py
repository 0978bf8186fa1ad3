"""What an expression that does not parse was probably meant to be: habits of Excel and German."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_advisor.questionnaire.expression import ExpressionError, parse

_QUOTED = re.compile(r"('[^']*'|\"[^\"]*\")")
_HABITS: tuple[tuple[str, str], ...] = (
    (r"==", "="),
    (r"=>", ">="),
    (r"=<", "<="),
    (r"<>", "!="),
    (r"&&", " and "),
    (r"\|\|", " or "),
    (r"(?i)\bund\b", "and"),
    (r"(?i)\boder\b", "or"),
    (r"(?<=\d),(?=\d)", "."),
    (r";", ","),
    (r"\$\(([\w.-]+)\)", r"${\1}"),
    (r"(?<!\$)\{([\w.-]+)\}", r"${\1}"),
    (r"\$\{\s*([\w.-]+)(?![\w.\s}-])", r"${\1}"),
    (r"\$\{\s*([\w.-]+)(?=\s+[^}]*$)", r"${\1}"),
    (r"\s+(?:and|or)\s*$", ""),
)
"""Applied outside of quoted text only."""
_CURLY_QUOTES = str.maketrans(dict.fromkeys("„“”‚‘’´`«»", "'"))


def mended(text: str) -> str:
    """The expression that was probably meant; "" when no change of habit makes it parse."""
    for attempt in _attempts(text):
        tidy = " ".join(attempt.split())
        if tidy != text and _parses(tidy):
            return tidy
    return ""


def _attempts(text: str) -> Iterator[str]:
    """Each habit alone, then all of them, then brackets and quotes closed or taken away."""
    straight = text.translate(_CURLY_QUOTES)
    bases = [text, straight] if straight != text else [text]
    for base in bases:
        yield base
        for pattern, instead in _HABITS:
            yield _outside_quotes(base, pattern, instead)
    whole = straight
    for pattern, instead in _HABITS:
        whole = _outside_quotes(whole, pattern, instead)
    yield whole
    for base in (straight, whole):
        missing = base.count("(") - base.count(")")
        if missing > 0:
            yield base + ")" * missing
        elif missing < 0 and base.endswith(")" * -missing):
            yield base[:missing]
        if base.count("'") % 2:
            yield f"{base}'"


def _outside_quotes(text: str, pattern: str, instead: str) -> str:
    parts = _QUOTED.split(text)
    return "".join(
        part if n % 2 else re.sub(pattern, instead, part) for n, part in enumerate(parts)
    )


def _parses(text: str) -> bool:
    try:
        parse(text, references=True)
    except ExpressionError:
        return False
    return True
