"""A dozen options at most, all of them visible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.interview.inputs.choice_row import ChoiceRow
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import clear, column
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import Option


def badges(options: Sequence[Option]) -> list[str]:
    """The digit key of each option: its own value where all are numbers, else its place."""
    values = [option.value for option in options]
    if values and all(value.isdigit() for value in values):
        return [value if len(value) == 1 else "" for value in values]
    return [str((place + 1) % 10) if place < 10 else "" for place in range(len(options))]


class OptionRows(QWidget):
    """Rows below each other, or chips beside each other where there is little height.

    Signals:
        pressed: the value of the option.
    """

    pressed = Signal(str)

    def __init__(self, *, is_single: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_single = is_single
        self._large = False
        self._compact = False
        self._options: tuple[Option, ...] = ()
        self.rows: list[ChoiceRow] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def put(self, options: Sequence[Option], chosen: Sequence[str], *, is_readonly: bool) -> None:
        """Show these options; the keyboard stays on its option as long as that is there."""
        if tuple(options) != self._options:
            kept = self.focused()
            self._options = tuple(options)
            self._build()
            if kept is not None:
                self._focus(next((r for r in self.rows if r.value == kept), None))
        for row in self.rows:
            row.show_chosen(row.value in chosen)
            row.setEnabled(not is_readonly)

    def set_size(self, *, large: bool, compact: bool) -> None:
        """How much room there is."""
        if (large, compact) == (self._large, self._compact):
            return
        is_other_shape = compact != self._compact
        self._large, self._compact = large, compact
        if is_other_shape and self.rows:
            self._lay_out()
        for row in self.rows:
            row.set_size(large=large, compact=compact)

    def focused(self) -> str | None:
        """The value the keyboard is on."""
        return next((row.value for row in self.rows if row.hasFocus()), None)

    def focus_chosen(self) -> bool:
        """Keyboard to the first chosen option; False where none is."""
        return self._focus(next((row for row in self.rows if row.isChecked()), None))

    def move_focus(self, step: int) -> None:
        """Keyboard to the neighbour of where it is, else to the chosen one, else to an end."""
        if not self.rows:
            return
        here = next((n for n, row in enumerate(self.rows) if row.hasFocus()), None)
        if here is None:
            chosen = next((n for n, row in enumerate(self.rows) if row.isChecked()), None)
            there = (0 if step > 0 else len(self.rows) - 1) if chosen is None else chosen
        else:
            there = max(0, min(len(self.rows) - 1, here + step))
        self._focus(self.rows[there])

    def value_of_key(self, key: str) -> str | None:
        """The option a digit key presses."""
        return next((row.value for row in self.rows if key and row.badge == key), None)

    @staticmethod
    def _focus(row: ChoiceRow | None) -> bool:
        if row is not None:
            row.show()  # one that was just built is not shown yet and would take no keyboard
            row.setFocus(Qt.FocusReason.TabFocusReason)
        return row is not None

    def _build(self) -> None:
        clear(self._box)
        self.rows = []
        for option, badge in zip(self._options, badges(self._options), strict=True):
            row = ChoiceRow(option, badge, is_single=self._is_single)
            row.set_size(large=self._large, compact=self._compact)
            row.clicked.connect(lambda _=False, value=option.value: self.pressed.emit(value))
            self.rows.append(row)
        self._lay_out()

    def _lay_out(self) -> None:
        while (item := self._box.takeAt(0)) is not None:
            if (layout := item.layout()) is not None:
                layout.deleteLater()
        self._box.addLayout(FlowLayout(*self.rows) if self._compact else column(*self.rows, gap=S))
