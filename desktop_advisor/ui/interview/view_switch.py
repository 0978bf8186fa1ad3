"""Frage, Liste, Halle: three ways to look at the same question."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.widgets import icon

KEYS = {View.ONE: "F2", View.LIST: "F3", View.HALL: "F4"}
_ICONS = {View.ONE: "document", View.LIST: "list", View.HALL: "company"}


class ViewSwitch(QFrame):
    """Three segments, below each other as icons where there is no room for words.

    Signals:
        chosen: the View pressed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segmented")
        self.setAccessibleName(self.tr("Ansicht"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = {
            View.ONE: (self.tr("Frage"), self.tr("Eine Frage nach der anderen")),
            View.LIST: (self.tr("Liste"), self.tr("Alle Fragen des Feldes als Liste")),
            View.HALL: (self.tr("Halle"), self.tr("Hallenmodus: große Tasten, hoher Kontrast")),
        }
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(1, 0, 1, 0)
        self._line.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons = {view: self._segment(view) for view in View}
        self.set_narrow(False)

    def _segment(self, view: View) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "segment")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        word, meaning = self._words[view]
        button.setAccessibleName(self.tr("Ansicht: {0}").format(word))
        button.setToolTip(f"{meaning} ({KEYS[view]})")
        button.clicked.connect(lambda: self.chosen.emit(view))
        self._group.addButton(button)
        self._line.addWidget(button)
        return button

    def show_view(self, view: View) -> None:
        """Mark the view in force."""
        self.buttons[view].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Icons below each other, or words beside each other."""
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        side = min(theme().px(20), 24)
        for view, button in self.buttons.items():
            button.setText("" if narrow else self._words[view][0])
            button.setIconSize(QSize(side, side))
            drawn = icon(_ICONS[view], tokens().ink) if narrow else QIcon()
            button.setIcon(drawn)
