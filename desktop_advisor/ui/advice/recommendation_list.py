"""All recommendations of a case at the left, grouped by whom they are for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.advice.recommendation_card import DECISION_TONES
from desktop_advisor.ui.theme.spacing import XS, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Label, ListRow, Pill, clear, column, scrolling
from desktop_advisor.usecases.recommending import DECISIONS, RecommendationView

AUDIENCES = ("stop", "company", "employees")
"""Warning signs first: they suspend advice on growth (domain §5b)."""


class RecommendationList(QWidget):
    """Headings and rows; a decided one carries its decision.

    Signals:
        chosen: the view whose row was pressed.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(XS)
        self.rows: dict[uuid.UUID, ListRow] = {}
        self._pills: dict[uuid.UUID, Pill] = {}
        inside = QWidget()
        whole = column(self._rows, gap=0, margins=(0, 0, M, 0))
        whole.addStretch(1)
        inside.setLayout(whole)
        self._area = scrolling(inside)
        self.setLayout(column(self._area, gap=0))

    def show_list(self, views: Sequence[RecommendationView]) -> None:
        """These recommendations, in the order in which they are worked through."""
        clear(self._rows)
        self.rows, self._pills = {}, {}
        for audience in AUDIENCES:
            group = [v for v in views if v.audience == audience]
            if not group:
                continue
            heading = Label(self._heading(audience), "label")
            heading.setContentsMargins(S, L if self.rows else 0, 0, XS)
            self._rows.addWidget(heading)
            for view in group:
                self._rows.addWidget(self._row(view))

    def _heading(self, audience: str) -> str:
        return {
            "stop": self.tr("Warnhinweis"),
            "company": self.tr("Betrieb"),
            "employees": self.tr("Beschäftigte"),
        }[audience]

    def _row(self, view: RecommendationView) -> ListRow:
        pill = Pill(DECISIONS[view.decision])
        made = ListRow(view.title, view.dimension_short, trail=(pill,), arrow=False)
        made.pressed.connect(lambda: self.chosen.emit(view))
        self.rows[view.recommendation_id] = made
        self._pills[view.recommendation_id] = pill
        self.show_decision(view)
        return made

    def show_decision(self, view: RecommendationView) -> None:
        """Follow a decision in the row."""
        pill = self._pills[view.recommendation_id]
        pill.say(DECISIONS[view.decision], DECISION_TONES.get(view.decision, Tone.NEUTRAL))
        if view.decision == "open":
            pill.hide()
        elif pill.parentWidget() is not None:
            pill.show()

    def mark(self, view: RecommendationView) -> None:
        """Show whose detail is open."""
        for key, line in self.rows.items():
            line.set_chosen(key == view.recommendation_id)
        self._area.ensureWidgetVisible(self.rows[view.recommendation_id])

    def focus(self, view: RecommendationView) -> None:
        """The keyboard to that row."""
        self.rows[view.recommendation_id].setFocus(Qt.FocusReason.OtherFocusReason)
