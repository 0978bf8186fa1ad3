"""What happens behind the last question: how it stands, what seems odd, where to go from there."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QObject, Qt, Signal

from desktop_advisor.assessment.plausibility import Finding
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.interview.conduct import Conduct
from desktop_advisor.ui.interview.end_state import EndState
from desktop_advisor.ui.results.views.release_card import ReleaseCard
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.widgets import clear
from desktop_advisor.usecases.council_part import show_council_part
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
        self.release: ReleaseCard | None = None

    def _on_end(self) -> None:
        interview, place = self._conduct.running, self._conduct.place
        done, total = interview.progress()
        self._end.show_state(done, total, interview.perspective, interview.dimensions())
        self._offer_release(interview.case_id, interview.perspective)
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

    def _offer_release(self, case_id: uuid.UUID, side: Perspective) -> None:
        """Where the works council ends its part, it decides who sees it; nobody else does."""
        clear(self._end.release_room)
        self.release = None
        if side is not Perspective.WORKS_COUNCIL:
            return
        place = self._conduct.place
        card = self.release = ReleaseCard(place)
        card.show_part(case_id, show_council_part(place, case_id))
        card.decided.connect(lambda: self._released(case_id))
        self._end.release_room.addWidget(card)

    def _released(self, case_id: uuid.UUID) -> None:
        place = self._conduct.place
        if self.release is not None:
            self.release.show_part(case_id, show_council_part(place, case_id))
        self._conduct.saved.emit(place.clock())
