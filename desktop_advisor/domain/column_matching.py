"""Which pasted column belongs to which column of a table, and what its cells mean there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from desktop_advisor.domain.cell_values import (
    CellKind,
    Choice,
    NotUnderstood,
    folded,
    form_value,
)
from desktop_advisor.domain.pasted_table import PastedTable

SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "umsatzanteil anteil umsatz share turnover",
        "koepfe kopf ma mitarbeiter mitarbeitende beschaeftigte personen heads headcount anzahl",
        "eop serienende auslauf serienauslauf laufzeitende produktionsende",
        "folgeauftrag nachfolge nachfolger anschlussauftrag nominierung followon folgenominierung",
        "deckungsbeitrag db marge margin",
        "cati produktklasse antriebsgruppe abhaengigkeit",
        "produktgruppe produkt produkte bezeichnung artikel teil teilefamilie product name",
        "taetigkeit beruf stelle job arbeitsplatz arbeitsplatzprofil profil funktion position",
        "kldb berufsschluessel berufskennziffer",
        "abgaenge austritte renteneintritte renten exits ausscheiden",
        "bedarf demand personalbedarf",
        "substituierbarkeit substituierbarkeitspotenzial substitution ersetzbarkeit",
        "unter under u juenger",
        "plus ueber aelter ab",
    )
)
"""Words that mean the same in a company's lists (our choice; domain §3 names the columns)."""
LEAST_LIKENESS = 0.5
"""Below it a pasted column is left for the advisor to assign (our choice)."""


@dataclass(frozen=True)
class Target:
    """A column of the table that can be filled. name: as in the form."""

    name: str
    label: str
    kind: CellKind
    choices: tuple[Choice, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Misfit:
    """A pasted cell that cannot be taken. row: as its owner counts. why: German sentence."""

    row: int
    column: str
    text: str
    why: str


@dataclass(frozen=True)
class Conversion:
    """What a paste becomes.

    rows: column name → form value, empty cells left out; one mapping per pasted row.
    unmapped: titles of the pasted columns that go nowhere.
    """

    rows: tuple[Mapping[str, str], ...]
    misfits: tuple[Misfit, ...]
    unmapped: tuple[str, ...]


def propose(pasted: PastedTable, targets: Sequence[Target]) -> tuple[str, ...]:
    """Per pasted column the name of its target, "" for none; each target at most once.

    Without any head, and with no more columns than targets, they are taken in order where the
    cells fit.
    """
    if not any(pasted.heads):
        return _in_order(pasted, targets)
    scored = sorted(
        (
            (-likeness(head, target), at, place)
            for at, head in enumerate(pasted.heads)
            if head
            for place, target in enumerate(targets)
        ),
    )
    chosen = [""] * pasted.width
    taken: set[str] = set()
    for score, at, place in scored:
        name = targets[place].name
        if -score >= LEAST_LIKENESS and not chosen[at] and name not in taken:
            chosen[at] = name
            taken.add(name)
    return tuple(chosen)


def _in_order(pasted: PastedTable, targets: Sequence[Target]) -> tuple[str, ...]:
    chosen = []
    for number in range(pasted.width):
        fits = number < len(targets) and _fits(pasted.column(number), targets[number])
        chosen.append(targets[number].name if fits else "")
    return tuple(chosen)


def _fits(cells: Sequence[str], target: Target) -> bool:
    """Whether most cells can be read as the target's kind."""
    filled = [cell for cell in cells if cell]
    good = 0
    for cell in filled:
        try:
            form_value(target.kind, cell, target.choices, date(2026, 1, 1))
        except NotUnderstood:
            continue
        good += 1
    return good * 2 > len(filled)


def likeness(head: str, target: Target) -> float:
    """0 to 1: how much a head speaks of a target, by words, synonyms and spelling."""
    plain_head = _words(head)
    best = 0.0
    for text, weight in ((target.label, 1.0), (_bare_name(target.name), 0.95)):
        words = _words(text)
        if plain_head and plain_head == words:
            return weight
        spelled = SequenceMatcher(None, " ".join(plain_head), " ".join(words)).ratio()
        best = max(best, weight * 0.9 * max(_shared(plain_head, words), spelled - 0.15))
    return best


def _bare_name(name: str) -> str:
    """ "product_share" → "share": what the names of one table begin with says nothing."""
    return " ".join(re.sub(r"(\d)to(\d)", r"\1 \2", part) for part in name.split("_")[1:]) or name


_SEPARATE = re.compile(r"[a-z]+|\d+")


def _words(text: str) -> tuple[str, ...]:
    signs = text.replace("%", " prozent ").replace("<", " unter ").replace("+", " plus ")
    return tuple(_SEPARATE.findall(folded(signs)))


def _shared(head: Sequence[str], words: Sequence[str]) -> float:
    """Share of the words of the shorter side that the other side has, figures being decisive."""
    figures = {word for word in head if word.isdigit()}
    others = {word for word in words if word.isdigit()}
    if figures and others and figures != others:
        return 0.0
    if figures and figures == others:
        return 0.95
    short, long = sorted((list(head), list(words)), key=len)
    if not short:
        return 0.0
    hits = sum(max((_same(word, other) for other in long), default=0.0) for word in short)
    spread = 0.02 * (len(long) - len(short))
    return max(0.0, hits / len(short) - min(spread, 0.3))


def _same(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if any(word in group and other in group for group in SYNONYMS):
        return 0.85
    if min(len(word), len(other)) >= 4 and (word in other or other in word):
        return 0.75
    return 0.0


def convert(
    pasted: PastedTable, mapping: Sequence[str], targets: Sequence[Target], today: date
) -> Conversion:
    """Every cell as a form value; what does not fit is left empty and reported."""
    by_name = {target.name: target for target in targets}
    rows, misfits = [], []
    for offset, cells in enumerate(pasted.rows):
        row: dict[str, str] = {}
        for name, cell in zip(mapping, cells, strict=True):
            if not name or not cell:
                continue
            target = by_name[name]
            try:
                row[name] = form_value(target.kind, cell, target.choices, today)
            except NotUnderstood as reason:
                number = pasted.first_row + offset
                misfits.append(Misfit(number, target.label, cell, str(reason)))
        if row:
            rows.append(row)
    unmapped = tuple(pasted.title(n) for n, name in enumerate(mapping) if not name)
    return Conversion(tuple(rows), tuple(misfits), unmapped)


def is_share(name: str, label: str) -> bool:
    """Whether the cells of a column are shares of one whole, so that they sum up to 100 %."""
    return "share" in name or bool(re.search(r"anteil", label, re.IGNORECASE))


def total(values: Sequence[str]) -> Decimal | None:
    """Sum of form values; None when none of them is a number."""
    numbers = []
    for value in values:
        try:
            number = Decimal(value)
        except ArithmeticError:
            continue
        if number.is_finite():
            numbers.append(number)
    return sum(numbers, Decimal(0)) if numbers else None


_COUNTED = re.compile(r"beschäftigte|köpfe|personen|anzahl|abgänge|bedarf|davon", re.IGNORECASE)


def is_count(target: Target) -> bool:
    """Whether a column counts people or things, so that a sum over its rows says something.

    Years, levels and codes are whole numbers too; their sum means nothing.
    """
    end = target.name.partition("_")[2] or target.name
    is_head = end in {"heads", "exits5"} or bool(re.match(r"(under|\d+(to|plus))\d*", end))
    return target.kind is CellKind.WHOLE and (is_head or bool(_COUNTED.search(target.label)))
