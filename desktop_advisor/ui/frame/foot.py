"""The foot of the rail: network, what is not safe at the server yet, and a run under way."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import IconLabel, Label, column, row, spacer
from desktop_advisor.ui.words import age_words

if TYPE_CHECKING:
    from desktop_advisor.usecases.sync_state import UnsentWork


class Foot(QFrame):
    """Always to be seen; a press leads to the synchronisation.

    Signals:
        pressed: by mouse, Enter or Space.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.setProperty("pressable", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Zum Synchronisieren"))
        self.setMinimumHeight(spacing.TARGET)
        self._signal = IconLabel("offline", side=16)
        self.network_state = Label("", "foot")
        self.unsent = Label("", "small", wrap=True)
        self.run = Label("", "small", wrap=True)
        self.run.hide()
        line = row(self._signal, self.network_state, spacer(), gap=spacing.S)
        lines = (line, self.unsent, self.run)
        self.setLayout(column(*lines, gap=2, margins=(10, spacing.S, 2, 4)))

    def show_state(self, is_online: bool | None, work: UnsentWork, now: datetime) -> None:
        """What waits; is_online None where nobody can tell."""
        texts = {
            True: self.tr("Netz vorhanden"),
            False: self.tr("Ohne Netz"),
            None: self.tr("Auf diesem Gerät"),
        }
        self.network_state.setText(texts[is_online])
        names = {True: "network", False: "offline", None: "lock"}
        self._signal.show_icon(names[is_online], Tone.GOOD if is_online else Tone.NEUTRAL)
        if work.standing:
            self.network_state.setText(self.tr("Nicht mehr zugelassen"))
            self._signal.show_icon("warning", Tone.DANGER)
        self.unsent.setText(self._unsent_text(work, now))
        self._name()

    def show_run(self, words: str) -> None:
        """What a run under way is doing; "" when there is none."""
        self.run.setText(words)
        self.run.setVisible(bool(words))
        self._name()

    def _name(self) -> None:
        parts = (self.network_state.text(), self.unsent.text(), self.run.text())
        self.setAccessibleName(". ".join(part for part in parts if part))

    def _unsent_text(self, work: UnsentWork, now: datetime) -> str:
        if not work.changes:
            none = self.tr("Noch nichts zu synchronisieren")
            return self.tr("Alles am Server gesichert") if work.is_enrolled else none
        what = counted(work.changes, self.tr("Eingabe"), self.tr("Eingaben"))
        if work.standing:
            return self.tr("{0} nur auf diesem Gerät").format(what)
        waiting = self.tr("{0} noch nicht am Server gesichert").format(what)
        if work.since is None:
            return waiting
        oldest = self.tr("älteste {0}").format(age_words(work.since, now))
        return f"{waiting}, {oldest}"

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
