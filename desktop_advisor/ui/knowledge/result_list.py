"""The hits below each other; rows are kept and told something else, because making them is slow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.knowledge.result_row import ResultRow
from desktop_advisor.usecases.searching import Hit


class ResultList(QWidget):
    """Rows for hits.

    Signals:
        opened: key of the hit that was pressed.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._kept: list[ResultRow] = []
        self.rows: list[ResultRow] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """These hits, in this order."""
        self.hide()  # else every row that appears would lay out all the others again
        for row, hit in zip(self._kept, hits, strict=False):
            row.show_hit(hit)
        for hit in hits[len(self._kept) :]:
            self._add(hit)
        self.rows = self._kept[: len(hits)]
        for number, row in enumerate(self._kept):
            row.setVisible(number < len(hits))
        self.show()

    def _add(self, hit: Hit) -> None:
        row = ResultRow(hit)
        row.pressed.connect(lambda: self.opened.emit(row.hit.key))
        self._kept.append(row)
        self._column.addWidget(row)

    def focus_first(self) -> None:
        """Put the keyboard on the first row."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
