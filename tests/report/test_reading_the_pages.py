"""What a reader trips over: a chapter missing on the cover, a lone last row, a line said twice."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from reportlab.platypus import Paragraph

from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.report import theme as look
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.report.fonts import register
from desktop_advisor.report.priorities_model import PriorityLine
from desktop_advisor.report.referrals_model import ReferralLine
from desktop_advisor.report.tables import ruled
from desktop_advisor.signing.pdfium import opened
from tests.report.reading import pages_of, words_of
from tests.report.sample import FONTS, empty_report, sample_report

_SAID_TWICE = "Gezählt sind nur Köpfe mit Vertrag."


def test_the_cover_lists_every_chapter() -> None:
    line = PriorityLine(
        dimension="Energie & Klima",
        actual=Decimal(2),
        target=Decimal(4),
        relevance=5,
        exposure=Decimal("0.5"),
        gap=Decimal("0.4"),
        value=Decimal("0.3"),
        place=1,
        computed=1,
    )
    full = msgspec.structs.replace(
        sample_report(), priorities=(line,), referrals=(ReferralLine(recipient="SAENA"),)
    )
    pdf = draw_report(full, FONTS)
    with opened(pdf) as document:
        chapters = [entry.get_title() for entry in document.get_toc() if entry.level == 0]
    cover = pages_of(pdf)[0]
    assert len(chapters) > 16, chapters
    assert [title for title in chapters if title not in cover] == []


def test_a_last_row_takes_the_one_before_along_to_the_next_page() -> None:
    first, second = _split(rows=8, room=7)
    assert (first, second) == (6, 2)


def test_a_row_that_would_be_cut_moves_to_the_next_page_whole() -> None:
    assert _split(rows=2, room=1, lines=6) == (1, 1)
    register(FONTS)
    theme = look.theme(sample_report().network)
    table = ruled([[_lines(theme, 6)]], (200,), header=("Zeile",), theme=theme)
    _, height = table.wrap(200, 2000)
    assert table.split(200, height - 20) == []


def test_an_assumption_of_several_numbers_stands_once_with_its_number() -> None:
    numbers = tuple(
        Derivation(
            title=f"Zahl {n}",
            result=str(n),
            formula=f"{n} + 0 = {n}",
            terms=(Term("Köpfe", str(n)),),
            assumptions=(_SAID_TWICE, f"Nur für Zahl {n}."),
        )
        for n in (1, 2)
    )
    words = words_of(msgspec.structs.replace(empty_report(), derivations=numbers))
    assert words.count(_SAID_TWICE) == 1
    assert f"[1] {_SAID_TWICE}" in words
    assert "Zahl 1: 1 [1]" in words
    assert "Zahl 2: 2 [1]" in words
    assert "Nur für Zahl 2." in words


def test_no_line_ends_between_a_figure_and_its_unit() -> None:
    assert look.clean("um −100 % und 24,5 Mio. € nach § 82") == (
        "um −100\u00a0% und 24,5\u00a0Mio. € nach §\u00a082"
    )
    assert look.clean("46,2\u202f%") == "46,2\u00a0%"


def _lines(theme: look.Theme, count: int) -> Paragraph:
    return look.text("\n".join("Zeile" for _ in range(count)), theme.cell)


def _split(rows: int, room: int, lines: int = 1) -> tuple[int, ...]:
    """Rows of the parts of a table with a head, where `room` of them fit and a bit more."""
    register(FONTS)
    theme = look.theme(sample_report().network)
    table = ruled(
        [[_lines(theme, lines)] for _ in range(rows)], (200,), header=("Zeile",), theme=theme
    )
    _, height = table.wrap(200, 2000)
    head = ruled([], (200,), header=("Zeile",), theme=theme)
    _, top = head.wrap(200, 2000)
    each = (height - top) / rows
    parts = table.split(200, top + each * room + each / 4)
    return tuple(round((part.wrap(200, 2000)[1] - top) / each) for part in parts)
