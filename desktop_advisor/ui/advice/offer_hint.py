"""An offer beside a recommendation: does it come into consideration, how much, how old is it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_advisor.advice.eligibility import Eligibility, Verdict
from desktop_advisor.advice.offers import Reliability
from desktop_advisor.advice.rates import Rate, limit_words, share_words
from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import FigureButton, Label, ListRow, Pill, column, row
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
        conditions, _, age = hint_parts(hint)
        words = column(gap=2, margins=(2, 0, S, S))
        if conditions:
            words.addWidget(Label(conditions, "small-ink", wrap=True))
        for rate, derivation in zip(
            hint.eligibility.rates, hint.eligibility.derivations, strict=True
        ):
            words.addLayout(self._rate(rate, derivation))
        if age:
            words.addWidget(Label(age, "small-ink", wrap=True))
        self.setLayout(column(self.line, words, gap=0))
        self.line.setAccessibleDescription(" ".join(hint_words(hint)))

    def _rate(self, rate: Rate, derivation: Derivation) -> QHBoxLayout:
        """The share, which opens its arithmetic, and its limits beside it."""
        figure = FigureButton(share_words(rate), derivation)
        words = limit_words(rate).strip(" ,")
        limits = Label(rate.note if words == f"({rate.note.rstrip('.')})" else words, wrap=True)
        limits.set_kind("small-ink")
        line = row(figure, gap=S)
        line.addWidget(limits, 1)
        return line


def by_verdict(hints: Iterable[OfferHint]) -> list[OfferHint]:
    """What comes into consideration first, what is excluded last; else as the rule names them."""
    order = list(VERDICT_TONES)
    return sorted(hints, key=lambda hint: order.index(hint.eligibility.verdict))


def hint_words(hint: OfferHint) -> tuple[str, ...]:
    """What there is to say of the offer, part by part, in words only."""
    return tuple(words for words in hint_parts(hint) if words)


def hint_parts(hint: OfferHint) -> tuple[str, str, str]:
    """What blocks or is open, how much it may be here, the warning of an entry in doubt; or "".

    What is excluded anyway needs no second warning; its pill says how old it is.
    """
    is_in_doubt = not hint.standing.is_fresh and hint.eligibility.verdict is not Verdict.EXCLUDED
    return (
        condition_words(hint.eligibility),
        hint.eligibility.rate_sentence,
        hint.standing.sentence if is_in_doubt else "",
    )


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
