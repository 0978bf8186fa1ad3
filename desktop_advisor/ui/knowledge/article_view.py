"""One article, in a width that can be read, with the offers that go with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.advice.articles import Article, Block
from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.knowledge.offer_detail import selectable
from desktop_advisor.ui.knowledge.wording import standing_pill, standing_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    HairLine,
    Heading,
    Label,
    ListRow,
    Pill,
    SmallText,
    SoftText,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.offers import OfferRow

LARGE = 1.3
"""Font scale from which the state of an offer becomes part of its second line."""


class ArticleView(QWidget):
    """What it is, when it matters, what to do, what to watch; then offers, source and date.

    Signals:
        opened: id of the offer to look at.
    """

    opened = Signal(str)

    def __init__(
        self, article: Article, dimensions: Sequence[str], offers: Sequence[OfferRow]
    ) -> None:
        super().__init__()
        self._content = column(gap=spacing.S)
        pills = QWidget()
        pills.setLayout(
            FlowLayout(Pill(self.tr("Artikel"), Tone.MAIN), *(Pill(name) for name in dimensions))
        )
        self._content.addWidget(pills)
        title = Label(article.title, "title", wrap=True)
        self._content.addWidget(title)
        self._content.addWidget(SoftText(article.summary))
        for block in article.body:
            self._content.addWidget(self._block(block))
        if article.unverified:
            self._add_caution(article.unverified)
        if offers:
            self._add_offers(offers)
        self._add_origin(article)
        self.setLayout(self._content)

    def _block(self, block: Block) -> QWidget:
        if block.kind == "heading":
            holder = QWidget()
            holder.setLayout(column(Heading(block.text), margins=(0, spacing.M, 0, 0)))
            return holder
        words = selectable(block.text)
        if block.kind == "text":
            return words
        mark = Label(f"{block.number}." if block.kind == "step" else "–", "strong")
        mark.setFixedWidth(theme().px(22))
        line = row(gap=spacing.XS)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        item = QWidget()
        item.setLayout(line)
        return item

    def _add_caution(self, words: str) -> None:
        self._content.addSpacing(spacing.M)
        pill = Pill(self.tr("nicht geprüft"), Tone.ATTENTION)
        self._content.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        self._content.addWidget(SmallText(words))

    def _add_offers(self, offers: Sequence[OfferRow]) -> None:
        self._content.addSpacing(spacing.M)
        self._content.addWidget(Heading(self.tr("Dazu passende Angebote")))
        for entry in offers:
            self._content.addWidget(self._offer(entry))

    def _offer(self, entry: OfferRow) -> ListRow:
        offer = entry.offer
        is_large = theme().scale >= LARGE
        word = standing_words(entry.standing)[0] if is_large else ""
        made = ListRow(
            offer.title,
            joined(word, offer.kind_word, offer.provider),
            trail=[] if is_large else [standing_pill(entry.standing)],
        )
        made.setToolTip(entry.standing.sentence)
        made.setProperty("key", offer.id)
        made.pressed.connect(lambda: self.opened.emit(offer.id))
        return made

    def _add_origin(self, article: Article) -> None:
        self._content.addSpacing(spacing.M)
        self._content.addWidget(HairLine())
        origin = self.tr("Stand {0} · Quelle: {1}").format(
            short_date(article.checked_on), "; ".join(article.sources)
        )
        self._content.addWidget(SmallText(origin))
        self._content.addWidget(
            SmallText(self.tr("Eigener Text zur Vorbereitung, keine Rechts- oder Steuerberatung."))
        )
