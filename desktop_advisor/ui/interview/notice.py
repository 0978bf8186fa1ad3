"""A line of words with up to two answers to it, for narrow places."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.ui.interview.inputs.answer_input import LARGE_TARGET
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import Label, QuietButton, SecondaryButton, column
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if


class Notice(QFrame):
    """Hidden until there is something to say, and again after either answer.

    action, dismissal: what the buttons say; "" for no such button.

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
        for button in (self.action, self.dismissal):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action.clicked.connect(lambda: self._answer(self.accepted.emit))
        self.dismissal.clicked.connect(lambda: self._answer(self.dismissed.emit))
        buttons = FlowLayout(self.action, self.dismissal)
        self.setLayout(column(self.words, buttons, gap=S, margins=(M, S, M, S)))
        show_if(self.action, bool(action))
        show_if(self.dismissal, bool(dismissal))
        self.hide()

    def say(self, words: str) -> None:
        """Show these words; "" hides the line."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def set_size(self, large: bool) -> None:
        """Buttons of at least 72 px and larger words, for the hall."""
        self.words.set_kind("text" if large else "small-ink")
        for button in (self.action, self.dismissal):
            make_tall(button, large)

    def _answer(self, emit: Callable[[], None]) -> None:
        self.hide()
        emit()


def make_tall(button: QWidget, is_large: bool) -> None:
    """Give a button the height of the hall, or take it back."""
    height, size = theme().px(LARGE_TARGET), theme().px(Size.TITLE)
    button.setStyleSheet(f"min-height: {height - 2}px; font-size: {size}px;" if is_large else "")
