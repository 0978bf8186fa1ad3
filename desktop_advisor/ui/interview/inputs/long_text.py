"""An answer of several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.interview.inputs.answer_input import AnswerInput, enlarge
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import column
from desktop_advisor.usecases.question_views import QuestionView

HEIGHT, COMPACT_HEIGHT = 150, 88


class LongTextInput(AnswerInput):
    """LONG_TEXT: saved while it is written; Esc gives the keyboard back."""

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self.edit = AutosavedNote(3)
        self.edit.typed.connect(self.typed)
        self.edit.settled.connect(lambda text: self.answered.emit(text.strip()))
        self.edit.escaped.connect(self.setFocus)
        self.setLayout(column(self.edit, gap=0))
        self.measure()
        self.refresh(is_other=True)

    def refresh(self, *, is_other: bool) -> None:
        self.edit.setAccessibleName(self.view.text)
        self.edit.setReadOnly(self.view.is_readonly)
        stands = self.edit.is_pending() or self.edit.toPlainText().strip() == self.stored()
        if is_other or not stands:
            self.edit.put(self.stored())

    def focus_answer(self) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> bool:
        self.edit.settle()
        return True

    def unsettle(self) -> None:
        self.edit.unsettle()

    def measure(self) -> None:
        enlarge(self.edit, self.is_large)
        self.edit.setFixedHeight(theme().px(COMPACT_HEIGHT if self.is_compact else HEIGHT))
