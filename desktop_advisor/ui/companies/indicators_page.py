"""Kennzahlen für die Förderstelle: choose a period, see what is counted, save it as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from desktop_advisor.domain.german import BERLIN, figure, short_date
from desktop_advisor.report.indicator_model import IndicatorReport, IndicatorTable
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import XXL, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Field,
    FieldForm,
    FigureButton,
    HairLine,
    Kind,
    Label,
    Option,
    SecondaryButton,
    Segmented,
    SmallText,
    SoftText,
    TwoColumns,
    clear,
    column,
    scrolling,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.funder_indicators import (
    Period,
    funder_indicators,
    last_quarter,
    save_indicators,
    this_year,
)

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

FILE_NAME = "Kennzahlen.xlsx"


class IndicatorsPage(QWidget):
    """The preview is what the file holds.

    Attributes:
        report: what is shown, None before it was counted.

    Signals:
        counted: the preview is up to date.
    """

    counted = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.report: IndicatorReport | None = None
        self.trouble = Banner()
        self.trouble.say_nothing()
        self.span = Segmented(
            self.tr("Zeitraum"),
            (
                Option("year", self.tr("dieses Jahr")),
                Option("quarter", self.tr("letztes Quartal")),
                Option("free", self.tr("von – bis")),
            ),
            "year",
        )
        self.span.chosen.connect(self.show_span)
        self.days = FieldForm(
            (
                Field("first", self.tr("von"), Kind.DAY, required=True),
                Field("last", self.tr("bis"), Kind.DAY, required=True),
            ),
            columns=2,
        )
        self.days.settled.connect(lambda _key, _value: self.count())
        self.save = SecondaryButton(self.tr("Als XLSX oder CSV speichern …"))
        self.save.clicked.connect(self._ask_where)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QWidget()
        top.setLayout(FlowLayout(self.span, self.save, gap=S))
        self._about = SoftText("")
        self._left, self._right = column(gap=L), column(gap=L)
        inside = QWidget()
        parts = (top, self.days, self.trouble, self._about)
        whole = column(*parts, gap=L, margins=(XXL, 22, XXL, 22))
        whole.addWidget(TwoColumns(self._left, self._right))
        whole.addStretch(1)
        inside.setLayout(whole)
        self.setLayout(column(scrolling(inside)))
        self.days.hide()

    # -- period ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Count anew, with the period chosen last."""
        self.show_span(self.span.value())

    def show_span(self, span: str) -> None:
        """This year, last quarter, or days of one's own."""
        self.span.set_value(span)
        self.days.setVisible(span == "free")
        today = self._place.clock().astimezone(BERLIN).date()
        if span == "free":
            if not self.days.texts()["first"]:
                year = this_year(today)
                self.days.put({"first": year.first, "last": year.last})
            self.days.focus_first()
        else:
            found = this_year(today) if span == "year" else last_quarter(today)
            self.days.put({"first": found.first, "last": found.last})
        self.count()

    def period(self) -> Period | None:
        """The days in the fields; None where one is missing, which is then said."""
        values = self.days.values()
        if values is None:
            return None
        first, last = values["first"], values["last"]
        return Period(first, last) if isinstance(first, date) and isinstance(last, date) else None

    def count(self) -> None:
        """Count off the GUI thread, then show."""
        period, place = self.period(), self._place
        if period is None:
            return

        def work(_control: Control) -> IndicatorReport:
            return funder_indicators(place, period)

        run_task(self, work, on_done=self.show_report, on_failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.report = None
        self.save.setEnabled(False)
        self.trouble.say_error(error)

    # -- preview -----------------------------------------------------------------------------

    def show_report(self, report: IndicatorReport) -> None:
        """The tables as the file will hold them."""
        self.report = report
        self.save.setEnabled(True)
        self.trouble.say_nothing()
        words = self.tr("{0} bis {1}. {2}")
        span = words.format(
            short_date(report.first), short_date(report.last), report.without_consent
        )
        self._about.setText(span)
        for side in (self._left, self._right):
            clear(side)
        overview, *others = report.tables
        self._left.addWidget(self._overview(overview, report))
        for number, table in enumerate(others):
            (self._left if number % 3 == 2 else self._right).addWidget(self._table(table))
        self._left.addWidget(self._method(report))
        for side in (self._left, self._right):
            side.addStretch(1)
        self.counted.emit()

    def _overview(self, table: IndicatorTable, report: IndicatorReport) -> Card:
        grid = _grid()
        for line, (row, derivation) in enumerate(zip(table.rows, report.derivations, strict=True)):
            grid.addWidget(Label(row.label, "text", wrap=True), line, 0)
            right = Qt.AlignmentFlag.AlignRight
            button = FigureButton(derivation.result, derivation, right=True)
            grid.addWidget(button, line, 1, right)
        return Card(table.title).add(grid)

    def _table(self, table: IndicatorTable) -> Card:
        card = Card(table.title)
        grid = _grid()
        for index, words in enumerate(table.columns, start=1):
            grid.addWidget(SmallText(words, wrap=False), 0, index, Qt.AlignmentFlag.AlignRight)
        for line, row in enumerate(table.rows, start=1):
            grid.addWidget(Label(row.label, "small-ink", wrap=True), line, 0)
            for index, value in enumerate(row.figures, start=1):
                said = Label(figure(value), "small-ink")
                grid.addWidget(said, line, index, Qt.AlignmentFlag.AlignRight)
        if table.rows:
            card.add(grid)
        if table.note or not table.rows:
            card.add(SoftText(table.note or self.tr("Im Zeitraum nichts zu zählen.")))
        return card

    def _method(self, report: IndicatorReport) -> Card:
        card = Card(self.tr("So wird gezählt"))
        for number, sentence in enumerate(report.method):
            if number:
                card.add(HairLine())
            card.add(SmallText(sentence))
        return card

    # -- saving ------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        found, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Kennzahlen speichern"),
            FILE_NAME,
            self.tr("Excel-Dateien (*.xlsx);;CSV-Dateien (*.csv)"),
        )
        if found:
            self.write(Path(found))

    def write(self, target: Path) -> None:
        """Write them there, off the GUI thread."""
        period, place = self.period(), self._place
        if period is None:
            return

        def work(_control: Control) -> None:
            save_indicators(place, period, target)

        def done(_result: None) -> None:
            words = self.tr("Die Kennzahlen liegen in {0}. Sie enthalten keine Namen.")
            self.trouble.say(words.format(str(target)), tone=Tone.GOOD)

        run_task(self, work, on_done=done, on_failed=self.trouble.say_error)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(M)
    grid.setVerticalSpacing(S)
    grid.setColumnStretch(0, 1)
    return grid
