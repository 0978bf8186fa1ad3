"""One article, in a width that can be read, with the offers that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop_advisor.advice.articles import Article, Block
from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.knowledge.wording import standing_pill, standing_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    HairLine,
    Heading,
    Label,
    ListRow,
    Pill,
    SmallText,
    SoftText,
    column,
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
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setProperty("kind", "text")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setText(body_html(article.body))
        self._content.addWidget(self.words)
        if article.unverified:
            self._add_caution(article.unverified)
        if offers:
            self._add_offers(offers)
        self._add_origin(article)
        self.setLayout(self._content)

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


def body_html(body: Sequence[Block]) -> str:
    """The body as one text that can be selected and read aloud as a whole.

    One label, because the twenty of an article would take a third of a second to lay out.
    """
    parts: list[str] = []
    large = theme().px(Size.LARGE)
    for kind, group in groupby(body, key=lambda block: block.kind):
        lines = [escape(block.text) for block in group]
        if kind == "heading":
            style = f"font-size:{large}px;font-weight:600;margin-top:16px;margin-bottom:4px"
            parts += [f'<p style="{style}">{line}</p>' for line in lines]
        elif kind == "text":
            parts += [f'<p style="margin-top:0;margin-bottom:6px">{line}</p>' for line in lines]
        else:
            tag = "ol" if kind == "step" else "ul"
            items = "".join(f'<li style="margin-bottom:6px">{line}</li>' for line in lines)
            parts.append(f'<{tag} style="margin-left:0;-qt-list-indent:1">{items}</{tag}>')
    return "".join(parts)
