"""Knowledge articles: short texts of our own for an advisor who has ten minutes.

One file each, `resources/knowledge/<id>.md`: a head of `Schlüssel: Wert` lines, a blank line, and
a body of headings (`## `), numbered steps (`1. `), points (`- `) and paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop_advisor.domain.errors import KnownError

LARGEST_CHARACTERS = 20_000
"""Our choice: ten times a long article."""
SECTIONS = ("Worum es geht", "Wann es zählt", "Was zu tun ist", "Worauf zu achten ist")
"""Every article answers the same four questions in the same order."""
_NEEDED = ("id", "title", "summary", "dimensions", "checked_on", "sources")
_ALLOWED = (*_NEEDED, "offers", "keywords", "unverified")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
_DIMENSION = re.compile(r"D(0[1-9]|1[0-2])")
_HEAD_LINE = re.compile(r"([a-z_]+):\s*(.*)")
_STEP = re.compile(r"(\d+)\.\s+(.*)")


class BrokenArticle(KnownError):
    """An article cannot be read as it stands."""


@dataclass(frozen=True)
class Block:
    """A part of the body: one heading, one paragraph, one step (with its number) or one point."""

    kind: Literal["heading", "text", "step", "point"]
    text: str
    number: int = 0


@dataclass(frozen=True)
class Article:
    """One article.

    summary: one sentence for the list. dimensions: what it is about, the most fitting first.
    offers: ids of offers in the catalogue that go with it. unverified: what in it could not be
    checked, in words; "" when everything could. sources: public documents, law with its paragraph.
    """

    id: str
    title: str
    summary: str
    dimensions: tuple[str, ...]
    checked_on: date
    sources: tuple[str, ...]
    body: tuple[Block, ...]
    offers: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    unverified: str = ""

    @property
    def text(self) -> str:
        """The body as running text, one line for each block."""
        return "\n".join(block.text for block in self.body)

    def section(self, heading: str) -> tuple[Block, ...]:
        """The blocks below a heading; empty when there is no such heading."""
        found: list[Block] = []
        is_inside = False
        for block in self.body:
            if block.kind == "heading":
                is_inside = block.text == heading
            elif is_inside:
                found.append(block)
        return tuple(found)


def read_article(content: str, name: str) -> Article:
    """The article in the text of a file called `name`.

    Raises:
        BrokenArticle: naming file and line.
    """
    if len(content) > LARGEST_CHARACTERS:
        raise _broken(name, 1, f"ist länger als {LARGEST_CHARACTERS} Zeichen")
    lines = content.splitlines()
    end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    head = _head(lines[:end], name)
    return Article(
        id=head["id"],
        title=head["title"],
        summary=head["summary"],
        dimensions=_dimensions(head, name),
        checked_on=_day(head, name),
        sources=_listed(head["sources"], ";"),
        offers=_listed(head.get("offers", ""), ","),
        keywords=_listed(head.get("keywords", ""), ","),
        unverified=head.get("unverified", ""),
        body=tuple(_blocks(lines[end:], name, end + 1)),
    )


def fitting(
    articles: Iterable[Article], dimension: str, offers: Sequence[str] = (), most: int = 2
) -> tuple[Article, ...]:
    """The articles that go best with a recommendation: shared offers first, then its dimension.

    An article that has neither the dimension nor an offer in common is none.
    """

    def fit(article: Article) -> tuple[int, int]:
        shared = len(set(offers) & set(article.offers))
        places = article.dimensions
        near = 0 if dimension not in places else 2 - min(places.index(dimension), 1)
        return (shared * 2 + near, near)

    ranked = sorted(articles, key=fit, reverse=True)
    return tuple(a for a in ranked[:most] if fit(a) > (0, 0))


def _head(lines: Sequence[str], name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = _HEAD_LINE.fullmatch(line.strip())
        if match is None:
            raise _broken(name, number, "erwartet „Schlüssel: Wert“")
        key, value = match[1], match[2].strip()
        if key not in _ALLOWED:
            raise _broken(name, number, f"kennt den Schlüssel „{key}“ nicht")
        if key in found:
            raise _broken(name, number, f"nennt „{key}“ zweimal")
        found[key] = value
    for key in _NEEDED:
        if not found.get(key):
            raise _broken(name, 1, f"nennt im Kopf kein „{key}“")
    if not _ID.fullmatch(found["id"]):
        raise _broken(name, 1, "hat als „id“ mehr als Kleinbuchstaben, Ziffern und Bindestriche")
    return found


def _dimensions(head: Mapping[str, str], name: str) -> tuple[str, ...]:
    named = _listed(head["dimensions"], ",")
    wrong = next((code for code in named if not _DIMENSION.fullmatch(code)), "")
    if wrong:
        raise _broken(name, 1, f"nennt ein Handlungsfeld „{wrong}“; es gibt D01 bis D12")
    return named


def _day(head: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(head["checked_on"])
    except ValueError as error:
        raise _broken(name, 1, "hat als „checked_on“ kein Datum JJJJ-MM-TT") from error


def _listed(text: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator) if part.strip())


def _blocks(lines: Sequence[str], name: str, first: int) -> Iterator[Block]:
    """Lines that follow each other without a mark are one paragraph, or go on with their item."""
    open_block: Block | None = None
    for number, raw in enumerate(lines, start=first):
        line = raw.strip()
        begun = _begun(line, name, number)
        if open_block is not None and line and begun is None:
            joined = f"{open_block.text} {line}"
            open_block = Block(open_block.kind, joined, open_block.number)
            continue
        if open_block is not None:
            yield open_block
        open_block = begun or (Block("text", line) if line else None)
        if open_block is not None and open_block.kind == "heading":
            yield open_block
            open_block = None
    if open_block is not None:
        yield open_block


def _begun(line: str, name: str, number: int) -> Block | None:
    """The block that this line opens; None for a blank line or plain words."""
    step = _STEP.fullmatch(line)
    if step is not None:
        return Block("step", step[2], int(step[1]))
    if line.startswith("## "):
        return Block("heading", line[3:].strip())
    if line.startswith("- "):
        return Block("point", line[2:].strip())
    if line.startswith(("#", "|", "```", "![", ">", "* ")):
        raise _broken(name, number, "kennt nur Überschriften mit „## “, „1. “, „- “ und Absätze")
    return None


def _broken(name: str, line: int, what: str) -> BrokenArticle:
    return BrokenArticle(
        f"Der Artikel „{name}“, Zeile {line}, {what}.",
        safe="Ihre Unternehmensdaten sind nicht betroffen.",
        todo="Holen Sie die Inhalte neu vom Server oder installieren Sie das Programm erneut.",
    )
