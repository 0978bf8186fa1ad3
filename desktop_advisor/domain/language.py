"""Which language a document is made in: the German sentence is the key, English is looked up.

The language holds for everything that is composed or drawn within `speaking`, in this thread only.
It is not passed from call to call, because a thousand sentences would each have to carry it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

GERMAN, ENGLISH = "de", "en"


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


def say(german: str) -> str:
    """The sentence in the language spoken; the German one where nobody has translated it.

    Only whole literals are looked up: values go in afterwards with `str.format`.
    """
    sentences = _SPOKEN.get().sentences
    return german if sentences is None else sentences.get(german, german)


def spoken() -> str:
    """ "de" or "en"."""
    return _SPOKEN.get().code
