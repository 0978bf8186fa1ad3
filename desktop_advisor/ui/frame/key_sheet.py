"""F1: the keys, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import (
    Heading,
    KeyHint,
    PrimaryButton,
    Text,
    column,
    row,
    scrolling,
    spacer,
)

WIDTH = 520
"""At 100 %: the longest meaning in one line."""


class KeySheet(QDialog):
    """Keys of the program, then those of the screen that is open."""

    def __init__(self, of_screen: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tasten"))
        close = PrimaryButton(self.tr("Schließen"))
        close.clicked.connect(self.accept)
        edge = spacing.XXL
        own = (Heading(self.tr("Auf dieser Seite")), _table(of_screen)) if of_screen else ()
        keys = QWidget()
        keys.setLayout(
            column(
                Heading(self.tr("Überall")),
                _table(self._everywhere()),
                *own,
                spacer(),
                gap=spacing.M,
                margins=(edge, edge, edge, 0),
            )
        )
        self._keys = keys
        foot = row(spacer(), close, margins=(edge, 0, edge, edge))
        body = column(scrolling(keys), gap=spacing.M)
        body.addLayout(foot)
        self.setLayout(body)
        self._fit(parent)

    def _fit(self, parent: QWidget | None) -> None:
        """As high as the keys, but no larger than the window."""
        width, height = theme().px(WIDTH), 10_000
        if parent is not None:
            width = min(width, parent.width() - 2 * spacing.L)
            height = parent.height() - 2 * spacing.L
        layout = self._keys.layout()
        keys = layout.totalHeightForWidth(width) if layout is not None else 0
        foot = theme().px(44) + spacing.M + spacing.XXL
        self.resize(width, min(keys + foot, height))

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
        grid.addWidget(Text(meaning), number, 1)
    grid.setColumnStretch(1, 1)
    return grid
