"""Ähnliche Betriebe: the value beside the middle half of firms of the same size."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.german import one_digit, short_date
from desktop_advisor.ui.theme.spacing import M
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    Label,
    SmallText,
    SoftText,
    Strong,
    column,
    row,
)
from desktop_advisor.usecases.benchmarking import BenchmarkRow, Benchmarks


class BenchmarkCard(Card):
    """One line per field of action with its number of firms; without a set, why there is none."""

    def __init__(self, found: Benchmarks) -> None:
        super().__init__()
        self.set_title(self.tr("Neben ähnlichen Betrieben"))
        if not found.rows:
            self.add(SoftText(found.why_none))
            return
        for number, item in enumerate(found.rows):
            self.add(HairLine() if number else None, self._line(item))
        stand = short_date(found.as_of) if found.as_of else ""
        words = self.tr("Quelle: {0}, Stand {1}. Gruppen unter zehn Betrieben fehlen.")
        self.add(SmallText(words.format(found.source, stand)))

    def _line(self, item: BenchmarkRow) -> QWidget:
        group = item.group
        spread = self.tr("Mitte {0} · die mittlere Hälfte {1} bis {2} · n = {3}").format(
            one_digit(group.median), one_digit(group.lower), one_digit(group.upper), group.firms
        )
        actual = one_digit(item.actual) if item.actual is not None else "–"
        holder = QWidget()
        line = row(gap=M)
        line.addLayout(column(Label(item.label), SmallText(spread), gap=0), 1)
        line.addWidget(Strong(actual))
        holder.setLayout(line)
        return holder
