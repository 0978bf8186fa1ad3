"""Which language a document is made in: the German sentence is the key, English is looked up.

The language holds for everything that is composed or drawn within `speaking`, in this thread only.
It is not passed from call to call, because a thousand sentences would each have to carry it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key")
GERMAN, ENGLISH = "de", "en"
LANGUAGE_TAGS = {GERMAN: "de-DE", ENGLISH: "en-GB"}
"""As files name the language they are in (BCP 47)."""


@dataclass(frozen=True)
class Language:
    """A language and its sentences: German → theirs; German itself needs none."""

    code: str = GERMAN
    sentences: Mapping[str, str] | None = None


_SPOKEN: ContextVar[Language] = ContextVar("language", default=Language())  # noqa: B039 - frozen


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Everything within the block is said in that language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def say(german: str, meaning: str = "") -> str:
    """The sentence in the language spoken; the German one where nobody has translated it.

    Only whole literals are looked up: values go in afterwards with `str.format`. meaning: tells
    apart what German says with one word; looked up as "Stand [meaning]".
    """
    sentences = _SPOKEN.get().sentences
    if sentences is None:
        return german
    return sentences.get(f"{german} [{meaning}]" if meaning else german, german)


def choose(german: str, english: str) -> str:
    """One of two texts that are kept side by side; the German one where the other is missing."""
    return english if english and spoken() == ENGLISH else german


def choose_of(texts: Mapping[str, str], default: str = "") -> str:
    """Of the texts kept per language, the one spoken, else the German one, else `default`."""
    return in_language(texts, spoken(), default)


def in_language(texts: Mapping[str, str], code: str, default: str) -> str:
    """Of the texts kept per language, the one of `code`, else the German one, else `default`."""
    return texts.get(code) or texts.get(GERMAN) or default


def say_all(german: Iterable[str]) -> tuple[str, ...]:
    """Each of them in the language spoken."""
    return tuple(say(words) for words in german)


class Words(Mapping[Key, str]):
    """A table of German words that are said in the language spoken whenever they are taken."""

    def __init__(self, german: Mapping[Key, str]) -> None:
        self._german = dict(german)

    def __getitem__(self, key: Key) -> str:
        return say(self._german[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._german)

    def __len__(self) -> int:
        return len(self._german)


def spoken() -> str:
    """ "de" or "en"."""
    return _SPOKEN.get().code
