"""One job: figures that open their arithmetic, competences from Ist to Soll, a hint in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop_advisor.assessment.job_figures import Figure, plain, signed
from desktop_advisor.assessment.job_profiles import JobFigures, Outlook
from desktop_advisor.domain.german import THIN_SPACE, counted, percent
from desktop_advisor.report.jobs_chart import skill_scale
from desktop_advisor.ui.results.jobs.skill_line import SkillLine
from desktop_advisor.ui.theme.spacing import TARGET, XS, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    FigureButton,
    HairLine,
    Label,
    Pill,
    QuietButton,
    SmallText,
    SoftText,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout

INDENT = 4
"""As far as a figure one can press is set in."""


class FigureBox(QWidget):
    """A small label above its number; where nothing is known, "offen"."""

    def __init__(self, label: str, figure: Figure | None, text: str) -> None:
        super().__init__()
        name = Label(label, "label")
        name.setIndent(INDENT)
        value: QWidget
        if figure is not None:
            value = FigureButton(text, figure.derivation)
        else:
            value = SoftText(self.tr("offen"), wrap=False)
            value.setIndent(INDENT)
            value.setMinimumHeight(TARGET)
        self.setLayout(column(name, value, gap=0))


class JobCard(Card):
    """A job of three persons or more.

    Attributes:
        funding: the button to the calculators, None where nothing is to be learned.

    Signals:
        funding_wanted: what training for this job may cost and who helps.
    """

    funding_wanted = Signal()

    def __init__(self, job: JobFigures) -> None:
        super().__init__()
        self.job = job
        self.funding: QuietButton | None = None
        name = job.profile.name or self.tr("Tätigkeit ohne Namen")
        self.setAccessibleName(name)
        self.add(Label(name, "heading", wrap=True))
        self.add(_flowing(self._pills(job)), _flowing(self._figures(job)))
        if job.profile.competences:
            self.add(HairLine(), self._skills(job))
        else:
            self.add(SmallText(self.tr("Noch ist kein Können eingetragen.")))
        self.add(self._hint(job))
        if job.substitution is not None:
            source = job.profile.substitution_source or self.tr("nicht notiert")
            words = self.tr(
                "Quelle zu „Ersetzbar“: {0}. Gemeint ist das technisch Machbare, keine Vorhersage."
            )
            self.add(SmallText(words.format(source.rstrip("."))))

    def _hint(self, job: JobFigures) -> QHBoxLayout:
        """What the numbers suggest, and beside it the way to what learning may cost."""
        line = row(gap=M)
        line.addWidget(SmallText(job.hint), 1)
        if job.learning:
            self.funding = QuietButton(self.tr("Förderung rechnen"))
            words = self.tr("Förderung rechnen: {0}").format(self.accessibleName())
            self.funding.setAccessibleName(words)
            self.funding.clicked.connect(self.funding_wanted)
            line.addWidget(self.funding)
        return line

    def _pills(self, job: JobFigures) -> list[QWidget]:
        words = {
            Outlook.REPLACED: (self.tr("Bedarf sinkt"), Tone.ATTENTION),
            Outlook.RETAINED: (self.tr("bleibt"), Tone.GOOD),
            Outlook.NEW: (self.tr("zu besetzen"), Tone.MAIN),
            Outlook.OPEN: (self.tr("Bedarf offen"), Tone.NEUTRAL),
        }
        heads = counted(int(job.heads), self.tr("Person"), self.tr("Personen"))
        pills: list[QWidget] = [Pill(heads)]
        if job.profile.kldb:
            parts = (f"KldB {job.profile.kldb}", job.profile.requirement)
            pills.append(Pill(" · ".join(part for part in parts if part)))
        pills.append(Pill(*words[job.outlook]))
        return pills

    def _figures(self, job: JobFigures) -> list[QWidget]:
        said = job.profile
        boxes = (
            (self.tr("Lücke"), job.gap, _plain(job.gap)),
            (self.tr("Bedarf 3 J."), job.change3, _demand(said.demand3, job.change3)),
            (self.tr("Bedarf 5 J."), job.change5, _demand(said.demand5, job.change5)),
            (self.tr("Abgänge 5 J."), job.exits_share, _share(job.exits_share)),
            (self.tr("Zu besetzen"), job.need, _signed(job.need)),
            (self.tr("Ab 55 Jahre"), job.over_55, _share(job.over_55)),
            (self.tr("Ersetzbar"), job.substitution, _percent(job.substitution)),
        )
        return [FigureBox(*box) for box in boxes]

    def _skills(self, job: JobFigures) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(S)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for number, item in enumerate(job.profile.competences):
            scale = skill_scale(item.name, item.current, item.target)
            grid.addWidget(Label(item.name, wrap=True), number, 0)
            grid.addWidget(SkillLine(scale), number, 1)
            level = Label(scale.text, "strong")
            grid.addWidget(level, number, 2, Qt.AlignmentFlag.AlignRight)
        holder = QWidget()
        holder.setLayout(grid)
        return holder


def _flowing(parts: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    holder.setLayout(FlowLayout(*parts))
    return holder


def _plain(figure: Figure | None) -> str:
    return plain(figure.value) if figure else ""


def _demand(demand: Decimal | None, change: Figure | None) -> str:
    """ "26 (−8)": what will be needed and how that differs from today."""
    return f"{plain(demand)} ({signed(change.value)})" if demand is not None and change else ""


def _signed(figure: Figure | None) -> str:
    return signed(figure.value) if figure else ""


def _share(figure: Figure | None) -> str:
    return percent(figure.value) if figure else ""


def _percent(figure: Figure | None) -> str:
    return f"{plain(figure.value)}{THIN_SPACE}%" if figure else ""
