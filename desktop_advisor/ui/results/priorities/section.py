"""Prioritäten: the list in its order, Soll as a what-if until it is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.assessment.priorities import Priority
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.results.priorities.priority_row import ColumnHeads, PriorityRow
from desktop_advisor.ui.results.priorities.rank_line import RankLine
from desktop_advisor.ui.results.section import Section
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import XXL, L, M
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    HairLine,
    LoadingState,
    PrimaryButton,
    QuietButton,
    SmallText,
    Strong,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.priorities import Priorities, read_again
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.targets import set_rank, set_relevance, set_targets

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class PrioritiesSection(Section):
    """The fields of action by priority; dragging a Soll only tries it out.

    Attributes:
        rows: one per field of action, in the order shown.
        tried: dimension code → Soll under trial; empty when nothing is tried.
    """

    def __init__(self, place: Workplace, results: Results) -> None:
        super().__init__(place, results)
        self.rows: list[PriorityRow] = []
        self.tried: dict[str, Decimal] = {}
        self.rank_line: RankLine | None = None
        self._priorities: Priorities | None = None
        self._banner = Banner()
        self._banner.say_nothing()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._loading = LoadingState(self.tr("Die Prioritäten werden berechnet."))
        self._trial = self._trial_line()
        card = Card(self.tr("Prioritäten"))
        card.add(SmallText(self._hint()), self._loading, self._list)
        page = QWidget()
        page.setLayout(column(card, spacer(), gap=L, margins=(XXL, L, XXL, XXL)))
        self.setLayout(column(self._banner, gap=0))
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.addWidget(scrolling(page), 1)
            whole.addWidget(self._trial)
        self._load()

    def _hint(self) -> str:
        return self.tr(
            "Priorität = Lücke · Relevanz · Exposition; eine Zahl zeigt ihren Rechenweg. "
            "Den Knopf ziehen und sehen, was ein anderes Soll ändert."
        )

    def _trial_line(self) -> QWidget:
        self.agree = PrimaryButton(self.tr("Als Soll vereinbaren"))
        self.agree.clicked.connect(self.keep_targets)
        self.drop = QuietButton(self.tr("Verwerfen"))
        self.drop.clicked.connect(self.drop_targets)
        self._trial_words = Strong("")
        line = QWidget()
        line.setProperty("kind", "page")
        parts = row(self._trial_words, spacer(), self.drop, self.agree, gap=M)
        parts.setContentsMargins(XXL, M, XXL, M)
        line.setLayout(parts)
        line.hide()
        return line

    def _load(self) -> None:
        place, shown = self.place, self.results.priorities

        def work(_control: Control) -> Priorities:
            return read_again(place, shown)

        run_task(self, work, on_done=self._show, on_failed=self._banner.say_error)

    def _show(self, priorities: Priorities) -> None:
        self._priorities = priorities
        self._loading.hide()
        self._lay_out(priorities.rows)

    def _lay_out(self, order: Sequence[Priority]) -> None:
        """The rows in this order; the one with the keyboard keeps it."""
        focused = next((r.priority.dimension for r in self.rows if r.slider.hasFocus()), "")
        clear(self._list)
        self.rank_line = None
        self.rows = [self._row(priority) for priority in order]
        self._list.addWidget(ColumnHeads())
        for line in self.rows:
            self._list.addWidget(HairLine())
            self._list.addWidget(line)
            if line.priority.dimension == focused:
                line.slider.setFocus()

    def _row(self, priority: Priority) -> PriorityRow:
        line = PriorityRow(priority)
        line.slider.put_level(self.tried.get(priority.dimension, priority.target))
        line.show_priority(priority)
        line.tried.connect(partial(self._try, priority.dimension))
        line.settled.connect(self._reorder)
        line.rated.connect(partial(self._rate, priority.dimension))
        line.reorder.connect(partial(self._ask_rank, line))
        return line

    # -- what if -----------------------------------------------------------------------------

    def _try(self, dimension: str, level: object) -> None:
        """The figures follow the knob; the rows stay put until it is let go."""
        if self._priorities is None or not isinstance(level, Decimal):
            return
        agreed = {row.dimension: row.target for row in self._priorities.rows}
        if agreed[dimension] == level:
            self.tried.pop(dimension, None)
        else:
            self.tried[dimension] = level
        new = {p.dimension: p for p in self._priorities.with_targets(self.tried)}
        for line in self.rows:
            line.show_priority(new[line.priority.dimension])
        self._say_trial()

    def _reorder(self) -> None:
        if self._priorities is not None:
            order = self._priorities.with_targets(self.tried)
            # The row under the knob must outlive the event that let it go.
            QTimer.singleShot(0, self, lambda: self._lay_out(order))

    def _say_trial(self) -> None:
        count = len(self.tried)
        words = self.tr("Ausprobiert, nicht gespeichert: {0} Soll-Werte.").format(count)
        if count == 1:
            words = self.tr("Ausprobiert, nicht gespeichert: 1 Soll-Wert.")
        self._trial_words.setText(words)
        self._trial.setVisible(count > 0)

    def keep_targets(self) -> None:
        """Agree on the Soll levels under trial."""
        if self._priorities is not None and self.tried:
            found = self._priorities
            set_targets(self.place, found.case_id, found.form_id, self.tried)
            self.drop_targets()
            self.committed.emit()
            self._load()

    def drop_targets(self) -> None:
        """Back to what is agreed."""
        self.tried = {}
        self._say_trial()
        if self._priorities is not None:
            self._lay_out(self._priorities.rows)

    # -- relevance and order -----------------------------------------------------------------

    def _rate(self, dimension: str, relevance: int) -> None:
        if self._priorities is not None:
            found = self._priorities
            set_relevance(self.place, found.case_id, found.form_id, dimension, relevance)
            self.committed.emit()
            self._load()

    def _ask_rank(self, line: PriorityRow) -> None:
        self._close_rank()
        places = sum(r.priority.value is not None for r in self.rows)
        asked = RankLine(line.priority, places)
        asked.given.connect(partial(self._rank, line.priority.dimension))
        asked.reset.connect(partial(self._rank, line.priority.dimension, None, ""))
        asked.dismissed.connect(self._close_rank)
        self._list.insertWidget(self._list.indexOf(line) + 1, asked)
        self.rank_line = asked
        asked.show()
        asked.place.setFocus()

    def _close_rank(self) -> None:
        if self.rank_line is not None:
            self.rank_line.hide()
            self.rank_line.deleteLater()
            self.rank_line = None

    def _rank(self, dimension: str, rank: int | None, reason: str) -> None:
        if self._priorities is None:
            return
        found = self._priorities
        try:
            set_rank(self.place, found.case_id, found.form_id, dimension, rank, reason)
        except KnownError as error:
            self._banner.say(error.what, safe=error.safe, tone=Tone.ATTENTION)
            return
        self.committed.emit()
        self._load()
