"""Empfehlungen und Maßnahmenplan: decide one by one, then see the plan as a whole."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_advisor.ui.advice.plan_table import PlanTable, replaced
from desktop_advisor.ui.advice.recommendation_card import RecommendationCard
from desktop_advisor.ui.advice.recommendation_list import AUDIENCES, RecommendationList
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, XXL, L, M
from desktop_advisor.ui.widgets import (
    Banner,
    EmptyState,
    LoadingState,
    Option,
    SaveState,
    Segmented,
    SmallText,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.measures import (
    MeasureDraft,
    PlanRow,
    add_measure,
    edit_measure,
    list_measures,
    remove_measure,
)
from desktop_advisor.usecases.recommending import (
    RecommendationView,
    agree_measure,
    decide_recommendation,
    refresh_recommendations,
)
from desktop_advisor.usecases.results import show_results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

LIST_WIDTH, LIST_SHARE = 400, 0.36
"""Pixels of the list at 100 %, and the most it may take of a small window with large type."""


@dataclass(frozen=True)
class Advice:
    """Everything the screen shows, read in one go."""

    company_id: uuid.UUID
    company_name: str
    short_names: dict[str, str]
    views: list[RecommendationView]
    plan: list[PlanRow]


class AdviceScreen(Screen):
    """Recommendations of one case and the measures agreed on.

    Attributes:
        advice: None until it is read.
        card: the recommendation being talked about, None while there is none.
    """

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        if destination.case_id is None:
            raise ValueError(destination)
        self._place = place
        self._case_id: uuid.UUID = destination.case_id
        self._begin_with_plan = destination.focus == "plan"
        self.advice: Advice | None = None
        self.card: RecommendationCard | None = None
        self.saved = SaveState()
        self.trouble = Banner()
        self.trouble.say_nothing()
        self.views = Segmented(
            self.tr("Ansicht"),
            (
                Option("list", self.tr("Empfehlungen")),
                Option("plan", self.tr("Maßnahmenplan")),
            ),
            "plan" if self._begin_with_plan else "list",
        )
        self.views.chosen.connect(self.show_view)
        self._count = SmallText("", wrap=False)
        self.list = RecommendationList()
        self.list.chosen.connect(self.open)
        self.table = PlanTable()
        self._detail = QVBoxLayout()
        self._lay_out()
        self._connect_table()

    # -- what the window shows ---------------------------------------------------------------

    def title(self) -> str:
        return self.advice.company_name if self.advice else ""

    def subtitle(self) -> str:
        return self.tr("Empfehlungen und Maßnahmenplan")

    def pills(self) -> Sequence[QWidget]:
        return (self.saved,)

    def primary(self) -> Action | None:
        return Action(self.tr("Bericht ›"), self._to_report) if self.advice else None

    def refresh(self) -> None:
        place, case_id = self._place, self._case_id

        def work(_control: Control) -> Advice:
            results = show_results(place, case_id)
            return Advice(
                company_id=results.company_id,
                company_name=results.company_name,
                short_names={r.dimension.code: r.short for r in results.dimensions},
                views=refresh_recommendations(place, case_id),
                plan=list_measures(place, case_id),
            )

        run_task(self, work, on_done=self.show_advice, on_failed=self.trouble.say_error)

    def settle(self) -> bool:
        if self.card is not None and self.card.form is not None:
            self.card.form.settle()
        self.table.settle()
        return True

    # -- showing -----------------------------------------------------------------------------

    def show_advice(self, advice: Advice) -> None:
        """Show everything anew, beginning with the first open recommendation."""
        ordered = [v for a in AUDIENCES for v in advice.views if v.audience == a]
        self.advice = dataclasses.replace(advice, views=ordered)
        self.list.show_list(ordered)
        self.table.show_plan(advice.plan, advice.short_names)
        self._say_count()
        first = next((v for v in ordered if v.decision == "open"), None)
        if first is not None or ordered:
            self.open(first or ordered[0])
        self.show_view(self.views.value())
        self.header_changed.emit()

    def show_view(self, view: str) -> None:
        """Recommendations one by one, or the plan as a whole."""
        self.settle()
        advice = self._shown()
        if view == "plan":
            self.table.show_plan(advice.plan, advice.short_names)
            self._pages.setCurrentWidget(self._plan_page)
        else:
            page = self._list_page if advice.views else self._empty_page
            self._pages.setCurrentWidget(page)
        self.views.set_value(view)

    def open(self, view: RecommendationView) -> None:
        """Show this recommendation at the right."""
        self.settle()
        view = next(v for v in self._shown().views if v.recommendation_id == view.recommendation_id)
        clear(self._detail)
        self.card = RecommendationCard(view, self._measure_of(view))
        self.card.decided.connect(self.decide)
        self.card.measure_changed.connect(self._change_measure)
        self.card.typed.connect(self.saved.saving)
        self.card.offer_pressed.connect(
            lambda offer: self.go(Destination(Where.KNOWLEDGE, focus=offer))
        )
        self._detail.addWidget(self.card)
        self._detail.addStretch(1)
        self._detail_area.verticalScrollBar().setValue(0)
        self.list.mark(view)

    # -- deciding ----------------------------------------------------------------------------

    def decide(self, decision: str, reason: str = "", title: str = "", text: str = "") -> None:
        """Take a decision on the open recommendation; an accepted one becomes a measure."""
        card = self.card
        if card is None:
            return
        view = dataclasses.replace(
            card.view,
            decision=decision,
            reason=reason,
            title=title or card.view.title,
            text=text or card.view.text,
        )

        def save() -> None:
            decide_recommendation(
                self._place,
                view.recommendation_id,
                decision,
                reason=reason,
                title=title or None,
                text=text or None,
            )
            self._follow(view)

        if self._saved(save):
            self._after(view)

    def _follow(self, view: RecommendationView) -> None:
        """The plan follows the decision: accepted ones are on it, the others are not."""
        measure = self._measure_of(view)
        is_taken = view.decision in ("accepted", "edited")
        if is_taken and measure is None:
            agree_measure(self._place, view)
        elif is_taken and measure is not None and measure.draft.title != view.title:
            draft = dataclasses.replace(measure.draft, title=view.title)
            edit_measure(self._place, measure.measure_id, draft)
        elif not is_taken and measure is not None:
            remove_measure(self._place, measure.measure_id)

    def _after(self, view: RecommendationView) -> None:
        advice = self._shown()
        views = [view if v.recommendation_id == view.recommendation_id else v for v in advice.views]
        plan = list_measures(self._place, self._case_id)
        self.advice = dataclasses.replace(advice, views=views, plan=plan)
        self.list.show_decision(view)
        self._say_count()
        if self.card is not None:
            self.card.show_decision(view, self._measure_of(view))
            if self.card.form is not None:
                self.card.form.focus_first()

    # -- the plan ----------------------------------------------------------------------------

    def _connect_table(self) -> None:
        self.table.changed.connect(self._change_measure)
        self.table.removed.connect(self._remove_measure)
        self.table.added.connect(self._add_measure)
        self.table.typed.connect(self.saved.saving)

    def _change_measure(self, measure_id: uuid.UUID, draft: MeasureDraft) -> None:
        if self._saved(lambda: edit_measure(self._place, measure_id, draft)):
            advice = self._shown()
            plan = replaced(advice.plan, measure_id, draft)
            self.advice = dataclasses.replace(advice, plan=plan)
            self.table.say_completeness(plan)

    def _remove_measure(self, measure_id: uuid.UUID) -> None:
        if self._saved(lambda: remove_measure(self._place, measure_id)):
            self._reload_plan()

    def _add_measure(self) -> None:
        draft = MeasureDraft(title=self.tr("Neue Maßnahme"))
        if self._saved(lambda: add_measure(self._place, self._case_id, draft)):
            known = {r.measure_id for r in self._shown().plan}
            self._reload_plan()
            for measure_id, lines in self.table.lines.items():
                if measure_id not in known:
                    lines["title"].edit.setFocus()

    def _reload_plan(self) -> None:
        plan = list_measures(self._place, self._case_id)
        self.advice = dataclasses.replace(self._shown(), plan=plan)
        self.table.show_plan(plan, self._shown().short_names)
        if self.card is not None:
            self.open(self.card.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = round(self.width() * LIST_SHARE)
        self.list.setFixedWidth(min(round(LIST_WIDTH * theme().scale ** 0.5), share))

    # -- within ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self._detail)
        self._detail.setContentsMargins(0, 0, 0, XXL)
        self._detail_area = scrolling(inside)
        self.list.setFixedWidth(round(LIST_WIDTH * theme().scale ** 0.5))
        self._list_page = QWidget()
        beside = row(self.list, gap=L)
        beside.addWidget(self._detail_area, 1)
        self._list_page.setLayout(beside)
        plan_inside = QWidget()
        plan_inside.setLayout(column(self.table, spacer(), gap=0, margins=(0, 0, 0, XXL)))
        self._plan_page = scrolling(plan_inside)
        self._empty_page = self._empty()
        self._pages = QStackedWidget()
        for page in (
            LoadingState(self.tr("Die Empfehlungen werden abgeleitet.")),
            self._list_page,
            self._plan_page,
            self._empty_page,
        ):
            self._pages.addWidget(page)
        top = row(self.views, self._count, gap=M)
        top.addStretch(1)
        whole = column(self.trouble, top, gap=L, margins=(XXL, XL, XXL, 0))
        whole.addWidget(self._pages, 1)
        self.setLayout(whole)

    def _empty(self) -> QWidget:
        return EmptyState(
            self.tr(
                "Aus den Antworten folgt noch keine Empfehlung. Mehr beantwortete Fragen oder "
                "eine eigene Maßnahme im Maßnahmenplan helfen weiter."
            ),
            self.tr("Zum Maßnahmenplan"),
            lambda: self.show_view("plan"),
            icon_name="list",
        )

    def _shown(self) -> Advice:
        assert self.advice is not None, "asked for before it was read"  # noqa: S101
        return self.advice

    def _measure_of(self, view: RecommendationView) -> PlanRow | None:
        plan = self._shown().plan
        return next((r for r in plan if r.recommendation_id == view.recommendation_id), None)

    def _say_count(self) -> None:
        views = self._shown().views
        still_open = sum(v.decision == "open" for v in views)
        taken = sum(v.decision in ("accepted", "edited") for v in views)
        self._count.setText(
            self.tr("{0} Empfehlungen · {1} angenommen · {2} offen").format(
                len(views), taken, still_open
            )
        )

    def _saved(self, save: Callable[[], object]) -> bool:
        """Run something that commits; False when it failed, which is then said."""
        try:
            save()
        except Exception as error:  # noqa: BLE001  shown; what is typed stays in its field
            self.saved.failed()
            self.trouble.say_error(error)
            return False
        self.trouble.say_nothing()
        self.saved.saved(self._place.clock())
        self.committed.emit()
        return True

    def _to_report(self) -> None:
        company_id = self._shown().company_id
        self.go(Destination(Where.REPORT, company_id=company_id, case_id=self._case_id))
