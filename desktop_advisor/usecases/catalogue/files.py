"""Catalogue tables as .xlsx, or as two .csv files: bounded before opening, every cell text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from desktop_advisor.advice.offers import Catalogue
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.questionnaire.authoring import bounds
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook, Sheet, make_sheet
from desktop_advisor.usecases.catalogue.columns import OFFERS, RATES
from desktop_advisor.usecases.catalogue.tables import Reading, from_tables, to_tables

SPREADSHEETS = (".xlsx", ".csv")
_DELIMITER = ";"
_RISKY = ("=", "+", "-", "@", "'", "\t")
"""What Excel takes for a formula at the start of a .csv cell; an apostrophe makes it text."""


class BrokenTable(KnownError):
    """A catalogue table cannot be read or written."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(
            what, safe="Der bisherige Katalog bleibt unverändert in Gebrauch.", todo=todo
        )


def write_tables(catalogue: Catalogue, path: Path) -> list[Path]:
    """Write the catalogue for editors; the files written: one .xlsx, or two .csv.

    Raises:
        BrokenTable: another ending, or the folder cannot be written to.
    """
    sheets = to_tables(catalogue)
    try:
        if _ending(path) == ".xlsx":
            from desktop_advisor.usecases.catalogue.spreadsheet import render

            path.write_bytes(render(sheets))
            return [path]
        for sheet, target in zip(sheets, (path, rates_file(path)), strict=True):
            target.write_bytes(_csv(sheet))
        return [path, rates_file(path)]
    except OSError as error:
        raise BrokenTable(
            f"„{path}“ kann nicht geschrieben werden.",
            "Schließen Sie die Datei in anderen Programmen und prüfen Sie den Ordner.",
        ) from error


def read_tables(path: Path) -> Reading:
    """What the tables of a file say, and where they cannot be read.

    Raises:
        BrokenTable: missing, unreadable, too large, or not a table at all.
    """
    try:
        if _ending(path) == ".xlsx":
            return _from_xlsx(path)
        return from_tables(_from_csv(path, OFFERS), _from_csv(rates_file(path), RATES))
    except BrokenWorkbook as error:
        todo = "Prüfen Sie, ob es der exportierte Katalog ist, und speichern Sie ihn neu."
        raise BrokenTable(error.what, todo) from error


def rates_file(path: Path) -> Path:
    """Where the rates of a .csv catalogue lie: beside it, katalog.csv → katalog-saetze.csv."""
    return path.with_name(f"{path.stem}-saetze{path.suffix}")


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in SPREADSHEETS:
        what = f"„{path.name}“ ist weder eine .xlsx- noch eine .csv-Datei."
        raise BrokenTable(what, "Speichern Sie die Tabelle im Format .xlsx.")
    return ending


def _from_xlsx(path: Path) -> Reading:
    from desktop_advisor.questionnaire.authoring import spreadsheet

    book = spreadsheet.parse(bounds.bounded_bytes(path), path.name)
    missing = [n for n in (OFFERS, RATES) if not book.sheet(n.lower()).cells]
    if missing:
        what = f"„{path.name}“ hat kein Blatt „{missing[0]}“."
        raise BrokenTable(what, "Exportieren Sie den Katalog neu.")
    offers, rates = (Sheet(n, book.sheet(n.lower()).cells) for n in (OFFERS, RATES))
    return from_tables(offers, rates)


def _from_csv(path: Path, name: str) -> Sheet:
    content = bounds.bounded_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    budget = bounds.CellBudget(path.name)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_DELIMITER, strict=True):
            budget.spend(len(row))
            rows.append([_unguarded(cell) for cell in row])
            if len(rows) > bounds.ROWS:
                raise bounds.too_large(path.name, f"Sie hat mehr als {bounds.ROWS} Zeilen")
    except csv.Error as error:
        raise BrokenTable(
            f"„{path.name}“ ist keine lesbare .csv-Datei.",
            "Speichern Sie die Tabelle als „CSV UTF-8“ mit Semikolon.",
        ) from error
    if len(rows[0] if rows else []) < 2:
        raise BrokenTable(
            f"„{path.name}“ hat keine Spalten, die ein Semikolon trennt.",
            "Speichern Sie die Tabelle als „CSV UTF-8“ mit Semikolon.",
        )
    return make_sheet(name, rows)


def _csv(sheet: Sheet) -> bytes:
    width = len(sheet.headers)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=_DELIMITER)
    for row in sheet.cells:
        padded = [*row, *("" for _ in range(width - len(row)))]
        writer.writerow([_guarded(cell) for cell in padded])
    return buffer.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell
