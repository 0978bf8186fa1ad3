"""Catalogue ↔ tables: one row per offer, one per rate; every cell knows where it stands."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from desktop_advisor.advice.offers import Catalogue, Offer
from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity
from desktop_advisor.questionnaire.authoring.sheets import Sheet, column_letter, make_sheet
from desktop_advisor.usecases.catalogue.cells import WrongCell, read, shown
from desktop_advisor.usecases.catalogue.columns import (
    OFFER_COLUMNS,
    OFFERS,
    RATE_COLUMNS,
    RATES,
    Column,
)

FIRST_ROW = 2
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Line:
    """A row of a table; number: as Excel counts. values by path.

    is_whole: whether every cell could be read; where not, only its identifier counts.
    """

    sheet: Sheet
    number: int
    values: dict[str, object]
    is_whole: bool = True

    def finding(
        self, path: str, message: str, suggestion: str = "", *, is_warning: bool = False
    ) -> Finding:
        """A remark at the cell of that field."""
        columns = OFFER_COLUMNS if self.sheet.name == OFFERS else RATE_COLUMNS
        header = next((column.header for column in columns if column.path == path), "")
        return at(self.sheet, self.number, header, message, suggestion, is_warning=is_warning)


@dataclass(frozen=True)
class Entry:
    """An offer with the rows it was read from; rates in the order of its rate table."""

    offer: Offer
    line: Line
    rates: tuple[Line, ...] = ()


@dataclass
class Reading:
    """What a pair of tables says; findings: what of it cannot be read."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def catalogue(self) -> Catalogue:
        """The catalogue; its version is the highest of its entries'."""
        offers = tuple(entry.offer for entry in self.entries)
        return Catalogue(max((offer.version for offer in offers), default=""), offers)


def to_tables(catalogue: Catalogue) -> tuple[Sheet, Sheet]:
    """Offers and rates, headings first, then a row that explains them."""
    offers = [_row(offer, OFFER_COLUMNS) for offer in catalogue.offers]
    rates = [
        [offer.id, *_row(line, RATE_COLUMNS[1:])]
        for offer in catalogue.offers
        for line in offer.rate_table
    ]
    return _sheet(OFFERS, OFFER_COLUMNS, offers), _sheet(RATES, RATE_COLUMNS, rates)


def _sheet(name: str, columns: Sequence[Column], rows: list[list[str]]) -> Sheet:
    head = [[c.header for c in columns], [c.explanation for c in columns]]
    return make_sheet(name, [*head, *rows])


def _row(item: object, columns: Sequence[Column]) -> list[str]:
    return [shown(functools.reduce(getattr, c.path.split("."), item), c) for c in columns]


def from_tables(offers: Sheet, rates: Sheet) -> Reading:
    """The entries that can be read, and a finding for every cell that cannot."""
    found = Reading()
    lines: dict[str, list[Line]] = {}
    for line in _lines(rates, RATE_COLUMNS, found.findings):
        lines.setdefault(str(line.values.get("offer", "")), []).append(line)
    seen: dict[str, int] = {}
    for line in _lines(offers, OFFER_COLUMNS, found.findings):
        name = str(line.values.get("id", ""))
        if trouble := _identifier(name, seen):
            found.findings.append(line.finding("id", *trouble))
        seen.setdefault(name, line.number)
        its_rates = tuple(rate for rate in lines.get(name, ()) if rate.is_whole)
        entry = _entry(line, its_rates, found.findings) if line.is_whole else None
        if entry is not None:
            found.entries.append(entry)
    for name in sorted(lines.keys() - seen.keys() - {""}):
        found.findings += [_stray(line, name, seen) for line in lines[name]]
    return found


def _identifier(name: str, seen: dict[str, int]) -> tuple[str, str] | None:
    if name in seen:
        where = f"Sie steht schon in Zeile {seen[name]}."
        return f"Die Kennung „{name}“ kommt zweimal vor.", where
    if name and not _ID.fullmatch(name):
        return f"„{name}“ ist keine Kennung.", "Kleinbuchstaben, Ziffern und Bindestriche."
    return None


def _stray(line: Line, name: str, known: dict[str, int]) -> Finding:
    meant = closest(name, known, 0.6)
    suggestion = f"Meinen Sie „{meant}“?" if meant else "Kennung aus dem Blatt Angebote."
    return line.finding("offer", f"Das Angebot „{name}“ gibt es nicht.", suggestion)


def _lines(sheet: Sheet, columns: Sequence[Column], findings: list[Finding]) -> Iterator[Line]:
    """The filled rows; what is wrong with headings and cells goes into `findings`."""
    by_header = {column.header: column for column in columns}
    findings += _headings(sheet, by_header)
    present = {header: index for index, header in enumerate(sheet.headers) if header}
    for number, cells in enumerate(sheet.cells[1:], start=FIRST_ROW):
        texts = {h: cells[i].strip() if i < len(cells) else "" for h, i in present.items()}
        first = columns[0]
        if not any(texts.values()) or texts.get(first.header) == first.explanation:
            continue
        values, wrong = _read_row(texts, by_header)
        findings += [at(sheet, number, header, *said) for header, *said in wrong]
        yield Line(sheet, number, values, is_whole=not wrong)


def _read_row(
    texts: dict[str, str], by_header: dict[str, Column]
) -> tuple[dict[str, object], list[tuple[str, str, str]]]:
    """The values by path, and heading, message and suggestion for each cell at fault."""
    values: dict[str, object] = {}
    wrong: list[tuple[str, str, str]] = []
    for header, text in texts.items():
        column = by_header.get(header)
        if column is None:
            continue
        try:
            value = read(text, column)
        except WrongCell as error:
            wrong.append((header, str(error), error.suggestion))
            continue
        if value is not None:
            values[column.path] = value
        elif column.is_required:
            wrong.append((header, f"„{header}“ ist leer.", column.explanation))
    return values, wrong


def _headings(sheet: Sheet, known: dict[str, Column]) -> Iterator[Finding]:
    for index, header in enumerate(sheet.headers):
        if header and header not in known:
            meant = closest(header, known, 0.6)
            hint = f"Meinen Sie „{meant}“?" if meant else "Löschen Sie die Spalte."
            yield Finding(
                sheet.name,
                1,
                column_letter(index),
                Severity.ERROR,
                f"Die Spalte „{header}“ gibt es nicht.",
                hint,
                header,
            )
    twice = {h for h in sheet.headers if h and sheet.headers.count(h) > 1}
    for header in sorted(twice):
        yield at(sheet, 1, header, f"Die Spalte „{header}“ kommt zweimal vor.", "Löschen Sie eine.")
    for header in known:
        if header not in sheet.headers:
            message = f"Die Spalte „{header}“ fehlt."
            yield at(sheet, 1, header, message, "Exportieren Sie den Katalog neu.")


def _entry(line: Line, rates: tuple[Line, ...], findings: list[Finding]) -> Entry | None:
    raw = _nested(line.values)
    raw["rate_table"] = [
        {key: value for key, value in rate.values.items() if key != "offer"} for rate in rates
    ]
    try:
        offer = msgspec.convert(raw, Offer)
    except msgspec.ValidationError as error:
        findings.append(line.finding("id", f"Der Eintrag ist nicht lesbar ({error})."))
        return None
    return Entry(offer, line, rates)


def _nested(values: dict[str, object]) -> dict[str, Any]:
    """Paths with dots as nested mappings."""
    made: dict[str, Any] = {}
    for path, value in values.items():
        *parents, last = path.split(".")
        place = made
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return made


def at(
    sheet: Sheet,
    row: int,
    header: str,
    message: str,
    suggestion: str = "",
    *,
    is_warning: bool = False,
) -> Finding:
    """A finding at a cell, or at the whole row where the table has no such column."""
    index = sheet.headers.index(header) if header in sheet.headers else -1
    return Finding(
        sheet=sheet.name,
        row=row,
        column=column_letter(index) if index >= 0 else "",
        severity=Severity.WARNING if is_warning else Severity.ERROR,
        message=message,
        suggestion=suggestion,
        header=header if index >= 0 else "",
    )
