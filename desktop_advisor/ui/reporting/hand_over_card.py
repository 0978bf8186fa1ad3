"""Weitergeben: every way in which the document shown leaves the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Card, IconLabel, ListRow, clear


@dataclass(frozen=True)
class Way:
    """One way out. icon: its name. detail: what for, or its key."""

    id: str
    title: str
    detail: str
    icon: str
    run: Callable[[], object]


class HandOverCard(Card):
    """The ways, one row each."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("HandOverCard", "Weitergeben"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.rows: dict[str, ListRow] = {}

    def show_ways(self, ways: Sequence[Way]) -> None:
        """These, in this order."""
        clear(self._rows)
        self.rows = {}
        for way in ways:
            icon = IconLabel(way.icon, Tone.MAIN, 20)
            made = ListRow(way.title, way.detail, lead=(icon,), arrow=False)
            made.pressed.connect(way.run)
            self.rows[way.id] = made
            self._rows.addWidget(made)
