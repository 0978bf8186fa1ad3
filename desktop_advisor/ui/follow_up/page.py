"""Wiedervorlage of one case: the talks, and every measure with what became of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.advice.measure_form import MeasureForm, follow_up_fields
from desktop_advisor.ui.follow_up.talks import Talks
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    Label,
    Pill,
    SmallText,
    SoftText,
    TwoColumns,
    clear,
    column,
    row,
    scrolling,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.action_plan import ActionPlan, PlanLine

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class MeasuresCheck(Card):
    """Umsetzungsstand and Wirkung of every measure that was not dropped.

    Signals:
        changed: the measure's id and its new draft.
        typed: something stands in a field that is not saved yet.
    """

    changed = Signal(object, object)
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Umsetzungsstand und Wirkung"))
        self.forms: dict[uuid.UUID, MeasureForm] = {}
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(spacing.M)
        self.add(self._blocks)

    def show_plan(self, plan: ActionPlan) -> None:
        """The open ones first, by date; then what is done."""
        clear(self._blocks)
        self.forms = {}
        lines = [line for line in plan.lines if line.row.draft.state != "dropped"]
        if not lines:
            self._blocks.addWidget(SoftText(self.tr("Es ist keine Maßnahme vereinbart.")))
        for number, line in enumerate(sorted(lines, key=_urgency)):
            if number:
                self._blocks.addWidget(HairLine())
            self._blocks.addWidget(self._block(line, plan))

    def follow(self, plan: ActionPlan) -> None:
        """What the store made of a change, in the forms that are there."""
        for line in plan.lines:
            if (form := self.forms.get(line.row.measure_id)) is not None:
                form.show_draft(line.row.draft)

    def _block(self, line: PlanLine, plan: ActionPlan) -> QWidget:
        draft = line.row.draft
        form = MeasureForm(line.row, fields=follow_up_fields())
        form.changed.connect(self.changed)
        form.typed.connect(lambda _key: self.typed.emit())
        for field in form.lines.values():
            field.edit.setAccessibleName(f"{field.field.label}: {draft.title}")
        self.forms[line.row.measure_id] = form
        head = row(gap=spacing.S)
        head.addWidget(Label(draft.title, "strong", wrap=True), 1)
        if line.row.as_item().is_open and draft.due_on is not None and draft.due_on < plan.today:
            late = Pill(self.tr("überfällig"), Tone.DANGER)
            head.addWidget(late, 0, Qt.AlignmentFlag.AlignTop)
        due = self.tr("bis {0}").format(short_date(draft.due_on)) if draft.due_on else ""
        metric = self.tr("Messgröße: {0}").format(draft.metric) if draft.metric else ""
        holder = QWidget()
        words = SmallText(joined(draft.owner or self.tr("noch niemand zuständig"), due, metric))
        holder.setLayout(column(head, words, form, gap=spacing.S))
        return holder

    def settle(self) -> None:
        """Let every waiting field be saved now."""
        for form in self.forms.values():
            form.settle()


def _urgency(line: PlanLine) -> tuple[bool, bool, str]:
    item = line.row.as_item()
    return (not item.is_open, item.due_on is None, str(item.due_on or ""))


class FollowUpPage(QWidget):
    """Talks and measures side by side; the talks on top where the window is narrow.

    Signals:
        changed: the measure's id and its new draft.
        talked: a talk was decided on, held, moved or added.
        typed: something stands in a field that is not saved yet.
    """

    changed = Signal(object, object)
    talked = Signal()
    typed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.talks, self.measures = Talks(place), MeasuresCheck()
        self.talks.changed.connect(self.talked)
        self.measures.changed.connect(self.changed)
        self.measures.typed.connect(self.typed)
        left, right = column(self.talks), column(self.measures)
        left.addStretch(1)
        right.addStretch(1)
        inside = QWidget()
        both = TwoColumns(left, right, (5, 8))
        inside.setLayout(column(both, margins=(0, 0, 0, spacing.XXL)))
        self.setLayout(column(scrolling(inside)))

    def show_plan(self, plan: ActionPlan) -> None:
        """The talks and measures of a case."""
        if self.talks.may_go():
            self.talks.show_case(plan.case_id)
        self.measures.show_plan(plan)

    def settle(self) -> None:
        """Let every waiting field be saved now."""
        self.measures.settle()
