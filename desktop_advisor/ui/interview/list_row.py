"""One question as a row of the list: its words, its keys beside them, the anchor below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.ui.interview.inputs import ANSWERED_HERE, AnswerInput, input_for
from desktop_advisor.ui.interview.level_key import LevelKey
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import CONTROL_RADIUS, XS, XXL, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Banner, Label, SecondaryButton, column, row, spacer
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.question_views import Kind, QuestionView

SIDE_BY_SIDE = 700
"""Pixels at 100 % from which the keys stand beside the question instead of below it."""
_LETTERS = {
    AnswerState.NOT_APPLICABLE: "N",
    AnswerState.UNKNOWN: "W",
    AnswerState.CONFIDENTIAL: "K",
}


class QuestionRow(QWidget):
    """A question with all its answers at hand.

    Signals:
        touched: the advisor came here, by a press or with the keyboard.
        answered: form value.
        stated: the AnswerState pressed.
        opened: the table or the files are wanted.
    """

    touched = Signal()
    answered = Signal(str)
    stated = Signal(object)
    opened = Signal()

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.is_current = False
        self.input: AnswerInput | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        number = Label(f"{view.number}" if view.number else "·", "label")
        number.setMinimumWidth(theme().px(22))
        number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text = Label(view.text, "strong", wrap=True)
        self._group = Label(view.group, "small", wrap=True)
        show_if(self._group, bool(view.group))
        words = column(self._group, self._text, gap=0)
        self.keys = self._level_keys(view)
        self.states = self._state_keys(view)
        self._anchor = Label("", "soft", wrap=True)
        self._anchor.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.problem = Banner(tone=Tone.ATTENTION)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(L)
        self._line.addLayout(words, 1)
        self._line.addLayout(self._strip())
        self._below = QVBoxLayout()
        self._below.setSpacing(S)
        right = column(self._line, self._anchor, self._below, self.problem, gap=XS)
        whole = row(gap=S, margins=(M, M, L, M))
        whole.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        show_if(self._anchor, bool(self.keys))
        if view.kind in ANSWERED_HERE:
            self._take_input(input_for(view))
        elif view.kind is not Kind.LEVEL:
            self._below.addLayout(self._way_to_editor(view))
        self.show_answer(view)

    def _level_keys(self, view: QuestionView) -> list[LevelKey]:
        if view.kind is not Kind.LEVEL:
            return []
        made = []
        for option in view.options:
            key = LevelKey(option.value, option.value, f"{option.value}: {option.text}")
            key.setEnabled(not view.is_readonly)
            key.pointed.connect(lambda on, text=option.text: self._say(text if on else ""))
            key.clicked.connect(lambda _=False, value=option.value: self.answered.emit(value))
            made.append(key)
        return made

    def _state_keys(self, view: QuestionView) -> dict[AnswerState, LevelKey]:
        words = {
            AnswerState.NOT_APPLICABLE: self.tr("Nicht zutreffend"),
            AnswerState.UNKNOWN: self.tr("Weiß nicht"),
            AnswerState.CONFIDENTIAL: self.tr("Vertraulich"),
        }
        made = {}
        for state in view.states if not view.is_readonly else ():
            key = LevelKey(str(state), _LETTERS[state], f"{words[state]}: {view.text}")
            key.setToolTip(words[state])
            key.pointed.connect(lambda on, text=words[state]: self._say(text if on else ""))
            key.clicked.connect(lambda _=False, state=state: self.stated.emit(state))
            made[state] = key
        return made

    def _strip(self) -> FlowLayout:
        """Levels and states as two groups, below each other where it is narrow."""
        strip = FlowLayout(gap=M)
        for keys in (self.keys, list(self.states.values())):
            if keys:
                group = QWidget()
                group.setLayout(row(*keys, gap=XS))
                group.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
                strip.addWidget(group)
        return strip

    def _take_input(self, made: AnswerInput) -> None:
        made.set_compact(True)
        made.answered.connect(self.answered)
        self.input = made
        self._below.addWidget(made)

    def _way_to_editor(self, view: QuestionView) -> QHBoxLayout:
        """A table or files need the room of the single question."""
        words = self.tr("Tabelle öffnen")
        if view.kind is Kind.FILE:
            words = self.tr("Dateien öffnen")
        button = SecondaryButton(words, "next")
        button.clicked.connect(self.opened)
        return row(button, spacer())

    def put_below(self, part: QWidget) -> None:
        """The reasons, under the row they are asked for."""
        self._below.addWidget(part)

    def show_answer(self, view: QuestionView) -> None:
        """The same question with another answer."""
        self.view = view
        for key in self.keys:
            key.show_chosen(key.value == view.response.value)
        for state, key in self.states.items():
            key.show_chosen(view.response.state is state)
        if self.input is not None:
            self.input.show_question(view)
        if self.problem.accessibleName() != view.problem:
            self.problem.say(view.problem, tone=Tone.ATTENTION)
        self.setAccessibleName(f"{view.number}. {view.text}")
        self._say("")

    def show_current(self, is_current: bool) -> None:
        """Whether the keys of the keyboard go here."""
        if self.is_current != is_current:
            self.is_current = is_current
            self.update()

    def focus_answer(self) -> None:
        """Keyboard to the level chosen, to the input, or to the row itself."""
        if self.input is not None:
            self.input.focus_answer()
            return
        chosen = next((key for key in self.keys if key.isChecked()), None)
        (chosen or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is on the row or inside it."""
        window = self.window()
        held = window.focusWidget() if window is not None else None
        return held is not None and (held is self or self.isAncestorOf(held))

    def move_across(self, step: int) -> bool:
        """Arrow left or right: the keyboard to the neighbouring key; False without keys."""
        cells = [*self.keys, *self.states.values()]
        if not cells:
            return False
        here = next((n for n, key in enumerate(cells) if key.hasFocus()), None)
        if here is None:
            here = next((n for n, key in enumerate(cells) if key.isChecked()), -step)
            here = here if step > 0 or here >= 0 else len(cells)
        there = max(0, min(len(cells) - 1, here + step))
        cells[there].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def choose_focused(self) -> bool:
        """Press the key the keyboard is on; False when there is none or it is chosen already."""
        cells = [*self.keys, *self.states.values()]
        key = next((key for key in cells if key.hasFocus() and not key.isChecked()), None)
        if key is not None:
            key.click()
            return True
        return self.input is not None and self.input.choose_focused()

    def settle(self) -> bool:
        """Say what is typed now; False while it makes no sense."""
        return self.input is None or self.input.settle()

    def unsettle(self) -> None:
        """What was said last could not be stored."""
        if self.input is not None:
            self.input.unsettle()

    # -- Qt ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        wide = event.size().width() >= theme().px(SIDE_BY_SIDE)
        wanted = direction.LeftToRight if wide else direction.TopToBottom
        if self._line.direction() is not wanted:
            self._line.setDirection(wanted)
            self._line.setSpacing(L if wide else S)
        self._reserve()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 2 if self.is_current else 1
        painter.setBrush(QColor(colours.card))
        painter.setPen(QPen(QColor(colours.main if self.is_current else colours.line), thick))
        box = QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)

    # -- within --------------------------------------------------------------------------------

    def _say(self, pointed: str) -> None:
        """The words of the key pointed at, else of the answer given."""
        self._anchor.setText(pointed or self._spoken_answer())

    def _spoken_answer(self) -> str:
        response = self.view.response
        if response.state is AnswerState.NOT_APPLICABLE:
            return self.tr("Nicht zutreffend: {0}").format(response.reason)
        words = {
            AnswerState.UNKNOWN: self.tr("Weiß nicht"),
            AnswerState.CONFIDENTIAL: self.tr("Vertraulich"),
            AnswerState.OPEN: self.tr("noch offen"),
        }.get(response.state)
        if words is None:
            chosen = (o.text for o in self.view.options if o.value == response.value)
            words = next(chosen, "")
        return words

    def _reserve(self) -> None:
        """Room for the longest anchor, so that pointing at another key moves nothing."""
        if not self.keys:
            return
        inner = self.width() - theme().px(22) - S - M - L
        metrics = self._anchor.fontMetrics()
        flags = int(Qt.TextFlag.TextWordWrap)
        heights = [
            metrics.boundingRect(0, 0, max(inner, XXL), 10_000, flags, option.text).height()
            for option in self.view.options
        ]
        self._anchor.setMinimumHeight(max(heights, default=0))
