"""The two notations of a workbook hold the same sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_advisor.questionnaire.authoring import markdown, spreadsheet
from desktop_advisor.questionnaire.authoring.sheets import (
    BrokenWorkbook,
    Workbook,
    column_letter,
    make_sheet,
)
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook

_TRICKY = [
    *("<br>", "<\\br>", "<_>", "<\\_>", "|", "\\", "\\|", "---", "=1+1", "#N/A", "007", "1.0"),
    *("_x000D_", "äß", " ", "  x", "x ", "\t", "\u00a0", "\u2028", "\n", "🙂", "e\u0301"),
]
cells = st.lists(
    st.one_of(
        st.sampled_from(_TRICKY),
        st.text(
            st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
            | st.just("\n"),
            max_size=12,
        ),
    ),
    max_size=3,
).map("".join)
rows = st.lists(st.lists(cells, max_size=4), max_size=5)
titles = st.lists(
    st.from_regex(r"[a-zA-Z][a-zA-Z_ 0-9]{0,20}[a-z]", fullmatch=True),
    min_size=1,
    max_size=3,
    unique_by=str.lower,
)


@st.composite
def workbooks(draw: st.DrawFn) -> Workbook:
    """Sheets with a header that is not blank, as every real sheet has."""
    sheets = []
    for title in draw(titles):
        header = ["type", *draw(st.lists(cells, max_size=3))]
        sheets.append(make_sheet(title, [header, *draw(rows)]))
    return Workbook(tuple(sheets))


def _without_lines(book: Workbook) -> Workbook:
    return Workbook(tuple(make_sheet(sheet.name, sheet.cells) for sheet in book.sheets))


@given(workbooks())
@settings(max_examples=150, deadline=None)
def test_markdown_gives_back_every_cell(book: Workbook) -> None:
    text = markdown.render(book)

    assert _without_lines(markdown.parse(text.encode(), "form.md")) == book


@given(workbooks())
@settings(max_examples=40, deadline=None)
def test_xlsx_gives_back_every_cell(book: Workbook) -> None:
    assert spreadsheet.parse(spreadsheet.render(book), "form.xlsx") == book


@given(workbooks())
@settings(max_examples=30, deadline=None)
def test_the_way_to_xlsx_and_back_leaves_the_markdown_unchanged(book: Workbook) -> None:
    text = markdown.render(book)

    through_xlsx = spreadsheet.parse(
        spreadsheet.render(markdown.parse(text.encode(), "form.md")), "form.xlsx"
    )

    assert markdown.render(through_xlsx) == text


LOSSLESS = [
    ["text", "a", "zwei\nZeilen\n"],
    ["", "", ""],
    ["text", "007", "", "hinter einer leeren Spalte"],
    ["a|b", "\\", "\\|", "<br>"],
    ["  vorn", "hinten  ", "  ", "\u00a0"],
    ["Größe 🙂", "=1+1", "'=1", "1e5"],
]


def test_nothing_is_lost_on_the_way_through_both_files(tmp_path: Path) -> None:
    """Line breaks, empty columns and rows, zeros, pipes, backslashes, blanks at the edges."""
    book = Workbook((make_sheet("survey", [["type", "name", "", "label"], *LOSSLESS]),))

    write_workbook(book, tmp_path / "1.xlsx")
    write_workbook(read_workbook(tmp_path / "1.xlsx"), tmp_path / "2.md")
    write_workbook(read_workbook(tmp_path / "2.md"), tmp_path / "3.xlsx")

    assert read_workbook(tmp_path / "3.xlsx") == book
    assert _without_lines(read_workbook(tmp_path / "2.md")) == book


def test_blanks_at_the_edges_are_kept_but_not_read() -> None:
    sheet = make_sheet("survey", [[" type ", "name"], ["text ", "  "]])

    assert sheet.headers == ("type", "name")
    assert list(sheet.rows()) == [(2, {"type": "text"})]
    assert sheet.cells[1] == ("text ", "  ")


def test_files_are_read_by_their_ending(tmp_path: Path) -> None:
    book = Workbook((make_sheet("survey", [["type", "name"], ["text", "a\nb"]]),))
    for name in ("form.md", "form.xlsx"):
        write_workbook(book, tmp_path / name)

        assert _without_lines(read_workbook(tmp_path / name)) == book


def test_prose_comments_and_separators_are_no_rows() -> None:
    text = (
        "# Title\n\nSome prose.\n"
        "| survey |      |   |\n| ------ | :--- | --- |\n|  | type | name |\n"
        "|  | text | a |  # a remark\n|  |  |  |\n|  | text | b |\n"
    )

    sheet = markdown.parse(text.encode(), "form.md").sheet("survey")

    assert sheet.cells == (("type", "name"), ("text", "a"), (), ("text", "b"))
    assert [sheet.line(row) for row in (1, 2, 4)] == [6, 7, 9]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("| survey |\n|  | type | name\n", "Zeile 2"),
        ("| survey |\n| | a |\n| Survey |\n| | b |\n", "zweites Mal"),
        ("no table at all", "keine Tabelle"),
    ],
)
def test_broken_markdown_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(BrokenWorkbook, match=words):
        markdown.parse(text.encode(), "form.md")


def test_a_control_character_is_refused_with_sheet_and_row() -> None:
    with pytest.raises(BrokenWorkbook, match="Blatt „survey“, Zeile 2"):
        make_sheet("survey", [["type"], ["te\x07xt"]])


@pytest.mark.parametrize("title", ["a/b", "x" * 32, "it's: here", ""])
def test_a_sheet_name_excel_forbids_is_refused(title: str) -> None:
    with pytest.raises(BrokenWorkbook, match="Excel erlaubt"):
        spreadsheet.render(Workbook((make_sheet(title, [["type"]]),)))


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_named_as_excel_names_them(index: int, letter: str) -> None:
    assert column_letter(index) == letter


@pytest.mark.parametrize("name", ["form.xls", "form.csv"])
def test_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenWorkbook, match="weder"):
        read_workbook(tmp_path / name)
