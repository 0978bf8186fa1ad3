"""Leafing through a long document: drawn where one looks, small in memory, the place kept."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from desktop_advisor.ui.reporting.pages.pane import PreviewPane
from desktop_advisor.ui.reporting.pages.paper import Paper, read_paper
from desktop_advisor.ui.reporting.pages.thumbnails import Thumbnails
from desktop_advisor.ui.reporting.pages.view import PageView
from desktop_advisor.ui.reporting.pages.zoom import Fit
from tests.ui.consultation import SLOW_MS

PAGES = 60


def paper_of(count: int, words: str = "Wort") -> Paper:
    """So many numbered pages; the words stand on every third."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for number in range(count):
        canvas.drawString(100, 500, f"Seite {number + 1}")
        if number % 3 == 0:
            canvas.drawString(100, 400, f"Hier steht das {words}.")
        canvas.showPage()
    canvas.save()
    return read_paper(made.getvalue())


@pytest.fixture(scope="module")
def paper() -> Paper:
    return paper_of(PAGES)


@pytest.fixture
def pane(qtbot: QtBot, paper: Paper) -> Iterator[PreviewPane]:
    made = PreviewPane()
    qtbot.addWidget(made)
    made.resize(620, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_paper(paper, "report")
    qtbot.waitUntil(made.pages.is_sharp, timeout=SLOW_MS)
    yield made
    made.drawing.take(b"")


def wheel(pages: PageView, at: QPoint, notches: int) -> None:
    """Turn it with Ctrl held."""
    here = QPointF(at)
    event = QWheelEvent(
        here,
        pages.viewport().mapToGlobal(here),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pages.viewport(), event)


def test_only_pages_near_the_view_are_drawn_and_kept(qtbot: QtBot, pane: PreviewPane) -> None:
    pages, most = pane.pages, 0
    for page in range(0, PAGES, 7):
        pages.go_to(page)
        qtbot.waitUntil(pages.is_sharp, timeout=SLOW_MS)
        most = max(most, len(pages.drawn()))
        assert pages.current_page() == page
    assert most <= 4


def test_a_page_passed_by_quickly_is_never_drawn(qtbot: QtBot, pane: PreviewPane) -> None:
    drawn: list[int] = []
    pane.drawing.page_drawn.connect(lambda page, _image: drawn.append(page))
    for page in (10, 20, 30, 40):
        pane.pages.go_to(page)
    qtbot.waitUntil(pane.pages.is_sharp, timeout=SLOW_MS)
    assert 40 in drawn
    assert not {20, 30} & set(drawn)


def test_the_place_is_kept_when_the_document_is_drawn_anew(
    qtbot: QtBot, pane: PreviewPane, paper: Paper
) -> None:
    pane.pages.go_to(17)
    pane.pages.verticalScrollBar().setValue(pane.pages.verticalScrollBar().value() + 200)
    before = pane.pages.spot()
    pane.show_paper(paper_of(PAGES, "Neue"), "report")
    assert pane.pages.spot() == before
    pane.show_paper(paper_of(2), "other")
    assert pane.pages.current_page() == 0
    pane.show_paper(paper, "report")
    assert pane.pages.spot() == before
    qtbot.waitUntil(pane.pages.is_sharp, timeout=SLOW_MS)


def test_a_turn_of_the_wheel_enlarges_around_the_pointer(qtbot: QtBot, pane: PreviewPane) -> None:
    pages, at = pane.pages, QPoint(300, 420)
    pages.go_to(5)
    width = pages.page_width()

    def under_pointer() -> float:
        rect = pages.shown_rect(5)
        return (at.y() - rect.top()) / rect.height()

    before = under_pointer()
    wheel(pages, at, 1)
    assert pages.page_width() > width
    assert under_pointer() == pytest.approx(before, abs=0.01)
    wheel(pages, at, -1)
    assert pages.page_width() == pytest.approx(width, abs=2)
    qtbot.waitUntil(pages.is_sharp, timeout=SLOW_MS)


def test_a_page_fits_the_width_or_as_a_whole(pane: PreviewPane) -> None:
    pane.pages.fit(Fit.PAGE)
    assert pane.pages.shown_rect(0).height() <= pane.pages.viewport().height()
    assert pane.bar.fits.value() == Fit.PAGE
    pane.pages.fit(Fit.WIDTH)
    assert pane.pages.shown_rect(0).width() == pytest.approx(pane.pages.viewport().width(), abs=30)


def test_the_search_counts_marks_and_goes_on(qtbot: QtBot, pane: PreviewPane) -> None:
    field = pane.open_search()
    QTest.keyClicks(field, "das wort")
    qtbot.waitUntil(lambda: len(pane.finder.hits) == PAGES // 3, timeout=SLOW_MS)
    assert pane.finder.count.text() == "1 von 20"
    QTest.keyClick(pane, Qt.Key.Key_F3)
    assert pane.finder.count.text() == "2 von 20"
    assert pane.pages.current_page() == 3
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert pane.finder.count.text() == "3 von 20"
    QTest.keyClick(pane, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(pane.pages.is_sharp, timeout=SLOW_MS)
    assert is_marked(pane)
    QTest.keyClick(pane.finder.close_button, Qt.Key.Key_Escape)
    assert pane.finder.isHidden()
    assert not is_marked(pane)


def is_marked(pane: PreviewPane) -> bool:
    """Whether something on the white pages in view is coloured."""
    image = pane.pages.viewport().grab().toImage()
    sheet = pane.pages.shown_rect(pane.pages.current_page()).adjusted(4, 4, -4, -4)
    sheet = sheet.intersected(image.rect().adjusted(4, 4, -4, -4))
    return any(
        image.pixelColor(x, y).hsvSaturation() > 60
        for y in range(sheet.top(), sheet.bottom(), 3)
        for x in range(sheet.left(), sheet.right(), 7)
    )


def test_nothing_found_is_said(qtbot: QtBot, pane: PreviewPane) -> None:
    pane.open_search().setText("gibtesnicht")
    qtbot.waitUntil(lambda: pane.finder.count.text() == "kein Treffer", timeout=SLOW_MS)
    assert not pane.finder.following.isEnabled()


def test_thumbnails_are_drawn_where_one_looks_and_lead_to_their_page(
    qtbot: QtBot, pane: PreviewPane, paper: Paper
) -> None:
    small = Thumbnails()
    qtbot.addWidget(small)
    small.wanted.connect(pane.drawing.want_thumbnails)
    pane.drawing.thumbnail_drawn.connect(small.take_image)
    small.page_chosen.connect(pane.pages.go_to)
    pane.pages.page_changed.connect(small.mark_page)
    small.resize(208, 400)
    small.show()
    small.show_paper(paper)
    small.mark_page(0)
    qtbot.waitUntil(lambda: small.image(0) is not None, timeout=SLOW_MS)
    assert small.image(50) is None
    assert small.visualRect(small.model().index(1, 0)).left() > 80
    QTest.keyClick(small, Qt.Key.Key_Right)
    assert pane.pages.current_page() == 1
    pane.pages.go_to(50)
    assert small.currentIndex().row() == 50
    qtbot.waitUntil(lambda: small.image(50) is not None, timeout=SLOW_MS)
    assert small.image(25) is None
