"""Workbook files: `.xlsx` for the editors, `.md` (pyxform's Markdown tables) for git.

Both notations hold the same sheets. openpyxl is imported for `.xlsx` only: reading Markdown must
stay quick.
"""

from __future__ import annotations

from pathlib import Path

from desktop_advisor.questionnaire.authoring import bounds, markdown
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook, Workbook


def read_workbook(path: Path) -> Workbook:
    """The workbook of a `.md` or `.xlsx` file, bounded before it is opened.

    Raises:
        BrokenWorkbook: unreadable, too large, or neither of the two.
    """
    suffix = path.suffix.lower()
    if suffix not in {".md", ".xlsx"}:
        raise BrokenWorkbook(
            f"„{path.name}“ ist weder eine .xlsx- noch eine .md-Datei.",
            todo="Speichern Sie die Arbeitsmappe im Format .xlsx.",
        )
    content = bounds.bounded_bytes(path)
    if suffix == ".md":
        return markdown.parse(content, path.name)
    from desktop_advisor.questionnaire.authoring import spreadsheet

    return spreadsheet.parse(content, path.name)


def write_workbook(workbook: Workbook, path: Path) -> None:
    """Write `.md` or `.xlsx`, by the file's name; the same cells come back when it is read.

    Raises:
        BrokenWorkbook: the notation cannot hold a sheet's name or a cell.
    """
    if path.suffix.lower() == ".md":
        content = markdown.render(workbook).encode()
    elif path.suffix.lower() == ".xlsx":
        from desktop_advisor.questionnaire.authoring import spreadsheet

        content = spreadsheet.render(workbook)
    else:
        raise BrokenWorkbook(f"„{path.name}“ endet weder auf .xlsx noch auf .md.")
    path.write_bytes(content)
