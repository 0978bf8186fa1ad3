"""One or several of some options, few or very many."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.interview.inputs.answer_input import AnswerInput, has_typing_focus
from desktop_advisor.ui.interview.inputs.option_finder import OptionFinder
from desktop_advisor.ui.interview.inputs.option_rows import OptionRows
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import SmallText
from desktop_advisor.usecases.question_views import Kind, QuestionView

MANY = 12
"""More options than this are searched instead of overlooked (our choice: one screen of rows)."""


class ChoiceInput(AnswerInput):
    """CHOICE and CHOICES. Which of the two parts stands here follows from how many options."""

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self._is_single = view.kind is Kind.CHOICE
        self._hint = SmallText(self.tr("Mehrere Antworten sind möglich."))
        self._hint.setVisible(False)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(S)
        self._box.addWidget(self._hint)
        self.part: OptionRows | OptionFinder = self._made(len(view.options))
        self.refresh(is_other=True)

    def refresh(self, *, is_other: bool) -> None:
        is_many = len(self.view.options) > MANY
        if is_many != isinstance(self.part, OptionFinder):
            self._exchange()
        elif is_other and isinstance(self.part, OptionFinder):
            self.part.search.clear()
        options, readonly = self.view.options, self.view.is_readonly
        self.part.put(options, self._chosen(), is_readonly=readonly)
        self._hint.setVisible(not self._is_single and not self.is_compact)

    def _made(self, count: int) -> OptionRows | OptionFinder:
        part: OptionRows | OptionFinder
        if count > MANY:
            part = OptionFinder(is_single=self._is_single, name=self.view.text)
        else:
            part = OptionRows(is_single=self._is_single)
        part.set_size(large=self.is_large, compact=self.is_compact)
        part.pressed.connect(self._press)
        self._box.addWidget(part)
        return part

    def _exchange(self) -> None:
        had_keyboard = self.part.isAncestorOf(self.window().focusWidget() or self)
        self._box.removeWidget(self.part)
        self.part.hide()
        self.part.deleteLater()
        self.part = self._made(len(self.view.options))
        if had_keyboard:
            self.focus_answer()

    def _chosen(self) -> list[str]:
        return [self.stored()] if self._is_single else self.stored().split()

    def _press(self, value: str) -> None:
        if self.view.is_readonly:
            return
        if self._is_single:
            self.answered.emit(value)
            return
        chosen = set(self._chosen()) ^ {value}
        known = [o.value for o in self.view.options if o.value in chosen]
        self.answered.emit(" ".join(known))

    def focus_answer(self) -> None:
        if not self.part.focus_chosen():
            super().focus_answer()

    def press(self, text: str) -> bool:
        if has_typing_focus(self) or not isinstance(self.part, OptionRows):
            return False
        value = self.part.value_of_key(text)
        if value is not None:
            self._press(value)
        return value is not None

    def move_focus(self, step: int) -> None:
        self.part.move_focus(step)

    def choose_focused(self) -> bool:
        value = self.part.focused()
        is_new = value is not None and (not self._is_single or value not in self._chosen())
        if is_new and value is not None:
            self._press(value)
        return is_new

    def measure(self) -> None:
        self._hint.setVisible(not self._is_single and not self.is_compact)
        self.part.set_size(large=self.is_large, compact=self.is_compact)
