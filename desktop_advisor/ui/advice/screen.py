"""Empfehlungen und Maßnahmenplan: decide one by one, then see the plan as a whole."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_advisor.ui.advice.content import Advice, read_advice
from desktop_advisor.ui.advice.plan_page import PlanPage
from desktop_advisor.ui.advice.plan_table import replaced
from desktop_advisor.ui.advice.recommendation_card import RecommendationCard
from desktop_advisor.ui.advice.recommendation_list import AUDIENCES, RecommendationList
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.follow_up.page import FollowUpPage
from desktop_advisor.ui.referrals.page import ReferralsPage
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import TARGET, XL, XXL, L, M
from desktop_advisor.ui.theme.tokens import Tone
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
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.action_plan import plan_of
from desktop_advisor.usecases.growth_pause import take_despite_warning
from desktop_advisor.usecases.measures import (
    MeasureDraft,
    PlanRow,
    add_measure,
    edit_measure,
    list_measures,
    move_measure,
    remove_measure,
    undo_plan_edit,
)
from desktop_advisor.usecases.recommending import (
    RecommendationView,
    agree_measure,
    decide_recommendation,
)
from desktop_advisor.usecases.referrals import ReferralDraft
from desktop_advisor.usecases.searching import articles_for

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

VIEWS = ("list", "plan", "referrals", "follow-up")
"""What `Destination.focus` may name."""
LIST_WIDTH, LIST_SHARE = 400, 0.36
"""Pixels of the list at 100 %, and the most it may take of a small window with large type."""


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
        first = destination.focus if destination.focus in VIEWS else "list"
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
                Option("referrals", self.tr("Verweise")),
                Option("follow-up", self.tr("Wiedervorlage")),
            ),
            first,
        )
        self.views.chosen.connect(self.show_view)
        self._count = SmallText("", wrap=False)
        self.list = RecommendationList()
        self.list.chosen.connect(self.open)
        self.plan = PlanPage(place, self._case_id)
        self.table = self.plan.table
        self.follow_up = FollowUpPage(place)
        self.referrals = ReferralsPage(place, self._case_id)
        self._detail = QVBoxLayout()
        self._lay_out()
        self._connect_plan()

    # -- what the window shows ---------------------------------------------------------------

    def title(self) -> str:
        return self.advice.company_name if self.advice else ""

    def subtitle(self) -> str:
        return self.tr("Empfehlungen und Maßnahmenplan")

    def pills(self) -> Sequence[QWidget]:
        return (self.saved,)

    def primary(self) -> Action | None:
        return Action(self.tr("Bericht ›"), self._to_report) if self.advice else None

    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            (self.tr("Strg+Z"), self.tr("letzte Änderung am Maßnahmenplan zurücknehmen")),
            (self.tr("Strg+←/→"), self.tr("Karte auf der Tafel verschieben")),
        )

    def refresh(self) -> None:
        place, case_id = self._place, self._case_id

        def work(_control: Control) -> Advice:
            return read_advice(place, case_id)

        run_task(self, work, on_done=self.show_advice, on_failed=self.trouble.say_error)

    def settle(self) -> bool:
        if self.card is not None and self.card.form is not None:
            self.card.form.settle()
        self.plan.settle()
        self.follow_up.settle()
        return self.follow_up.talks.may_go()

    def leave(self) -> bool:
        """A talk half written down is shown instead of lost."""
        if self.settle():
            return True
        self.show_view("follow-up")
        return False

    # -- showing -----------------------------------------------------------------------------

    def show_advice(self, advice: Advice) -> None:
        """Show everything anew, beginning with the first open recommendation."""
        ordered = [v for a in AUDIENCES for v in advice.views if v.audience == a]
        self.advice = dataclasses.replace(advice, views=ordered)
        self.list.show_list(ordered)
        self._say_count()
        first = next((v for v in ordered if v.decision == "open"), None)
        if first is not None or ordered:
            self.open(first or ordered[0])
        self.show_view(self.views.value())
        self.header_changed.emit()

    def show_view(self, view: str) -> None:
        """Recommendations one by one, the plan as a whole, or what became of it."""
        self.views.set_value(view)
        if self.advice is None:  # pressed while it is being read: it opens there
            return
        self.settle()
        advice = self._shown()
        if view == "plan":
            self.plan.show_plan(advice.plan, advice.short_names, advice.held)
            self._pages.setCurrentWidget(self.plan)
        elif view == "follow-up":
            self.follow_up.show_plan(advice.plan)
            self._pages.setCurrentWidget(self.follow_up)
        elif view == "referrals":
            self.referrals.refresh()
            self._pages.setCurrentWidget(self.referrals)
        else:
            page = self._list_page if advice.views else self._empty_page
            self._pages.setCurrentWidget(page)

    def open(self, view: RecommendationView) -> None:
        """Show this recommendation at the right."""
        self.settle()
        view = next(v for v in self._shown().views if v.recommendation_id == view.recommendation_id)
        clear(self._detail)
        offers = [hint.offer.id for hint in view.hints]
        articles = articles_for(self._place, view.dimension, offers)
        self.card = RecommendationCard(view, self._measure_of(view), articles)
        self.card.decided.connect(self.decide)
        self.card.measure_changed.connect(self._change_measure)
        self.card.typed.connect(self.saved.saving)
        self.card.offer_pressed.connect(
            lambda offer: self.go(Destination(Where.KNOWLEDGE, focus=offer))
        )
        self.card.calculator_pressed.connect(self._to_calculator)
        self.card.referral_pressed.connect(self.refer)
        self._detail.addWidget(self.card)
        self._detail.addStretch(1)
        self._detail_area.verticalScrollBar().setValue(0)
        self.list.mark(view)

    def _to_calculator(self, calculator: str) -> None:
        company = self._shown().company_id
        self.go(Destination(Where.CALCULATORS, company, self._case_id, focus=calculator))

    def refer(self, offer: str) -> None:
        """A referral to this contact, about the open recommendation and its measure."""
        view = self.card.view if self.card is not None else None
        measure = self._measure_of(view) if view is not None else None
        self.show_view("referrals")
        self.referrals.ask_for(
            ReferralDraft(
                offer=offer,
                concern=view.title if view is not None else "",
                measure_id=measure.measure_id if measure is not None else None,
            )
        )

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
        self.advice = dataclasses.replace(advice, views=views)
        self._read_plan()
        self.list.show_decision(view)
        self._say_count()
        if self.card is not None:
            self.card.show_decision(view, self._measure_of(view))
            if self.card.form is not None:
                self.card.form.focus_first()

    # -- the plan ----------------------------------------------------------------------------

    def _connect_plan(self) -> None:
        self.plan.changed.connect(self._change_measure)
        self.plan.moved.connect(self._move_measure)
        self.plan.removed.connect(self._remove_measure)
        self.plan.added.connect(self._add_measure)
        self.plan.undone.connect(self.undo)
        self.plan.typed.connect(self.saved.saving)
        self.plan.held.taken.connect(self._take_despite_warning)
        self.plan.calendar.written.connect(lambda words: self.trouble.say(words, tone=Tone.GOOD))
        self.plan.calendar.failed.connect(self.trouble.say_error)
        self.follow_up.changed.connect(self._change_measure)
        self.follow_up.typed.connect(self.saved.saving)
        self.follow_up.talked.connect(self._on_talked)
        self.referrals.changed.connect(self._on_talked)

    def _change_measure(self, measure_id: uuid.UUID, draft: MeasureDraft) -> None:
        """Save one measure; the plan keeps its order while somebody types in it."""
        stored: list[MeasureDraft] = []
        ok = self._saved(lambda: stored.append(edit_measure(self._place, measure_id, draft)))
        advice = self._shown()
        rows = replaced(advice.plan.rows, measure_id, stored[0]) if ok else advice.plan.rows
        plan = plan_of(self._place, self._case_id, rows, advice.views)
        self.advice = dataclasses.replace(advice, plan=plan)
        self.plan.follow(plan)
        self.follow_up.measures.follow(plan)

    def _move_measure(self, measure_id: uuid.UUID, state: str) -> None:
        if self._saved(lambda: move_measure(self._place, measure_id, state)):
            self._reload_plan()

    def _remove_measure(self, measure_id: uuid.UUID) -> None:
        if self._saved(lambda: remove_measure(self._place, measure_id)):
            self._reload_plan()

    def _add_measure(self) -> None:
        """A new one, opened where the plan is no table to type in."""
        draft = MeasureDraft(title=self.tr("Neue Maßnahme"))
        made: list[uuid.UUID] = []
        if self._saved(lambda: made.append(add_measure(self._place, self._case_id, draft))):
            self._reload_plan()
            if self.plan.forms.value() == "table":
                self.table.lines[made[0]]["title"].edit.setFocus()
            else:
                self.plan.open_measure(made[0])

    def _take_despite_warning(self, rule: str, reason: str) -> None:
        place, case_id = self._place, self._case_id
        if self._saved(lambda: take_despite_warning(place, case_id, rule, reason)):
            self.refresh()

    def undo(self) -> None:
        """Take back the last edit of the plan and say which measure it was."""
        self.settle()
        undone: list[str | None] = []
        if not self._saved(lambda: undone.append(undo_plan_edit(self._place, self._case_id))):
            return
        self._reload_plan()
        if undone[0] is None:
            words = self.tr("Am Maßnahmenplan gibt es nichts mehr zurückzunehmen.")
            self.trouble.say(words, tone=Tone.ATTENTION)
        else:
            words = self.tr("Zurückgenommen: letzte Änderung an „{0}“.")
            self.trouble.say(words.format(undone[0]), tone=Tone.GOOD)

    def _on_talked(self) -> None:
        self.saved.saved(self._place.clock())
        self.committed.emit()

    def _read_plan(self) -> None:
        advice = self._shown()
        rows = list_measures(self._place, self._case_id, advice.priority)
        plan = plan_of(self._place, self._case_id, rows, advice.views)
        self.advice = dataclasses.replace(advice, plan=plan)

    def _reload_plan(self) -> None:
        self._read_plan()
        advice = self._shown()
        self.plan.show_plan(advice.plan, advice.short_names, advice.held)
        self.follow_up.show_plan(advice.plan)
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
        self._empty_page = self._empty()
        self._pages = QStackedWidget()
        for page in (
            LoadingState(self.tr("Die Empfehlungen werden abgeleitet.")),
            self._list_page,
            self.plan,
            self.follow_up,
            self.referrals,
            self._empty_page,
        ):
            self._pages.addWidget(page)
        self._count.setMinimumHeight(TARGET)
        top = FlowLayout(self.views, self._count, gap=M)
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
        plan = self._shown().plan.rows
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
