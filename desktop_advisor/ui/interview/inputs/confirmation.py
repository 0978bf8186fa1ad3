"""Something to confirm, and something only to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.interview.inputs.answer_input import AnswerInput
from desktop_advisor.ui.interview.inputs.choice_row import ChoiceRow
from desktop_advisor.ui.widgets import column
from desktop_advisor.usecases.question_views import Option, QuestionView

CONFIRMED = "OK"
"""What a confirmed trigger holds (ODK XForms specification, "trigger")."""


class ConfirmInput(AnswerInput):
    """CONFIRM: one tick."""

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        words = view.options[0].text if view.options else self.tr("Bestätigt")
        self.row = ChoiceRow(Option(CONFIRMED, words), "1", is_single=False)
        self.row.clicked.connect(lambda on: self.answered.emit(CONFIRMED if on else ""))
        self.setLayout(column(self.row, gap=0))
        self.refresh(is_other=True)

    def refresh(self, *, is_other: bool) -> None:
        self.row.show_chosen(self.stored() == CONFIRMED)
        self.row.setEnabled(not self.view.is_readonly)

    def focus_answer(self) -> None:
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, text: str) -> bool:
        if text == self.row.badge:
            self.row.click()
        return text == self.row.badge

    def move_focus(self, step: int) -> None:
        self.focus_answer()

    def choose_focused(self) -> bool:
        is_new = self.row.hasFocus() and not self.row.isChecked()
        if is_new:
            self.row.click()
        return is_new

    def measure(self) -> None:
        self.row.set_size(large=self.is_large, compact=self.is_compact)


class ReadOnlyInput(AnswerInput):
    """NOTE: the words of the question say everything; there is nothing to press."""

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self.setFixedHeight(0)
