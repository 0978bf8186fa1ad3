"""The question in the middle: the largest thing on the screen, and its anchored levels."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.interview.question_sheet import MakeEditor, QuestionSheet
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XXL, L, M, S
from desktop_advisor.ui.widgets import clear, column, row, scrolling, spacer
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import Kind, QuestionView

WIDEST = 880
"""Pixels of the column at 100 %: anchors of 94 characters and no longer lines."""


class QuestionPanel(QuestionSheet):
    """One question in a column no wider than its lines; a table takes all the width there is."""

    def __init__(self, make_editor: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(make_editor, parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S)
        buttons = FlowLayout(*self.states.values())
        buttons.add_gap()
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        self._buttons.setLayout(buttons)
        self._inside = QWidget()
        self._column = column(
            self._heading(),
            self._rows,
            self._editor_room,
            self.problem,
            self._buttons,
            self._given_reason,
            self.reason,
            spacer(),
            gap=M + 2,
        )
        self._inside.setLayout(self._column)
        middle = QWidget()
        middle.setLayout(row(self._inside, gap=0, margins=(XXL + 6, L, XXL + 6, S)))
        self.setLayout(column(self._keep_arrows(scrolling(middle)), gap=0))

    def show_question(self, view: QuestionView) -> None:
        """Another question, or the same one for somebody else."""
        is_wide = view.kind is Kind.TABLE
        self._column.setStretchFactor(self._editor_room, 1 if is_wide else 0)
        self._column.setStretch(self._column.count() - 1, 0 if is_wide else 1)
        self._inside.setMaximumWidth(16_777_215 if is_wide else theme().px(WIDEST))
        super().show_question(view)

    def _place_options(self) -> None:
        clear(self._rows)
        for option in self.options:
            self._rows.addWidget(option)
