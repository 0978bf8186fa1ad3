"""A line that says what has just happened, with one way to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from desktop_advisor.ui.theme.spacing import M, S
from desktop_advisor.ui.widgets import QuietButton, Text, row
from desktop_advisor.ui.widgets.labels import show_if


class Notice(QFrame):
    """Hidden until something is said."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text()
        self.button = QuietButton()
        self.button.clicked.connect(self._press)
        self._act: Callable[[], object] | None = None
        line = row(gap=M, margins=(S, 0, 0, 0))
        line.addWidget(self.words, 1)
        line.addWidget(self.button)
        self.setLayout(line)
        self.hide()

    def say(self, words: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Words and what the button does; without an action there is no button."""
        self.words.setText(words)
        self.button.setText(action)
        self._act = act
        show_if(self.button, bool(action))
        self.setAccessibleName(words)
        show_if(self, bool(words))

    def say_nothing(self) -> None:
        """Nothing to take back any more."""
        self.say("")

    def _press(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()
