"""A form from whatever file an editor has: workbook or XForm, with the lists that lie beside it."""

from __future__ import annotations

from pathlib import Path

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.authoring.lists_beside import ListsBeside
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.xform import BrokenForm, XForm, read_xform

SHOWN = 10
WORKBOOKS = (".md", ".xlsx")


def open_form(file: Path) -> XForm:
    """The form of a workbook or of an XForm, ready to run.

    Raises:
        BrokenWorkbook: what does not load, by sheet and row where they are known.
        BrokenForm: the file is no form.
    """
    lists = ListsBeside(file)
    if file.suffix not in WORKBOOKS:
        return read_xform(file.read_bytes(), attachments=lists)
    try:
        return read_xform(compile_workbook(file).xform, attachments=lists)
    except (BrokenForm, BrokenWorkbook) as error:
        if getattr(error, "row", 0):
            raise
        raise _placed(file, error) from error


def _placed(file: Path, error: KnownError) -> KnownError:
    """The error by sheet, row and column where the checks find it, else as it is."""
    errors = [finding for finding in check_workbook(file) if finding.is_error][:SHOWN]
    if not errors:
        return error
    return BrokenWorkbook(
        "\n".join(map(str, errors)),
        todo="Berichtigen Sie die genannten Stellen.",
        sheet=errors[0].sheet,
        row=errors[0].row,
    )
