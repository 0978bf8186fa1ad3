"""What is open beside the window, out of sight and back again."""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QToolTip, QWidget


@dataclass(frozen=True)
class _Hidden:
    """modality: Qt forgets what a dialog had when it is hidden."""

    window: QWidget
    modality: Qt.WindowModality


class Curtain:
    """Hides every other window of the program, and sheets that lie over the whole of this one.

    Menus and file dialogs are closed for good.
    """

    def __init__(self) -> None:
        self._hidden: list[_Hidden] = []
        self._sheets: list[QWidget] = []

    def draw(self, keep: QWidget) -> None:
        """Nothing but the middle of `keep` is seen; may be called again for what has come since."""
        QToolTip.hideText()
        self._hide_sheets(keep)
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

    def _hide_sheets(self, keep: QWidget) -> None:
        """What was raised over the window's own content, such as the sheet one signs on."""
        if not isinstance(keep, QMainWindow):
            return
        middle, direct = keep.centralWidget(), Qt.FindChildOption.FindDirectChildrenOnly
        for child in keep.findChildren(QWidget, options=direct):
            if child is not middle and child.isVisible() and not child.isWindow():
                self._sheets.append(child)
                child.hide()

    def lift(self) -> None:
        """Show again what was hidden and still exists."""
        sheets, self._sheets = self._sheets, []
        for sheet in sheets:
            if shiboken6.isValid(sheet):
                sheet.show()
                sheet.raise_()
        hidden, self._hidden = self._hidden, []
        for one in hidden:
            if shiboken6.isValid(one.window):
                one.window.setWindowModality(one.modality)
                one.window.show()
