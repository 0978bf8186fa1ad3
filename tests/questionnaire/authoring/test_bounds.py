"""Files that no questionnaire needs to be are refused before they are unpacked."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as XlsxWorkbook

from desktop_advisor.questionnaire.authoring import bounds
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook

_CONTENT_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def _archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": _CONTENT_TYPES, **parts}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    start = time.process_time()
    with pytest.raises(BrokenWorkbook) as refused:
        read_workbook(path)
    assert time.process_time() - start < 1.0
    assert refused.value.todo
    return refused.value.what


def test_a_dense_part_is_refused(tmp_path: Path) -> None:
    bomb = _archive({"xl/worksheets/sheet1.xml": b" " * (20 * 1024 * 1024)})

    assert "dicht gepackt" in _refusal(tmp_path / "form.xlsx", bomb)


def test_a_huge_unpacked_size_is_refused(tmp_path: Path) -> None:
    bomb = _archive({f"xl/{n}.xml": b"\0" * (9 * 1024 * 1024) for n in range(4)})

    assert "entpackt" in _refusal(tmp_path / "form.xlsx", bomb)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    bomb = _archive({f"xl/{n}.xml": b"" for n in range(bounds.ZIP_ENTRIES + 1)})

    assert "Teilen" in _refusal(tmp_path / "form.xlsx", bomb)


def test_very_many_elements_are_refused_before_parsing(tmp_path: Path) -> None:
    strings = "".join(f"<si><t>{n}</t></si>" for n in range(200_000)).encode()

    assert "Einträge" in _refusal(
        tmp_path / "form.xlsx", _archive({"xl/sharedStrings.xml": strings})
    )


def test_own_entities_are_refused(tmp_path: Path) -> None:
    part = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'

    assert "XML" in _refusal(tmp_path / "form.xlsx", _archive({"xl/workbook.xml": part}))


_READS_A_FILE = (
    '<?xml version="1.0" encoding="{0}"?>'
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
)


@pytest.mark.parametrize(
    ("part", "encoding", "codec"),
    [
        ("xl/sharedStrings.xml", "UTF-8", "utf-8"),
        ("xl/worksheets/sheet1.XML", "UTF-8", "utf-8"),
        ("xl/_rels/workbook.xml.rels", "UTF-8", "utf-8"),
        ("xl/media/sheet.png", "UTF-8", "utf-8"),
        ("xl/media/sheet.png", "UTF-16", "utf-16"),
        ("xl/workbook.xml", "UTF-16", "utf-16-le"),
        ("xl/workbook.xml", "UTF-7", "utf-7"),
    ],
)
def test_an_entity_is_refused_wherever_and_however_it_is_written(
    tmp_path: Path, part: str, encoding: str, codec: str
) -> None:
    bomb = _archive({part: _READS_A_FILE.format(encoding).encode(codec)})

    assert "XML" in _refusal(tmp_path / "form.xlsx", bomb)


def test_a_link_to_another_workbook_is_left_alone(tmp_path: Path) -> None:
    """The value Excel stored counts; nothing outside of the file is opened."""
    path = tmp_path / "form.xlsx"
    book = XlsxWorkbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    page.append(["type", "name"])
    book.save(path)
    link = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"</externalLink>"
    )
    outside = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" TargetMode="External" Target="http://192.0.2.1/other.xlsx" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'externalLinkPath"/></Relationships>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", link)
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", outside)

    assert read_workbook(path).sheet("survey").cells == (("type", "name"),)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    with path.open("wb") as file:
        file.truncate(bounds.FILE_BYTES + 1)

    with pytest.raises(BrokenWorkbook, match="größer als 8 MB"):
        read_workbook(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 an OLE file"])
def test_what_is_no_xlsx_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    assert "keine lesbare .xlsx" in _refusal(tmp_path / "form.xlsx", content)


def test_a_cell_far_below_is_refused(tmp_path: Path) -> None:
    book = XlsxWorkbook()
    page = book.active
    assert page is not None
    page.cell(row=1_000_000, column=1, value="x")
    book.save(tmp_path / "form.xlsx")

    assert "Zeilen" in _refusal(tmp_path / "form.xlsx", (tmp_path / "form.xlsx").read_bytes())


def test_a_cell_far_to_the_right_is_refused(tmp_path: Path) -> None:
    book = XlsxWorkbook()
    page = book.active
    assert page is not None
    page.cell(row=1, column=16_384, value="x")
    book.save(tmp_path / "form.xlsx")

    assert "Spalten" in _refusal(tmp_path / "form.xlsx", (tmp_path / "form.xlsx").read_bytes())


def test_a_markdown_file_of_pipes_is_refused(tmp_path: Path) -> None:
    text = "| survey |\n" + ("|" + " |" * 400 + "\n") * 300

    assert "Zellen" in _refusal(tmp_path / "form.md", text.encode())


def test_excels_own_types_are_read_as_pyxform_reads_them(tmp_path: Path) -> None:
    book = XlsxWorkbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    page.append([3.0, 2.5, True, "text", 7])
    page["E1"].number_format = "000"
    book.save(tmp_path / "form.xlsx")

    cells = read_workbook(tmp_path / "form.xlsx").sheet("survey").cells

    assert cells == (("3", "2.5", "TRUE", "text", "007"),)
