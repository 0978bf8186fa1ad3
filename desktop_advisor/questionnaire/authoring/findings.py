"""What a check says: how grave, where, what is wrong, what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_advisor.questionnaire.authoring.outline import Row, Table


class Severity(StrEnum):
    """An error keeps the form from being loaded; a warning asks the editor to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """One remark for an editor, in German.

    sheet, row, column: where; column is the letter of the sheet ("" if a whole row is meant).
    header: the column's heading, "" if it has none. suggestion: what to write instead, or what
    to do; "" if there is nothing to suggest. line: line in a `.md` file, 0 for `.xlsx`.
    """

    sheet: str
    row: int
    column: str
    severity: Severity
    message: str
    suggestion: str = ""
    header: str = ""
    line: int = 0

    @property
    def is_error(self) -> bool:
        """Whether the form must not be loaded."""
        return self.severity is Severity.ERROR

    @property
    def address(self) -> str:
        """The cell as Excel's name box takes it, survey!F5; "" if a whole row is meant."""
        sheet = self.sheet if self.sheet.isidentifier() else f"'{self.sheet}'"
        return f"{sheet}!{self.column}{self.row}" if self.column else ""

    def __str__(self) -> str:
        """One line: "Fehler · survey, Zeile 5, Spalte F (relevant), Zelle survey!F5: … → …"."""
        word = "Fehler" if self.is_error else "Warnung"
        place = f"{self.sheet}, Zeile {self.row}"
        if self.column:
            place += f", Spalte {self.column}" + (f" ({self.header})" if self.header else "")
            if not self.line:
                place += f", Zelle {self.address}"
        if self.line:
            place += f", Datei-Zeile {self.line}"
        advice = f" → {self.suggestion}" if self.suggestion else ""
        return f"{word} · {place}: {self.message}{advice}"


def at_cell(
    table: Table,
    row: Row | int,
    header: str,
    message: str,
    suggestion: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding at one cell; header is canonical. Without such a column, column A stands in."""
    number = row if isinstance(row, int) else row.number
    index = table.headers.index(header) if header in table.headers else -1
    return Finding(
        sheet=table.name,
        row=number,
        column=table.sheet.letter(index),
        severity=severity,
        message=message,
        suggestion=suggestion,
        header=table.sheet.headers[index] if index >= 0 else header,
        line=table.sheet.line(number),
    )
