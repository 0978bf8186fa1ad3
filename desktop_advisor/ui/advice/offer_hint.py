"""An offer beside a recommendation: does it come into consideration, how much, how old is it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.advice.eligibility import Eligibility, Verdict
from desktop_advisor.advice.offers import Reliability
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Label, ListRow, Pill, column
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.recommending import OfferHint

translate = QCoreApplication.translate

VERDICT_TONES = {
    Verdict.IN_QUESTION: Tone.GOOD,
    Verdict.OPEN: Tone.ATTENTION,
    Verdict.EXCLUDED: Tone.NEUTRAL,
}
WORDS_FROM = 1.3
"""Font scale from which the pills of an offer become part of its second line."""


class OfferHintView(QWidget):
    """The offer as a row to press, and below it every condition that blocks or is open.

    Signals:
        pressed: to read all about the offer.
    """

    pressed = Signal()

    def __init__(self, hint: OfferHint) -> None:
        super().__init__()
        pills = list(_pills(hint))
        detail = hint.offer.provider
        if theme().scale >= WORDS_FROM:
            detail = joined(*(pill.text() for pill in pills), detail)
            pills = []
        self.line = ListRow(hint.offer.title, detail, trail=pills)
        self.line.pressed.connect(self.pressed)
        self.words = [Label(said, "small-ink", wrap=True) for said in hint_words(hint)]
        self.setLayout(column(self.line, column(*self.words, gap=2, margins=(2, 0, S, S)), gap=0))
        self.line.setAccessibleDescription(" ".join(hint_words(hint)))


def by_verdict(hints: Iterable[OfferHint]) -> list[OfferHint]:
    """What comes into consideration first, what is excluded last; else as the rule names them."""
    order = list(VERDICT_TONES)
    return sorted(hints, key=lambda hint: order.index(hint.eligibility.verdict))


def hint_words(hint: OfferHint) -> tuple[str, ...]:
    """What blocks or is open, how much it may be here, and the warning of an entry in doubt.

    What is excluded anyway needs no second warning; its pill says how old it is.
    """
    is_in_doubt = not hint.standing.is_fresh and hint.eligibility.verdict is not Verdict.EXCLUDED
    said = (
        condition_words(hint.eligibility),
        hint.eligibility.rate_sentence,
        hint.standing.sentence if is_in_doubt else "",
    )
    return tuple(words for words in said if words)


def condition_words(judged: Eligibility) -> str:
    """Zu klären: …, or why it is excluded and what is open besides; "" where nothing is open."""
    if judged.verdict is Verdict.OPEN:
        return translate("advice", "Zu klären: {0}.").format("; ".join(judged.reasons))
    if judged.verdict is Verdict.EXCLUDED:
        return judged.sentence[:1].upper() + judged.sentence[1:]
    return ""


def _pills(hint: OfferHint) -> Iterator[Pill]:
    if word := _standing_word(hint.standing.reliability):
        yield Pill(word, Tone.ATTENTION if hint.standing.is_available else Tone.DANGER)
    yield Pill(hint.eligibility.wording, VERDICT_TONES[hint.eligibility.verdict])


def _standing_word(reliability: Reliability) -> str:
    return {
        Reliability.FRESH: "",
        Reliability.STALE: translate("advice", "Stand prüfen"),
        Reliability.UNCLEAR: translate("advice", "Stand unklar"),
        Reliability.SUSPENDED: translate("advice", "ausgesetzt"),
        Reliability.EXPIRED: translate("advice", "abgelaufen"),
        Reliability.CLOSED: translate("advice", "geschlossen"),
    }[reliability]
