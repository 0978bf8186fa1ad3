"""What happens behind the last question: how it stands, what seems odd, where to go from there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop_advisor.assessment.plausibility import Finding
from desktop_advisor.ui.interview.conduct import Conduct
from desktop_advisor.ui.interview.end_state import EndState
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.usecases.plausibility import check_case


class Ending(QObject):
    """Fills the end state; what seems odd is looked for off the GUI thread.

    Signals:
        shown: the end state is up to date and wants to be seen.
    """

    shown = Signal()

    def __init__(self, conduct: Conduct, end: EndState) -> None:
        super().__init__(end)
        self._conduct = conduct
        self._end = end
        conduct.ended.connect(self._on_end)
        end.open_question.connect(lambda: conduct.show(conduct.running.first_open()))
        end.again.connect(lambda: conduct.step(-1))
        end.taken_up.connect(conduct.take_up)
        end.odd.question.connect(conduct.go_to)

    def _on_end(self) -> None:
        interview, place = self._conduct.running, self._conduct.place
        done, total = interview.progress()
        self._end.show_state(done, total, interview.perspective, interview.dimensions())
        case_id, who = interview.case_id, interview.perspective

        def check(_control: Control) -> tuple[Finding, ...]:
            return check_case(place, case_id, who)

        run_task(
            self._end,
            check,
            on_done=self._end.show_findings,
            on_failed=self._conduct.failed.emit,
        )
        self.shown.emit()
        self._end.results.setFocus(Qt.FocusReason.OtherFocusReason)
