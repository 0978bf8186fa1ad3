"""A value of a range: buttons where it has few steps, else a slider beside a field."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.ui.interview.inputs.answer_input import (
    AnswerInput,
    enlarge,
    field_height,
    has_typing_focus,
    make_square,
)
from desktop_advisor.ui.interview.inputs.form_values import plain, read_decimal, shown_number
from desktop_advisor.ui.interview.inputs.option_rows import OptionRows
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, M, S
from desktop_advisor.ui.widgets import Label, SecondaryButton, SmallText, column, row
from desktop_advisor.ui.widgets.field import NotUnderstood
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.ui.widgets.slider import Slider
from desktop_advisor.usecases.question_views import Option, QuestionView, Span

FEW_STEPS = 11
"""Values up to which each gets a button: 0 to 10 fits in one line."""
WHOLE = Span(Decimal(0), Decimal(10), Decimal(1))
"""Where a form names no bounds."""


def values_of(span: Span) -> int:
    """How many values the range has."""
    step = abs(span.step) or Decimal(1)
    return int(abs(span.end - span.start) / step) + 1


def value_at(span: Span, place: int) -> Decimal:
    """The value `place` steps from the start, whichever way the range runs."""
    step = abs(span.step) or Decimal(1)
    return span.start + (step if span.end >= span.start else -step) * place


class SpanInput(AnswerInput):
    """RANGE. Nothing stands there as a value before somebody gave one."""

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self._span: Span | None = None
        self.buttons = OptionRows(is_single=True)
        self.buttons.pressed.connect(self.answered)
        self.slider = Slider(1)
        self.slider.moved.connect(self._show_moved)
        self.slider.given.connect(self._give_step)
        self.field = QLineEdit()
        self.field.textEdited.connect(self._on_typed)
        self.field.editingFinished.connect(self._take_field)
        self.less, self.more = SecondaryButton("−"), SecondaryButton("+")
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.error = Label("", "error", wrap=True)
        self.error.hide()
        self._lay_out()
        self.refresh(is_other=True)

    def _lay_out(self) -> None:
        self._from, self._to = SmallText("", wrap=False), SmallText("", wrap=False)
        self.less.setAccessibleName(self.tr("einen Schritt weniger"))
        self.more.setAccessibleName(self.tr("einen Schritt mehr"))
        line = row(self._from, self.slider, self._to, M, self.less, self.field, self.more, gap=S)
        line.setStretchFactor(self.slider, 1)
        self._sliding = QWidget()
        self._sliding.setLayout(column(line, self.error, gap=XS))
        self.setLayout(column(self.buttons, self._sliding, gap=0))

    def refresh(self, *, is_other: bool) -> None:
        span = self.view.span or WHOLE
        if span != self._span:
            self._span = span
            self.slider.setRange(0, values_of(span) - 1)
            self._from.setText(shown_number(plain(span.start)))
            self._to.setText(shown_number(plain(span.end)))
        is_few = values_of(span) <= FEW_STEPS
        self.buttons.setVisible(is_few)
        self._sliding.setVisible(not is_few)
        self._show_stored(is_other=is_other)
        for part in (self.slider, self.less, self.more):
            part.setEnabled(not self.view.is_readonly)
        self.field.setReadOnly(self.view.is_readonly)
        self.field.setAccessibleName(self.view.text)
        self.slider.setAccessibleName(self.view.text)
        self.measure()

    def _show_stored(self, *, is_other: bool) -> None:
        span, stored = self._span or WHOLE, self.stored()
        if values_of(span) <= FEW_STEPS:
            values = [plain(value_at(span, n)) for n in range(values_of(span))]
            options = [Option(value, shown_number(value)) for value in values]
            self.buttons.put(options, [_plain(stored)], is_readonly=self.view.is_readonly)
            return
        is_typing = not is_other and (self.field.isModified() or self.error.text())
        self.slider.put(self._step_of(stored))
        if not is_typing:
            self._put_field(stored)

    def _put_field(self, value: str) -> None:
        self.field.setText(shown_number(value) if value else "")
        self._complain("")

    def _step_of(self, value: str) -> int | None:
        """The nearest step; None for no value."""
        span = self._span or WHOLE
        try:
            way = abs(Decimal(value) - span.start) / (abs(span.step) or Decimal(1))
        except InvalidOperation:
            return None
        return max(0, min(values_of(span) - 1, round(way)))

    def _show_moved(self, step: int) -> None:
        self._put_field(plain(value_at(self._span or WHOLE, step)))

    def _give_step(self, step: int) -> None:
        self._put_field(plain(value_at(self._span or WHOLE, step)))
        self.answered.emit(plain(value_at(self._span or WHOLE, step)))

    def _step(self, by: int) -> None:
        """The first press starts from the near end, since there is nothing to go on from."""
        span = self._span or WHOLE
        here = self._step_of(self.stored())
        last = values_of(span) - 1
        there = (0 if by > 0 else last) if here is None else max(0, min(last, here + by))
        self._give_step(there)

    def _on_typed(self) -> None:
        self._complain("")
        self.typed.emit()

    def _take_field(self) -> bool:
        if not self.field.isModified():
            return not self.error.text()
        span = self._span or WHOLE
        try:
            value = read_decimal(self.field.text())
        except NotUnderstood as reason:
            self._complain(str(reason))
            return False
        low, high = sorted((span.start, span.end))
        step = abs(span.step) or Decimal(1)
        if value and not low <= Decimal(value) <= high:
            words = self.tr("Bitte eine Zahl von {0} bis {1} eingeben.")
            self._complain(words.format(shown_number(plain(low)), shown_number(plain(high))))
            return False
        if value and (Decimal(value) - span.start) % step:
            words = self.tr("Bitte in Schritten von {0} eingeben.")
            self._complain(words.format(shown_number(plain(step))))
            return False
        self.field.setModified(False)
        if value != self.stored():
            self.answered.emit(value)
        return True

    def _complain(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)
        if bool(self.field.property("wrong")) != bool(sentence):
            self.field.setProperty("wrong", bool(sentence))
            restyle(self.field)

    def focus_answer(self) -> None:
        if not self.buttons.isHidden():
            if not self.buttons.focus_chosen():
                super().focus_answer()
            return
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, text: str) -> bool:
        if has_typing_focus(self) or self.buttons.isHidden():
            return False
        value = self.buttons.value_of_key(text)
        if value is not None:
            self.answered.emit(value)
        return value is not None

    def move_focus(self, step: int) -> None:
        if self.buttons.isHidden():
            self.slider.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.buttons.move_focus(step)

    def choose_focused(self) -> bool:
        value = self.buttons.focused()
        is_new = value is not None and value != _plain(self.stored())
        if is_new:
            self.answered.emit(value)
        return is_new

    def settle(self) -> bool:
        return self.buttons.isVisible() or self._take_field()

    def unsettle(self) -> None:
        self.field.setModified(True)
        self.refresh(is_other=False)

    def measure(self) -> None:
        self.buttons.set_size(large=self.is_large, compact=True)
        enlarge(self.field, self.is_large)
        self.field.setFixedWidth(theme().px(150 if self.is_large else 110))
        self.slider.setMinimumHeight(field_height(self.is_large))
        for button in (self.less, self.more):
            make_square(button, self.is_large)
        for end in (self._from, self._to):
            end.set_kind("text" if self.is_large else "small")


def _plain(value: str) -> str:
    """ "5.0" as the button's "5"; what is no number stays."""
    try:
        return plain(Decimal(value)) if value else ""
    except InvalidOperation:
        return value
