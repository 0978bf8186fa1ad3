"""One row per field of action; pressed, it opens the arithmetic below itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop_advisor.assessment.scores import FULL_COVERAGE, Score, Verdict
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.domain.german import one_digit, percent
from desktop_advisor.report.charts import IntervalBar
from desktop_advisor.report.wording import EVIDENCE, PERSPECTIVES, PERSPECTIVES_SHORT, STATES
from desktop_advisor.ui.results.arithmetic import (
    View,
    coverage_formula,
    formula,
    plain,
    score_of,
    span,
    steps,
)
from desktop_advisor.ui.results.bar import Bar
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import TARGET, XS, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import IconLabel, Label, Pill, SmallText, Strong, column, row
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow

NAME_WIDTH, BAR_WIDTH, VALUE_WIDTH, PILL_WIDTH = 152, 180, 64, 122


class ScoreRow(QWidget):
    """Name, bar, value, coverage; opens and closes its arithmetic on press, Enter or Space."""

    def __init__(
        self,
        dimension: DimensionRow,
        leading: Perspective,
        compared: Perspective | None,
        parent: QWidget | None = None,
        *,
        joint: bool = False,
    ) -> None:
        """joint: whether joint answers stand in place of some of the leading perspective's."""
        super().__init__(parent)
        self._dimension = dimension
        self._leading, self._compared, self._joint = leading, compared, joint
        self.head = _Head(self._words())
        self.head.setLayout(self._head_layout())
        self.head.toggled.connect(self.toggle)
        self.detail: QWidget | None = None
        self._column = column(self.head, gap=0)
        self.setLayout(self._column)

    def _other(self) -> Score | None:
        return self._dimension.scores.get(self._compared) if self._compared else None

    def _words(self) -> str:
        score = self._dimension.led
        if self._dimension.is_parked:
            return self.tr("{0}: nicht betrachtet").format(self._dimension.label)
        value = score.printable if score else None
        said = one_digit(value) if value is not None else self.tr("keine belastbare Aussage")
        share = percent(score.coverage) if score and score.coverage is not None else "–"
        return self.tr("{0}: {1}, Abdeckung {2}. Rechenweg zeigen").format(
            self._dimension.label, said, share
        )

    def _head_layout(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(6, XS, 6, XS)
        grid.setHorizontalSpacing(M)
        name = Label(self._dimension.short)
        name.setToolTip(self._dimension.label)
        name.setMinimumWidth(theme().px(NAME_WIDTH))
        grid.addWidget(name, 0, 0)
        grid.setColumnStretch(1, 1)
        score, other = self._dimension.led, self._other()
        middle = Qt.AlignmentFlag.AlignVCenter
        if score is None or score.printable is None:
            grid.addWidget(SmallText(self._silence(score)), 0, 1, 1, 2)
        else:
            compared = other.printable if other else None
            bar = Bar(IntervalBar(score.printable, score.low, score.high, compared))
            bar.setMinimumWidth(BAR_WIDTH // 2)
            grid.addWidget(bar, 0, 1)
            grid.addWidget(self._value_label(score, other), 0, 2, middle)
        if not self._dimension.is_parked:
            grid.addWidget(self._coverage_pill(score), 0, 3, middle | Qt.AlignmentFlag.AlignRight)
        grid.setColumnMinimumWidth(2, theme().px(VALUE_WIDTH))
        grid.setColumnMinimumWidth(3, theme().px(PILL_WIDTH))
        grid.addWidget(self.head.arrow, 0, 4, middle)
        return grid

    def _silence(self, score: Score | None) -> str:
        if self._dimension.is_parked:
            return self.tr("nicht betrachtet")
        if score is not None and score.verdict is Verdict.NOT_APPLICABLE:
            return self.tr("nicht zutreffend")
        return self.tr("keine belastbare Aussage, Abdeckung zu gering")

    def _value_label(self, score: Score, other: Score | None) -> Label:
        figure = one_digit(score.printable) if score.printable is not None else "–"
        if other is not None and other.printable is not None:
            figure += f" · {one_digit(other.printable)}"
        label = Strong(figure)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if other is not None:
            label.setToolTip(self.tr("Geschäftsführung · Betriebsrat"))
        return label

    def _coverage_pill(self, score: Score | None) -> Pill:
        if score is None or score.coverage is None:
            return Pill(self.tr("nicht zutreffend"))
        tone = Tone.NEUTRAL
        if score.verdict is Verdict.TOO_LITTLE:
            tone = Tone.ATTENTION
        elif score.coverage >= FULL_COVERAGE:
            tone = Tone.GOOD
        return Pill(self.tr("{0} Abdeckung").format(percent(score.coverage)), tone)

    def toggle(self) -> None:
        """Open or close the arithmetic."""
        if self._dimension.is_parked:
            return
        if self.detail is None:
            joint = Perspective.JOINT if self._joint else None
            shown = [p for p in (self._leading, self._compared, joint) if p is not None]
            self.detail = Arithmetic(self._dimension, shown, joint=self._joint)
            self._column.addWidget(self.detail)
        else:
            self.detail.setVisible(self.detail.isHidden())
        is_open = not self.detail.isHidden()
        self.head.set_open(is_open)


class _Head(QFrame):
    """What is pressed: a list row in everything but its inside."""

    toggled = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.arrow = IconLabel("next", side=16)
        self.setProperty("kind", "row")
        self.setProperty("pressable", True)
        self.setMinimumHeight(TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)

    def set_open(self, is_open: bool) -> None:
        """Show whether the arithmetic is below."""
        self.arrow.show_icon("down" if is_open else "next", Tone.NEUTRAL)
        self.setProperty("chosen", is_open)
        restyle(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.toggled.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.toggled.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class Arithmetic(QWidget):
    """The answers, their weights, and the formula with its numbers, per perspective."""

    def __init__(
        self,
        dimension: DimensionRow,
        perspectives: Sequence[Perspective],
        parent: QWidget | None = None,
        *,
        joint: bool = False,
    ) -> None:
        super().__init__(parent)
        lines: list[QWidget] = [
            _indicator_line(item, perspectives) for item in dimension.indicators
        ]
        sides: list[View] = [p for p in perspectives if p is not Perspective.JOINT]
        views = [None, *sides] if joint else list(perspectives)
        sums = [w for view in views for w in self._sums(dimension, view)]
        if dimension.bottleneck:
            sums.append(
                Label(self.tr("Engpass: {0}").format(dimension.bottleneck), "error", wrap=True)
            )
        self.setLayout(column(*lines, S, *sums, gap=XS, margins=(L, S, L, M)))
        self.setAccessibleName(self.tr("Rechenweg {0}").format(dimension.label))

    def _sums(self, dimension: DimensionRow, view: View) -> list[QWidget]:
        score = score_of(dimension, view)
        if score is None:
            return []
        who = self.tr("Wert") if view is None else PERSPECTIVES_SHORT[view]
        parts = []
        if (value := formula(dimension, view)) and score.printable is not None:
            parts.append(self.tr("{0}: {1}").format(who, value))
        elif steps(dimension, view):
            parts.append(self.tr("{0}: Abdeckung zu gering für einen Wert").format(who))
        if coverage := coverage_formula(dimension, view):
            parts.append(self.tr("Abdeckung {0}").format(coverage))
        if spread := span(dimension, view):
            parts.append(self.tr("möglich {0}").format(spread))
        return [Label("   ·   ".join(parts), "small-ink", wrap=True)] if parts else []


def _indicator_line(item: IndicatorRow, perspectives: Sequence[Perspective]) -> QWidget:
    """The question, then what each perspective said, with weight and evidence."""
    said = [
        f"{PERSPECTIVES[p]}: {_said(item, p)}"
        for p in perspectives
        if str(p) in item.indicator.perspectives and not _is_silent(item, p)
    ]
    weight = f"Gewicht {plain(item.indicator.weight)}"
    head = row(Label(item.text, "small-ink", wrap=True), gap=M)
    head.setStretch(0, 1)
    head.addWidget(Label(weight, "small"), 0, Qt.AlignmentFlag.AlignTop)
    holder = QWidget()
    holder.setLayout(column(head, *(SmallText(line) for line in said), gap=0))
    return holder


def _is_silent(item: IndicatorRow, perspective: Perspective) -> bool:
    """Nobody has to agree on everything: an open joint answer is not worth a line."""
    answer = item.answers.get(perspective)
    is_open = answer is None or answer.response.state is AnswerState.OPEN
    return perspective is Perspective.JOINT and is_open


def _said(item: IndicatorRow, perspective: Perspective) -> str:
    answer = item.answers.get(perspective)
    state = answer.response.state if answer else AnswerState.OPEN
    if answer is None or state is not AnswerState.ANSWERED:
        reason = f" ({answer.response.reason})" if answer and answer.response.reason else ""
        return STATES[state] + reason
    value = answer.response.value
    anchor = item.anchors.get(value, "")
    evidence = "" if answer.evidence is Evidence.CLAIMED else f" · {EVIDENCE[answer.evidence]}"
    return f"{value} – {anchor}{evidence}"
