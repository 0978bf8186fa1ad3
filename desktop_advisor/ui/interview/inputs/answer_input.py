"""What every way to answer a question has in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import M, control_height
from desktop_advisor.ui.theme.typography import REGULAR, Size, font
from desktop_advisor.usecases.question_views import QuestionView

LARGE_TARGET = 72
"""Least height in pixels of what is pressed in the hall: gloves, a tablet held in one arm."""


class AnswerInput(QWidget):
    """Where one question is answered; shows the stored answer and says a new one.

    It never stores anything itself: the screen stores and shows the question again.

    Signals:
        answered: the form value to store ("12.5", "2026-11-22", "a b"); "" opens the question.
        typed: something stands in a field that is not said yet.
    """

    answered = Signal(str)
    typed = Signal()

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.is_large = False
        self.is_compact = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(view.text)

    def show_question(self, view: QuestionView) -> None:
        """Another question of this kind, or the same one with another answer or other options."""
        is_other = view.name != self.view.name
        self.view = view
        self.setAccessibleName(view.text)
        self.refresh(is_other=is_other)

    def refresh(self, *, is_other: bool) -> None:
        """Follow `view`; is_other: not the question that stood here before."""

    def stored(self) -> str:
        """The form value that is stored; "" for an open question and for a state."""
        response = self.view.response
        return response.value if response.state is AnswerState.ANSWERED else ""

    def focus_answer(self) -> None:
        """Keyboard to where the answer is given."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, text: str) -> bool:
        """A digit key; whether it was used. Never while a text field has the keyboard."""
        return False

    def move_focus(self, step: int) -> None:
        """Keyboard to the next (+1) or the one before (-1) of what can be chosen."""

    def choose_focused(self) -> bool:
        """Choose what the keyboard is on; False when there is nothing new to choose."""
        return False

    def settle(self) -> bool:
        """Say what is typed now; False when it cannot be said because it makes no sense yet."""
        return True

    def unsettle(self) -> None:
        """What was said last could not be stored: it counts as typed again, ticks go back."""
        self.refresh(is_other=False)

    def set_size(self, large: bool) -> None:
        """Targets of at least 72 px and larger type, for the hall."""
        self.is_large = large
        self.measure()

    def set_compact(self, compact: bool) -> None:
        """Take little height, for a row of the list view."""
        self.is_compact = compact
        self.measure()

    def measure(self) -> None:
        """Follow the size wanted and the font scale."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange and hasattr(self, "is_compact"):
            self.measure()
        super().changeEvent(event)


def type_size(is_large: bool) -> int:
    """Pixels at 100 % of an answer's words."""
    return Size.QUESTION if is_large else Size.TEXT


def answer_font(is_large: bool, weight: int = REGULAR) -> QFont:
    """The font of an answer's words at the scale in force."""
    return font(type_size(is_large), weight, theme().scale)


def field_height(is_large: bool) -> int:
    """Height in pixels of one line to type into."""
    return theme().px(LARGE_TARGET) if is_large else control_height(theme().scale)


def enlarge(edit: QWidget, is_large: bool) -> None:
    """Give a field the height and type of its size; the stylesheet alone knows only one."""
    height, size = field_height(is_large), theme().px(type_size(is_large))
    wanted = ""
    if isinstance(edit, QPlainTextEdit):
        wanted = f"font-size: {size}px;" if is_large else ""
    else:
        edit.setFixedHeight(height)
        if is_large:
            wanted = f"font-size: {size}px; padding: 0 {M}px; min-height: {height - 2}px;"
    if edit.styleSheet() != wanted:
        edit.setStyleSheet(wanted)


def make_square(button: QWidget, is_large: bool) -> None:
    """Give a button with one sign the side of a field's height."""
    side, size = field_height(is_large), theme().px(type_size(is_large))
    wanted = f"padding: 0; font-size: {size}px; min-height: {side - 2}px;"
    if button.styleSheet() != wanted:
        button.setStyleSheet(wanted)
    button.setFixedSize(side, side)


def has_typing_focus(widget: QWidget) -> bool:
    """Whether the keyboard is in a text field inside `widget`."""
    holder = widget.window().focusWidget() if widget.window() else None
    return isinstance(holder, QLineEdit | QPlainTextEdit) and widget.isAncestorOf(holder)


Making = Callable[[QuestionView], AnswerInput]
"""Makes the input of a question."""
