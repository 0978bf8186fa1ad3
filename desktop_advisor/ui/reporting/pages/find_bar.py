"""Search in the document: the field, how many places, from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_advisor.report.text_search import SHORTEST, Hit, SearchableText
from desktop_advisor.ui.reporting.latest_work import LatestWork
from desktop_advisor.ui.tasks import Control
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import TARGET, S
from desktop_advisor.ui.widgets import QuietButton, SearchField, SmallText, row

FIELD_WIDTH = 120
ARROW_WIDTH = 28


class FindBar(QWidget):
    """Hidden until somebody searches.

    Attributes:
        hits: the places of the last search, in the order of the pages.

    Signals:
        shown: the hits and the one chosen (or None), to be marked on the pages.
        failed: the exception.
        closed: the search is over.
    """

    shown = Signal(object, object)
    failed = Signal(object)
    closed = Signal()

    def __init__(self, current_page: Callable[[], int]) -> None:
        super().__init__()
        self._current_page = current_page
        self._text: SearchableText | None = None
        self._words = ""
        self._at = -1
        self.hits: tuple[Hit, ...] = ()
        self._work = LatestWork(self)
        self.field = SearchField(self.tr("Im Dokument suchen"))
        self.field.setMinimumWidth(FIELD_WIDTH)
        self.field.searched.connect(self.search)
        self.count = SmallText("", wrap=False)
        self.previous = self._button("back", self.tr("Voriger Treffer (Umschalt+F3)"))
        self.following = self._button("next", self.tr("Nächster Treffer (F3 oder Eingabe)"))
        self.close_button = self._button("close", self.tr("Suche schließen (Esc)"))
        self.previous.clicked.connect(lambda: self.step(-1))
        self.following.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.close_search)
        line = row(gap=S)
        line.addWidget(self.field, 1)
        for part in (self.count, self.previous, self.following, self.close_button):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self._say()
        self.hide()

    def _button(self, icon: str, name: str) -> QuietButton:
        made = QuietButton("", icon)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setFixedWidth(max(TARGET, theme().px(ARROW_WIDTH)))
        return made

    def take(self, pdf: bytes) -> None:
        """Another document; a search that is open is run again in it."""
        self._text = SearchableText(pdf)
        words, self._words = self._words, ""
        self._take_hits(())
        if words and self.isVisible():
            self.search(words)

    def open_search(self) -> SearchField:
        """Show the bar and lend its field."""
        self.show()
        return self.field

    def close_search(self) -> None:
        """Hide it and every mark."""
        self.hide()

    def search(self, words: str) -> None:
        """Look for the words; the same once more goes on to the next place."""
        if words == self._words:
            self.step(1)
            return
        self._words = words
        text = self._text
        if text is None or len(words) < SHORTEST:
            self._work.drop()
            self._take_hits(())
            return

        def work(control: Control) -> tuple[Hit, ...]:
            return text.find(words, control.cancelled)

        self._work.run(work, self._take_hits, self.failed.emit)

    def step(self, by: int) -> None:
        """From one place to the next or the one before; round at either end."""
        if self.hits:
            self._choose((self._at + by) % len(self.hits))

    def _take_hits(self, hits: tuple[Hit, ...]) -> None:
        """Begin at the first place on or after the page that is being read."""
        self.hits = hits
        here = self._current_page()
        ahead = [n for n, hit in enumerate(hits) if hit.page >= here]
        self._choose(ahead[0] if ahead else 0)

    def _choose(self, number: int) -> None:
        self._at = number if self.hits else -1
        self._say()
        self.shown.emit(self.hits, self.hits[self._at] if self.hits else None)

    def _say(self) -> None:
        if self.hits:
            words = self.tr("{0} von {1}").format(self._at + 1, len(self.hits))
        elif len(self._words) >= SHORTEST:
            words = self.tr("kein Treffer")
        else:
            words = ""
        self.count.setText(words)
        for button in (self.previous, self.following):
            button.setEnabled(len(self.hits) > 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_search()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self.isHidden():
            return  # only the screen went away
        self._work.drop()
        self._words = ""
        self.field.clear()
        self._take_hits(())
        self.closed.emit()
