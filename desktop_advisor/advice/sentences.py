"""The sentences of a report in another language, as a resource file holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from desktop_advisor.advice.resource_files import broken, decoded, typed

_PLACE = re.compile(r"\{[^{}]*\}")


def read_sentences(content: bytes, name: str) -> Mapping[str, str]:
    """German → the other language; a value's place in one is in the other too.

    Raises:
        BrokenResource: naming the sentence.
    """
    sentences = typed(decoded(content, name), dict[str, str], name)
    for german, other in sentences.items():
        if not other or places(german) != places(other):
            raise broken(name, f"ist fehlerhaft (Satz „{german[:60]}“)")
    return MappingProxyType(sentences)


def places(sentence: str) -> set[str]:
    """Where values go into it: {0}, {1}."""
    return set(_PLACE.findall(sentence))
