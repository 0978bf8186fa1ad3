"""Wissen & Angebote: find an offer, and see at once how far the entry can be relied on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.knowledge.offer_detail import OfferDetail
from desktop_advisor.ui.knowledge.wording import standing_pill, standing_words
from desktop_advisor.ui.screen import Screen, StatePill
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    EmptyState,
    ListRow,
    Option,
    RowList,
    SearchField,
    Segmented,
    SmallText,
    column,
    row,
    scrolling,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.offers import OfferRow, list_offers
from desktop_advisor.usecases.workplace import Workplace

LARGE = 1.5
"""From this font scale on the state stands in words below the title, where there is room."""
MOST_ROWS = 80
"""More rows than anybody scrolls through; the search finds the rest."""


class KnowledgeScreen(Screen):
    """List at the left, the chosen offer at the right."""

    RAIL: ClassVar[Where] = Where.KNOWLEDGE

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._rows: list[OfferRow] = []
        self._chosen = destination.focus
        self.search = SearchField(self.tr("Angebot, Träger oder Stichwort suchen"))
        self.kind = Segmented(self.tr("Art"), self._kinds(), "")
        self.kind.set_value("all")
        self.list = RowList()
        self._more = SmallText()
        self.detail = OfferDetail()
        self._nothing = EmptyState(
            self.tr("Kein Angebot passt zu dieser Suche."), icon_name="search"
        )
        self._results = QStackedWidget()
        self._lay_out()
        self.search.searched.connect(lambda _text: self._fill())
        self.search.left_down.connect(self.list.focus_first)
        self.kind.chosen.connect(lambda _key: self._fill())

    def _kinds(self) -> tuple[Option, ...]:
        return (
            Option("all", self.tr("Alle")),
            Option("funding", self.tr("Förderung")),
            Option("training", self.tr("Weiterbildung")),
            Option("contact", self.tr("Kontakt")),
        )

    def _lay_out(self) -> None:
        page = QWidget()
        page.setLayout(column(self.list, self._more, gap=spacing.S))
        page.layout().addStretch(1)  # type: ignore[union-attr]
        self._results.addWidget(scrolling(page))
        self._results.addWidget(self._nothing)
        left = Card(fill=True)
        left.body.addWidget(self._results)
        edge = spacing.XXL
        top = row(gap=spacing.L)
        top.addWidget(self.search, 1)
        top.addWidget(self.kind, 1)
        for half in (left, self.detail):
            half.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        both = row(gap=spacing.XL)
        both.addWidget(left, 1)
        both.addWidget(self.detail, 1)
        body = column(top, gap=spacing.L, margins=(edge, 22, edge, 22))
        body.addLayout(both, 1)
        self.setLayout(body)

    def title(self) -> str:
        return self.tr("Wissen & Angebote")

    def subtitle(self) -> str:
        return counted(len(self._place.offers), self.tr("Eintrag"), self.tr("Einträge"))

    def pills(self) -> Sequence[StatePill | QWidget]:
        stale = sum(not row.standing.is_fresh for row in list_offers(self._place))
        if not stale:
            return ()
        return (StatePill(self.tr("{0} mit Vorbehalt").format(stale), Tone.ATTENTION),)

    def search_field(self) -> QLineEdit | None:
        return self.search

    def refresh(self) -> None:
        self._fill()

    def _fill(self) -> None:
        kind = self.kind.value()
        found = list_offers(self._place, self.search.text())
        self._rows = [row for row in found if kind in {"all", row.offer.kind}]
        ids = [row.offer.id for row in self._rows]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        self.list.show_rows([self._row(row) for row in self._rows[:MOST_ROWS]])
        hidden = max(len(self._rows) - MOST_ROWS, 0)
        self._more.setText(self.tr("{0} weitere, bitte suchen").format(hidden))
        self._more.setVisible(hidden > 0)
        self._results.setCurrentIndex(0 if self._rows else 1)
        self._show_chosen()

    def _row(self, entry: OfferRow) -> ListRow:
        is_large = theme().scale >= LARGE
        word = standing_words(entry.standing)[0] if is_large else ""
        made = ListRow(
            entry.offer.title,
            joined(word, entry.offer.kind_word, entry.offer.provider),
            trail=[] if is_large else [standing_pill(entry.standing)],
            arrow=False,
            inset=spacing.S,
        )
        made.setProperty("offer", entry.offer.id)
        made.pressed.connect(lambda: self._choose(entry.offer.id))
        return made

    def _choose(self, offer_id: str) -> None:
        self._chosen = offer_id
        self._show_chosen()

    def _show_chosen(self) -> None:
        for made in self.list.rows:
            if isinstance(made, ListRow):
                made.set_chosen(made.property("offer") == self._chosen)
        entry = next((row for row in self._rows if row.offer.id == self._chosen), None)
        self.detail.show_offer(entry)
