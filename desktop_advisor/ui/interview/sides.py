"""The four Sichtweisen in words and tones, and what a side said in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.usecases.question_views import SideView

translate = QCoreApplication.translate
SHORT_ANCHOR = 92
"""Characters of an anchor beside the others: two lines of the panel; the tool tip has all."""


@dataclass(frozen=True)
class Side:
    """A Sichtweise. short: for a segment; name: in full; subject: at the start of a sentence."""

    short: str
    name: str
    subject: str
    tone: Tone


def side(perspective: Perspective) -> Side:
    """Words and tone of a Sichtweise."""
    return {
        Perspective.MANAGEMENT: Side(
            translate("sides", "GF"),
            translate("sides", "Geschäftsführung"),
            translate("sides", "Die Geschäftsführung"),
            Tone.MAIN,
        ),
        Perspective.WORKS_COUNCIL: Side(
            translate("sides", "BR"),
            translate("sides", "Betriebsrat"),
            translate("sides", "Der Betriebsrat"),
            Tone.BR,
        ),
        Perspective.ADVISOR: Side(
            translate("sides", "Beratung"),
            translate("sides", "Beratende Person"),
            translate("sides", "Die beratende Person"),
            Tone.NEUTRAL,
        ),
        Perspective.JOINT: Side(
            translate("sides", "Gemeinsam"),
            translate("sides", "Gemeinsam festgelegt"),
            translate("sides", "Die gemeinsame Runde"),
            Tone.GOOD,
        ),
    }[perspective]


def who_answered(perspectives: tuple[Perspective, ...]) -> str:
    """'Der Betriebsrat hat verdeckt geantwortet.'; "" for nobody."""
    if not perspectives:
        return ""
    if len(perspectives) == 1:
        one = translate("sides", "{0} hat verdeckt geantwortet.")
        return one.format(side(perspectives[0]).subject)
    names = [side(perspective).name for perspective in perspectives]
    several = translate("sides", "{0} und {1} haben verdeckt geantwortet.")
    return several.format(", ".join(names[:-1]), names[-1])


def said(view: SideView) -> str:
    """The answer in words, a state in its settled term."""
    state = {
        AnswerState.NOT_APPLICABLE: translate("sides", "nicht zutreffend"),
        AnswerState.UNKNOWN: translate("sides", "weiß nicht"),
        AnswerState.CONFIDENTIAL: translate("sides", "vertraulich"),
        AnswerState.OPEN: translate("sides", "offen"),
    }.get(view.response.state)
    if state is None:
        return view.text or view.response.value
    return f"{state} ({view.response.reason})" if view.response.reason else state


def shortened(text: str, characters: int = SHORT_ANCHOR) -> str:
    """`text` cut after a whole word, with an ellipsis where something is missing."""
    if len(text) <= characters:
        return text
    kept = text[:characters].rsplit(" ", 1)[0].rstrip(" ,.;:–")
    return f"{kept}\u00a0…"
