"""A line of words with one or two answers to it, for narrow places."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.ui.theme.spacing import M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Label, QuietButton, SecondaryButton, column
from desktop_advisor.ui.widgets.flow import FlowLayout


class Notice(QFrame):
    """Hidden until there is something to say, and again after either answer.

    Signals:
        accepted, dismissed: which button was pressed.
    """

    accepted = Signal()
    dismissed = Signal()

    def __init__(
        self, action: str, dismissal: str, tone: Tone, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", str(tone))
        self.words = Label("", "small-ink", wrap=True)
        self.action = SecondaryButton(action)
        self.dismissal = QuietButton(dismissal)
        self.action.setVisible(bool(action))
        self.dismissal.setVisible(bool(dismissal))
        for button in (self.action, self.dismissal):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action.clicked.connect(lambda: self._answer(self.accepted.emit))
        self.dismissal.clicked.connect(lambda: self._answer(self.dismissed.emit))
        buttons = FlowLayout(*(b for b in (self.action, self.dismissal) if not b.isHidden()))
        self.setLayout(column(self.words, buttons, gap=S, margins=(M, S, M, S)))
        self.hide()

    def say(self, words: str) -> None:
        """Show these words; "" hides the line."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def _answer(self, emit: Callable[[], None]) -> None:
        self.hide()
        emit()
