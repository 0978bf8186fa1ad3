"""One pasted column: what it is called, what stands in it, where it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, M
from desktop_advisor.ui.widgets import ChoiceBox, Strong, column, row
from desktop_advisor.ui.widgets.labels import ElidedLabel

SAMPLES = 3


class ColumnChoice(QWidget):
    """A line of the mapping.

    Signals:
        chosen: its number and the name of the column it goes to, "" for none.
    """

    chosen = Signal(int, str)

    def __init__(
        self, number: int, title: str, cells: Sequence[str], options: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self.number = number
        self.box = ChoiceBox((("", self.tr("nicht übernehmen")), *options))
        self.box.setAccessibleName(self.tr("Ziel der Spalte {0}").format(title))
        self.box.setMaximumWidth(theme().px(232))
        self.box.chosen.connect(lambda name: self.chosen.emit(self.number, name))
        filled = [" ".join(cell.split()) for cell in cells if cell][:SAMPLES]
        samples = ElidedLabel(" · ".join(filled) or self.tr("leer"), "small")
        name = Strong(title, wrap=True)
        line = row(gap=M)
        line.addLayout(column(name, samples, gap=XS), 1)
        line.addWidget(self.box, 1)
        self.setLayout(line)

    def choose(self, name: str) -> None:
        """Show where it goes, without saying so."""
        self.box.set_value(name)
