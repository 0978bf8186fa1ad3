"""The desk a document lies on: contents left, pages in the middle, signatures right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop_advisor.ui.reporting.contents_card import ContentsCard
from desktop_advisor.ui.reporting.hand_over_card import HandOverCard
from desktop_advisor.ui.reporting.opened_report import OpenedReport, slots_with
from desktop_advisor.ui.reporting.pages.pane import PreviewPane
from desktop_advisor.ui.reporting.pages.paper import Paper
from desktop_advisor.ui.reporting.shelf import REPORT, Drawn
from desktop_advisor.ui.reporting.side_cards import VersionsCard, WorthCard
from desktop_advisor.ui.reporting.signature_card import SignatureCard
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.widgets import Card, Option, Segmented, Text, column, row, scrolling
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.documents.listing import DOCUMENTS
from desktop_advisor.usecases.reporting import DrawnSignature

CONTENTS_WIDTH, SIDE_WIDTH = 240, 304
SIDE_SHARE = 0.4
"""The most the signatures may take of a small window with large type."""
THREE_FROM = 1000
"""Pixels at 100 % from which the contents have a column of their own beside the signatures."""
UNSIGNED_CHAPTER = ("Unterschriften", "Signatures")
"""Its title, in the languages of the report."""
CONTENTS, CLOSE = "contents", "close"


class AboutCard(Card):
    """For whom a document is and what for."""

    def __init__(self) -> None:
        super().__init__(" ")
        self._purpose = Text("")
        self.heading.setWordWrap(True)
        self.add(self._purpose)

    def show_document(self, title: str, purpose: str) -> None:
        """This one."""
        self.set_title(title)
        self._purpose.setText(purpose)


class ReportDesk(QWidget):
    """Everything of a document that can be looked at, and of the report what can be signed."""

    def __init__(self) -> None:
        super().__init__()
        self.contents = ContentsCard(DOCUMENTS)
        self.chapters = self.contents.chapters
        self.thumbnails = self.contents.thumbnails
        self.preview = PreviewPane()
        self.signatures = SignatureCard()
        self.about = AboutCard()
        self.hand_over = HandOverCard()
        self.worth = WorthCard()
        self.versions = VersionsCard()
        self.language = Segmented(
            self.tr("Sprache des Berichts"),
            (Option("de", self.tr("Deutsch")), Option("en", self.tr("English"))),
            "de",
        )
        self.language.setToolTip(
            self.tr("In dieser Sprache wird der Entwurf erstellt, unterschrieben und gesiegelt.")
        )
        self._lent: QWidget | None = None
        self._has_versions = False
        self._is_report = True
        self._opened: OpenedReport | None = None
        self._signed: Mapping[int, DrawnSignature] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget()
        cards = column(
            self.language,
            self.signatures,
            self.about,
            self.hand_over,
            self.versions,
            self.worth,
            gap=L,
        )
        cards.addStretch(1)
        inside.setLayout(cards)
        self.about.hide()
        self._cards = scrolling(inside)
        self._kind = Segmented(
            self.tr("Neben den Seiten"),
            (Option(CONTENTS, self.tr("Inhalt")), Option(CLOSE, self.tr("Abschluss"))),
            CLOSE,
        )
        self._kind.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._cards)
        self._side = QWidget()
        side = column(self._kind, gap=L)
        side.addWidget(self._stack, 1)
        self._side.setLayout(side)
        self._line: QHBoxLayout = row(self.contents, gap=L, margins=(XXL, 0, XXL, L))
        self._line.addWidget(self.preview, 1)
        self._line.addWidget(self._side)
        self.setLayout(self._line)

    def _connect(self) -> None:
        view, drawing = self.preview.pages, self.preview.drawing
        self.contents.page_wanted.connect(view.go_to)
        self.contents.spot_wanted.connect(view.go_to_spot)
        view.moved.connect(self._mark_place)
        view.pages_shown.connect(self._mark_place)
        self.thumbnails.wanted.connect(drawing.want_thumbnails)
        drawing.thumbnail_drawn.connect(self.thumbnails.take_image)
        self._kind.chosen.connect(self._show_side)

    def _mark_place(self) -> None:
        """Which chapter and which page are being read."""
        self.chapters.mark_spot(self.preview.pages.read_spot())
        self.thumbnails.mark_page(self.preview.pages.current_page())

    # -- a narrow window ---------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        share = round(self.width() * SIDE_SHARE)
        for side in (self._side, self._lent or self._side):
            side.setFixedWidth(min(theme().px(SIDE_WIDTH), share))

    def _make_room(self) -> None:
        """Contents and signatures share one column where there is no room for two."""
        is_wide = self.width() >= theme().px(THREE_FROM)
        is_apart = self._stack.indexOf(self.contents) < 0
        show_if(self._kind, not is_wide)
        if is_wide:
            self.contents.setFixedWidth(theme().px(CONTENTS_WIDTH))
        if is_wide == is_apart:
            return
        if is_wide:
            self._stack.removeWidget(self.contents)
            self._line.insertWidget(0, self.contents)
            self.contents.show()
            self._stack.setCurrentWidget(self._cards)
        else:
            self.contents.setMinimumWidth(0)
            self.contents.setMaximumWidth(16_777_215)
            self._line.removeWidget(self.contents)
            self._stack.addWidget(self.contents)
            self._show_side(self._kind.value())

    def show_beside(self, key: str) -> None:
        """CONTENTS or CLOSE beside the pages, where there is room for one of them only."""
        self._kind.set_value(key)
        if self._stack.indexOf(self.contents) >= 0:
            self._show_side(key)

    def _show_side(self, key: str) -> None:
        self._stack.setCurrentWidget(self.contents if key == CONTENTS else self._cards)

    def lend_side(self, panel: QWidget | None) -> None:
        """This panel instead of contents and signatures; None gives the room back."""
        if self._lent is not None:
            self._line.removeWidget(self._lent)
            self._lent.hide()
        self._lent = panel
        self._side.setVisible(panel is None)
        if panel is not None:
            self._line.addWidget(panel)
            panel.setFixedWidth(self._side.maximumWidth())
            panel.show()

    # -- what lies on it ---------------------------------------------------------------------

    def show_report(self, opened: OpenedReport, signatures: Mapping[int, DrawnSignature]) -> None:
        """What is known of the report; its pages come as a document."""
        self._opened = opened
        self._has_versions = bool(opened.versions)
        self.worth.show_checksum(opened.checksum)
        self.versions.show_versions(opened.versions, opened.report_id)
        self.show_signatures(opened, signatures)

    def show_document(self, drawn: Drawn) -> None:
        """The pages of a document and what belongs to them; only the report is signed."""
        made, paper = drawn.document, drawn.paper
        is_report = made.id == REPORT.id
        is_same = self.preview.show_paper(paper, made.id)
        self.thumbnails.show_paper(paper, is_same=is_same)
        self.contents.show_document(made)
        self.contents.show_contents(has_chapters=any(mark.level == 0 for mark in paper.bookmarks))
        self.about.show_document(made.title, made.purpose)
        show_if(self.about, not is_report)
        for card in (self.signatures, self.worth):
            show_if(card, is_report)
        show_if(self.versions, is_report and self._has_versions)
        self._is_report = is_report
        self._offer_languages()
        self._show_chapters(paper)
        self._mark_place()

    def show_signatures(
        self, opened: OpenedReport, signatures: Mapping[int, DrawnSignature]
    ) -> None:
        """Who has signed so far, and whether that chapter is done."""
        self._opened, self._signed = opened, signatures
        self.language.set_value(opened.model.language)
        self._offer_languages()
        self.signatures.show_slots(
            slots_with(opened.model.signatures, signatures), is_open=opened.is_draft
        )
        if self.preview.paper is not None:
            self._show_chapters(self.preview.paper)

    def _offer_languages(self) -> None:
        """A choice until somebody has signed; what is signed stays in its language."""
        is_free = self._opened is not None and self._opened.is_draft and not self._signed
        show_if(self.language, self._is_report and is_free)

    def _show_chapters(self, paper: Paper) -> None:
        opened = self._opened
        slots = len(opened.model.signatures) if opened else 0
        unsigned = opened is not None and opened.is_draft and len(self._signed) < slots
        still_open = UNSIGNED_CHAPTER if unsigned else ()
        hint = opened.model.withheld if opened else ""
        self.chapters.show_chapters(paper.bookmarks, still_open, hint)
