"""Left of the pages: which document, its chapters or its pages, and the list of all documents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_advisor.ui.reporting.chapter_list import ChapterList
from desktop_advisor.ui.reporting.pages.thumbnails import Thumbnails
from desktop_advisor.ui.theme.spacing import XS, M
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    IconLabel,
    ListRow,
    Option,
    RowList,
    Segmented,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.documents.listing import Document

CHAPTERS, PAGES = "chapters", "pages"


class ContentsCard(Card):
    """Chapters or pages of the document shown; pressed at its top, all documents.

    Signals:
        document_chosen: id of the document to show.
        page_wanted: the page to go to, from 0.
        spot_wanted: the Spot to go to, where a chapter begins.
    """

    document_chosen = Signal(str)
    page_wanted = Signal(int)
    spot_wanted = Signal(object)

    def __init__(self, documents: Sequence[Document]) -> None:
        super().__init__(fill=True)
        self._documents = documents
        self.chapters = ChapterList()
        self.thumbnails = Thumbnails()
        self.kind = Segmented(
            self.tr("Inhalt"),
            (Option(CHAPTERS, self.tr("Kapitel")), Option(PAGES, self.tr("Seiten"))),
            CHAPTERS,
        )
        self._arrow = IconLabel("down", Tone.MAIN, 18)
        self.chooser = ListRow("", " ", trail=(self._arrow,), strong=True, arrow=False, inset=6)
        self.rows: dict[str, ListRow] = {}
        self._lay_out()
        self.chooser.pressed.connect(self._turn)
        self.kind.chosen.connect(self._show_kind)
        self.chapters.chosen.connect(self.spot_wanted)
        self.thumbnails.page_chosen.connect(self.page_wanted)

    def _lay_out(self) -> None:
        self._contents = QStackedWidget()
        self._contents.addWidget(self.chapters)
        self._contents.addWidget(self.thumbnails)
        reading = QWidget()
        reading.setLayout(column(self.kind, gap=M))
        layout = reading.layout()
        if layout is not None:
            layout.addWidget(self._contents)
        self._both = QStackedWidget()
        self._both.addWidget(reading)
        self._both.addWidget(self._list())
        self.body.setSpacing(M)
        self.add(self.chooser, HairLine())
        self.body.addWidget(self._both, 1)
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(M, M, M, M)

    def _list(self) -> QWidget:
        for made in self._documents:
            line = ListRow(made.title, made.purpose, arrow=False, inset=6)
            line.pressed.connect(lambda id_=made.id: self._choose(id_))
            self.rows[made.id] = line
        rows = RowList()
        rows.show_rows(self.rows.values())
        inside = QWidget()
        inside.setLayout(column(rows, spacer(), gap=XS))
        return scrolling(inside)

    # -- the document ------------------------------------------------------------------------

    def show_document(self, made: Document) -> None:
        """This one is looked at; the list closes."""
        for id_, line in self.rows.items():
            line.set_chosen(id_ == made.id)
        number = list(self.rows).index(made.id) + 1
        self.chooser.title.setText(made.title)
        self.chooser.detail.setText(self.tr("Unterlage {0} von {1}").format(number, len(self.rows)))
        self.chooser.setAccessibleName(self.tr("{0}. Andere Unterlage wählen").format(made.title))
        self.close_list()

    def show_contents(self, *, has_chapters: bool) -> None:
        """Chapters where the document has some, else its pages only."""
        show_if(self.kind, has_chapters)
        self._show_kind(self.kind.value() if has_chapters else PAGES)

    def open_list(self) -> None:
        """All documents, the keyboard on the one shown."""
        self._both.setCurrentIndex(1)
        self._arrow.show_icon("close", Tone.MAIN)
        chosen = [line for line in self.rows.values() if line.property("chosen")]
        (chosen or [self.chooser])[0].setFocus()

    def close_list(self) -> None:
        """Back to chapters or pages."""
        self._both.setCurrentIndex(0)
        self._arrow.show_icon("down", Tone.MAIN)

    def is_list_open(self) -> bool:
        """Whether the documents are shown."""
        return self._both.currentIndex() == 1

    def _turn(self) -> None:
        if self.is_list_open():
            self.close_list()
        else:
            self.open_list()

    def _choose(self, document_id: str) -> None:
        self.close_list()
        self.chooser.setFocus()
        self.document_chosen.emit(document_id)

    def _show_kind(self, key: str) -> None:
        self._contents.setCurrentWidget(self.thumbnails if key == PAGES else self.chapters)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_list_open():
            self.close_list()
            self.chooser.setFocus()
        else:
            super().keyPressEvent(event)
