"""Choices from a file beside the workbook reach the program inside the form."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.xform import read_xform

FORM = """
| survey |
| | type | name | label | choice_filter | parameters | calculation |
| | text | state | State? | | | |
| | select_one_from_file {0} | town | Town? | {1} | {2} | |
| | calculate | size | | | | {3} |
"""
CSV = "name,label,state,my column\nz,Zwickau,sn,1\ng,Gera & Umland,th,2\n"
GEOJSON = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "z", "geometry": '
    '{"type": "Point", "coordinates": [12.5, 50.7]}, "properties": {"title": "Zwickau"}}]}'
)
XML = "<root><item><name>z</name><label>Zwickau</label></item></root>"


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def form(folder: Path, name: str, filtered: str = "", parameters: str = "") -> Path:
    path = folder / "form.md"
    path.write_text(FORM.format(name, filtered, parameters, "1"), encoding="utf-8")
    return path


def offered(path: Path) -> list[tuple[str, str]]:
    session = FormSession(read_xform(compile_workbook(path).xform), now=clock)
    session.set_value("/data/state", "th")
    return [(choice.value, choice.label) for choice in session.choices("/data/town")]


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        ("towns.csv", CSV, ("z", "Zwickau")),
        ("towns.csv", CSV.replace(",", ";"), ("z", "Zwickau")),
        ("towns.xml", XML, ("z", "Zwickau")),
        ("towns.geojson", GEOJSON, ("z", "Zwickau")),
    ],
)
def test_the_compiled_form_offers_what_the_file_holds(
    tmp_path: Path, name: str, content: str, first: tuple[str, str]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    assert offered(form(tmp_path, name))[0] == first


def test_a_filter_reads_the_columns_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text(CSV, encoding="utf-8")
    path = form(tmp_path, "towns.csv", "state = ${state}")

    assert check_workbook(path) == []
    assert offered(path) == [("g", "Gera & Umland")]


def test_another_tool_still_finds_the_file(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text(CSV, encoding="utf-8")

    assert b'src="jr://file-csv/towns.csv"' in compile_workbook(form(tmp_path, "towns.csv")).xform


@pytest.mark.parametrize(
    ("content", "parameters", "message", "suggestion"),
    [
        (None, "", "liegt nicht neben der Arbeitsmappe", "„choices“"),
        ("id,label\n1,A\n", "", "keine Spalte „name“", "vorhanden: id, label"),
        ("id,label\n1,A\n", "value=id label=title", "keine Spalte „title“", "id, label"),
        ("name,label\n" + "a,b\n" * 1_000_001, "", "größer als 4 MB", "kürzen"),
    ],
)
def test_what_is_wrong_with_the_file_stands_at_the_question(
    tmp_path: Path, content: str | None, parameters: str, message: str, suggestion: str
) -> None:
    if content is not None:
        (tmp_path / "towns.csv").write_text(content, encoding="utf-8")

    (finding,) = check_workbook(form(tmp_path, "towns.csv", parameters=parameters))

    assert finding.address == "survey!A3"
    assert message in finding.message
    assert suggestion in finding.suggestion


def test_a_file_that_is_no_list_stays_outside(tmp_path: Path) -> None:
    (tmp_path / "towns.xml").write_text("<root><item>", encoding="utf-8")

    assert offered(form(tmp_path, "towns.xml")) == []
