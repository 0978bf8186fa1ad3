"""Beside the jobs: what they amount to together, their ages, and what is to be learned most."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_advisor.assessment.job_figures import Figure, plain
from desktop_advisor.assessment.job_profiles import CompetenceNeed, JobTotals
from desktop_advisor.domain.german import counted, percent
from desktop_advisor.report.jobs_chart import age_chart
from desktop_advisor.ui.results.jobs.age_bars import AgeBars
from desktop_advisor.ui.theme.spacing import XS, M
from desktop_advisor.ui.widgets import Card, FigureButton, Label, SmallText, SoftText, column

MOST_NEEDS = 8
"""Competences shown beside the jobs; each job shows all of its own (our choice)."""


class TotalsCard(Card):
    """The sums over the shown jobs, each with its arithmetic."""

    def __init__(self, totals: JobTotals) -> None:
        super().__init__(self.tr("Zusammen"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        lines: tuple[tuple[str, Figure | None], ...] = (
            (self.tr("Personen"), totals.heads),
            (self.tr("Zu besetzen oder zu qualifizieren in 5 J."), totals.recruit),
            (self.tr("Weniger Bedarf in 5 J."), totals.fall),
            (self.tr("Mehr Bedarf in 5 J."), totals.rise),
            (self.tr("Qualifizierungslücke (Personen-Stufen)"), totals.gap),
        )
        for number, (words, figure) in enumerate(lines):
            grid.addWidget(Label(words, wrap=True), number, 0)
            value: QWidget = SoftText(self.tr("offen"), wrap=False)
            if figure is not None:
                value = FigureButton(plain(figure.value), figure.derivation, right=True)
            grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)


class AgeCard(Card):
    """Persons by age, and the share of 55 and more."""

    def __init__(self, totals: JobTotals) -> None:
        super().__init__(self.tr("Altersstruktur"))
        self.chart: AgeBars | None = None
        if totals.age is None or totals.over_55 is None:
            self.add(SoftText(self.tr("Noch ist keine Altersgruppe vollständig eingetragen.")))
            return
        self.chart = AgeBars(age_chart(totals.age))
        share = FigureButton(percent(totals.over_55.value), totals.over_55.derivation)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.addWidget(Label(self.tr("55 Jahre und älter (schraffiert)"), wrap=True), 0, 0)
        grid.addWidget(share, 0, 1)
        self.add(self.chart, grid)


class NeedsCard(Card):
    """The competences with the largest gap over all jobs."""

    def __init__(self, needs: Sequence[CompetenceNeed]) -> None:
        super().__init__(self.tr("Was gelernt werden soll"))
        if not needs:
            self.add(SoftText(self.tr("Kein Können liegt unter seinem Soll.")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(0, 1)
        for number, need in enumerate(needs[:MOST_NEEDS]):
            persons = counted(int(need.persons), self.tr("Person"), self.tr("Personen"))
            words = column(Label(need.name, wrap=True), SmallText(persons), gap=0)
            grid.addLayout(words, number, 0)
            button = FigureButton(plain(need.gap.value), need.gap.derivation, right=True)
            grid.addWidget(button, number, 1, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
        if len(needs) > MOST_NEEDS:
            self.add(SmallText(self.tr("und {0} weitere").format(len(needs) - MOST_NEEDS)))
        if needs:
            self.add(SmallText(self.tr("Zahl: Stufen mal Personen (Personen-Stufen).")))
