"""What an office file can carry of somebody's words."""

from __future__ import annotations


def carried(text: str) -> str:
    """The text without what XML 1.0 forbids (2.2): control characters, halves of characters."""
    return "".join(c for c in text if c in "\n\t" or _is_allowed(ord(c)))


def in_one_line(text: str, most: int) -> str:
    """The text as a property of a file: without ends of lines, at most so many characters."""
    return " ".join(carried(text).split())[:most]


def _is_allowed(code: int) -> bool:
    is_control = code < 0x20 or 0x7F <= code < 0xA0
    return not (is_control or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE)
