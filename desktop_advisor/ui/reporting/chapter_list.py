"""The chapters at the left; a press scrolls the preview there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.report.bookmarks import Bookmark
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import IconLabel, ListRow, SmallText, clear, column, scrolling


class ChapterList(QWidget):
    """Chapter titles with a tick, a ring for what is still to be done.

    Signals:
        chosen: the page to show, from 0.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._hint = SmallText("")
        self._hint.hide()
        self.rows: list[ListRow] = []
        self._pages: list[int] = []
        inside = QWidget()
        whole = column(self._rows, gap=0)
        whole.addStretch(1)
        inside.setLayout(whole)
        outer = column(gap=S)
        outer.addWidget(scrolling(inside), 1)
        outer.addWidget(self._hint)
        self.setLayout(outer)

    def show_chapters(
        self, bookmarks: Sequence[Bookmark], still_open: Sequence[str], hint: str
    ) -> None:
        """These chapters; `still_open` names the titles that wait for something."""
        clear(self._rows)
        self.rows, self._pages = [], []
        for mark in bookmarks:
            if mark.level == 0:
                self.rows.append(self._row(mark, is_open=mark.title in still_open))
                self._pages.append(mark.page)
        for line in self.rows:
            self._rows.addWidget(line)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _row(self, mark: Bookmark, *, is_open: bool) -> ListRow:
        words = self.tr("offen") if is_open else self.tr("vorhanden")
        tick = IconLabel(
            "info" if is_open else "check", Tone.ATTENTION if is_open else Tone.GOOD, 16, words
        )
        made = ListRow(mark.title, lead=(tick,), arrow=False)
        made.pressed.connect(lambda: self.chosen.emit(mark.page))
        return made

    def mark_page(self, page: int) -> None:
        """Show which chapter is being read: the last one that begins on or before the page."""
        begun = [n for n, start in enumerate(self._pages) if start <= page]
        for number, line in enumerate(self.rows):
            line.set_chosen(bool(begun) and number == begun[-1])
