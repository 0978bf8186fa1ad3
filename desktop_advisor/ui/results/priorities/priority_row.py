"""One field of action: its place, Ist and Soll, how relevant it is, and its priority."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_advisor.assessment.priorities import MOST_RELEVANT, Priority
from desktop_advisor.domain.german import one_digit, two_digits
from desktop_advisor.ui.results.priorities.gap_slider import GapSlider
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, L, S
from desktop_advisor.ui.widgets import (
    FigureButton,
    Label,
    Option,
    QuietButton,
    Segmented,
    SmallText,
    Strong,
    column,
)

PLACE, NAME, LEVELS, RELEVANCE, VALUE = 30, 176, 104, 200, 60
"""Widths of the columns at 100 %; the slider takes what is left."""
COLUMNS = ((0, PLACE), (1, NAME), (3, LEVELS), (4, RELEVANCE), (5, VALUE))
WIDE = 880
"""From it on, at 100 %, a row is one line."""


class PriorityRow(QWidget):
    """A line of the list; it says what is wanted and stores nothing itself.

    Signals:
        tried: another Soll is under the knob (Decimal).
        settled: the knob was let go; the order may follow now.
        rated: another relevance was chosen (1–5).
        reorder: the advisor wants it elsewhere.
    """

    tried = Signal(object)
    settled = Signal()
    rated = Signal(int)
    reorder = Signal()

    def __init__(self, priority: Priority) -> None:
        super().__init__()
        self.priority = priority
        self._place = Strong("")
        self._note = SmallText("")
        self._levels = Label("")
        self._value = QWidget()
        self._value_box = column(gap=0)
        self._value.setLayout(self._value_box)
        self.slider = GapSlider(priority.label, priority.actual, priority.target)
        self.slider.moved.connect(lambda _step: self.tried.emit(self.slider.level()))
        self.slider.given.connect(self._given)
        self.relevance = self._scale()
        self.elsewhere = QuietButton("", "sort")
        self.elsewhere.setToolTip(self.tr("Anders einreihen"))
        self.elsewhere.setAccessibleName(self.tr("{0} anders einreihen").format(priority.label))
        self.elsewhere.clicked.connect(self.reorder)
        self._lay_out()
        self.show_priority(priority)

    def show_priority(self, priority: Priority) -> None:
        """Other figures; the knob stays where it is."""
        self.priority = priority
        self._place.setText("–" if priority.place is None else str(priority.place))
        self._levels.setText(self._levels_words(priority.actual))
        self._note.setText(self._note_words())
        self._note.setVisible(bool(self._note.text()))
        while (item := self._value_box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._value_box.addWidget(self._figure(), 0, Qt.AlignmentFlag.AlignRight)

    def _given(self, _step: int) -> None:
        self.tried.emit(self.slider.level())
        self.settled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        self._title = QWidget()
        self._title.setLayout(column(Label(self.priority.label, wrap=True), self._note, gap=0))
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, XS, 0, XS)
        self._lines.setHorizontalSpacing(L)
        self.setLayout(self._lines)
        self._is_wide: bool | None = None
        self._arrange()

    def _arrange(self) -> None:
        """All on one line, or the relevance below where there is no room for it."""
        is_wide = self.width() >= theme().px(WIDE)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        px, centre = theme().px, Qt.AlignmentFlag.AlignVCenter
        grid = self._lines
        for part in (self._place, self._title, self.slider, self._levels, self.elsewhere):
            grid.removeWidget(part)
        grid.removeWidget(self.relevance)
        grid.removeWidget(self._value)
        grid.addWidget(self._place, 0, 0, centre)
        grid.addWidget(self._title, 0, 1, centre)
        grid.addWidget(self.slider, 0, 2, centre)
        grid.addWidget(self._levels, 0 if is_wide else 1, 3 if is_wide else 1, centre)
        grid.addWidget(self.relevance, 0 if is_wide else 1, 4 if is_wide else 2, centre)
        grid.addWidget(self._value, 0, 5, centre | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.elsewhere, 0, 6, centre)
        for number, width in COLUMNS:
            grid.setColumnMinimumWidth(number, px(width) if is_wide or number == 0 else 0)
        # At 200 % the name gives way, so that the figure stays on the screen.
        self._title.setFixedWidth(round(NAME * theme().scale ** (1.0 if is_wide else 0.7)))
        self._levels.setText(self._levels_words(self.priority.actual))
        grid.setColumnStretch(2, 1)

    def _scale(self) -> Segmented:
        options = [
            Option(str(n), str(n), self._relevance_word(n)) for n in range(1, MOST_RELEVANT + 1)
        ]
        name = self.tr("Relevanz {0}").format(self.priority.label)
        chosen = self.priority.wish.relevance
        made = Segmented(name, options, "" if chosen is None else str(chosen))
        made.setFixedWidth(theme().px(RELEVANCE))
        made.chosen.connect(lambda key: self.rated.emit(int(key)))
        return made

    def _relevance_word(self, relevance: int) -> str:
        return (
            self.tr("1: kaum wichtig"),
            self.tr("2: wenig wichtig"),
            self.tr("3: wichtig"),
            self.tr("4: sehr wichtig"),
            self.tr("5: entscheidend"),
        )[relevance - 1]

    def _levels_words(self, actual: Decimal | None) -> str:
        if actual is None:
            return self.tr("Ist offen")
        words = self.tr("{0} → {1}") if self._is_wide else self.tr("{0} → {1} · Relevanz:")
        return words.format(one_digit(actual), one_digit(self.slider.level()))

    def _note_words(self) -> str:
        if self.priority.value is None:
            return self.tr("keine belastbare Aussage")
        if self.priority.is_moved:
            words = self.tr("rechnerisch Platz {0}: {1}")
            return words.format(self.priority.computed, self.priority.wish.reason)
        return ""

    def _figure(self) -> QWidget:
        derivation = self.priority.derivation()
        if derivation is None or self.priority.value is None:
            return Label("–")
        return FigureButton(two_digits(self.priority.value), derivation, right=True)


class ColumnHeads(QWidget):
    """What the columns of the rows are."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, S)
        grid.setHorizontalSpacing(L)
        words = (
            self.tr("Platz"),
            self.tr("Handlungsfeld"),
            self.tr("Ist und Soll, 0 bis 5"),
            self.tr("Ist → Soll"),
            self.tr("Relevanz für den Betrieb"),
            self.tr("Priorität"),
            "",
        )
        for number, word in enumerate(words):
            label = Label(word, "label")
            side = Qt.AlignmentFlag.AlignRight if number == 5 else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(label, 0, number, side)
        for number, width in COLUMNS:
            grid.setColumnMinimumWidth(number, px(width))
        grid.setColumnMinimumWidth(6, px(48))
        grid.setColumnStretch(2, 1)
        self._inside = QWidget()
        self._inside.setLayout(grid)
        self.setLayout(column(self._inside, gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.setVisible(self.width() >= theme().px(WIDE))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
