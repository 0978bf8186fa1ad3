"""The button beside a day that opens a month to pick from, with days a finger can hit."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.widgets import SecondaryButton, column
from desktop_advisor.ui.widgets.icons import icon

DAYS_ACROSS, WEEKS_DOWN = 7, 8
"""A month with its two head lines."""


class CalendarButton(SecondaryButton):
    """Opens the month of `shown_day`.

    Signals:
        picked: the day chosen.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "calendar", parent)
        self.setAccessibleName(self.tr("Kalender öffnen"))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shown_day: date | None = None
        self.calendar: QCalendarWidget | None = None
        self.clicked.connect(self._open)

    def _open(self) -> None:
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        _dress(calendar)
        popup.setLayout(column(calendar, gap=0))
        if (day := self.shown_day) is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        self.calendar = calendar
        popup.destroyed.connect(self._forget)
        side = max(TARGET, theme().px(TARGET - 6))
        popup.resize(DAYS_ACROSS * side, WEEKS_DOWN * side)
        popup.move(self._place(popup))
        popup.show()
        calendar.setFocus()

    def _place(self, popup: QWidget) -> QPoint:
        """Below the button, above it where the screen ends."""
        below = self.mapToGlobal(QPoint(0, self.height() + 4))
        room = self.screen().availableGeometry()
        x = max(room.left(), min(below.x(), room.right() - popup.width()))
        if below.y() + popup.height() <= room.bottom():
            return QPoint(x, below.y())
        above = self.mapToGlobal(QPoint(0, -4)).y() - popup.height()
        return QPoint(x, max(room.top(), above))

    def _take(self, day: QDate) -> None:
        calendar, self.calendar = self.calendar, None
        if calendar is None:
            return  # Enter activates and clicks at once
        calendar.window().close()
        self.picked.emit(date(day.year(), day.month(), day.day()))

    def _forget(self) -> None:
        self.calendar = None


def _dress(calendar: QCalendarWidget) -> None:
    """Our colours and arrows: Qt's own weekend is a red that cannot be read on dark paper."""
    weekend = QTextCharFormat()
    weekend.setForeground(QColor(tokens().soft))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, weekend)
    for name, arrow in (("qt_calendar_prevmonth", "back"), ("qt_calendar_nextmonth", "next")):
        button = calendar.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(icon(arrow, tokens().on_main))
            button.setIconSize(QSize(theme().px(20), theme().px(20)))
            button.setMinimumSize(TARGET, TARGET)
