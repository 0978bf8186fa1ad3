r"""Workbooks as Markdown tables, the notation of pyxform (`xls2json_backends.md_to_dict`).

A row with text in its first cell opens a sheet; the other rows leave it empty. Beyond pyxform,
which knows only `\|`, three things are defined here so that nothing is lost on the way to XLSX
and back: `<br>` is a line break in a cell (and `<\br>` the literal text `<br>`), `<_>` keeps the
blanks at a cell's edge (and `<\_>` is literal), and a blank table row keeps its place, so that
row numbers are the same in both notations.
"""

from __future__ import annotations

import re

from desktop_advisor.questionnaire.authoring.bounds import CellBudget
from desktop_advisor.questionnaire.authoring.sheets import (
    BrokenWorkbook,
    Sheet,
    Workbook,
    make_sheet,
)

_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?")
_MARK = re.compile(r"<(\\*)(br|_)>")
_FENCE = re.compile(r"[|-]+")


def parse(content: bytes, name: str) -> Workbook:
    """The sheets of a Markdown file; lines that are no table rows are prose and ignored.

    Raises:
        BrokenWorkbook: not UTF-8, no table, a sheet twice, or text behind a row's last pipe.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenWorkbook(
            f"„{name}“ ist nicht in UTF-8 gespeichert.", todo="Speichern Sie die Datei als UTF-8."
        ) from error
    budget = CellBudget(name)
    tables: dict[str, list[tuple[int, list[str]]]] = {}
    current: list[tuple[int, list[str]]] | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        cells = _cells(line, number)
        if cells is None:
            continue
        budget.spend(len(cells))
        title, row = cells[0], cells[1:]
        if title:
            current = _open_sheet(tables, title, number)
        if current is not None and (any(row) or (current and not title)):
            current.append((number, row))
    if not tables:
        raise BrokenWorkbook(
            f"„{name}“ enthält keine Tabelle.",
            todo="Jedes Blatt beginnt mit einer Zeile wie „| survey |“.",
        )
    return Workbook(tuple(_sheet(title, rows) for title, rows in tables.items()))


def _open_sheet(
    tables: dict[str, list[tuple[int, list[str]]]], title: str, number: int
) -> list[tuple[int, list[str]]]:
    if title.lower() in (other.lower() for other in tables):
        raise BrokenWorkbook(
            f"Das Blatt „{title}“ beginnt in Zeile {number} der Datei ein zweites Mal.",
            todo="Führen Sie die beiden Tabellen zusammen.",
            sheet=title,
        )
    return tables.setdefault(title, [])


def _sheet(title: str, rows: list[tuple[int, list[str]]]) -> Sheet:
    return make_sheet(title, (row for _, row in rows), (number for number, _ in rows))


def _cells(line: str, number: int) -> list[str] | None:
    """Cells of a table row, sheet name first; None for prose, comments and separator rows."""
    line = line.strip()
    if not line.startswith("|"):
        return None
    *cells, rest = _PIPE.split(line[1:])
    if rest.strip() and not rest.strip().startswith("#"):
        raise BrokenWorkbook(
            f"Zeile {number} der Datei: Hinter dem letzten Strich „|“ steht noch Text.",
            todo="Schließen Sie die Tabellenzeile mit „|“ ab.",
        )
    plain = [cell.strip() for cell in cells]
    is_separator = plain and all(_DASHES.fullmatch(cell) for cell in plain)
    if is_separator or _FENCE.fullmatch(line):
        return None
    return [_MARK.sub(_unescape, cell.replace(r"\|", "|")) for cell in plain]


def _unescape(match: re.Match[str]) -> str:
    backslashes, mark = match.groups()
    if backslashes:
        return f"<{backslashes[1:]}{mark}>"
    return "\n" if mark == "br" else ""


def render(workbook: Workbook) -> str:
    """The Markdown text, columns aligned no further than one blank around each cell.

    Raises:
        BrokenWorkbook: a sheet's name cannot open a table.
    """
    return "\n".join(_table(sheet) for sheet in workbook.sheets)


def _table(sheet: Sheet) -> str:
    title = sheet.name.strip()
    if not title or _DASHES.fullmatch(title) or "\n" in title or title != sheet.name:
        raise BrokenWorkbook(
            f"Der Blattname „{sheet.name}“ lässt sich als Markdown nicht schreiben.",
            todo="Benennen Sie das Blatt um.",
            sheet=sheet.name,
        )
    width = max((len(row) for row in sheet.cells), default=0)
    lines = [f"| {_escape(title)} |"]
    for row in sheet.cells:
        padded = [*row, *[""] * (width - len(row))]
        lines.append("|  | " + " | ".join(_escape(cell) for cell in padded) + " |")
    return "\n".join(lines) + "\n"


def _escape(cell: str) -> str:
    literal = _MARK.sub(r"<\\\1\2>", cell)
    line = literal.replace("\n", "<br>").replace("|", r"\|")
    before = "<_>" if line != line.lstrip() else ""
    after = "<_>" if line != line.rstrip() else ""
    return f"{before}{line}{after}"
