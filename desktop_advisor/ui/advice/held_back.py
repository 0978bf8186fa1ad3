"""Growth advice that waits while a warning sign stands, and the way to take it all the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    Label,
    QuietButton,
    SecondaryButton,
    SmallText,
    clear,
    column,
    row,
)
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.growth_pause import HeldBack


class HeldBackCard(Card):
    """One line per piece of advice; taking it asks for the reason.

    Signals:
        taken: name of the rule and the reason.
    """

    taken = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Zurückgestellt wegen eines Warnzeichens"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(S)
        self.take: dict[str, QuietButton] = {}
        self.items: tuple[HeldBack, ...] = ()
        self.add(self._lines)

    def show_items(self, items: Sequence[HeldBack]) -> None:
        """These; hidden while there are none."""
        self.items = tuple(items)
        clear(self._lines)
        self.take = {}
        self.setVisible(bool(items))
        if items:
            self._lines.addWidget(SmallText(items[0].sentence))
        for item in items:
            self._lines.addWidget(HairLine())
            self._lines.addWidget(self._line(item))

    def _line(self, item: HeldBack) -> QWidget:
        button = QuietButton(self.tr("Trotzdem aufnehmen …"))
        button.setAccessibleName(self.tr("{0} trotzdem aufnehmen").format(item.title))
        button.clicked.connect(lambda: self._ask(item))
        self.take[item.rule] = button
        holder = QWidget()
        line = row(gap=S)
        line.addWidget(Label(item.title, "text", wrap=True), 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        holder.setLayout(line)
        return holder

    def _ask(self, item: HeldBack) -> None:
        """One line for the reason in place of the list; without one nothing happens."""
        clear(self._lines)
        question = self.tr("Warum soll „{0}“ trotz des Warnzeichens in den Plan?")
        self.reason = QLineEdit()
        self.reason.setAccessibleName(question.format(item.title))
        self.reason.setPlaceholderText(self.tr("Grund, steht im Bericht"))
        self.confirm = SecondaryButton(self.tr("Aufnehmen"))
        cancel = QuietButton(self.tr("Abbrechen"))
        holder = QWidget()
        line = row(self.reason, self.confirm, cancel, gap=S)
        words = Label(question.format(item.title), "label", wrap=True)
        holder.setLayout(column(words, line, gap=S))
        self._lines.addWidget(holder)

        def take() -> None:
            if reason := self.reason.text().strip():
                self.taken.emit(item.rule, reason)
                return
            self.reason.setProperty("wrong", True)
            restyle(self.reason)
            self.reason.setFocus()

        self.confirm.clicked.connect(take)
        self.reason.returnPressed.connect(take)
        cancel.clicked.connect(lambda: self.show_items(self.items))
        self.reason.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back the question, not the whole screen."""
        if event.key() == Qt.Key.Key_Escape and not any(b.isVisible() for b in self.take.values()):
            self.show_items(self.items)
        else:
            super().keyPressEvent(event)
