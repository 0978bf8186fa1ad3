"""Mistakes in plain forms stand at the cell Excel names, and each says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook as XlsxWorkbook

from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.findings import Finding
from desktop_advisor.questionnaire.authoring.mending import mended
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from tests.questionnaire.authoring.sample import written
from tests.questionnaire.authoring.test_checking import CASES

Rows = list[list[str]]
HEADER = ["type", "name", "label", "relevant", "appearance", "repeat_count", "parameters"]
NAME = ["text", "name", "Name?"]
CHOICES = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Ja"],
    ["yn", "no", "Nein"],
    ["ab", "a", "A"],
]
ASKED = [["select_one yn", "has", "Hat?"], ["select_one ab", "which", "Was?"]]


def spreadsheet(folder: Path, survey: Rows, choices: Rows | None = None) -> Path:
    """An .xlsx file as an editor makes it: cells from A1 on."""
    book = XlsxWorkbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    for row in survey:
        page.append([cell or None for cell in row])
    page = book.create_sheet("choices")
    for row in CHOICES if choices is None else choices:
        page.append([cell or None for cell in row])
    book.save(folder / "form.xlsx")
    return folder / "form.xlsx"


SHAPES: dict[str, tuple[Rows, str, str, str]] = {
    "a group that does not end": (
        [["begin_group", "g", "G"], NAME],
        "survey!A2",
        "end_group“",
        "ergänzen",
    ),
    "an end without a beginning": ([NAME, ["end_group"]], "survey!A3", "fehlt der Anfang", "lösch"),
    "ends in the wrong order": (
        [
            ["begin_group", "g", "G"],
            ["begin_repeat", "r", "R"],
            NAME,
            ["end_group"],
            ["end_repeat"],
        ],
        "survey!A5",
        "„begin_repeat“ aus Zeile 3",
        "„end_repeat“",
    ),
    "a repeat without questions": (
        [NAME, ["begin_repeat", "r", "R"], ["end_repeat"]],
        "survey!A3",
        "fehlen die Fragen",
        "eintragen",
    ),
    "a repeat that never has a row": (
        [["begin_repeat", "r", "R", "", "", "0"], NAME, ["end_repeat"]],
        "survey!F2",
        "nie eine Zeile",
        "${frage}",
    ),
    "a table of unlike lists": (
        [["begin_group", "g", "G", "", "table-list"], *ASKED, ["end_group"]],
        "survey!A4",
        "dieselbe Auswahlliste",
        "„select_one yn“",
    ),
    "a table with a text": (
        [["begin_group", "g", "G", "", "table-list"], ASKED[0], NAME, ["end_group"]],
        "survey!A4",
        "nur Auswahlfragen",
        "hinter die Gruppe",
    ),
    "a question without a text": (
        [NAME, ["text", "more"]],
        "survey!C3",
        "keinen Text",
        "Fragetext",
    ),
    "a question without a type": ([["", "more", "Mehr?"]], "survey!A2", "keinen Typ", "„text“"),
    "a question without a name": ([["text", "", "Mehr?"]], "survey!B2", "keinen Namen", "Namen"),
    "a selection without a list": (
        [["select_one", "has", "Hat?"]],
        "survey!A2",
        "keine Auswahlliste",
        "„select_one LISTE“",
    ),
    "a selection of nothing": (
        [["select_one ynn", "has", "Hat?"]],
        "survey!A2",
        "„ynn“",
        "„yn“",
    ),
    "a calculation of nothing": (
        [NAME, ["calculate", "sum"]],
        "survey!A3",
        "Berechnung ist leer",
        "Ausdruck",
    ),
    "a range up to a word": (
        [["range", "level", "Wie?", "", "", "", "start=0 end=five step=1"]],
        "survey!G2",
        "„end=five“",
        "„end=1“",
    ),
    "a misspelt parameter": (
        [["range", "level", "Wie?", "", "", "", "start=0 ende=5 step=1"]],
        "survey!G2",
        "„ende“",
        "„end=5“",
    ),
    "a name used twice": ([NAME, NAME], "survey!B3", "Zeile 2", "anderen Namen"),
    "a text under no header": (
        [[*NAME, "", "", "", "", "Bemerkung"]],
        "survey!H2",
        "keine Überschrift",
        "Überschrift",
    ),
    "a name in the label": (
        [["text", "x", "Wer ist ${nam}?"], NAME],
        "survey!C2",
        "„${nam}“",
        "„${name}“",
    ),
    "an expression of Excel": (
        [NAME, ["text", "x", "X", "${name} == „Uwe“ und ${name} <> ''"]],
        "survey!D3",
        "fehlerhaft",
        "„${name} = 'Uwe' and ${name} != ''“",
    ),
    "a German function": (
        [NAME, ["text", "x", "X", "nicht(${name})"]],
        "survey!D3",
        "nicht",
        "„not()“",
    ),
    "too few arguments": (
        [NAME, ["text", "x", "X", "if(${name})"]],
        "survey!D3",
        "3 Angaben",
        "„if(…, …, …)“",
    ),
}
"""Rows under the header, the cell, words of the message, words of the suggestion."""


@pytest.mark.parametrize("case", SHAPES)
def test_a_mistake_stands_at_its_cell_in_excel(case: str, tmp_path: Path) -> None:
    rows, address, message, suggestion = SHAPES[case]

    findings = check_workbook(spreadsheet(tmp_path, [HEADER, *rows]))

    here = [f for f in findings if f.address == address and message in f.message]
    assert here, "\n".join(map(str, findings))
    assert suggestion in here[0].suggestion
    assert f"Zelle {address}: " in str(here[0])


CHOICE_MISTAKES: dict[str, tuple[Rows, str, str]] = {
    "an answer of no list": ([*CHOICES, ["", "c", "C"]], "choices!A5", "keiner Liste"),
    "an answer without a name": ([*CHOICES, ["ab", "", "C"]], "choices!B5", "ohne Namen"),
    "an answer twice": ([*CHOICES, ["ab", "a", "C"]], "choices!B5", "schon in Zeile 4"),
    "an answer without a text": ([*CHOICES, ["ab", "c"]], "choices!C5", "fehlt"),
    "a list nobody asks": ([*CHOICES, ["cd", "c", "C"]], "choices!A5", "von keiner Frage"),
    "no header at all": ([[], *CHOICES], "choices!A1", "Zeile 1 ist leer"),
    "no names": ([["list_name", "label"], ["yn", "Ja"]], "choices!A1", "„name“ fehlt"),
}


@pytest.mark.parametrize("case", CHOICE_MISTAKES)
def test_a_mistake_among_the_answers_stands_at_its_cell(case: str, tmp_path: Path) -> None:
    choices, address, message = CHOICE_MISTAKES[case]

    findings = check_workbook(spreadsheet(tmp_path, [HEADER, *ASKED], choices))

    here = [f for f in findings if f.address == address and message in f.message]
    assert here, "\n".join(map(str, findings))
    assert here[0].suggestion


def test_blank_rows_and_columns_do_not_move_a_place(tmp_path: Path) -> None:
    book = XlsxWorkbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    for column, header, text in (
        *(("A", "type", "text"), ("C", "name", "a"), ("AB", "label", "A?")),
        ("AD", "relevant", "${b} = 1"),
    ):
        page[f"{column}1"], page[f"{column}14"] = header, text
    book.save(tmp_path / "form.xlsx")

    (finding,) = check_workbook(tmp_path / "form.xlsx")

    assert finding.address == "survey!AD14"


@pytest.mark.parametrize("case", [case[0] for case in CASES])
def test_every_finding_says_what_to_do(case: str, tmp_path: Path) -> None:
    change = next(change for name, change, *_ in CASES if name == case)

    findings = check_workbook(written(tmp_path, change), offers={"rkw", "amz"})

    assert [str(f) for f in findings if not f.suggestion] == []


def test_a_complaint_of_the_translation_stands_at_the_question_it_names(tmp_path: Path) -> None:
    """An appearance hides the missing text from our own check."""
    rows = [NAME, ["text", "silent", "", "", "multiline"]]

    (finding,) = _errors(check_workbook(spreadsheet(tmp_path, [HEADER, *rows])))

    assert (finding.sheet, finding.row) == ("survey", 3)
    assert finding.column


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("${a} == 1", "${a} = 1"),
        ("${a} && ${b}", "${a} and ${b}"),
        ("${a} oder ${b}", "${a} or ${b}"),
        ("if(${a} = 1; 2; 3)", "if(${a} = 1, 2, 3)"),
        ("${a} > 2,5", "${a} > 2.5"),
        ("(${a} = 1", "(${a} = 1)"),
        ("${a} = 1)", "${a} = 1"),
        ("${a} = 'x", "${a} = 'x'"),
        ("${a > 1", "${a} > 1"),
        ("{a} = 1", "${a} = 1"),
        ("${a} = ‘x; y’ und ${b} <> 1", "${a} = 'x; y' and ${b} != 1"),
        ("${a} ??? 1", ""),
    ],
)
def test_habits_of_excel_and_german_are_mended(text: str, meant: str) -> None:
    assert mended(text) == meant


def test_the_address_is_the_same_in_both_notations(tmp_path: Path) -> None:
    table = written(tmp_path, ("| 2 | weil |", "| zwei | weil |"))
    write_workbook(read_workbook(table), tmp_path / "form.xlsx")

    (in_table,) = check_workbook(table)
    (in_excel,) = check_workbook(tmp_path / "form.xlsx")

    assert in_table.address == in_excel.address == "survey!L7"
