"""What one types into: a choice, a German date, a note, a passphrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.widgets.icons import icon, pixmap

_DATE = re.compile(r"^\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2}|\d{4})?\s*$")


class ChoiceBox(QComboBox):
    """One of several values; shows words, holds keys. The wheel never changes it by accident."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.set_options(options)
        self.activated.connect(lambda _: self.chosen.emit(self.value()))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace what can be chosen: (key, word)."""
        self.clear()
        for key, word in options:
            self.addItem(word, key)

    def value(self) -> str:
        """The key chosen, "" for none."""
        return str(self.currentData() or "")

    def set_value(self, key: str) -> None:
        """Choose a key; an unknown one is added as it is, so that nothing stored disappears."""
        index = self.findData(key)
        if index < 0 and key:
            self.addItem(key, key)
            index = self.count() - 1
        self.setCurrentIndex(max(index, 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme().px(16)
        painter = QPainter(self)
        painter.drawPixmap(
            self.width() - side - 12,
            (self.height() - side) // 2,
            pixmap("down", tokens().soft, side),
        )


def parsed_date(text: str, today: date) -> date | None:
    """The day a German input means ("24.11.26", "24.11." is this year's); None if it means none."""
    found = _DATE.match(text)
    if found is None:
        return None
    day, month, year = found.groups()
    full_year = today.year if not year else int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None


class DateEdit(QLineEdit):
    """A day as TT.MM.JJJJ, typed or picked from a calendar; empty is allowed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("TT.MM.JJJJ"))
        self._pick = QAction(self.tr("Kalender öffnen"), self)
        self._pick.triggered.connect(self._open_calendar)
        self.addAction(self._pick, QLineEdit.ActionPosition.TrailingPosition)
        self._calendar: QWidget | None = None
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_pick"):
            self._tint()
        super().changeEvent(event)

    def day(self) -> date | None:
        """The day in the field; None when it is empty or means no day."""
        return parsed_date(self.text(), date.today())  # noqa: DTZ011  the advisor's own calendar

    def set_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self.setText(short_date(day) if day else "")

    def _tint(self) -> None:
        self._pick.setIcon(icon("calendar", tokens().soft))

    def _open_calendar(self) -> None:
        popup = QWidget(self, Qt.WindowType.Popup)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        layout = QVBoxLayout(popup)
        layout.addWidget(calendar)
        if (day := self.day()) is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        self._calendar = popup
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        calendar.setFocus()

    def _take(self, day: object) -> None:
        python_day = day.toPython() if hasattr(day, "toPython") else None
        if isinstance(python_day, date):
            self.set_day(python_day)
            self.textEdited.emit(self.text())
            self.editingFinished.emit()
        if self._calendar is not None:
            self._calendar.close()
            self._calendar = None
        self.setFocus()


class NoteEdit(QPlainTextEdit):
    """Several lines of text; Tab leaves the field, since nobody indents a note."""

    left = Signal()

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._lines = lines
        self._measure()

    def _measure(self) -> None:
        self.setMinimumHeight(round(self.fontMetrics().lineSpacing() * self._lines) + 22)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_lines"):
            self._measure()
        super().changeEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PassphraseEdit(QLineEdit):
    """Hidden text with a switch to look at it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._eye = QAction(self.tr("anzeigen"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._tint()

    def _tint(self) -> None:
        self._eye.setIcon(icon("eye", tokens().soft))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_eye"):
            self._tint()
        super().changeEvent(event)

    def _show(self, visible: bool) -> None:
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if visible else mode.Password)
