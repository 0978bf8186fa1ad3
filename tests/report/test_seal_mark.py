"""The seal's mark: who, when, what; drawn so that an archive accepts it."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest

from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.report.seal_mark import draw_seal_mark, seal_lines
from desktop_advisor.signing.pdfium import opened
from tests.report.reading import pages_of
from tests.report.sample import FONTS, sample_report
from tests.signing.authorities import NOW
from tests.signing.sealed import SEAL_BOX, completed, make_sealed, sample_pdf

MODEL = sample_report()
LINES = seal_lines(MODEL, "Łucja Müller-Đorđević", NOW)
WIDTH, HEIGHT = SEAL_BOX[2] - SEAL_BOX[0], SEAL_BOX[3] - SEAL_BOX[1]


def _mark(width: float, height: float, lines: tuple[str, ...] = LINES) -> bytes:
    return draw_seal_mark(lines, FONTS, "#0e5a6b", width, height)


SEALED = make_sealed("B-T", mark=_mark)


def _said(tool: str, *options: str, pdf: bytes, folder: Path) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    (folder / "sealed.pdf").write_bytes(pdf)
    command = [tool, *options, str(folder / "sealed.pdf"), "-"]
    if tool == "pdffonts":
        command.pop()
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_mark_names_holder_moment_content_and_worth() -> None:
    who, when, what, worth = LINES
    assert who == "Gesiegelt von Łucja Müller-Đorđević"
    assert when.startswith("24.11.2026, 12:42 Uhr")
    assert what == f"Prüfsumme {short_hash(content_hash(MODEL))}"
    assert worth == "PAdES-B-B · Änderungen erkennbar"


def test_an_english_report_bears_an_english_mark() -> None:
    lines = seal_lines(msgspec.structs.replace(MODEL, language="en"), "M. Sonntag", NOW)
    assert lines[0] == "Sealed by M. Sonntag"
    assert not any("Uhr" in line or "Prüf" in line for line in lines)


def test_a_reader_finds_the_mark_s_words_on_the_page(tmp_path: Path) -> None:
    text = _said("pdftotext", "-layout", pdf=SEALED, folder=tmp_path)
    for line in LINES:
        assert line in text


def test_a_name_stands_in_the_mark_as_it_is_written() -> None:
    page = _mark(WIDTH, HEIGHT, ("Gesiegelt von Vogel & Söhne <Zwickau>", *LINES[1:]))
    assert "Vogel & Söhne <Zwickau>" in pages_of(page)[0]


def test_fonts_of_the_mark_are_embedded_with_their_unicode_maps(tmp_path: Path) -> None:
    rows = _said("pdffonts", pdf=completed(SEALED), folder=tmp_path).splitlines()[2:]
    assert len(rows) == 2
    assert all("SourceSans3" in row and "yes yes yes" in row for row in rows)


def test_the_mark_is_one_opaque_normal_appearance_with_all_it_needs() -> None:
    with pikepdf.open(BytesIO(SEALED)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert list(field.AP.keys()) == ["/N"]
        form = field.AP.N
        assert [float(n) for n in form.BBox] == [0, 0, WIDTH, HEIGHT]
        assert set(form.Resources.keys()) <= {"/Font", "/ProcSet"}
        assert len(form.Resources.Font) == 2
        used = {str(o) for i in pikepdf.parse_content_stream(form) for o in i.operands
                if isinstance(o, pikepdf.Name)}  # fmt: skip
        assert used == set(form.Resources.Font.keys())


def test_the_mark_is_drawn_for_a_visible_field_only() -> None:
    def never(_width: float, _height: float) -> bytes:
        raise AssertionError

    assert make_sealed(pdf=sample_pdf(prepared=False), mark=never)


def test_without_a_mark_the_prepared_appearance_stays() -> None:
    with pikepdf.open(BytesIO(sample_pdf())) as before, pikepdf.open(BytesIO(make_sealed())) as now:
        both = [p.Root.AcroForm.Fields[0].AP.N.read_bytes() for p in (before, now)]
        assert both[0] == both[1]


@pytest.mark.parametrize("name", ["M" * 200, "Ein Name " * 40, ""])
def test_no_line_runs_out_of_the_field(name: str) -> None:
    lines = (f"Gesiegelt von {name}", *LINES[1:])
    page = _mark(WIDTH, HEIGHT, lines)
    with opened(page) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(i) for i in range(text.count_chars())]
    assert max(right for _left, _bottom, right, _top in boxes) <= WIDTH
    assert min(bottom for _left, bottom, _right, _top in boxes) >= 0
    assert max(top for _left, _bottom, _right, top in boxes) <= HEIGHT


def test_equal_words_give_equal_bytes() -> None:
    assert _mark(WIDTH, HEIGHT) == _mark(WIDTH, HEIGHT)
