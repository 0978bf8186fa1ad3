"""A document with what belongs to looking at it: search above, page number and size below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_advisor.report.text_search import Hit
from desktop_advisor.ui.reporting.latest_work import LatestWork
from desktop_advisor.ui.reporting.pages.drawing import PageDrawing
from desktop_advisor.ui.reporting.pages.find_bar import FindBar
from desktop_advisor.ui.reporting.pages.layout import Spot
from desktop_advisor.ui.reporting.pages.paper import Paper
from desktop_advisor.ui.reporting.pages.view import PageView
from desktop_advisor.ui.reporting.pages.zoom_bar import ZoomBar
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import ProgressLine, SearchField, column
from desktop_advisor.ui.widgets.labels import show_if


class PreviewPane(QWidget):
    """Pages, with their drawing, the search in them and their size.

    Attributes:
        work: what makes the document shown here; slow work shows its progress.
        paper: the document shown, None before the first.

    Signals:
        failed: the exception of a page that could not be drawn, or of a search.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper: Paper | None = None
        self._name = ""
        self._left_at: dict[str, Spot] = {}
        self.pages = PageView()
        self.drawing = PageDrawing(self)
        self.finder = FindBar(self.pages.current_page)
        self.bar = ZoomBar(self.pages)
        self.work = LatestWork(self)
        self.progress = ProgressLine()
        self.progress.advance(None, self.tr("Das Dokument wird gezeichnet."))
        self.progress.hide()
        whole = column(self.finder, self.progress, gap=S)
        whole.addWidget(self.pages, 1)
        whole.addWidget(self.bar)
        self.setLayout(whole)
        self._connect()
        self._keys()

    def _connect(self) -> None:
        self.pages.pages_wanted.connect(self.drawing.want_pages)
        self.drawing.page_drawn.connect(self.pages.take_image)
        self.drawing.failed.connect(self.failed)
        self.finder.shown.connect(self._mark)
        self.finder.failed.connect(self.failed)
        self.finder.closed.connect(self.pages.setFocus)
        self.bar.search_wanted.connect(lambda: self.open_search().setFocus())
        self.work.slow.connect(self.show_progress)
        self.progress.cancelled.connect(self.work.drop)

    def _keys(self) -> None:
        for key, by in (("F3", 1), ("Shift+F3", -1)):
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WindowShortcut)
            made.activated.connect(lambda by=by: self.finder.step(by))

    def show_paper(self, paper: Paper, name: str = "") -> bool:
        """A document; each is shown where it was left. Whether it is the one shown, drawn anew.

        name: which document it is.
        """
        is_same = self.paper is not None and name == self._name
        if self.paper is not None:
            self._left_at[self._name] = self.pages.spot()
        self.paper, self._name = paper, name
        self.drawing.take(paper.pdf)
        self.pages.show_paper(paper, self._left_at.get(name), is_same=is_same)
        self.finder.take(paper.pdf)
        return is_same

    def show_progress(self, is_slow: bool) -> None:
        """Whether a document is being drawn for longer than a blink."""
        show_if(self.progress, is_slow)

    def open_search(self) -> SearchField:
        """Ctrl+F: show the search and lend its field."""
        return self.finder.open_search()

    def _mark(self, hits: tuple[Hit, ...], chosen: Hit | None) -> None:
        self.pages.show_hits(hits, chosen)
        if chosen is not None:
            self.pages.go_to_hit(chosen)
