"""The longest and the strangest texts: nothing clips, nothing overlaps, margins stay blank.

Words and their boxes are read by poppler, pixels by PDFium; neither knows how the pages were made.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.report import model as m
from desktop_advisor.report.answers_model import AnswerColumn, AnswerTable
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.plan_model import Measure
from desktop_advisor.report.preview import PageImage, render_pages
from desktop_advisor.report.theme import BOTTOM, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT
from tests.report.sample import FONTS, empty_report, sample_report

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
NAME = ("Donaudampfschifffahrtsgesellschaftskapitaenswitwenrentenauszahlungsstelle" * 3)[:200]
STRANGE = "שלום עולם مرحبا 漢字 🙂👩🏽‍🔧 Z̸̢̛͉a̷̛l̶͝g̵̈o ẞ ﷽ \u202everkehrt\u202c a\u0308\u0323 \u200b\ufeff "
_BOX = re.compile(
    r'<page |<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">'
    r"(.*?)</word>"
)
_FOOT = 24.0
"""Points from the lower edge: below stands nothing but paper."""


@dataclass(frozen=True)
class Word:
    """As poppler sees it; points from the top left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


_HEADING = 15.0
"""Points a word of a heading is high; text and tables are set smaller."""
_NOTHING = Word(0, "", 0, 0, 0, 0)


def _numbered(count: int, prefix: str) -> str:
    return " ".join(f"{prefix}{number:05d}" for number in range(count))


def _measures() -> tuple[Measure, ...]:
    """Sixty, each waiting for the one before, some with names that have no blank."""
    first = date(2027, 1, 4)
    return tuple(
        Measure(
            title=NAME if number % 7 == 0 else f"Maßnahme {number} mit einem Titel in Worten",
            steps=(f"Schritt {number}", NAME if number % 11 == 0 else "Zweiter Schritt"),
            owner=NAME if number % 5 == 0 else "Einkauf",
            starts_on=first + timedelta(days=7 * number),
            due_on=first + timedelta(days=7 * number + 30),
            effort=NAME if number % 13 == 0 else "3 Tage",
            metric=STRANGE if number % 9 == 0 else "Anteil",
            benefit=STRANGE,
            offers=(NAME, "Kurs"),
            waits_for=number or None,
            remark=NAME if number % 17 == 0 else "",
            state=("agreed", "running", "done")[number % 3],
        )
        for number in range(60)
    )


def _dimensions() -> tuple[m.Dimension, ...]:
    """Two hundred answers over the eleven dimensions, with notes of 20,000 characters."""
    long_note, unbroken = _numbered(2900, "w"), "x" * 20_000
    made = []
    for dimension in sample_report().dimensions:
        indicators = []
        for number in range(10):
            source = dimension.indicators[number % len(dimension.indicators)]
            is_first = dimension.code == "D01" and number == 0
            note = (
                long_note
                if is_first
                else unbroken
                if dimension.code == "D02" and not number
                else ""
            )
            answers = (
                msgspec.structs.replace(source.answers[0], note=note),
                m.Answer(perspective=BR, state=AnswerState.NOT_APPLICABLE, reason=STRANGE),
            )
            label = NAME if number == 1 else f"{number} {source.label}"
            indicators.append(msgspec.structs.replace(source, label=label, answers=answers))
        made.append(msgspec.structs.replace(dimension, indicators=tuple(indicators)))
    return tuple(made)


def _table() -> AnswerTable:
    """Wider than the page, and a cell that has no blank."""
    columns = tuple(AnswerColumn(label=f"{NAME[:60]}{i}", is_number=i % 2 == 1) for i in range(12))
    rows = tuple(tuple(NAME if (r + c) % 6 == 0 else "12,5" for c in range(12)) for r in range(8))
    return AnswerTable(title=NAME, perspective=GF, columns=columns, rows=rows, notes=(STRANGE,))


def _long() -> ReportModel:
    return msgspec.structs.replace(
        sample_report(),
        measures=_measures(),
        dimensions=_dimensions(),
        answer_tables=(_table(),),
        signatures=(),
    )


def _filled(value: Any, words: str) -> Any:
    """The model with the words wherever there is text."""
    if isinstance(value, msgspec.Struct):
        changed = {
            name: _filled(getattr(value, name), words)
            for name in value.__struct_fields__
            if name not in _FIXED
        }
        return msgspec.structs.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_filled(part, words) for part in value)
    return words if type(value) is str and value else value


_FIXED = {
    *("report_id", "language", "main_color", "tint", "code", "kind", "audience", "decision"),
    *("state", "hidden", "chapter", "content_hash", "form_hash", "verdict", "derivations"),
}
"""Fields that are no free text; a hash has its length."""


@dataclass(frozen=True)
class Case:
    """One extreme report, drawn once."""

    pdf: bytes
    words: tuple[Word, ...]


_MODELS: Mapping[str, Callable[[], ReportModel]] = {
    "long": _long,
    "without blanks": lambda: _filled(sample_report(), NAME),
    "strange": lambda: _filled(sample_report(), STRANGE),
    "empty": empty_report,
}


@cache
def _case(name: str) -> Case:
    pdf = draw_report(_MODELS[name](), FONTS)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(pdf)
        return Case(pdf, tuple(_words(path)))


@pytest.fixture(params=_MODELS)
def case(request: pytest.FixtureRequest) -> Case:
    return _case(str(request.param))


def _words(path: Path) -> Iterator[Word]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    run = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True)
    page = 0
    for found in _BOX.finditer(run.stdout.decode(errors="replace")):
        if found.group(1) is None:
            page += 1
        else:
            left, top, right, bottom = map(float, found.groups()[:4])
            yield Word(page, found.group(5), left, top, right, bottom)


def test_every_word_stands_within_the_page(case: Case) -> None:
    outside = [
        word
        for word in case.words
        if word.page > 1
        and not (
            word.left >= LEFT - 1.5
            and word.right <= PAGE_WIDTH - RIGHT + 1.5
            and word.top >= 30
            and word.bottom <= PAGE_HEIGHT - 20
        )
    ]
    assert outside[:5] == []


def test_no_two_words_stand_on_each_other(case: Case) -> None:
    by_page: dict[int, list[Word]] = defaultdict(list)
    for word in case.words:
        by_page[word.page].append(word)
    clashes = [pair for words in by_page.values() for pair in _clashes(words)]
    assert clashes[:5] == []


def _clashes(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs whose cores overlap: boxes are as high as the font, lines stand closer."""
    ordered = sorted(words, key=lambda word: word.top)
    for index, one in enumerate(ordered):
        inset = (one.bottom - one.top) * 0.3
        for other in ordered[index + 1 :]:
            if other.top >= one.bottom - inset:
                break
            core = (other.bottom - other.top) * 0.3
            is_beside = min(one.right, other.right) - max(one.left, other.left) < 1.0
            depth = min(one.bottom - inset, other.bottom - core) - max(
                one.top + inset, other.top + core
            )
            if not is_beside and depth > 0.5:
                yield one, other


def test_no_page_ends_with_a_heading(case: Case) -> None:
    lowest: dict[int, Word] = {}
    for word in case.words:
        is_body = word.page > 1 and word.bottom < PAGE_HEIGHT - BOTTOM + 6
        if is_body and word.bottom > lowest.get(word.page, _NOTHING).bottom:
            lowest[word.page] = word
    assert [word for word in lowest.values() if word.bottom - word.top > _HEADING] == []


def test_nothing_is_painted_into_the_margins(case: Case) -> None:
    stained = [image.page + 1 for image in render_pages(case.pdf, 298) if not _is_blank(image)]
    assert stained == []


def _is_blank(image: PageImage) -> bool:
    """Left and right of the text, above the header and below the footer there is only white."""
    scale = image.width / PAGE_WIDTH
    left = round((LEFT - 12) * scale) if image.page else 0
    right = round((PAGE_WIDTH - RIGHT + 12) * scale)
    top, bottom = round(30 * scale), round((PAGE_HEIGHT - _FOOT) * scale)
    bar = 0 if image.page else round(16 * scale)
    for y in range(image.height):
        row = image.rgba[y * image.stride : y * image.stride + image.width * 4]
        strips = [row[bar * 4 : left * 4], row[right * 4 :]]
        if y < top or y > bottom:
            strips = [row[bar * 4 :]]
        if any(strip.strip(b"\xff") for strip in strips):
            return False
    return True


def test_a_note_of_twenty_thousand_characters_is_printed_whole() -> None:
    words = _case("long").words
    printed = {word.text for word in words}
    assert [w for w in _numbered(2900, "w").split() if w not in printed] == []
    assert sum(word.text.count("x") for word in words) >= 20_000


def test_sixty_measures_are_all_in_the_table_and_in_time() -> None:
    text = " ".join(word.text for word in _case("long").words)
    plain = [n for n in range(60) if n % 7]
    assert [n for n in plain if f"Maßnahme {n} mit einem Titel" not in text] == []
