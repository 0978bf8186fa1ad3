"""What an editor marks as optional never makes a form look unfinished; a Kennpunkt cannot be it."""

from __future__ import annotations

from pathlib import Path

from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from tests.questionnaire.authoring.sample import written

_HEADER = ("| core | perspective |", "| core | perspective | optional |")


def _marked(folder: Path, name: str) -> Path:
    """The sample workbook with a column `optional` that says yes in the row of `name`."""
    path = written(folder, _HEADER)
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = [
        f"{line} yes |" if f"| {name} |" in line and "select_one" in line else line
        for line in lines
    ]
    path.write_text("\n".join(marked) + "\n", encoding="utf-8")
    return path


def test_an_unscored_question_may_be_optional(tmp_path: Path) -> None:
    path = _marked(tmp_path, "has_works_council")
    assert compile_workbook(path).sidecar.optional == ("has_works_council",)
    assert check_workbook(path, offers={"rkw", "amz"}) == []


def test_a_scored_question_cannot_be_optional(tmp_path: Path) -> None:
    path = _marked(tmp_path, "q1")
    (finding,) = check_workbook(path, offers={"rkw", "amz"})
    assert "kann nicht freiwillig sein" in str(finding)
    assert compile_workbook(path).sidecar.optional == ()
