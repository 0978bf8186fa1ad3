"""F1: the keys, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Heading, KeyHint, PrimaryButton, Text, column, row, spacer


class KeySheet(QDialog):
    """Keys of the program, then those of the screen that is open."""

    def __init__(self, of_screen: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tasten"))
        close = PrimaryButton(self.tr("Schließen"))
        close.clicked.connect(self.accept)
        edge = spacing.XXL
        own = (Heading(self.tr("Auf dieser Seite")), _table(of_screen)) if of_screen else ()
        body = column(
            Heading(self.tr("Überall")),
            _table(self._everywhere()),
            *own,
            spacing.M,
            row(spacer(), close),
            gap=spacing.M,
            margins=(edge, edge, edge, edge),
        )
        self.setLayout(body)
        self.setMinimumWidth(420)

    def _everywhere(self) -> Sequence[tuple[str, str]]:
        return (
            (self.tr("Strg 1 … 5"), self.tr("Heute, Unternehmen, Wissen, Synchronisieren, …")),
            (self.tr("Strg F"), self.tr("suchen")),
            (self.tr("Alt ←"), self.tr("zurück")),
            (self.tr("Esc"), self.tr("zurück oder schließen")),
            (self.tr("Strg +  Strg −"), self.tr("Schrift größer, kleiner")),
            (self.tr("Strg L"), self.tr("sperren")),
            ("F1", self.tr("diese Übersicht")),
        )


def _table(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(spacing.L)
    grid.setVerticalSpacing(spacing.S)
    for number, (key, meaning) in enumerate(rows):
        grid.addWidget(KeyHint(key), number, 0)
        grid.addWidget(Text(meaning, wrap=False), number, 1)
    grid.setColumnStretch(1, 1)
    return grid
