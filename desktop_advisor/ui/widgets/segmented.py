"""One of a few things, all visible: Sichtweise, Belegstufe, palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets.layout import row


@dataclass(frozen=True)
class Option:
    """One segment. spoken: the full word where the label is an abbreviation."""

    key: str
    label: str
    spoken: str = ""
    tone: Tone = Tone.MAIN


class Segmented(QFrame):
    """Segments side by side; arrow keys move, exactly one is chosen (or none at first).

    Signals:
        chosen: the key, when the advisor changed it (not when the program did).
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        value: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segmented")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._keys = [option.key for option in options]
        self._group = QButtonGroup(self)
        parts: list[QWidget] = []
        for number, option in enumerate(options):
            if number:
                parts.append(_line())
            button = self._segment(option, name)
            self._group.addButton(button, number)
            parts.append(button)
        self.setLayout(row(*parts, gap=0, margins=(1, 0, 1, 0)))
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))
        self.set_value(value)

    def _segment(self, option: Option, name: str) -> QPushButton:
        button = QPushButton(option.label)
        button.setProperty("kind", "segment")
        button.setProperty("tone", str(option.tone))
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setAccessibleName(f"{name}: {option.spoken or option.label}")
        if option.spoken:
            button.setToolTip(option.spoken)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def value(self) -> str:
        """The key chosen, "" for none."""
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else ""

    def set_value(self, key: str) -> None:
        """Choose without a signal; an unknown key chooses none."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = min(max(self._group.checkedId() + step, 0), len(self._keys) - 1)
        button = self._group.button(number)
        button.setFocus()
        button.click()


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "segment-line")
    line.setFixedWidth(1)
    return line
