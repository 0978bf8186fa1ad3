"""One field of action: every side on one scale; opened, every Kennpunkt of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.german import one_digit, percent
from desktop_advisor.report.wording import PERSPECTIVES_SHORT
from desktop_advisor.ui.results.views import figures
from desktop_advisor.ui.results.views.dumbbell import Dumbbell
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    FigureButton,
    Label,
    Pill,
    QuietButton,
    SmallText,
    Strong,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow

NAME_WIDTH = 150
SIDES = (Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL, Perspective.ADVISOR)


class ViewRow(QWidget):
    """Name, dumbbell and figures; the button below opens the Kennpunkte.

    Attributes:
        fold: opens and closes them.
        detail: the Kennpunkte, None until they are first opened.

    Signals:
        asked: name of the question the table wants to talk about.
    """

    asked = Signal(str)

    def __init__(self, dimension: DimensionRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dimension = dimension
        self.detail: QWidget | None = None
        self.fold = QuietButton("", "next")
        self.fold.clicked.connect(lambda _checked: self.toggle())
        self._column = column(self._head(), gap=0)
        self.setLayout(self._column)
        self._say_fold()

    def _head(self) -> QWidget:
        name = Strong(self.dimension.short, wrap=True)
        name.setToolTip(self.dimension.label)
        name.setFixedWidth(theme().px(NAME_WIDTH))
        chart = figures.field_chart(self.dimension)
        line = row(gap=M)
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
        middle = column(gap=0)
        middle.addWidget(Dumbbell(chart, self.dimension.label))
        middle.addLayout(self._figures())
        line.addLayout(middle, 1)
        line.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _figures(self) -> QVBoxLayout:
        parts: list[QWidget] = []
        silent = []
        for side, score in self._scores():
            short = PERSPECTIVES_SHORT[side]
            if score.printable is not None:
                derivation = figures.maturity(self.dimension, side, score)
                parts.append(FigureButton(f"{short} {one_digit(score.printable)}", derivation))
            elif score.answered:
                silent.append(short)
        chart = figures.field_chart(self.dimension)
        if chart.distance is not None:
            words = self.tr("Abstand {0}").format(one_digit(chart.distance))
            parts.append(FigureButton(words, figures.distance(self.dimension.label, chart)))
        made = column(FlowLayout(*parts), gap=0) if parts else column(gap=0)
        if silent:
            words = self.tr("{0}: Abdeckung zu gering für einen Wert").format(", ".join(silent))
            made.addWidget(SmallText(words))
        elif not parts:
            made.addWidget(SmallText(self.tr("noch keine Antwort")))
        return made

    def _scores(self) -> Iterator[tuple[Perspective, Score]]:
        """Of the sides that answer for themselves; what was agreed stands at each Kennpunkt."""
        for side in SIDES:
            if side in self.dimension.scores:
                yield side, self.dimension.scores[side]

    def toggle(self) -> None:
        """Open or close the Kennpunkte."""
        if self.detail is None:
            self.detail = self._kennpunkte()
            self._column.addWidget(self.detail)
            self.detail.show()
        else:
            self.detail.setVisible(self.detail.isHidden())
        self._say_fold()

    def _say_fold(self) -> None:
        is_open = self.detail is not None and not self.detail.isHidden()
        words = self.tr("{0}: Kennpunkte schließen") if is_open else self.tr("{0}: Kennpunkte")
        self.fold.setText(self.tr("Schließen") if is_open else self.tr("Kennpunkte"))
        self.fold.setAccessibleName(words.format(self.dimension.label))

    def _kennpunkte(self) -> QWidget:
        holder = QWidget()
        lines: list[QWidget] = []
        evidence = self._evidence()
        lines += [evidence] if evidence is not None else []
        lines += [self._item(item) for item in self.dimension.indicators if item.answers]
        holder.setLayout(column(*lines, gap=S, margins=(L, S, 0, M)))
        return holder

    def _evidence(self) -> QWidget | None:
        """Shares of evidence per side."""
        parts: list[QWidget] = [
            FigureButton(
                self.tr("{0} {1} belegt").format(
                    PERSPECTIVES_SHORT[side], percent(score.evidenced)
                ),
                figures.evidence(self.dimension, side, score),
            )
            for side, score in self._scores()
            if score.evidenced is not None
        ]
        if not parts:
            return None
        holder = QWidget()
        holder.setLayout(FlowLayout(*parts))
        return holder

    def _item(self, item: IndicatorRow) -> QWidget:
        chart = figures.item_chart(item)
        ask = QuietButton(self.tr("Zur Frage ›"))
        ask.setAccessibleName(self.tr("Zur Frage: {0}").format(item.text))
        ask.clicked.connect(lambda _checked: self.asked.emit(item.indicator.question))
        head = row(gap=M)
        head.addWidget(Label(item.text, wrap=True), 1)
        for pill in self._pills(item, is_talk=chart.is_talking_point):
            head.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(ask)
        parts: list[QWidget] = []
        if chart.values:
            parts.append(Dumbbell(chart, item.text))
        if unsaid := self._without_level(item):
            parts.append(SmallText(unsaid))
        holder = QWidget()
        holder.setLayout(column(head, *parts, gap=XS))
        return holder

    def _without_level(self, item: IndicatorRow) -> str:
        """'BR: weiß nicht', for sides that answered without a level."""
        words = {
            AnswerState.NOT_APPLICABLE: self.tr("nicht zutreffend"),
            AnswerState.UNKNOWN: self.tr("weiß nicht"),
            AnswerState.CONFIDENTIAL: self.tr("keine Angabe"),
        }
        return " · ".join(
            f"{PERSPECTIVES_SHORT[side]}: {words[record.response.state]}"
            for side, record in item.answers.items()
            if record.response.state in words
        )

    def _pills(self, item: IndicatorRow, *, is_talk: bool) -> list[Pill]:
        pills = []
        if is_talk:
            pills.append(Pill(self.tr("Gesprächsanlass"), Tone.ATTENTION))
        joint = item.answers.get(Perspective.JOINT)
        if joint is not None and joint.response.value.isdigit():
            words = self.tr("gemeinsam {0}").format(joint.response.value)
            pills.append(Pill(words, Tone.GOOD))
        return pills
