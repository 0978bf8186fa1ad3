"""The question in the middle: the largest thing on the screen, and its anchored levels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.interview.question_sheet import MakeEditor, QuestionSheet
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, XXL, L, M, S
from desktop_advisor.ui.widgets import clear, column, row, scrolling, spacer
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import Kind, QuestionView

WIDEST = 880
"""Pixels of the column at 100 %: anchors of 94 characters and no longer lines."""

_SIDE = XXL + 6
_NO_LIMIT = 16_777_215
"""Qt's QWIDGETSIZE_MAX."""
_MOST_FOOT = 0.3
"""Part of the height that the way on may take for itself (our choice)."""


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
        self._is_wide = False
        self._slot = row(gap=0)
        self._inside = QWidget()
        self._column = column(
            self._heading(),
            self._rows,
            self._editor_room,
            self.problem,
            self._slot,
            self._given_reason,
            self.reason,
            spacer(),
            gap=M + 2,
        )
        self._inside.setLayout(self._column)
        self._middle = QWidget()
        self._middle.setLayout(row(self._inside, gap=0, margins=(_SIDE, L, _SIDE, S)))
        area = self._keep_arrows(scrolling(self._middle))
        self._foot = row(self._buttons, gap=0)
        whole = column(area, self._foot, gap=0)
        whole.setStretchFactor(area, 1)
        whole.addStretch(0)
        self.setLayout(whole)
        for part in (self._middle, self._inside, self._buttons):
            part.installEventFilter(self)
        area.verticalScrollBar().rangeChanged.connect(self._fit_soon)

    def show_question(self, view: QuestionView) -> None:
        """Another question, or the same one for somebody else."""
        self._is_wide = is_wide = view.kind is Kind.TABLE
        self._column.setStretchFactor(self._editor_room, 1 if is_wide else 0)
        self._column.setStretch(self._column.count() - 1, 0 if is_wide else 1)
        for part in (self._inside, self._buttons):
            part.setMaximumWidth(_NO_LIMIT if is_wide else theme().px(WIDEST))
        super().show_question(view)
        self._fit_soon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit_soon()
        return super().eventFilter(watched, event)

    def _fit_soon(self) -> None:
        """When the layouts below have settled."""
        QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The way on stands right below the answers, and stays in sight when they scroll."""
        width = self._area.viewport().width()
        tall = self._buttons.heightForWidth(width - 2 * _SIDE)
        self._keep_in_sight(is_pinned=tall <= _MOST_FOOT * self.height())
        least = self._middle.minimumSizeHint().height()
        height = max(self._middle.heightForWidth(width), least, 1)
        self._area.setMaximumHeight(_NO_LIMIT if self._is_wide else height)
        is_empty = self._buttons.isHidden() or self._foot.isEmpty()
        above, below = (0, 0) if is_empty else (XS, S)
        self._foot.setContentsMargins(_SIDE, above, _SIDE + self.width() - width, below)

    def _keep_in_sight(self, *, is_pinned: bool) -> None:
        """Below the scrolled part, or at its end where hardly anything of it would be left."""
        here, there = (self._slot, self._foot) if is_pinned else (self._foot, self._slot)
        if there.indexOf(self._buttons) < 0:
            here.removeWidget(self._buttons)
            there.addWidget(self._buttons)

    def _place_options(self) -> None:
        clear(self._rows)
        for option in self.options:
            self._rows.addWidget(option)
