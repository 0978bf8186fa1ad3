"""Options brought into an order: by buttons, by Alt with the arrows, or by dragging."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from desktop_advisor.ui.interview.inputs.answer_input import (
    AnswerInput,
    answer_font,
    make_square,
)
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, M, S
from desktop_advisor.ui.theme.typography import SEMIBOLD
from desktop_advisor.ui.widgets import Label, SecondaryButton, SmallText, clear, column, row, spacer
from desktop_advisor.usecases.question_views import Option, QuestionView


class RankRow(QFrame):
    """One option with its place, and two buttons to move it.

    Signals:
        moved: -1 up, +1 down.
        dragged: a global position the row is pulled to.
        dropped: the pulling is over.
    """

    moved = Signal(int)
    dragged = Signal(QPointF)
    dropped = Signal()

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = option.value
        self.words = option.text
        self._pressed_at: QPointF | None = None
        self.is_dragged = False
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.place = Label("")
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = Label(option.text, wrap=True)
        self.up, self.down = SecondaryButton("▲"), SecondaryButton("▼")
        self.up.setAccessibleName(self.tr("{0} nach oben").format(option.text))
        self.down.setAccessibleName(self.tr("{0} nach unten").format(option.text))
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        for button in (self.up, self.down):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt and the arrows do the same
        line = row(self.place, self._text, self.up, self.down, gap=S, margins=(M, XS, XS, XS))
        line.setStretchFactor(self._text, 1)
        self.setLayout(line)

    def show_place(self, place: int, of: int, *, is_given: bool) -> None:
        """Its number from 1; "–" as long as nobody has given an order."""
        self.place.setText(str(place) if is_given else "–")
        self.up.setEnabled(place > 1)
        self.down.setEnabled(place < of)
        where = self.tr("Platz {0} von {1}").format(place, of)
        self.setAccessibleName(f"{self.words}, {where}" if is_given else self.words)
        self.setAccessibleDescription(self.tr("Alt mit Pfeil hoch oder runter verschiebt."))

    def measure(self, *, is_large: bool) -> None:
        """Follow the size wanted and the font scale."""
        for button in (self.up, self.down):
            make_square(button, is_large)
        self._text.setStyleSheet(f"font-size: {answer_font(is_large).pixelSize()}px;")
        self.place.setStyleSheet(
            f"font-size: {answer_font(is_large).pixelSize()}px; font-weight: {SEMIBOLD};"
        )
        self.place.setFixedWidth(theme().px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.globalPosition()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        way = (event.globalPosition() - self._pressed_at).manhattanLength()
        if self.is_dragged or way >= QApplication.startDragDistance():
            self.is_dragged = True
            self.dragged.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        if self.is_dragged:
            self.is_dragged = False
            self.dropped.emit()


class RankInput(AnswerInput):
    """RANK: all options in the order given; until then the form's order without numbers."""

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self.rows: list[RankRow] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(S)
        self._hint = SmallText(self.tr("Das Wichtigste nach oben: ziehen, ▲▼ oder Alt mit Pfeil."))
        self.take = SecondaryButton(self.tr("Reihenfolge so übernehmen"))
        self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take.clicked.connect(self._give)
        self.setLayout(column(self._hint, self._box, row(self.take, spacer(), gap=0), gap=S))
        self.refresh(is_other=True)

    def refresh(self, *, is_other: bool) -> None:
        kept = next((r.value for r in self.rows if r.hasFocus()), None)
        order = self._order(is_other=is_other)
        if [(r.value, r.words) for r in self.rows] != [(o.value, o.text) for o in order]:
            self._build(order)
            for each in self.rows:
                if each.value == kept:
                    each.setFocus(Qt.FocusReason.OtherFocusReason)
        self._number()

    def _order(self, *, is_other: bool) -> list[Option]:
        """As stored; options that came later stand at the end."""
        known = {option.value: option for option in self.view.options}
        first = [value for value in self.stored().split() if value in known]
        if not first and not is_other:
            first = [r.value for r in self.rows if r.value in known]
        return [known[v] for v in first] + [o for v, o in known.items() if v not in first]

    def _build(self, order: list[Option]) -> None:
        clear(self._box)
        self.rows = [RankRow(option) for option in order]
        for each in self.rows:
            each.measure(is_large=self.is_large)
            each.moved.connect(lambda step, r=each: self._move(r, step))
            each.dragged.connect(lambda at, r=each: self._drag(r, at))
            each.dropped.connect(self._give)
            self._box.addWidget(each)

    def _is_given(self) -> bool:
        return sorted(self.stored().split()) == sorted(r.value for r in self.rows)

    def _number(self) -> None:
        is_given = self._is_given() and self._value() == self.stored()
        for place, each in enumerate(self.rows, 1):
            each.show_place(place, len(self.rows), is_given=is_given)
            each.setEnabled(not self.view.is_readonly)
        self.take.setVisible(not is_given and not self.view.is_readonly)

    def _value(self) -> str:
        return " ".join(each.value for each in self.rows)

    def _give(self) -> None:
        if self.rows and self._value() != self.stored():
            self.answered.emit(self._value())

    def _move(self, moved: RankRow, step: int) -> None:
        there = self.rows.index(moved) + step
        if 0 <= there < len(self.rows):
            self._put(moved, there)
            self._give()

    def _put(self, moved: RankRow, there: int) -> None:
        self.rows.remove(moved)
        self.rows.insert(there, moved)
        self._box.removeWidget(moved)
        self._box.insertWidget(there, moved)
        for before, after in zip(self.rows, self.rows[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _drag(self, moved: RankRow, at: QPointF) -> None:
        y = self.mapFromGlobal(at.toPoint()).y()
        others = [each for each in self.rows if each is not moved]
        there = sum(each.geometry().center().y() < y for each in others)
        if self.rows.index(moved) != there:
            self._put(moved, there)
            self._box.activate()

    def focus_answer(self) -> None:
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def move_focus(self, step: int) -> None:
        here = next((n for n, each in enumerate(self.rows) if each.hasFocus()), None)
        if self.rows:
            there = 0 if here is None else max(0, min(len(self.rows) - 1, here + step))
            self.rows[there].setFocus(Qt.FocusReason.TabFocusReason)

    def choose_focused(self) -> bool:
        """Enter on a row keeps the order as it stands."""
        is_new = any(each.hasFocus() for each in self.rows) and self._value() != self.stored()
        if is_new:
            self._give()
        return is_new

    def measure(self) -> None:
        for each in self.rows:
            each.measure(is_large=self.is_large)
        self._hint.setVisible(not self.is_compact)
