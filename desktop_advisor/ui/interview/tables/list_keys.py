"""The keys of an opened list of choices in a cell."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from desktop_advisor.ui.widgets import ChoiceBox

_FORWARD = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
# Qt's list takes Enter already as a shortcut, before the press.
_PRESSES = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress})


class ListKeys(QObject):
    """Lets Enter and Tab choose from an opened list and go on, as they do in a line.

    Qt's own list knows no Tab at all, and after Enter the next Tab would leave the table.

    Signals:
        chosen: the marked choice is the box's now; +1 for the next cell, -1 for the one before.
    """

    chosen = Signal(int)

    def __init__(self, box: ChoiceBox) -> None:
        super().__init__(box)
        self._box = box
        box.view().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() not in _PRESSES:
            return super().eventFilter(watched, event)
        is_back = event.key() == Qt.Key.Key_Backtab
        if event.key() not in _FORWARD and not is_back:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        marked = self._box.view().currentIndex().row()
        if marked >= 0:
            self._box.setCurrentIndex(marked)
        self._box.hidePopup()
        # Deferred, since the list is still closing and the box with it would be taken down.
        QTimer.singleShot(0, self._box, partial(self.chosen.emit, -1 if is_back else 1))
        return True
