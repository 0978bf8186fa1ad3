"""Rows of a list: at least 44 px, pressed by mouse or by Enter, walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets.card import HairLine, clear
from desktop_advisor.ui.widgets.icons import IconLabel
from desktop_advisor.ui.widgets.labels import Label, SmallText, restyle, show_if
from desktop_advisor.ui.widgets.layout import column, row


class ListRow(QFrame):
    """Lead parts, a title over a second line, and parts at the right.

    inset: distance to the row's own edge; larger where rows are chosen and tinted.

    Signals:
        pressed: by mouse, Enter or Space; only where `pressable`.
    """

    pressed = Signal()

    def __init__(
        self,
        title: str,
        detail: str = "",
        *,
        lead: Iterable[QWidget] = (),
        trail: Iterable[QWidget] = (),
        strong: bool = False,
        pressable: bool = True,
        arrow: bool = True,
        inset: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.setProperty("pressable", pressable)
        self._pressable = pressable
        self.title = Label(title, "strong" if strong else "text", wrap=True)
        self.detail = SmallText(detail)
        show_if(self.detail, bool(detail))
        words = column(self.title, self.detail, gap=0)
        parts: list[QWidget] = [*trail]
        if pressable and arrow:
            parts.append(IconLabel("next", side=16))
        line = row(*lead, gap=spacing.M, margins=(inset, 6, inset, 6))
        line.addLayout(words, 1)
        for part in parts:
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.setMinimumHeight(spacing.TARGET + 4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(". ".join(part for part in (title, detail) if part))
        if pressable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_chosen(self, chosen: bool) -> None:
        """Show that this row is the one whose detail is open."""
        if self.property("chosen") != chosen:
            self.setProperty("chosen", chosen)
            restyle(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._pressable and inside and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._pressable and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class RowList(QWidget):
    """Rows with hairlines between them; `show_rows` replaces all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.rows: list[QWidget] = []

    def show_rows(self, rows: Iterable[QWidget]) -> None:
        """These rows, in this order."""
        clear(self._column)
        self.rows = list(rows)
        for number, part in enumerate(self.rows):
            if number:
                self._column.addWidget(HairLine())
            self._column.addWidget(part)

    def focus_first(self) -> None:
        """Put the keyboard on the first row."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
