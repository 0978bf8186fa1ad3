"""After the last question: what there is, what is missing, and the one way on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.assessment.plausibility import Finding
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.interview.plausibility_list import PlausibilityList
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import L, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    IconLabel,
    Label,
    PrimaryButton,
    SecondaryButton,
    clear,
    column,
    row,
    scrolling,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import DimensionProgress


class EndState(QWidget):
    """One sentence, one primary button.

    Signals:
        onwards: to the results.
        open_question: to the first open question.
        again: back to the last question.
        taken_up: code of a section put aside that is to be asked after all.
    """

    onwards = Signal()
    open_question = Signal()
    again = Signal()
    taken_up = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("check", Tone.GOOD, 40)
        self._headline = Label("", "question", wrap=True)
        self._detail = Label("", "soft", wrap=True)
        for label in (self._headline, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.results = PrimaryButton(self.tr("Auswertung ›"))
        self.first_open = SecondaryButton(self.tr("Zur ersten offenen Frage"))
        self.last = SecondaryButton(self.tr("‹ Zurück"))
        self.results.clicked.connect(self.onwards)
        self.first_open.clicked.connect(self.open_question)
        self.last.clicked.connect(self.again)
        self._parked = Label("", "soft", wrap=True)
        self._parked.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._ways_back = QWidget()
        self._ways_back.setLayout(FlowLayout())
        self.odd = PlausibilityList()
        self.release_room = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QWidget()
        buttons.setLayout(FlowLayout(self.last, self.first_open, self.results))
        inside = QWidget()
        body = column(gap=S)
        body.addStretch(2)
        body.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addSpacing(S)
        body.addWidget(self._headline)
        body.addWidget(self._detail)
        body.addSpacing(L)
        body.addWidget(buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addSpacing(L)
        body.addLayout(self.release_room)
        body.addWidget(self._parked)
        body.addWidget(self._ways_back, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addSpacing(L)
        body.addWidget(self.odd)
        body.addStretch(3)
        inside.setLayout(body)
        inside.setMaximumWidth(theme().px(720))
        whole = QWidget()
        line = row(margins=(L, L, L, L), gap=0)
        line.addStretch(1)
        line.addWidget(inside, 8)
        line.addStretch(1)
        whole.setLayout(line)
        self.setLayout(column(scrolling(whole), gap=0))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """What seems odd in the case; it asks, it never blocks."""
        self.odd.show_findings(findings)

    def _show_parked(self, sections: Sequence[DimensionProgress]) -> None:
        parked = [section for section in sections if section.is_parked]
        words = self.tr("Nicht betrachtet: {0}").format(", ".join(s.short for s in parked))
        self._parked.setText(words if parked else "")
        self._parked.setVisible(bool(parked))
        flow = self._ways_back.layout()
        if flow is None:
            return
        clear(flow)
        for section in parked:
            label = self.tr("{0} aufnehmen").format(section.short.replace("&", "&&"))
            button = SecondaryButton(label)
            button.clicked.connect(lambda _=False, code=section.code: self.taken_up.emit(code))
            flow.addWidget(button)
        self._ways_back.setVisible(bool(parked))

    def show_state(
        self,
        done: int,
        total: int,
        perspective: Perspective,
        sections: Sequence[DimensionProgress] = (),
    ) -> None:
        """That side has answered `done` of `total` questions."""
        who = {
            Perspective.MANAGEMENT: self.tr("Die Sichtweise der Geschäftsführung"),
            Perspective.WORKS_COUNCIL: self.tr("Die Sichtweise des Betriebsrats"),
            Perspective.ADVISOR: self.tr("Die Sichtweise der Beratung"),
            Perspective.JOINT: self.tr("Die gemeinsame Sichtweise"),
        }[perspective]
        missing = total - done
        self._show_parked(sections)
        self.odd.show_findings(())
        self.first_open.setVisible(missing > 0)
        self._icon.show_icon(
            "check" if missing == 0 else "info", Tone.GOOD if missing == 0 else Tone.ATTENTION
        )
        if missing == 0:
            self._headline.setText(self.tr("Alle {0} Fragen sind beantwortet.").format(total))
            self._detail.setText(
                self.tr(
                    "{0} ist durch. Sie können jetzt eine zweite Sichtweise aufnehmen "
                    "(rechts oben) oder das Ergebnis ansehen."
                ).format(who)
            )
            return
        words = self.tr("Eine Frage ist noch offen.")
        if missing > 1:
            words = self.tr("{0} Fragen sind noch offen.").format(missing)
        self._headline.setText(words)
        self._detail.setText(
            self.tr(
                "Die Auswertung geht auch so: Offene Fragen senken die Abdeckung, "
                "sie zählen nie als\u00a00."
            )
        )
