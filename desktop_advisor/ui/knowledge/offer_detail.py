"""One offer in full: what it is, who it is for, how much, and how old the entry is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.advice.articles import Article
from desktop_advisor.advice.offers import Offer
from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.knowledge.wording import standing_pill
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    HairLine,
    Label,
    ListRow,
    SecondaryButton,
    SmallText,
    Text,
    column,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.calculating import OFFERS
from desktop_advisor.usecases.offers import OfferRow


class OfferView(QWidget):
    """An offer as it stands today, and the articles that explain it.

    Signals:
        opened: id of the article to read.
        calculator_wanted: which calculator fits the offer.
    """

    opened = Signal(str)
    calculator_wanted = Signal(str)

    def __init__(self, entry: OfferRow, articles: Sequence[Article] = ()) -> None:
        super().__init__()
        offer = entry.offer
        content = column(gap=spacing.S)
        content.addWidget(standing_pill(entry.standing), 0, Qt.AlignmentFlag.AlignLeft)
        content.addWidget(Label(offer.title, "title", wrap=True))
        content.addWidget(SmallText(joined(offer.kind_word, offer.provider)))
        content.addWidget(Text(entry.standing.sentence))
        content.addSpacing(spacing.S)
        content.addWidget(Text(offer.summary))
        if calculator := OFFERS.get(offer.id):
            button = SecondaryButton(self.tr("Betrag rechnen"))
            button.clicked.connect(lambda: self.calculator_wanted.emit(str(calculator)))
            content.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for name, words in self._facts(offer):
            content.addSpacing(spacing.XS)
            content.addWidget(HairLine())
            fact = column(Label(name, "label"), selectable(words), gap=2, margins=(0, 6, 0, 0))
            content.addLayout(fact)
        if articles:
            content.addSpacing(spacing.M)
            content.addWidget(Label(self.tr("Zum Nachlesen"), "label"))
            for article in articles:
                content.addWidget(self._article(article))
        self.setLayout(content)

    def _article(self, article: Article) -> ListRow:
        made = ListRow(article.title, article.summary)
        made.pressed.connect(lambda: self.opened.emit(article.id))
        return made

    def _facts(self, offer: Offer) -> Iterator[tuple[str, str]]:
        reach = joined(offer.phone, offer.email, offer.website)
        named = (
            (self.tr("Voraussetzungen"), offer.conditions),
            (self.tr("Höhe"), offer.rates),
            (self.tr("Antrag"), self._before_start(offer)),
            (self.tr("Kombination"), offer.cumulation),
            (self.tr("Laufzeit"), self._term(offer)),
            (self.tr("Erreichbar"), reach),
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


def selectable(words: str) -> Text:
    """Running text that can be copied with the mouse."""
    made = Text(words)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
