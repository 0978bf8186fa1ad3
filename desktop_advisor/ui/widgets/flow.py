"""A row that goes on in the next line when it is too narrow: buttons and chips at 200 % type."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop_advisor.ui.theme import spacing


class FlowLayout(QLayout):
    """Parts from left to right, then below; `add_gap` pushes what follows to the right edge."""

    def __init__(self, *parts: QWidget, gap: int = spacing.S) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._pushed_from: int | None = None
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def add_gap(self) -> None:
        """Whatever is added from now on stands at the right, as long as all fits in one line."""
        self._pushed_from = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(size.width() for _, size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for _, size in shown), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item, _ in self._shown()]
        return QSize(
            max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0)
        )

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        return [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the parts; the height they need."""
        shown, gap = self._shown(), self.spacing()
        total = self.sizeHint().width()
        slack = rect.width() - total if self._pushed_from is not None else 0
        pushed = self._items[self._pushed_from :] if self._pushed_from is not None else []
        x, y, line = rect.x(), rect.y(), 0
        for item, size in shown:
            if pushed and item is pushed[0] and slack > 0:
                x += slack
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + gap
            line = max(line, size.height())
        return y + line - rect.y()
