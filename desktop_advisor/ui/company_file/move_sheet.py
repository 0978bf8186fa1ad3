"""What another questionnaire, or a newer version, does to the answers; read before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Label,
    PrimaryButton,
    SecondaryButton,
    SmallText,
    Strong,
    Text,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.words import genitive
from desktop_advisor.usecases.questionnaire_moves import MovePreview, PerspectiveMove

SHOWN = 3
"""Questions left behind for one reason that are named; of the rest their number (our choice)."""


class MoveSheet(QFrame):
    """One line per perspective, what stays behind and why, and one button.

    Signals:
        confirmed: the MovePreview that was read.
        dismissed: nothing is to happen.
    """

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, preview: MovePreview) -> None:
        super().__init__()
        self._preview = preview
        self.setProperty("kind", "menu")
        words = (
            self.tr("Übernehmen und aktualisieren")
            if preview.is_update
            else self.tr("Übernehmen und wechseln")
        )
        self.go = PrimaryButton(words)
        self.go.clicked.connect(lambda _checked: self.confirmed.emit(self._preview))
        cancel = SecondaryButton(self.tr("Abbrechen"))
        cancel.clicked.connect(self.dismissed)
        lines = [Text(self._line(side)) for side in preview.perspectives]
        if not lines:
            lines = [Text(self.tr("Es gibt noch keine Antworten."))]
        if preview.is_update and preview.added:
            lines.append(Text(self._added()))
        edge = spacing.L
        self.setLayout(
            column(
                Strong(self._heading(), wrap=True),
                *lines,
                *self._left_behind(),
                SmallText(self._safe()),
                row(spacer(), cancel, self.go),
                margins=(edge, spacing.M, edge, spacing.M),
            )
        )
        self.setAccessibleName(self._heading())

    def _heading(self) -> str:
        (old, old_version), (new, new_version) = self._preview.old, self._preview.new
        if self._preview.is_update:
            return self.tr("{0}: von Fassung {1} zu Fassung {2}").format(
                new, old_version, new_version
            )
        return self.tr("Von „{0}“ zu „{1}“").format(old, new)

    def _line(self, side: PerspectiveMove) -> str:
        whose = genitive(str(side.perspective))
        said = self.tr("{0} von {1} Antworten {2} werden übernommen").format(
            side.carried, side.answered, whose
        )
        if side.answered == 1:
            said = (
                self.tr("Die eine Antwort {0} wird übernommen").format(whose)
                if side.carried
                else self.tr("Die eine Antwort {0} wird nicht übernommen").format(whose)
            )
        parts = [said]
        if side.present:
            parts.append(self.tr("{0} sind dort schon beantwortet").format(side.present))
        if side.left:
            parts.append(self.tr("{0} nicht").format(len(side.left)))
        return ", ".join(parts) + "."

    def _added(self) -> str:
        """What will be asked that was not asked before."""
        added = self._preview.added
        named = " · ".join(added[:SHOWN])
        if len(added) > SHOWN:
            named += self.tr(" … und {0} weitere").format(len(added) - SHOWN)
        return self.tr("Neu gefragt wird: {0}").format(named)

    def _left_behind(self) -> list[QVBoxLayout]:
        """Reason by reason, the questions it is true of."""
        reasons: dict[str, list[str]] = {}
        for side in self._preview.perspectives:
            for item in side.left:
                labels = reasons.setdefault(item.reason, [])
                if item.label not in labels:
                    labels.append(item.label)
        listed: list[QVBoxLayout] = []
        for reason, labels in reasons.items():
            named = " · ".join(labels[:SHOWN])
            if len(labels) > SHOWN:
                named += self.tr(" … und {0} weitere").format(len(labels) - SHOWN)
            listed.append(column(Label(reason, "label"), SmallText(named), gap=0))
        return listed

    def _safe(self) -> str:
        if self._preview.is_update:
            return self.tr(
                "Antworten, die nicht mehr passen, werden wieder geöffnet und als Notiz behalten."
                " Solange danach nichts geändert ist, lässt sich der Wechsel zurücknehmen."
            )
        return self.tr(
            "Die bisherigen Antworten bleiben erhalten; Sie können jederzeit zurückwechseln."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the sheet, not the screen behind it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
