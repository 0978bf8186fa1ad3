"""One hit in the list: what it is called, what kind of thing it is, and why it was found."""

from __future__ import annotations

from desktop_advisor.ui.knowledge.marked import show_marked
from desktop_advisor.ui.knowledge.wording import kind_word, standing_pill, standing_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import ListRow
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.offers import OfferRow
from desktop_advisor.usecases.searching import Hit

LARGE = 1.5
"""From this font scale on the state stands in words below the title, where there is room."""


def result_row(hit: Hit) -> ListRow:
    """The row of a hit; its property `key` names what it leads to."""
    is_large = theme().scale >= LARGE
    offer = hit.item if isinstance(hit.item, OfferRow) else None
    word = standing_words(offer.standing)[0] if offer is not None and is_large else ""
    about = joined(word, kind_word(hit.kind), hit.source)
    made = ListRow(
        hit.title or kind_word(hit.kind),
        about,
        trail=[standing_pill(offer.standing)] if offer is not None and not is_large else [],
        arrow=False,
        inset=spacing.S,
    )
    if hit.title_marks:
        show_marked(made.title, (hit.title, hit.title_marks))
    if hit.words:
        show_marked(made.detail, (about, ()), (hit.words, hit.word_marks))
        made.setAccessibleName(". ".join((hit.title, about, hit.words)))
    made.setProperty("key", hit.key)
    return made
