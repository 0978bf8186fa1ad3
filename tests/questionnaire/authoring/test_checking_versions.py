"""What a workbook changed against its previous version, and whether that was written down."""

from __future__ import annotations

from pathlib import Path

from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.findings import Finding
from tests.questionnaire.authoring.sample import written

Change = tuple[str, str]
_VERSION = ("| probe | 1 |", "| probe | 2 |")


def _against_sound(tmp_path: Path, *changes: Change, renames: str = "") -> list[Finding]:
    before = written(tmp_path, name="before.md")
    after = written(tmp_path, *changes)
    with after.open("a", encoding="utf-8") as file:
        file.write(renames)
    return check_workbook(after, previous=before)


def test_a_changed_name_is_found_and_the_rename_suggested(tmp_path: Path) -> None:
    (finding,) = _against_sound(tmp_path, _VERSION, ("| double |", "| twice |"))

    assert (finding.sheet, finding.row, finding.column) == ("survey", 1, "B")
    assert "„double“" in finding.message
    assert "renames" in finding.suggestion


def test_a_changed_name_with_the_same_text_is_found_at_its_row(tmp_path: Path) -> None:
    (finding,) = _against_sound(tmp_path, _VERSION, ("| q2 |", "| q9 |"))

    assert (finding.sheet, finding.row, finding.column) == ("survey", 8, "B")
    assert "q2 → q9" in finding.suggestion


def test_a_written_down_rename_is_no_finding(tmp_path: Path) -> None:
    renames = "\n| renames |\n|  | old | new |\n|  | double | twice |\n"

    assert _against_sound(tmp_path, _VERSION, ("| double |", "| twice |"), renames=renames) == []


def test_changed_content_needs_a_new_version(tmp_path: Path) -> None:
    (finding,) = _against_sound(tmp_path, ("Kunden?", "Abnehmer?"))

    assert (finding.sheet, finding.row, finding.column) == ("settings", 2, "D")


def test_an_unchanged_workbook_needs_none(tmp_path: Path) -> None:
    assert _against_sound(tmp_path) == []
