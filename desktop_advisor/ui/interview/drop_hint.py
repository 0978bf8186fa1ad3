"""Covers a place while a file is held over it, and says that it may be let go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Label, column


class DropHint(QFrame):
    """As large as its parent; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", str(Tone.MAIN))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = Label(self.tr("Hier ablegen"), "strong")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(words, gap=0))
        self.hide()

    def cover(self) -> None:
        """Show over everything the parent holds."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
