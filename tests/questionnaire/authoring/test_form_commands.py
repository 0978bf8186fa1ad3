"""The editors' commands: what they print, what they leave, and what their exit code says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desktop_advisor import bootstrap
from desktop_advisor.cli import main
from desktop_advisor.questionnaire.authoring.building import build_forms
from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from tests.questionnaire.authoring.sample import written

BROKEN = ("| 2 | weil |", "| zwei | weil |")
ODD = ("| 2 | weil |", "| 2 |  |")
VOLLCHECK = bootstrap.find_resources().root / "forms" / "vollcheck.md"


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ((), 0, "0 Fehler, 0 Warnungen"),
        ((ODD,), 0, "0 Fehler, 1 Warnungen"),
        ((BROKEN,), 1, "1 Fehler, 0 Warnungen"),
    ],
)
def test_only_a_mistake_fails_the_check(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: tuple[tuple[str, str], ...],
    code: int,
    words: str,
) -> None:
    assert main(["form", "check", str(written(tmp_path, *changes))]) == code

    said = capsys.readouterr().out.splitlines()
    assert said[-1] == words
    assert all(line.startswith(("Fehler · survey", "Warnung · survey")) for line in said[:-1])


def test_a_changed_name_fails_the_check_against_the_version_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = written(tmp_path, name="before.md")
    after = written(tmp_path, ("| double |", "| twice |"), ("| probe | 1 |", "| probe | 2 |"))

    assert main(["form", "check", str(after), "--previous", str(before)]) == 1
    assert "double → neuer Name oder leer" in capsys.readouterr().out


def test_a_workbook_with_a_mistake_is_not_compiled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, BROKEN)

    assert main(["form", "compile", str(file), str(tmp_path / "out")]) == 2
    assert "survey, Zeile 7, Spalte L (score_weight)" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_preview_of_nothing_is_refused_before_a_window_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["form", "preview", str(tmp_path / "missing.xlsx")]) == 2
    assert "gibt es nicht" in capsys.readouterr().err


def test_a_preview_opens_on_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def note(file: Path, _arguments: list[str]) -> int:
        opened.append(file)
        return 0

    monkeypatch.setattr(bootstrap, "open_preview", note)

    assert main(["form", "preview", str(written(tmp_path))]) == 0
    assert opened == [tmp_path / "form.md"]


def test_both_ways_of_conversion_give_back_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path)

    assert main(["form", "to-xlsx", str(file), str(tmp_path / "a.xlsx")]) == 0
    assert main(["form", "to-md", str(tmp_path / "a.xlsx"), str(tmp_path / "b.md")]) == 0
    capsys.readouterr()

    through = read_workbook(tmp_path / "b.md").sheets
    assert [(s.name, s.cells) for s in through] == [
        (s.name, s.cells) for s in read_workbook(file).sheets
    ]


@pytest.mark.parametrize("ending", ["md", "xlsx"])
def test_the_largest_questionnaire_is_checked_in_seconds(tmp_path: Path, ending: str) -> None:
    """Seconds of this process, so that a busy machine does not count; about one is usual."""
    file = tmp_path / f"vollcheck.{ending}"
    write_workbook(read_workbook(VOLLCHECK), file)
    start = time.process_time()

    findings = check_workbook(file)

    assert time.process_time() - start < 4.0
    assert [str(finding) for finding in findings if finding.is_error] == []


def test_a_changed_list_beside_the_workbooks_builds_them_again(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "towns.csv").write_text("name,label\n", encoding="utf-8")
    build_forms(tmp_path, tmp_path / "compiled")
    assert build_forms(tmp_path, tmp_path / "compiled") == []

    (tmp_path / "towns.csv").write_text("name,label\na,Aue\n", encoding="utf-8")

    assert build_forms(tmp_path, tmp_path / "compiled") == ["form"]
