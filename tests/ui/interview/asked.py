"""A question put to an input, with the answers it says, as the screen would store them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Evidence, Response
from desktop_advisor.ui.interview.inputs import AnswerInput, input_for
from desktop_advisor.ui.interview.inputs.choice_row import ChoiceRow
from desktop_advisor.ui.interview.inputs.span import SpanInput
from desktop_advisor.ui.interview.inputs.typed_answers import TypedInput
from desktop_advisor.ui.widgets import column, spacer
from desktop_advisor.usecases.question_views import Kind, Option, QuestionView, Span

ABC = (Option("a", "Alle Bereiche"), Option("b", "Die Kernmacherei"), Option("c", "Keiner"))
TOWNS = tuple(Option(f"t{n}", f"Gemeinde {n:04d}") for n in range(1000))
TEN = Span(Decimal(0), Decimal(10), Decimal(1))
HUNDRED = Span(Decimal(0), Decimal(100), Decimal("2.5"))


def view(
    kind: Kind,
    value: str = "",
    options: Sequence[Option] = (),
    span: Span | None = None,
    name: str = "q1",
) -> QuestionView:
    return QuestionView(
        name=name,
        dimension="",
        dimension_label="",
        number=1,
        of=1,
        text="Wo wird die Matrix gepflegt?",
        help="",
        role="",
        is_critical=False,
        options=tuple(options),
        response=Response.of(value),
        evidence=Evidence.CLAIMED,
        note="",
        answered_elsewhere=(),
        kind=kind,
        span=span,
    )


class Asked:
    """An input that stores what it is told, as the screen does; said: every form value.

    is_failing: nothing can be stored.
    """

    def __init__(self, qtbot: QtBot, first: QuestionView) -> None:
        self.said: list[str] = []
        self.is_failing = False
        self.view = first
        self.input: AnswerInput = input_for(first)
        self.input.answered.connect(self._store)
        self.screen = QWidget()
        self.screen.setLayout(column(self.input, spacer()))
        qtbot.addWidget(self.screen)
        self.screen.resize(640, 400)
        self.screen.show()
        qtbot.waitUntil(self.screen.isActiveWindow)

    def _store(self, value: str) -> None:
        self.said.append(value)
        if self.is_failing:
            self.input.unsettle()
            return
        self.view = replace(self.view, response=Response.of(value))
        self.input.show_question(self.view)

    def show(self, other: QuestionView) -> None:
        self.view = other
        self.input.show_question(other)

    def rows(self) -> list[ChoiceRow]:
        return [row for row in self.input.findChildren(ChoiceRow) if row.isVisible()]

    def chosen(self) -> list[str]:
        return [row.value for row in self.rows() if row.isChecked()]

    def edits(self) -> list[QLineEdit]:
        return [e for e in self.input.findChildren(QLineEdit) if e.isVisible()]

    def error(self) -> str:
        made = self.input
        assert isinstance(made, TypedInput | SpanInput)
        return "" if made.error.isHidden() else made.error.text()


Ask = Callable[[QuestionView], Asked]
