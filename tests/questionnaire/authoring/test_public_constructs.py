"""What the XLSForm documentation shows runs here, or its row says that it does not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.questionnaire.authoring.checking import checked
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.xform import read_xform

SECTIONS = (Path(__file__).parent / "constructs.md").read_text(encoding="utf-8").split("\n## ")[1:]
SAID = re.compile(r"^(!{1,2}) (\S+) (.+)$", re.MULTILINE)


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def spreadsheet(section: str, folder: Path) -> Path:
    table = folder / "table.md"
    table.write_text(section.partition("\n")[2].partition("\n!")[0], encoding="utf-8")
    write_workbook(read_workbook(table), folder / "form.xlsx")
    return folder / "form.xlsx"


@pytest.mark.parametrize("section", SECTIONS, ids=[s.partition("\n")[0] for s in SECTIONS])
def test_a_documented_construct_runs_or_its_cell_says_why_not(section: str, tmp_path: Path) -> None:
    expected = SAID.findall(section)

    result = checked(spreadsheet(section, tmp_path))

    listed = "\n".join(map(str, result.findings))
    assert [f.address for f in result.findings] == [cell for _, cell, _ in expected], listed
    for (mark, _, words), finding in zip(expected, result.findings, strict=True):
        assert words in finding.message, listed
        assert finding.is_error == (mark == "!!")
        assert finding.suggestion
    assert (result.compiled is None) == any(mark == "!!" for mark, _, _ in expected)
    if result.compiled is not None:
        form = read_xform(result.compiled.xform)
        assert FormSession(form, now=clock).refs()
