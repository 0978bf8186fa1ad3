"""What is open beside the window, out of sight and back again."""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip, QWidget


@dataclass(frozen=True)
class _Hidden:
    """modality: Qt forgets what a dialog had when it is hidden."""

    window: QWidget
    modality: Qt.WindowModality


class Curtain:
    """Hides every other window of the program; menus and file dialogs are closed for good."""

    def __init__(self) -> None:
        self._hidden: list[_Hidden] = []

    def draw(self, keep: QWidget) -> None:
        """Nothing but `keep` is seen any more; may be called again for what has come since."""
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            if window is keep or not window.isVisible():
                continue
            if isinstance(window, QFileDialog):
                window.reject()  # hidden, it would go on waiting for an answer
            elif window.windowType() is Qt.WindowType.Popup:
                window.close()
            else:
                self._hidden.append(_Hidden(window, window.windowModality()))
                window.hide()

    def lift(self) -> None:
        """Show again what was hidden and still exists."""
        hidden, self._hidden = self._hidden, []
        for one in hidden:
            if shiboken6.isValid(one.window):
                one.window.setWindowModality(one.modality)
                one.window.show()
