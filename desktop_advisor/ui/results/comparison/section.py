"""Vergleich: an earlier report to choose, the changes since, and firms of the same size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.results.comparison.benchmark_card import BenchmarkCard
from desktop_advisor.ui.results.comparison.then_card import ThenAndNow
from desktop_advisor.ui.results.section import Section
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    ChoiceBox,
    LoadingState,
    SoftText,
    clear,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.benchmarking import Benchmarks, show_benchmarks
from desktop_advisor.usecases.comparing import (
    Baseline,
    ComparisonView,
    compare_with,
    list_baselines,
)
from desktop_advisor.usecases.results import Results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class _Found:
    baselines: list[Baseline]
    chosen: ComparisonView | None
    benchmarks: Benchmarks


class ComparisonSection(Section):
    """What has changed since an earlier sealed report.

    Attributes:
        choice: which report; hidden where there is none.
    """

    def __init__(self, place: Workplace, results: Results) -> None:
        super().__init__(place, results)
        self._baselines: list[Baseline] = []
        self._banner = Banner()
        self._banner.say_nothing()
        self.choice = ChoiceBox()
        self.choice.setMinimumContentsLength(26)
        self.choice.setAccessibleName(self.tr("Früherer Bericht"))
        self.choice.chosen.connect(self._choose)
        self.choice.hide()
        self._inside = column(LoadingState(self.tr("Frühere Berichte werden gelesen.")), gap=0)
        self._card = Card(self.tr("Früher und heute"), self.choice)
        self._card.add(self._inside)
        self._others = column(gap=0)
        page = QWidget()
        margins = (XXL, L, XXL, XXL)
        page.setLayout(column(self._card, self._others, spacer(), gap=L, margins=margins))
        self.setLayout(column(self._banner, scrolling(page), gap=0))
        self._load()

    def _load(self) -> None:
        place, results = self.place, self.results

        def work(_control: Control) -> _Found:
            found = list_baselines(place, results)
            usual = next((b for b in found if b.is_usual), found[0] if found else None)
            chosen = compare_with(place, results, usual) if usual else None
            return _Found(found, chosen, show_benchmarks(place, results))

        run_task(self, work, on_done=self._show, on_failed=self._banner.say_error)

    def _show(self, found: _Found) -> None:
        self._baselines = found.baselines
        self._others.addWidget(BenchmarkCard(found.benchmarks))
        self.choice.set_options([(str(b.report_id), self._named(b)) for b in found.baselines])
        if found.chosen is not None:
            self.choice.set_value(str(found.chosen.baseline.report_id))
        self.choice.setVisible(bool(found.baselines))
        self._put(ThenAndNow(found.chosen) if found.chosen else SoftText(self._nothing()))

    def _named(self, baseline: Baseline) -> str:
        words = self.tr("Bericht vom {0}, Fassung {1}")
        return words.format(short_date(baseline.sealed_on), baseline.version)

    def _nothing(self) -> str:
        return self.tr(
            "Für dieses Unternehmen gibt es noch keinen versiegelten Bericht. Nach der "
            "Wiedervorlage steht hier, was sich seither verändert hat."
        )

    def _choose(self, report_id: str) -> None:
        place, results = self.place, self.results
        baseline = next((b for b in self._baselines if str(b.report_id) == report_id), None)
        if baseline is None:
            return

        def work(_control: Control) -> ComparisonView:
            return compare_with(place, results, baseline)

        run_task(
            self,
            work,
            on_done=lambda view: self._put(ThenAndNow(view)),
            on_failed=self._banner.say_error,
        )

    def _put(self, content: QWidget) -> None:
        clear(self._inside)
        self._inside.addWidget(content)
