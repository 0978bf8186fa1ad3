"""What seems odd before the results: short sentences, each with the way to its question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.assessment.plausibility import Finding
from desktop_advisor.ui.theme.spacing import M
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    IconLabel,
    QuietButton,
    SmallText,
    Text,
    clear,
    column,
    row,
)
from desktop_advisor.ui.widgets.labels import show_if

MOST = 5
"""So many at first; more would bury the one that matters."""


class PlausibilityList(Card):
    """Hides itself when nothing is odd. It only asks: nothing here keeps anybody from going on.

    Signals:
        question: key of the question, or table, that a finding is about.
    """

    question = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.findings: tuple[Finding, ...] = ()
        self.set_title(self.tr("Bitte noch einmal ansehen"))
        self.add(SmallText(self.tr("Hinweise, keine Fehler: Sie können jederzeit weitergehen.")))
        self._lines = column(gap=0)
        self.add(self._lines)
        self.more = QuietButton()
        self.more.clicked.connect(lambda: self._show(self.findings))
        self.add(self.more)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """These, the first five spelled out."""
        self.findings = tuple(findings)
        self._show(self.findings[:MOST])
        show_if(self, bool(self.findings))

    def _show(self, findings: Sequence[Finding]) -> None:
        clear(self._lines)
        for number, finding in enumerate(findings):
            if number:
                self._lines.addWidget(HairLine())
            self._lines.addWidget(self._line(finding))
        left = len(self.findings) - len(findings)
        words = self.tr("Noch {0} Hinweise zeigen") if left > 1 else self.tr("Noch einen zeigen")
        self.more.setText(words.format(left))
        show_if(self.more, left > 0)

    def _line(self, finding: Finding) -> QWidget:
        holder = QWidget()
        line = row(gap=M, margins=(0, 4, 0, 4))
        line.addWidget(IconLabel("info", Tone.ATTENTION, 20, self.tr("Hinweis")))
        line.addWidget(Text(finding.sentence), 1)
        if finding.questions:
            button = QuietButton(self.tr("Zur Frage"))
            button.setAccessibleName(self.tr("Zur Frage: {0}").format(finding.sentence))
            button.setAccessibleDescription(finding.sentence)
            key = finding.questions[0]
            button.clicked.connect(lambda: self.question.emit(key))
            line.addWidget(button)
        holder.setLayout(line)
        return holder
