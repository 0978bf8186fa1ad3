"""Tables of the annex: nothing leaves the page, overlaps or gets lost, however wide they are."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from desktop_advisor.report.answers_model import AnswerColumn, AnswerTable
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.preview import page_count, render_pages
from desktop_advisor.report.theme import LEFT, PAGE_WIDTH, RIGHT
from tests.report.reading import words_of
from tests.report.sample import FONTS, empty_report
from tests.report.sample_results import BR, GF

_WORDY = {"Tätigkeit", "KldB-Nummer", *(f"Können {n}" for n in range(1, 5))}
_LABELS = (
    *("Tätigkeit", "KldB-Nummer", "Köpfe", "unter 30", "30 bis 44", "45 bis 54", "55 bis 59"),
    *("60 und älter", "Bedarf in 3 J.", "Bedarf in 5 J.", "Abgänge in 5 J.", "Ersetzbar %"),
    *(f"{word} {n}" for n in range(1, 5) for word in ("Können", "Ist", "Soll")),
)
_LONG = 80


@dataclass(frozen=True)
class Word:
    """One word on a page; points from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    said: str


def _name(row: int) -> str:
    return f"N{row:02d}{'abcdefghij' * 8}"[:_LONG]


def _text(row: int, column: int, label: str) -> str:
    if column == 0:
        return _name(row)
    if label in _WORDY:
        return "x" * _LONG if row == 7 else "Roboter einrichten und programmieren"
    return str(10000 + row * 100 + column)


def wide_table() -> AnswerTable:
    """Sixty rows of the job table with every column filled."""
    return AnswerTable(
        title="Welche Tätigkeiten gibt es im Betrieb?",
        perspective=GF,
        columns=tuple(AnswerColumn(label=w, is_number=w not in _WORDY) for w in _LABELS),
        rows=tuple(tuple(_text(r, c, w) for c, w in enumerate(_LABELS)) for r in range(60)),
        notes=("2 Tätigkeiten mit weniger als drei Personen: Angaben nicht gezeigt",),
    )


def _drawn(*tables: AnswerTable) -> bytes:
    return draw_report(msgspec.structs.replace(empty_report(), answer_tables=tables), FONTS)


def _printed(pdf: bytes, folder: Path) -> list[Word]:
    """Every word as poppler places it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    )
    return list(_words(run.stdout))


def _words(boxes: str) -> Iterator[Word]:
    page = 0
    pattern = r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>|(<page )'
    for *box, said, is_page in re.findall(pattern, boxes):
        if is_page:
            page += 1
        else:
            left, top, right, bottom = map(float, box)
            yield Word(page, left, top, right, bottom, said)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> list[Word]:
    return _printed(_drawn(wide_table()), tmp_path_factory.mktemp("wide"))


def test_nothing_stands_outside_of_the_margins(wide: list[Word]) -> None:
    edge = PAGE_WIDTH - RIGHT
    assert [w for w in wide if w.left < LEFT - 0.5 or w.right > edge + 0.5] == []


def test_no_word_runs_into_the_next_column(wide: list[Word]) -> None:
    lines = sorted(wide, key=lambda w: (w.page, round(w.top), w.left))
    clashes = [
        (a.said, b.said)
        for a, b in pairwise(lines)
        if (a.page, round(a.top)) == (b.page, round(b.top)) and a.right > b.left
    ]
    assert clashes == []


def test_every_cell_is_there_once_and_every_name_in_each_part(wide: list[Word]) -> None:
    said = [w.said for w in wide]
    table = wide_table()
    numbers = [
        t for row in table.rows for t, c in zip(row, table.columns, strict=True) if c.is_number
    ]
    assert [n for n in numbers if said.count(n) != 1] == []
    first = sorted(
        (w for w in wide if w.left < LEFT + 1 and len(w.said) > 5), key=lambda w: (w.page, w.top)
    )
    column = "".join(w.said for w in first)
    parts = int(re.findall(r"Teil 1 von (\d)", " ".join(said))[0])
    assert parts == 4
    assert all(column.count(_name(row)[:30]) == parts for row in range(60))
    assert " ".join(said).count("einrichten") == 59 * (len(_WORDY) - 1)


def test_the_heads_are_on_every_page_of_the_table(wide: list[Word]) -> None:
    pages = {w.page for w in wide if w.said.startswith("N0") or w.said.startswith("N5")}
    assert pages <= {w.page for w in wide if w.said == "Tätigkeit"}
    assert len(pages) > 4


def test_numbers_stand_to_the_right_below_their_head(wide: list[Word]) -> None:
    head = next(w for w in wide if w.said == "Köpfe")
    below = [w for w in wide if w.page == head.page and w.said in {"10002", "10102", "10202"}]
    assert len(below) == 3
    assert all(abs(w.right - head.right) < 1 for w in below)


def test_numbers_stay_with_the_words_before_them(wide: list[Word]) -> None:
    starts = {n: next(w for w in wide if w.said == "Soll" and _follows(wide, w, n)) for n in "1234"}
    for n, word in starts.items():
        head = [w for w in wide if w.page == word.page and abs(w.bottom - word.bottom) < 2]
        assert [w.said for w in head].count("Können"), n


def _follows(words: list[Word], word: Word, said: str) -> bool:
    after = words[words.index(word) + 1]
    return after.said == said


def test_the_margins_hold_no_ink_beside_the_table() -> None:
    pdf = _drawn(wide_table())
    for image in render_pages(pdf, 595, pages=range(page_count(pdf) - 6, page_count(pdf) - 1)):
        beyond = int(PAGE_WIDTH - RIGHT) + 3
        rows = range(90, image.height - 90)
        cut = [image.rgba[y * image.stride + beyond * 4 : (y + 1) * image.stride] for y in rows]
        assert all(set(line) == {255} for line in cut)


def test_empty_cells_sums_notes_and_the_perspective_are_printed() -> None:
    table = AnswerTable(
        title="Produkte <b>",
        perspective=BR,
        columns=(AnswerColumn(label="Gruppe"), AnswerColumn(label="Umsatz %", is_number=True)),
        rows=(("Kurbelwelle", "62,5"), ("Pumpe", "")),
        total=("Summe", "62,5"),
        notes=("Pumpe: neu",),
    )
    words = words_of(msgspec.structs.replace(empty_report(), answer_tables=(table,)))
    expected = (
        "Produkte <b> – Betriebsrat Gruppe Umsatz % Kurbelwelle 62,5 Pumpe – Summe 62,5 Pumpe: neu"
    )
    assert expected in words
    assert "Es liegen keine Antworten vor." not in words


@pytest.mark.parametrize("said", ["w" * 400, "Wort " * 1000, "Zeile\n" * 150, "🙂 <i>", "\x00"])
@pytest.mark.parametrize("columns", [1, 2, 9])
def test_cells_of_any_length_are_drawn(said: str, columns: int) -> None:
    table = AnswerTable(
        title=said,
        perspective=GF,
        columns=tuple(AnswerColumn(label=said, is_number=i % 2 == 1) for i in range(columns)),
        rows=((said,) * columns,),
        total=(said,) * columns,
        notes=(said,),
    )
    assert page_count(_drawn(table)) >= 4
