"""The desk a report lies on: chapters left, pages in the middle, signatures right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.reporting.chapter_list import ChapterList
from desktop_advisor.ui.reporting.opened_report import OpenedReport, slots_with
from desktop_advisor.ui.reporting.page_images import Pages
from desktop_advisor.ui.reporting.preview_pane import PreviewPane
from desktop_advisor.ui.reporting.side_cards import VersionsCard, WorthCard
from desktop_advisor.ui.reporting.signature_card import SignatureCard
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.widgets import column, row, scrolling
from desktop_advisor.usecases.reporting import DrawnSignature

CHAPTERS_WIDTH, SIDE_WIDTH = 240, 304
SIDE_SHARE = 0.4
"""The most the signatures may take of a small window with large type."""
CHAPTERS_FROM = 1000
"""Pixels at 100 % from which there is room for the chapter list."""
UNSIGNED_CHAPTER = "Unterschriften"


class ReportDesk(QWidget):
    """Everything of a report that can be looked at or signed."""

    def __init__(self) -> None:
        super().__init__()
        self.chapters = ChapterList()
        self.preview = PreviewPane()
        self.signatures = SignatureCard()
        self.worth = WorthCard()
        self.versions = VersionsCard()
        self._pages: Pages | None = None
        self._lay_out()
        pages = self.preview.pages
        self.chapters.chosen.connect(pages.go_to)
        pages.page_changed.connect(self.chapters.mark_page)
        pages.pages_shown.connect(lambda: self.chapters.mark_page(pages.current_page()))

    def _lay_out(self) -> None:
        self.chapters.setFixedWidth(theme().px(CHAPTERS_WIDTH))
        inside = QWidget()
        cards = column(self.signatures, self.versions, self.worth, gap=L)
        cards.addStretch(1)
        inside.setLayout(cards)
        self._side = scrolling(inside)
        line = row(self.chapters, gap=L, margins=(XXL, 0, XXL, XXL))
        line.addWidget(self.preview, 1)
        line.addWidget(self._side)
        self.setLayout(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.chapters.setVisible(self.width() >= theme().px(CHAPTERS_FROM))
        share = round(self.width() * SIDE_SHARE)
        self._side.setFixedWidth(min(theme().px(SIDE_WIDTH), share))

    def show_report(
        self, opened: OpenedReport, pages: Pages, signatures: Mapping[int, DrawnSignature]
    ) -> None:
        """Put a report on the desk."""
        self.show_pages(pages)
        self.worth.show_checksum(opened.checksum)
        self.versions.show_versions(opened.versions, opened.report_id)
        self.show_signatures(opened, signatures)

    def show_pages(self, pages: Pages) -> None:
        """The same report, drawn anew."""
        self._pages = pages
        self.preview.pages.show_pages(pages)

    def show_signatures(
        self, opened: OpenedReport, signatures: Mapping[int, DrawnSignature]
    ) -> None:
        """Who has signed so far, and whether that chapter is done."""
        slots = slots_with(opened.model.signatures, signatures)
        self.signatures.show_slots(slots, is_open=opened.is_draft)
        unsigned = opened.is_draft and len(signatures) < len(slots)
        still_open = (UNSIGNED_CHAPTER,) if unsigned else ()
        bookmarks = self._pages.bookmarks if self._pages else ()
        self.chapters.show_chapters(bookmarks, still_open, opened.model.withheld)
