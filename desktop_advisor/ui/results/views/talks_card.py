"""Gesprächsanlässe: the widest distance first, with what the table said and the way back to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.wording import PERSPECTIVES, PERSPECTIVES_SHORT
from desktop_advisor.ui.results.views import figures
from desktop_advisor.ui.theme.spacing import XS, M, S
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
    clear,
    column,
    row,
)
from desktop_advisor.usecases.side_by_side import Talk

FIRST = 5
"""Shown before the list is unfolded: as many as stand on one screen beside the chart."""
_SIDES = (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL, Perspective.JOINT)


class TalksCard(Card):
    """The list; long ones are folded.

    Attributes:
        fold: shows all or the first ones; hidden where all fit.

    Signals:
        asked: name of the question to talk about.
        all_wanted: the tab with all of them is wanted (compact card only).
    """

    asked = Signal(str)
    all_wanted = Signal()

    def __init__(
        self, talks: Sequence[Talk], *, first: int = FIRST, is_compact: bool = False
    ) -> None:
        self._pill = Pill("")
        super().__init__("", self._pill)
        self.set_title(self.tr("Gesprächsanlässe GF und BR"))
        self._talks, self._first, self._is_compact = tuple(talks), first, is_compact
        self._is_open = False
        self._lines = QVBoxLayout()
        self._lines.setSpacing(S)
        self.fold = QuietButton("")
        self.fold.clicked.connect(lambda _checked: self._press())
        self._pill.say(self._count(), Tone.ATTENTION if talks else Tone.GOOD)
        nothing = self.tr(
            "Geschäftsführung und Betriebsrat liegen nirgends zwei Stufen auseinander."
        )
        self.add(None if talks else SoftText(nothing), self._lines, self.fold)
        self._fill()

    def _count(self) -> str:
        count = len(self._talks)
        if count == 0:
            return self.tr("keine")
        if count == 1:
            return self.tr("1 Abweichung ≥ 2")
        return self.tr("{0} Abweichungen ≥ 2").format(count)

    def _press(self) -> None:
        if self._is_compact:
            self.all_wanted.emit()
            return
        self._is_open = not self._is_open
        self._fill()
        self.fold.setFocus()

    def _fill(self) -> None:
        clear(self._lines)
        shown = self._talks if self._is_open else self._talks[: self._first]
        for number, talk in enumerate(shown):
            if number:
                self._lines.addWidget(HairLine())
            self._lines.addWidget(self._line(talk))
        words = self.tr("Alle {0} zeigen").format(len(self._talks))
        if self._is_open:
            words = self.tr("Nur die ersten {0} zeigen").format(self._first)
        if self._is_compact:
            words = self.tr("Alle Sichtweisen ›")
        self.fold.setText(words)
        self.fold.setVisible(self._is_compact or len(self._talks) > self._first)

    def _line(self, talk: Talk) -> QWidget:
        item = talk.item
        words = column(Label(item.text, wrap=True), SmallText(talk.field), gap=0)
        if talk.note:
            words.addWidget(Label(f"„{talk.note}“", "small-ink", wrap=True))
        chart = figures.item_chart(item)
        line = row(gap=M)
        line.addLayout(words, 1)
        for side, tone in zip(_SIDES, (Tone.MAIN, Tone.BR, Tone.GOOD), strict=True):
            record = item.answers.get(side)
            if record is not None and record.response.value.isdigit():
                pill = Pill(f"{PERSPECTIVES_SHORT[side]} {record.response.value}", tone)
                line.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        apart = self.tr("{0} Stufen").format(talk.distance)
        line.addWidget(FigureButton(apart, figures.distance(item.text, chart)))
        if not self._is_compact:
            line.addWidget(self._ask(talk))
        holder = QWidget()
        holder.setLayout(column(line, gap=XS))
        holder.setToolTip(self._anchors(talk))
        return holder

    def _ask(self, talk: Talk) -> QuietButton:
        ask = QuietButton(self.tr("Zur Frage ›"))
        ask.setAccessibleName(self.tr("Zur Frage: {0}").format(talk.item.text))
        ask.clicked.connect(lambda _checked: self.asked.emit(talk.item.indicator.question))
        return ask

    def _anchors(self, talk: Talk) -> str:
        return "\n".join(
            f"{PERSPECTIVES[side]} {level}: {talk.item.anchors.get(level, '')}"
            for side in _SIDES
            if side in talk.item.answers
            and (level := talk.item.answers[side].response.value).isdigit()
        )
