"""Which cells do not fit, in sentences that lead there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.interview.tables.row_model import Problem
from desktop_advisor.ui.theme.spacing import XS, M
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import IconLabel, Label, QuietButton, clear, column, row
from desktop_advisor.ui.widgets.labels import show_if

MOST = 4
"""So many are spelled out; the edges in the table show all."""


class ProblemList(QWidget):
    """Problems of cells, then what the form says about the table as a whole.

    Signals:
        wanted: row key and column name of the problem to go to.
    """

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self._lines = column(gap=XS)
        self.setLayout(self._lines)
        self.hide()

    def show_problems(self, problems: Sequence[Problem], messages: Sequence[str]) -> None:
        """All of them; nothing is shown when there are none."""
        clear(self._lines)
        self.sentences = [self._sentence(problem) for problem in problems]
        for problem, sentence in list(zip(problems, self.sentences, strict=True))[:MOST]:
            self._add(sentence, Tone.DANGER, problem)
        if len(problems) > MOST:
            more = self.tr("… und {0} weitere Zellen.").format(len(problems) - MOST)
            self._lines.addWidget(Label(more, "error"))
        for message in messages:
            self._add(message, Tone.ATTENTION, None)
        self.sentences += messages
        show_if(self, bool(self.sentences))

    def _sentence(self, problem: Problem) -> str:
        words = self.tr("Zeile {0}, {1}: {2}")
        return words.format(problem.row, problem.column.label, problem.sentence)

    def _add(self, sentence: str, tone: Tone, problem: Problem | None) -> None:
        kind = "error" if tone is Tone.DANGER else "small-ink"
        line = row(gap=M)
        line.addWidget(IconLabel("warning", tone, 18))
        line.addWidget(Label(sentence, kind, wrap=True), 1)
        if problem is not None:
            button = QuietButton(self.tr("Ansehen"))
            button.setAccessibleDescription(sentence)
            button.clicked.connect(lambda: self.wanted.emit(problem.row_key, problem.column.name))
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        self._lines.addWidget(holder)
