"""Whatever file an editor has: it runs, or the row is named that keeps it from running."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.authoring.opening import open_form
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.trace import run_steps

BROKEN = {
    "unknown type": ("| | magic | b | B | |", "„magic“"),
    "syntax": ("| | text | b | B | ${a} = = 1 |", "fehlerhaft"),
    "variable": ("| | text | b | B | $x = 1 |", "Variable"),
    "name": ("| | text | b c | B | |", "unerlaubte Zeichen"),
    "twice": ("| | text | a | B | |", "mehrfach"),
    "unknown question": ("| | text | b | B | ${nobody} = 1 |", "„nobody“"),
    "no list": ("| | select_one none | b | B | |", "choices"),
}
FORM = "| survey |\n| | type | name | label | relevant |\n| | text | a | A | |\n"
FROM_FILE = "| survey |\n| | type | name | label |\n| | select_one_from_file {} | town | Town |\n"


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def written(folder: Path, text: str) -> Path:
    path = folder / "form.md"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", BROKEN)
def test_what_keeps_a_workbook_from_running_is_named_with_its_row(
    case: str, tmp_path: Path
) -> None:
    row, words = BROKEN[case]
    with pytest.raises(BrokenWorkbook, match=words) as refused:
        open_form(written(tmp_path, FORM + row))
    assert (refused.value.sheet, refused.value.row) == ("survey", 3)


def test_an_unknown_function_reads_as_empty_and_is_told(tmp_path: Path) -> None:
    form = open_form(written(tmp_path, f"{FORM}| | text | b | B | magic(${{a}}) |"))
    assert "magic" in form.notices[0]
    assert not run_steps(form, [], clock)[0]["/data/b"]["rel"]


def test_an_xform_opens_as_its_workbook_does(tmp_path: Path) -> None:
    file = written(tmp_path, FORM)
    compiled = tmp_path / "form.xml"
    compiled.write_bytes(compile_workbook(file).xform)
    assert list(open_form(compiled).binds) == list(open_form(file).binds)


def test_a_list_beside_the_form_is_offered(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("name;label\naue;Aue\ngera;Gera\n", encoding="utf-8")
    form = open_form(written(tmp_path, FROM_FILE.format("towns.csv")))
    states = run_steps(form, [{"ref": "/data/town", "value": "gera"}], clock)
    assert states[1]["/data/town"]["opts"] == ["aue", "gera"]
    assert states[1]["/data/town"]["v"] == "gera"


def test_a_list_outside_the_folder_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text("name,label\naue,Aue\n", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    form = open_form(written(inner, FROM_FILE.format("../towns.csv")))
    assert run_steps(form, [], clock)[0]["/data/town"]["opts"] == []
