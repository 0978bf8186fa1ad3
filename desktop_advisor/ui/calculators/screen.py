"""Förderrechner: choose one at the left, type in the middle, read the result at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.calculators.forms import CalculatorForm, form_of
from desktop_advisor.ui.calculators.job_choice import JobChoice
from desktop_advisor.ui.calculators.result_view import ResultView
from desktop_advisor.ui.calculators.take_over import TakeOver
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    FieldForm,
    Label,
    ListRow,
    RowList,
    SmallText,
    TwoColumns,
    clear,
    column,
    row,
    scrolling,
)
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.ui.widgets.layout import NARROW
from desktop_advisor.usecases.calculating import (
    Calculator,
    Known,
    benefit_text,
    calculate,
    known_of,
    prefilled,
)
from desktop_advisor.usecases.workplace import Workplace

LIST_WIDTH = 236
"""At 100 %: the longest title on two lines."""
_WITH_JOBS = (Calculator.COST, Calculator.SECTION_82, Calculator.SECTION_82A)


class CalculatorsScreen(Screen):
    """One calculator at a time; focus names it. What is typed stays here and is never stored."""

    RAIL: ClassVar[Where] = Where.COMPANIES

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place, self._destination = place, destination
        self.known: Known = known_of(place, destination.company_id)
        self.calculator = _wanted(destination.focus)
        self._typed: dict[str, str] = {}
        self.list = RowList()
        self.result = ResultView()
        self.take_over = TakeOver(place, destination.case_id)
        self.jobs = JobChoice(place, destination.case_id)
        self.trouble = Banner()
        self.form_card = Card()
        self._fields = QVBoxLayout()
        self._fields.setSpacing(spacing.M)
        self.forms: list[FieldForm] = []
        self._lay_out()
        self.take_over.taken.connect(self.committed)
        self.jobs.chosen.connect(self._take_persons)

    def _lay_out(self) -> None:
        self.form_card.add(self.jobs, self._fields)
        self.result.add(self.take_over)
        both = TwoColumns(
            column(self.trouble, self.form_card, gap=spacing.L),
            column(self.result),
            (5, 6),
        )
        page = QWidget()
        page.setLayout(column(both))
        page.layout().addStretch(1)  # type: ignore[union-attr]
        self.strip = Card()
        self.strip.set_margins(spacing.M)
        self.brief = Label(kind="strong", wrap=True)
        self.strip.add(self.brief)
        left = Card(fill=True)
        left.set_margins(spacing.M)
        left.body.addWidget(scrolling(self._listed()))
        left.setFixedWidth(theme().px(LIST_WIDTH))
        edge = spacing.XXL
        whole = row(gap=spacing.XL, margins=(edge, 22, edge, 22))
        whole.addWidget(left)
        right = column(gap=spacing.M)
        right.addWidget(scrolling(page), 1)
        right.addWidget(self.strip)
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def _listed(self) -> QWidget:
        rows = [self._row(calculator, form_of(calculator)) for calculator in Calculator]
        self.list.show_rows(rows)
        holder = QWidget()
        holder.setLayout(column(self.list))
        holder.layout().addStretch(1)  # type: ignore[union-attr]
        return holder

    def _row(self, calculator: Calculator, form: CalculatorForm) -> ListRow:
        made = ListRow(form.title, form.detail, arrow=False, inset=spacing.S)
        made.setProperty("calculator", str(calculator))
        made.pressed.connect(lambda: self.choose(calculator))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_strip()

    def _show_strip(self) -> None:
        """The sentence stays in sight where the result stands below the form."""
        room = self.width() - theme().px(LIST_WIDTH) - 2 * spacing.XXL - spacing.XL
        show_if(self.strip, room < NARROW * theme().scale)

    # -- header ----------------------------------------------------------------------------

    def title(self) -> str:
        return self.known.name or self.tr("Förderrechner")

    def subtitle(self) -> str:
        if self.known.name:
            return self.tr("Förderrechner")
        return self.tr("ohne Unternehmen, nichts ist vorbelegt")

    def secondary(self) -> Sequence[Action]:
        if self._destination.company_id is None:
            return ()
        return (Action(self.tr("Zur Firmenakte"), self._to_company),)

    def _to_company(self) -> None:
        self.go(Destination(Where.COMPANY, company_id=self._destination.company_id))

    # -- choosing and calculating ------------------------------------------------------------

    def refresh(self) -> None:
        self.known = known_of(self._place, self._destination.company_id)
        self._show_strip()
        self.take_over.refresh()
        self.jobs.refresh()
        if self.forms:
            self._calculate()
        else:
            self.choose(self.calculator)

    def choose(self, calculator: Calculator) -> None:
        """This calculator; what was typed for another and fits here is kept."""
        self._typed |= self._texts()
        self.calculator = calculator
        for made in self.list.rows:
            if isinstance(made, ListRow):
                made.set_chosen(made.property("calculator") == str(calculator))
        self._build(form_of(calculator))
        self._calculate()

    def _build(self, about: CalculatorForm) -> None:
        clear(self._fields)
        self.form_card.set_title(about.title)
        figures = FieldForm(about.figures, columns=2)
        self.forms = [figures]
        self.jobs.show_for(self.calculator in _WITH_JOBS)
        self._fields.addWidget(figures)
        if about.conditions:
            self.forms.append(FieldForm(about.conditions))
            self._fields.addWidget(self.forms[-1])
        self._fields.addWidget(
            SmallText(
                self.tr("Ihre Eingaben dienen nur der Rechnung und werden nicht gespeichert.")
            )
        )
        start: dict[str, Value] = {"persons": 1, **prefilled(self.known, self.calculator)}
        if self.calculator is Calculator.SECTION_82 and self.known.staff_sgb3 is None:
            figures.put_below("staff", SmallText(self.tr("Köpfe; Teilzeit zählt weniger")))
        for form in self.forms:
            form.put({key: value for key, value in start.items() if key in form.lines})
            for key, text in self._typed.items():
                if key in form.lines and text and key != "staff":
                    form.lines[key].put(text)
            form.typed.connect(lambda _key: self._calculate())
            form.settled.connect(lambda _key, _value: self._calculate())

    def _texts(self) -> dict[str, str]:
        return {key: text for form in self.forms for key, text in form.texts().items()}

    def typed(self) -> dict[str, object]:
        """What can be read of the fields now; a field that is wrong or empty is not known."""
        found: dict[str, object] = {}
        for form in self.forms:
            for key, line in form.lines.items():
                if not line.complaint():
                    found[key] = line.value()
        return {key: value for key, value in found.items() if value is not None}

    def _calculate(self) -> None:
        try:
            outcome = calculate(self._place, self.calculator, self.known, self.typed())
        except KnownError as error:
            self.trouble.say_error(error)
            self.result.hide()
            return
        self.trouble.say_nothing()
        self.result.show()
        self.result.show_outcome(outcome)
        self.brief.setText(outcome.sentence)
        self.take_over.hold(benefit_text(form_of(self.calculator).title, outcome))

    def _take_persons(self, persons: int) -> None:
        """The persons of a job that have something to learn."""
        for form in self.forms:
            if "persons" in form.lines:
                form.put({"persons": persons})
        self._calculate()


def _wanted(focus: str) -> Calculator:
    known = {str(calculator): calculator for calculator in Calculator}
    return known.get(focus, Calculator.SECTION_82)
