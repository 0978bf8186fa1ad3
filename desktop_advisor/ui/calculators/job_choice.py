"""Which job of the case is trained: fills in the persons and says what they lack."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.assessment.job_profiles import JobFigures
from desktop_advisor.domain.german import figure
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import ChoiceBox, Label, SmallText, column
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.job_profiles import JobsView, show_jobs
from desktop_advisor.usecases.workplace import Workplace


class JobChoice(QWidget):
    """A choice of the case's jobs of three persons or more; hidden where there are none.

    Signals:
        chosen: how many persons the job has.
    """

    chosen = Signal(int)

    def __init__(self, place: Workplace, case_id: uuid.UUID | None) -> None:
        super().__init__()
        self._place, self._case_id = place, case_id
        self._is_wanted = False
        self.jobs: tuple[JobFigures, ...] = ()
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(self.tr("Tätigkeit"))
        self.gap = SmallText()
        show_if(self.gap, False)
        self.setLayout(
            column(
                Label(self.tr("Tätigkeit aus der Stellentabelle"), "label"),
                self.choice,
                self.gap,
                gap=spacing.XS,
            )
        )
        self.choice.chosen.connect(self._choose)
        show_if(self, False)

    def refresh(self) -> None:
        """Read the jobs of the case anew, in a worker."""
        place, case_id = self._place, self._case_id
        if case_id is None:
            return

        def work(_control: Control) -> JobsView:
            return show_jobs(place, case_id)

        run_task(self, work, on_done=self.show_jobs, on_failed=lambda _error: None)

    def show_jobs(self, view: JobsView) -> None:
        """These jobs."""
        self.jobs = view.summary.jobs
        names = [
            (str(n), f"{job.profile.name} ({figure(job.heads)})") for n, job in enumerate(self.jobs)
        ]
        before = self.choice.value()
        self.choice.set_options([("", self.tr("keine ausgewählt")), *names])
        self.choice.set_value(before if before in dict(names) else "")
        self.show_for(self._is_wanted)

    def show_for(self, is_wanted: bool) -> None:
        """Whether the calculator asks for persons at all."""
        self._is_wanted = is_wanted
        show_if(self, is_wanted and bool(self.jobs))

    def _choose(self, key: str) -> None:
        if not key:
            show_if(self.gap, False)
            return
        job = self.jobs[int(key)]
        lacking = ", ".join(competence.name for competence in job.learning)
        words = self.tr("Zu lernen laut Gespräch: {0}").format(lacking)
        self.gap.setText(words if lacking else self.tr("Keine Kompetenzlücke erfasst."))
        show_if(self.gap, True)
        self.chosen.emit(int(job.heads))
