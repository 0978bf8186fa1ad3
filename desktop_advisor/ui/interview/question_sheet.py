"""What one question is answered with, however it is laid out: levels or input, states, reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.ui.interview.balanced_text import BalancedLabel
from desktop_advisor.ui.interview.inputs import ANSWERED_HERE, AnswerInput, input_for
from desktop_advisor.ui.interview.option_row import OptionRow
from desktop_advisor.ui.interview.reason_bar import ReasonBar
from desktop_advisor.ui.theme.spacing import XS, L, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    KeyButton,
    Label,
    Pill,
    PrimaryButton,
    SecondaryButton,
    clear,
    column,
    row,
)
from desktop_advisor.ui.widgets.labels import ElidedLabel, restyle, show_if
from desktop_advisor.usecases.question_views import Kind, QuestionView

STATES = (
    (AnswerState.NOT_APPLICABLE, "N"),
    (AnswerState.UNKNOWN, "W"),
    (AnswerState.CONFIDENTIAL, "K"),
)


class Editor(NamedTuple):
    """A table or files. focus: puts the keyboard there.

    settle: commits what is being typed; False where it makes no sense.
    """

    widget: QWidget
    focus: Callable[[], object]
    settle: Callable[[], bool] = lambda: True


MakeEditor = Callable[[QuestionView], Editor | None]
"""The editor of a table or of files; None for every other kind."""


class QuestionSheet(QWidget):
    """One question with its answer, the ways not to answer, and the way on.

    Attributes:
        large: for gloves and sunlight (Hallenmodus).
        options: the level rows; [] for every other kind.
        input: what answers a question that is no level.
        editor: the table or the files.

    Signals:
        answered: form value, reason ("" but for "na") and the question it belongs to.
        step: +1 Weiter, -1 Zurück.
    """

    answered = Signal(str, str, str)
    step = Signal(int)

    def __init__(
        self, make_editor: MakeEditor, *, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.large = large
        self._make_editor = make_editor
        self._view: QuestionView | None = None
        self.options: list[OptionRow] = []
        self.input: AnswerInput | None = None
        self.editor: Editor | None = None
        self._place = ElidedLabel("", "small")
        self._critical = Pill(self.tr("kritisch"), Tone.NEUTRAL)
        self._critical.setToolTip(
            self.tr("Ein kritischer Kennpunkt auf Stufe 0 oder 1 gilt als Engpass.")
        )
        self._required = Pill(self.tr("Pflichtangabe"), Tone.NEUTRAL)
        self.question = BalancedLabel("question")
        self._help = Label("", "soft", wrap=True)
        self.problem = Banner(tone=Tone.ATTENTION)
        self.reason = ReasonBar(gap=L if large else S)
        self.reason.hide()
        self.reason.given.connect(self._on_reason)
        self.reason.dismissed.connect(self.close_reason)
        self._given_reason = Label("", "small", wrap=True)
        self.states = {state: self._state_button(state, key) for state, key in STATES}
        self.back = SecondaryButton(self.tr("‹ Zurück"))
        self.next = PrimaryButton(self.tr("Weiter ›"))
        self.back.clicked.connect(lambda: self.step.emit(-1))
        self.next.clicked.connect(lambda: self.step.emit(1))
        for button in (self.back, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._crumbs = QWidget()
        self._editor_room = QVBoxLayout()
        self._buttons = QWidget()

    def _state_button(self, state: AnswerState, key: str) -> KeyButton:
        words = {
            AnswerState.NOT_APPLICABLE: self.tr("Nicht zutreffend"),
            AnswerState.UNKNOWN: self.tr("Weiß nicht"),
            AnswerState.CONFIDENTIAL: self.tr("Vertraulich"),
        }
        button = KeyButton(words[state], key)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.press_state(state))
        return button

    # -- for whoever lays it out ---------------------------------------------------------------

    def _heading(self) -> QVBoxLayout:
        line = row(self._place, self._critical, self._required, gap=S)
        line.addStretch(1)
        self._crumbs.setLayout(line)
        return column(self._crumbs, self.question, self._help, gap=XS)

    def _keep_arrows(self, area: QScrollArea) -> QScrollArea:
        """Arrow keys belong to the questions and levels, not to the scroll bar."""
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.installEventFilter(self)
        self._area = area
        return area

    def _place_options(self) -> None:
        """Put `options` where they belong."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() is QEvent.Type.KeyPress:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # -- showing -------------------------------------------------------------------------------

    def show_question(self, view: QuestionView) -> None:
        """Another question, or the same one for somebody else."""
        self._view = view
        self._place.setText(self._breadcrumb(view))
        self._critical.setVisible(view.is_critical)
        self._required.setVisible(view.is_required)
        self.question.setText(view.text)
        scored = self.tr("Woran erkennen wir das? {0}").format(view.help)
        self._help.setText(scored if view.is_scored else view.help)
        self._help.setVisible(bool(view.help))
        self._build_answer(view)
        self._put_reason_away()
        self._area.verticalScrollBar().setValue(0)
        for state, button in self.states.items():
            button.setVisible(state in view.states and not view.is_readonly)
        self._mark(view)

    def show_answer(self, view: QuestionView) -> None:
        """The question shown, with another answer; another question is not for this sheet."""
        if self._view is None or view.name != self._view.name:
            return
        self._view = view
        if self.input is not None:
            self.input.show_question(view)
        self._mark(view)

    def _breadcrumb(self, view: QuestionView) -> str:
        kind = {
            "importance": self.tr("Wichtigkeit"),
            "satisfaction": self.tr("Zufriedenheit"),
        }.get(view.role, "")
        number = self.tr("Frage {0} von {1}").format(view.number, view.of) if view.number else ""
        parts = (view.dimension_label, view.group, number, kind)
        return " · ".join(part for part in parts if part)

    def _build_answer(self, view: QuestionView) -> None:
        clear(self._editor_room)
        self.options, self.input, self.editor = [], None, None
        if view.kind is Kind.LEVEL:
            self.options = [self._option(view, number) for number in range(len(view.options))]
        elif view.kind in ANSWERED_HERE:
            self.input = input_for(view)
            self.input.set_size(self.large)
            self.input.answered.connect(lambda value: self.answered.emit(value, "", view.name))
            self._editor_room.addWidget(self.input)
        else:
            self.editor = self._make_editor(view)
            if self.editor is not None:
                self._editor_room.addWidget(self.editor.widget)
        self._place_options()

    def _option(self, view: QuestionView, number: int) -> OptionRow:
        option = view.options[number]
        made = OptionRow(option.value, option.text, large=self.large)
        made.setEnabled(not view.is_readonly)
        made.clicked.connect(lambda: self._choose(made))
        return made

    def _mark(self, view: QuestionView) -> None:
        for option in self.options:
            option.show_chosen(option.value == view.response.value)
        for state, button in self.states.items():
            chosen = view.response.state is state
            button.setChecked(chosen)
            if button.property("chosen") != chosen:
                button.setProperty("chosen", chosen)
                restyle(button)
        if self.problem.accessibleName() != view.problem:
            self.problem.say(view.problem, tone=Tone.ATTENTION)
        reason = view.response.reason
        words = self.tr("Nicht zutreffend: {0}").format(reason)
        self._given_reason.setText(words if reason else "")
        show_if(self._given_reason, bool(reason) and not self.reason.isVisible())

    def cover(self, is_covered: bool) -> None:
        """An editor shows a page of its own, with its own way on."""
        self._buttons.setVisible(not is_covered)

    def overflow(self) -> int:
        """Pixels that do not fit and have to be scrolled to."""
        return self._area.verticalScrollBar().maximum()

    # -- answering -----------------------------------------------------------------------------

    def focus_answer(self) -> None:
        """Keyboard to the chosen level or the input, to the sheet itself where there is none."""
        if self.input is not None:
            self.input.focus_answer()
            return
        if self.editor is not None:
            self.editor.focus()
            return
        chosen = next((o for o in self.options if o.isChecked()), None)
        (chosen or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, text: str) -> bool:
        """As if the level of that value, or the option of that number, had been pressed."""
        option = next((o for o in self.options if o.value == text and o.isEnabled()), None)
        if option is not None:
            self._choose(option)
            return True
        return self.input is not None and self.input.press(text)

    def press_state(self, state: AnswerState) -> None:
        """As if its button had been pressed; not applicable asks for the reason first."""
        if self._view is None or self._view.is_readonly or state not in self._view.states:
            return
        if state is AnswerState.NOT_APPLICABLE:
            self._mark(self._view)
            self._given_reason.hide()
            self._buttons.hide()
            self.reason.ask(self._view.response.reason)
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.reason))
            return
        self.close_reason()
        self.answered.emit(str(state), "", self._view.name)
        self.setFocus()  # a ring left on a level would look like the answer

    def move_across(self, step: int) -> bool:
        """Arrow left or right: not ours, it goes to the neighbouring question."""
        return False

    def move_focus(self, step: int) -> None:
        """Arrow up or down: the keyboard to the neighbouring level, chosen by Enter or Space."""
        if self.input is not None:
            self.input.move_focus(step)
        if not self.options:
            return
        here = next((n for n, o in enumerate(self.options) if o.hasFocus()), None)
        if here is None:
            checked = next((n for n, o in enumerate(self.options) if o.isChecked()), None)
            there = (0 if step > 0 else len(self.options) - 1) if checked is None else checked
        else:
            there = max(0, min(len(self.options) - 1, here + step))
        self.options[there].setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(self.options[there])

    def choose_focused(self) -> bool:
        """Choose what the keyboard is on; False when it is on nothing or on what is chosen."""
        option = next((o for o in self.options if o.hasFocus() and not o.isChecked()), None)
        if option is not None:
            self._choose(option)
            return True
        return self.input is not None and self.input.choose_focused()

    def settle(self) -> bool:
        """Say what is typed now; False while it makes no sense."""
        if self.editor is not None:
            return self.editor.settle()
        return self.input is None or self.input.settle()

    def unsettle(self) -> None:
        """What was said last could not be stored."""
        if self.input is not None:
            self.input.unsettle()

    def close_reason(self) -> None:
        """Put the reasons away and give the keyboard back to the levels."""
        if self.reason.isVisible():
            self._put_reason_away()
            self.focus_answer()
        if self._view is not None:
            self._mark(self._view)

    def _put_reason_away(self) -> None:
        """The reasons stand where the buttons stand: one or the other."""
        self.reason.hide()
        self._buttons.show()

    def _choose(self, option: OptionRow) -> None:
        self._put_reason_away()
        option.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._view is not None:
            self.answered.emit(option.value, "", self._view.name)

    def _on_reason(self, reason: str) -> None:
        self._put_reason_away()
        if self._view is not None:
            self.answered.emit(str(AnswerState.NOT_APPLICABLE), reason, self._view.name)
        self.setFocus()
