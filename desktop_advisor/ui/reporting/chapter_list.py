"""The chapters at the left; a press scrolls the preview there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.report.bookmarks import Bookmark
from desktop_advisor.ui.reporting.pages.layout import Spot
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import IconLabel, ListRow, SmallText, clear, column, scrolling


class ChapterList(QWidget):
    """Chapter titles with a tick, a ring for what is still to be done.

    Signals:
        chosen: the Spot where the chapter begins.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._hint = SmallText("")
        self._hint.hide()
        self.rows: list[ListRow] = []
        self._starts: list[Spot] = []
        inside = QWidget()
        whole = column(self._rows, gap=0)
        whole.addStretch(1)
        inside.setLayout(whole)
        self._area = scrolling(inside)
        outer = column(gap=S)
        outer.addWidget(self._area, 1)
        outer.addWidget(self._hint)
        self.setLayout(outer)

    def show_chapters(
        self, bookmarks: Sequence[Bookmark], still_open: Sequence[str], hint: str
    ) -> None:
        """These chapters; `still_open` names the titles that wait for something."""
        clear(self._rows)
        self.rows, self._starts = [], []
        for mark in bookmarks:
            if mark.level == 0:
                number = len(self.rows)
                self.rows.append(self._row(mark, number, is_open=mark.title in still_open))
                self._starts.append(Spot(mark.page, mark.share))
        for line in self.rows:
            self._rows.addWidget(line)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _row(self, mark: Bookmark, number: int, *, is_open: bool) -> ListRow:
        words = self.tr("offen") if is_open else self.tr("vorhanden")
        tick = IconLabel(
            "info" if is_open else "check", Tone.ATTENTION if is_open else Tone.GOOD, 16, words
        )
        made = ListRow(mark.title, lead=(tick,), arrow=False)
        made.pressed.connect(lambda: self._go(number))
        return made

    def _go(self, number: int) -> None:
        """There, and it stays marked where the last page cannot scroll that far."""
        self.chosen.emit(self._starts[number])
        self._mark(number)

    def mark_spot(self, spot: Spot) -> None:
        """Show which chapter is being read: the last one that begins at the spot or before."""
        here = (spot.page, spot.share)
        self._mark(sum((start.page, start.share) <= here for start in self._starts) - 1)

    def _mark(self, chosen: int) -> None:
        for number, line in enumerate(self.rows):
            line.set_chosen(number == chosen)
        if 0 <= chosen < len(self.rows) and not self._area.underMouse():
            self._area.ensureWidgetVisible(self.rows[chosen], 0, 0)
