"""One offer in full: what it is, who it is for, how much, and how old the entry is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.advice.offers import Offer
from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.knowledge.wording import standing_pill
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    Label,
    SmallText,
    SoftText,
    Text,
    clear,
    column,
    scrolling,
)
from desktop_advisor.usecases.offers import OfferRow


class OfferDetail(Card):
    """The card at the right; says what to do while nothing is chosen."""

    def __init__(self) -> None:
        super().__init__(fill=True)
        self._content = QVBoxLayout()
        self._content.setSpacing(spacing.S)
        page = QWidget()
        page.setLayout(self._content)
        self.body.addWidget(scrolling(page))

    def show_offer(self, entry: OfferRow | None) -> None:
        """An offer as it stands today."""
        clear(self._content)
        if entry is None:
            self._content.addWidget(SoftText(self.tr("Wählen Sie links einen Eintrag.")))
            self._content.addStretch(1)
            return
        offer = entry.offer
        self._content.addWidget(standing_pill(entry.standing), 0, Qt.AlignmentFlag.AlignLeft)
        self._content.addWidget(Label(offer.title, "title", wrap=True))
        self._content.addWidget(SmallText(f"{offer.kind_word} · {offer.provider}"))
        self._content.addWidget(Text(entry.standing.sentence))
        self._content.addSpacing(spacing.S)
        self._content.addWidget(Text(offer.summary))
        for name, words in self._facts(offer):
            self._content.addSpacing(spacing.XS)
            self._content.addWidget(HairLine())
            fact = column(Label(name, "label"), _selectable(words), gap=2, margins=(0, 6, 0, 0))
            self._content.addLayout(fact)
        self._content.addStretch(1)

    def _facts(self, offer: Offer) -> Iterator[tuple[str, str]]:
        named = (
            (self.tr("Voraussetzungen"), offer.conditions),
            (self.tr("Höhe"), offer.rates),
            (self.tr("Antrag"), self._before_start(offer)),
            (self.tr("Laufzeit"), self._term(offer)),
            (self.tr("Rechtsgrundlage"), offer.legal_basis),
            (self.tr("Stand der Förderinformation"), short_date(offer.checked_on)),
            (self.tr("Quelle"), offer.source),
        )
        yield from ((name, words) for name, words in named if words)

    def _before_start(self, offer: Offer) -> str:
        return self.tr("Antrag vor Beginn stellen.") if offer.before_start else ""

    def _term(self, offer: Offer) -> str:
        start = self.tr("ab {0}").format(short_date(offer.valid_from)) if offer.valid_from else ""
        end = self.tr("bis {0}").format(short_date(offer.valid_to)) if offer.valid_to else ""
        return " ".join(part for part in (start, end) if part)


def _selectable(words: str) -> Text:
    made = Text(words)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
