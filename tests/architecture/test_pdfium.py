"""PDFium is entered by one thread at a time: by two at once it ends the whole program."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.architecture.imports import ROOT

ONE_WAY = "desktop_advisor/signing/pdfium.py"
OPENING = re.compile(r"\bPdfDocument(\.new)?\(")


def test_a_document_is_opened_in_one_place_only_tests_included() -> None:
    files = [*(ROOT / "desktop_advisor").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    opening = [f for f in files if OPENING.search(f.read_text(encoding="utf-8"))]
    assert [f.relative_to(ROOT).as_posix() for f in opening] == [ONE_WAY]


EVERYTHING_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from desktop_advisor.report.bookmarks import read_bookmarks
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.exports.pictures import pictures
from desktop_advisor.report.preview import render_pages
from desktop_advisor.report.text_search import SearchableText
from desktop_advisor.signing.printed import printed_digests
from reportlab.platypus import Paragraph
from reportlab.lib.styles import ParagraphStyle
from tests.report.sample import FONTS, sample_report

pdf = draw_report(sample_report(), FONTS)
words = [Paragraph(text, ParagraphStyle("plain")) for text in ("Presswerk", "Härterei")]

def round_of(kind):
    for _ in range(12):
        kind()

with ThreadPoolExecutor() as pool:
    works = (
        lambda: render_pages(pdf, 300, (0, 1)),
        lambda: printed_digests(pdf),
        lambda: read_bookmarks(pdf),
        lambda: SearchableText(pdf).find("Bericht"),
        lambda: pictures(words, 400),
    )
    list(pool.map(round_of, works))
print("still here")
"""


def test_pages_are_drawn_searched_checked_and_exported_at_once() -> None:
    """In a process of its own, which is what a fault would end."""
    run = subprocess.run(
        [sys.executable, "-c", EVERYTHING_AT_ONCE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout.strip()) == (0, "still here"), run.stderr[-2000:]
