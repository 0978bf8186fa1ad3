"""Ähnliche Betriebe: the value beside the mean or middle half of firms of the same size."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_advisor.assessment.benchmarks import Group
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
        spread = self._spread(item.group)
        actual = one_digit(item.actual) if item.actual is not None else "–"
        holder = QWidget()
        line = row(gap=M)
        line.addLayout(column(Label(item.label), SmallText(spread), gap=0), 1)
        line.addWidget(Strong(actual))
        holder.setLayout(line)
        return holder

    def _spread(self, group: Group) -> str:
        """What stands below the name: the mean, or the middle half."""
        words = self.tr("n ≥ {0}") if group.is_at_least else self.tr("n = {0}")
        firms = words.format(group.firms)
        if group.median is None or group.lower is None or group.upper is None:
            mean = one_digit(group.mean) if group.mean is not None else "–"
            return self.tr("Durchschnitt {0} · {1}").format(mean, firms)
        return self.tr("Mitte {0} · die mittlere Hälfte {1} bis {2} · {3}").format(
            one_digit(group.median), one_digit(group.lower), one_digit(group.upper), firms
        )
