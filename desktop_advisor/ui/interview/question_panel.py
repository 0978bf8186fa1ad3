"""The question in the middle: the largest thing on the screen, and its anchored levels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.ui.interview.balanced_text import BalancedLabel
from desktop_advisor.ui.interview.option_row import OptionRow
from desktop_advisor.ui.interview.reason_bar import ReasonBar
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, XXL, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    KeyButton,
    Label,
    Pill,
    PrimaryButton,
    SecondaryButton,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.question_views import QuestionView

WIDEST = 880
"""Pixels of the column at 100 %: anchors of 94 characters and no longer lines."""
STATES = (
    (AnswerState.NOT_APPLICABLE, "N"),
    (AnswerState.UNKNOWN, "W"),
    (AnswerState.CONFIDENTIAL, "K"),
)


class QuestionPanel(QWidget):
    """One question with its options, the three ways not to answer, and the way on.

    Signals:
        answered: form value and reason ("" but for "na").
        step: +1 Weiter, -1 Zurück.
    """

    answered = Signal(str, str)
    step = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._view: QuestionView | None = None
        self.options: list[OptionRow] = []
        self._place = Label("", "small")
        self._critical = Pill(self.tr("kritisch"), Tone.NEUTRAL)
        self._critical.setToolTip(
            self.tr("Ein kritischer Kennpunkt auf Stufe 0 oder 1 gilt als Engpass.")
        )
        self.question = BalancedLabel("question")
        self._help = Label("", "soft", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S)
        self.reason = ReasonBar()
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
        self._lay_out()

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

    def _lay_out(self) -> None:
        crumbs = FlowLayout(self._place, self._critical)
        words = column(crumbs, self.question, self._help, gap=XS)
        buttons = FlowLayout(*self.states.values())
        buttons.add_gap()
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        self._buttons = QWidget()
        self._buttons.setLayout(buttons)
        inside = QWidget()
        middle = column(
            words,
            self._rows,
            self._buttons,
            self._given_reason,
            self.reason,
            spacer(),
            gap=M + 2,
        )
        inside.setLayout(middle)
        self._middle = QWidget()
        self._middle.setProperty("kind", "clear")
        line = row(inside, gap=0, margins=(XXL + 6, L, XXL + 6, S))
        self._middle.setLayout(line)
        self._inside = inside
        area = scrolling(self._middle)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        area.installEventFilter(self)
        self.setLayout(column(area, gap=0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys belong to the questions and levels, not to the scroll bar."""
        if watched is self._area and event.type() is QEvent.Type.KeyPress:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def show_question(self, view: QuestionView) -> None:
        """Another question, or the same one with another answer."""
        is_other = self._view is None or view.name != self._view.name
        self._view = view
        self._inside.setMaximumWidth(theme().px(WIDEST))
        self._place.setText(self._breadcrumb(view))
        self._critical.setVisible(view.is_critical)
        self.question.setText(view.text)
        self._help.setText(self.tr("Woran erkennen wir das? {0}").format(view.help))
        self._help.setVisible(bool(view.help))
        if is_other:
            self._build_options(view)
            self._put_reason_away()
            self._area.verticalScrollBar().setValue(0)
        self._mark(view)

    def _breadcrumb(self, view: QuestionView) -> str:
        kind = {
            "importance": self.tr(" · Wichtigkeit"),
            "satisfaction": self.tr(" · Zufriedenheit"),
        }.get(view.role, "")
        return (
            self.tr("{0} · Frage {1} von {2}").format(view.dimension_label, view.number, view.of)
            + kind
        )

    def _build_options(self, view: QuestionView) -> None:
        clear(self._rows)
        self.options = [OptionRow(option.value, option.text) for option in view.options]
        for option in self.options:
            option.clicked.connect(lambda _=False, o=option: self._choose(o))
            self._rows.addWidget(option)

    def _mark(self, view: QuestionView) -> None:
        for option in self.options:
            option.show_chosen(option.value == view.response.value)
        for state, button in self.states.items():
            chosen = view.response.state is state
            button.setChecked(chosen)
            if button.property("chosen") != chosen:
                button.setProperty("chosen", chosen)
                restyle(button)
        self._given_reason.setText(
            self.tr("Nicht zutreffend: {0}").format(view.response.reason)
            if view.response.reason
            else ""
        )
        self._given_reason.setVisible(bool(view.response.reason) and not self.reason.isVisible())

    def overflow(self) -> int:
        """Pixels that do not fit and have to be scrolled to."""
        return self._area.verticalScrollBar().maximum()

    def focus_answer(self) -> None:
        """Keyboard to the chosen level, to the panel itself where none is."""
        chosen = next((o for o in self.options if o.isChecked()), None)
        (chosen or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, value: str) -> bool:
        """As if the level of that value had been pressed; whether there is one."""
        option = next((o for o in self.options if o.value == value), None)
        if option is not None:
            self._choose(option)
        return option is not None

    def press_state(self, state: AnswerState) -> None:
        """As if its button had been pressed; not applicable asks for the reason first."""
        if self._view is None:
            return
        if state is AnswerState.NOT_APPLICABLE:
            self._mark(self._view)
            self._given_reason.hide()
            self._buttons.hide()
            self.reason.ask(self._view.response.reason)
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.reason))
            return
        self.close_reason()
        self.answered.emit(str(state), "")
        self.setFocus()  # a ring left on a level would look like the answer

    def move_focus(self, step: int) -> None:
        """Arrow up or down: the keyboard to the neighbouring level, chosen by Enter or Space."""
        if not self.options:
            return
        here = next((n for n, o in enumerate(self.options) if o.hasFocus()), None)
        if here is None:
            checked = next((n for n, o in enumerate(self.options) if o.isChecked()), None)
            there = (0 if step > 0 else len(self.options) - 1) if checked is None else checked
        else:
            there = max(0, min(len(self.options) - 1, here + step))
        self.options[there].setFocus(Qt.FocusReason.TabFocusReason)

    def choose_focused(self) -> bool:
        """Choose the level the keyboard is on; False when it is on none or already chosen."""
        option = next((o for o in self.options if o.hasFocus() and not o.isChecked()), None)
        if option is not None:
            self._choose(option)
        return option is not None

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
        self.answered.emit(option.value, "")

    def _on_reason(self, reason: str) -> None:
        self._put_reason_away()
        self.answered.emit(str(AnswerState.NOT_APPLICABLE), reason)
        self.setFocus()
