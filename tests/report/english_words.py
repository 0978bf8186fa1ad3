"""Whether an English report still says anything German that nobody of the company wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import msgspec

GERMAN = re.compile(
    r"[äöüÄÖÜß„]|\b(der|die|das|und|nicht|mit|für|ist|ein|eine|keine|zum|zur|bis|vom|wird|werden|"
    r"ohne|aus|bei|nach|noch|wie|Fassung|Stand|Wert|Jahre|Personen|Handlungsfeld|Beratung|"
    r"offen|unklar|ausgesetzt|geschlossen|angenommen|vereinbart|umgesetzt|beantwortet|gesamt|zusammen)\b"
)


def strings_of(value: Any) -> Iterator[str]:
    """Every text in a struct, a table or a list."""
    if isinstance(value, msgspec.Struct):
        value = [getattr(value, field) for field in value.__struct_fields__]
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        for one in value:
            yield from strings_of(one)
    elif type(value) is str:
        yield value


def german_in(texts: Iterator[str], own: Collection[str]) -> list[str]:
    """The texts that are German even without what people wrote. own: their words and names."""
    known = sorted((word for word in own if len(word) > 3), key=len, reverse=True)
    return [text for text in texts if GERMAN.search(_without(text, known))]


def _without(text: str, known: list[str]) -> str:
    for word in known:
        text = text.replace(word, "")
    return text
