"""Answers of an interview: who says it, what is said, how well it is evidenced (domain §3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AnswerState(StrEnum):
    """The five states; only NOT_APPLICABLE leaves the applicable set, none counts as zero."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "na"
    UNKNOWN = "dk"
    CONFIDENTIAL = "kv"
    OPEN = "open"


class Evidence(StrEnum):
    """Belegstufe: claimed, explained plausibly, seen on site, document inspected."""

    CLAIMED = "E0"
    EXPLAINED = "E1"
    SEEN = "E2"
    DOCUMENT = "E3"


class Perspective(StrEnum):
    """Sichtweise: management, works council, advisor, or what the table agreed on together.

    JOINT is set by people, never computed from the others (domain §3).
    """

    MANAGEMENT = "gf"
    WORKS_COUNCIL = "br"
    ADVISOR = "ber"
    JOINT = "gem"


STATE_CHOICES = frozenset(
    {AnswerState.NOT_APPLICABLE, AnswerState.UNKNOWN, AnswerState.CONFIDENTIAL}
)
"""States that a form carries as choice values, so that any ODK client can collect them."""


@dataclass(frozen=True)
class Response:
    """What was answered to one question.

    value: the form value ("3", "a b" for several choices, text); "" unless ANSWERED.
    reason: why it is not applicable; mandatory there, "" elsewhere.
    """

    state: AnswerState = AnswerState.OPEN
    value: str = ""
    reason: str = ""

    @classmethod
    def of(cls, form_value: str, reason: str = "") -> Response:
        """The response a form value stands for: "" is open, na/dk/kv are states, else answered."""
        if form_value == "":
            return cls()
        if form_value in STATE_CHOICES:
            return cls(AnswerState(form_value), "", reason)
        return cls(AnswerState.ANSWERED, form_value)

    @property
    def form_value(self) -> str:
        """The value the questionnaire sees, the inverse of `of`."""
        if self.state is AnswerState.ANSWERED:
            return self.value
        return "" if self.state is AnswerState.OPEN else str(self.state)
