"""Where words stand on the pages, checked by what PDFium reads inside the boxes."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.text_search import Hit, SearchableText
from desktop_advisor.signing.pdfium import opened
from tests.report.sample import FONTS, sample_report


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw_report(sample_report(), FONTS)


@pytest.fixture(scope="module")
def text(pdf: bytes) -> SearchableText:
    return SearchableText(pdf)


def lines(*words: str) -> bytes:
    """One page with these lines below each other."""
    made = BytesIO()
    canvas = Canvas(made)
    for number, line in enumerate(words):
        canvas.drawString(100, 700 - 14 * number, line)
    canvas.save()
    return made.getvalue()


def read(pdf: bytes, hit: Hit) -> str:
    """What stands in the boxes."""
    with opened(pdf) as document:
        page = document[hit.page]
        words = page.get_textpage()
        wide, high = page.get_size()
        found = [
            words.get_text_bounded(
                left=box.left * wide - 1,
                right=box.right * wide + 1,
                top=high - box.top * high + 1,
                bottom=high - box.bottom * high - 1,
            )
            for box in hit.boxes
        ]
    return " ".join(found)


def test_every_place_is_found_and_boxed(pdf: bytes, text: SearchableText) -> None:
    hits = text.find("maßnahmenPLAN")

    assert len(hits) > 1
    assert [hit.page for hit in hits] == sorted(hit.page for hit in hits)
    assert all("maßnahmenplan" in read(pdf, hit).lower() for hit in hits)


def test_a_place_that_runs_on_in_the_next_line_has_two_boxes() -> None:
    pdf = lines("Das steht hier am Ende", "der Zeile und weiter")

    (hit,) = SearchableText(pdf).find("am Ende der Zeile")

    assert len(hit.boxes) == 2
    assert hit.boxes[0].top < hit.boxes[1].top
    assert hit.boxes[1].left < hit.boxes[0].left


@pytest.mark.parametrize("typed", ["72,5 %", "72,5\u202f%", "72,5\u00a0%", "  72,5   % "])
def test_kinds_of_blanks_make_no_difference(typed: str) -> None:
    assert len(SearchableText(lines("Anteil 72,5\u00a0% heute")).find(typed)) == 1


def test_dashes_and_sharp_s_are_alike() -> None:
    text = SearchableText(lines("Spanne 1,9\u20132,7 in der Straße"))

    assert len(text.find("1,9-2,7")) == 1
    assert len(text.find("STRASSE")) == 1


def test_a_single_letter_and_nothing_find_nothing(text: SearchableText) -> None:
    assert text.find("e") == ()
    assert text.find("  ") == ()
    assert text.find("gibtesnicht") == ()


def test_a_cancelled_search_ends_without_hits(pdf: bytes) -> None:
    text = SearchableText(pdf)

    assert text.find("die", lambda: True) == ()
    assert text.find("die") != ()
