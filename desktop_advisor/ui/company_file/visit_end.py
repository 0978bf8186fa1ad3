"""The end of a visit: how long it took, said once."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import Label, SecondaryButton, SmallText, column, row
from desktop_advisor.usecases.company_file import VisitView
from desktop_advisor.usecases.visits import end_visit
from desktop_advisor.usecases.workplace import Workplace

LONGEST_HOURS = 24


class VisitEnd(QWidget):
    """Hours and a button while the visit runs; a sentence once it is over.

    Signals:
        ended: the visit was ended and committed.
    """

    ended = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._visit: VisitView | None = None
        self.hours = QLineEdit()
        self.hours.setFixedWidth(theme().px(96))
        self.hours.setAccessibleName(self.tr("Beratungsstunden"))
        self.button = SecondaryButton(self.tr("Termin beenden"))
        self.button.clicked.connect(lambda _checked: self._end())
        self.hours.returnPressed.connect(self._end)
        self._title = Label(self.tr("Dauer in Stunden"), "label")
        self._words = SmallText()
        line = row(gap=spacing.S)
        line.addWidget(self.hours)
        line.addWidget(self.button)
        line.addStretch(1)
        self.setLayout(column(self._title, line, self._words))

    def show_visit(self, visit: VisitView) -> None:
        """As the visit stands; hours that are being typed stay."""
        is_open = visit.state in ("running", "interrupted")
        hours = "" if visit.hours is None else f"{visit.hours.normalize():f}".replace(".", ",")
        for part in (self.hours, self.button):
            part.setVisible(is_open)
        self.setVisible(visit.state != "planned")
        if is_open and not self.hours.isModified():
            self.hours.setText(hours)
        said = self.tr("Beendet, {0} Stunden").format(hours) if hours else self.tr("Beendet")
        self._words.setText("" if is_open else said)
        self._words.setVisible(not is_open)
        self._title.setVisible(is_open)
        self._visit = visit

    def _end(self) -> None:
        hours = _typed_hours(self.hours.text())
        if self._visit is None or hours is None:
            self._words.setText(self.tr("Erwartet wird eine Zahl wie 2 oder 2,5."))
            self._words.setVisible(True)
            self.hours.setFocus()
            return
        end_visit(self._place, self._visit.visit_id, hours)
        self.ended.emit()


def _typed_hours(text: str) -> Decimal | None:
    """Hours between 0 and a day, as typed in German; None for anything else."""
    try:
        hours = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return hours if hours.is_finite() and 0 <= hours <= LONGEST_HOURS else None
