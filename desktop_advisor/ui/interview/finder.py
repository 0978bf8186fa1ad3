"""Ctrl+F: find a question by its words and go there, because conversations jump."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import M, S
from desktop_advisor.ui.widgets import (
    ListRow,
    QuietButton,
    RowList,
    SearchField,
    SmallText,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.question_views import QuestionView

SHOWN = 8
"""As many hits as fit without scrolling; more words narrow them down."""


class Finder(QFrame):
    """A field and the questions that contain its words.

    Signals:
        found: the name of the question to go to.
        dismissed: nothing was chosen.
    """

    found = Signal(str)
    dismissed = Signal()

    def __init__(
        self, find: Callable[[str], Sequence[QuestionView]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._find = find
        self.setProperty("kind", "menu")
        self.setAccessibleName(self.tr("Frage suchen"))
        self.setProperty("holds_tab", True)
        self.field = SearchField(self.tr("Frage suchen, zum Beispiel „Betriebsrat“"))
        self.field.searched.connect(self.look)
        self.field.left_down.connect(self._into_results)
        self.field.returnPressed.connect(self._take_first)
        self.results = RowList()
        self._says = SmallText("")
        inside = QWidget()
        inside.setLayout(column(self.results, self._says, spacer(), gap=S))
        self._area = scrolling(inside)
        self.done = QuietButton("", "close")
        self.done.setAccessibleName(self.tr("Suche schließen"))
        self.done.setToolTip(self.tr("Schließen (Esc)"))
        self.done.clicked.connect(self.close_finder)
        top = row(gap=S)
        top.addWidget(self.field, 1)
        top.addWidget(self.done)
        whole = column(top, gap=S, margins=(M, M, M, M))
        whole.addWidget(self._area, 1)
        self.setLayout(whole)
        self._names: list[str] = []
        self.field.installEventFilter(self)

    def open(self) -> None:
        """Show it empty, in the upper middle of its parent, with the keyboard in the field."""
        self.field.clear()
        self.look("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def _place(self) -> None:
        room = self.parentWidget()
        if room is not None:
            width = min(theme().px(640), room.width() - 2 * M)
            height = min(theme().px(480), room.height() - 2 * M)
            self.setGeometry((room.width() - width) // 2, M, width, height)

    def look(self, words: str) -> None:
        """Show the questions that contain all words."""
        hits = list(self._find(words)) if words.strip() else []
        self._names = [hit.name for hit in hits[:SHOWN]]
        self.results.show_rows([self._row(hit) for hit in hits[:SHOWN]])
        if not words.strip():
            self._says.setText(self.tr("Ein Wort der Frage genügt."))
        elif not hits:
            self._says.setText(self.tr("Keine Frage enthält diese Wörter."))
        else:
            more = len(hits) - SHOWN
            self._says.setText(self.tr("und {0} weitere").format(more) if more > 0 else "")

    def _row(self, hit: QuestionView) -> ListRow:
        made = ListRow(hit.text, hit.dimension_label)
        made.pressed.connect(lambda: self._take(hit.name))
        return made

    def _take(self, name: str) -> None:
        self.hide()
        self.found.emit(name)

    def _take_first(self) -> None:
        self.look(self.field.text())
        if self._names:
            self._take(self._names[0])

    def _into_results(self) -> None:
        self.look(self.field.text())
        self.results.focus_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the field closes at once, rather than emptying the field first."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.close_finder()
            return True
        return super().eventFilter(watched, event)

    def close_finder(self) -> None:
        """Put it away without going anywhere."""
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_finder()
        # Everything else stays here: a digit typed among the hits must not answer the question.
