"""After the last question: what there is, what is missing, and the one way on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import L, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    IconLabel,
    Label,
    PrimaryButton,
    SecondaryButton,
    column,
    row,
    spacer,
)
from desktop_advisor.usecases.question_views import DimensionProgress


class EndState(QWidget):
    """One sentence, one primary button.

    Signals:
        onwards: to the results.
        open_question: to the first open question.
        again: back to the last question.
        section_wanted: code of a section put aside.
    """

    onwards = Signal()
    open_question = Signal()
    again = Signal()
    section_wanted = Signal(str)

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
        buttons = row(spacer(), self.last, self.first_open, self.results, spacer(), gap=S)
        inside = QWidget()
        body = column(gap=S)
        body.addStretch(2)
        body.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addSpacing(S)
        body.addWidget(self._headline)
        body.addWidget(self._detail)
        body.addSpacing(L)
        body.addLayout(buttons)
        body.addStretch(3)
        inside.setLayout(body)
        inside.setMaximumWidth(theme().px(720))
        line = row(margins=(L, 0, L, 0), gap=0)
        line.addStretch(1)
        line.addWidget(inside, 8)
        line.addStretch(1)
        self.setLayout(line)

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
                "sie zählen nie als 0."
            )
        )
