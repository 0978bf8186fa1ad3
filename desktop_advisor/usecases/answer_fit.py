"""Whether an answer given in one questionnaire stands in another one too, and under which key."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from desktop_advisor.domain.answers import STATE_CHOICES, AnswerState, Response
from desktop_advisor.usecases.filling import ROW, is_row, label_of
from desktop_advisor.usecases.form_outline import FormOutline, Item, outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.workplace import Form

_STATE_WORDS = {
    AnswerState.NOT_APPLICABLE: "nicht zutreffend",
    AnswerState.UNKNOWN: "weiß nicht",
    AnswerState.CONFIDENTIAL: "keine Angabe",
}
_ALIKE = (
    frozenset({Kind.LEVEL, Kind.CHOICE}),
    frozenset({Kind.TEXT, Kind.LONG_TEXT}),
)
"""Kinds that store an answer the same way."""
_WIDER = {
    (Kind.INTEGER, Kind.DECIMAL),
    (Kind.INTEGER, Kind.RANGE),
    (Kind.DECIMAL, Kind.RANGE),
    (Kind.CHOICE, Kind.CHOICES),
    (Kind.LEVEL, Kind.CHOICES),
}
"""Pairs of a kind and one that takes each of its answers, bounds apart."""
_SELECTS = (Kind.LEVEL, Kind.CHOICE, Kind.CHOICES, Kind.RANK)


class AnswerFit:
    """From one version of a questionnaire, or from one questionnaire, to another."""

    def __init__(self, old: Form, new: Form) -> None:
        self._old, self._new = old, new
        self._from: FormOutline = outline_of(old)
        self._to: FormOutline = outline_of(new)
        self._renames: Mapping[str, str] = new.sidecar.renames

    def label(self, key: str) -> str:
        """The question in words, as it was asked."""
        path = self._from.path_of.get(label_of(key), "")
        text = self._old.xform.text(path, "label", "de") if path else ""
        return text or label_of(key)

    def counts(self, key: str) -> bool:
        """Whether somebody was asked it; rows and what the form worked out are no answers."""
        item = self._from.by_label.get(label_of(key))
        return not is_row(key) and (item is None or item.kind is not Kind.NOTE)

    def added(self) -> tuple[str, ...]:
        """Questions of the new form that no old one leads to, in words and in its order."""
        reached = {self._label(label) for label in self._from.path_of}
        asked = (item for item in self._to.items if item.kind is not Kind.NOTE)
        fresh = [item for item in asked if item.label not in reached]
        return tuple(self._new.xform.text(i.path, "label", "de") or i.label for i in fresh)

    def key(self, key: str) -> str:
        """Its key in the new form, "" where that has no such question."""
        parts = []
        for part in key.split("/"):
            label, mark, row = part.partition(ROW)
            found = self._label(label)
            if not found:
                return ""
            parts.append(found + mark + row)
        return "/".join(parts)

    def problem(self, key: str, perspective: str, response: Response) -> str:
        """Why the answer is not carried over, in German; "" when it is."""
        there = self.key(key)
        if not there:
            return "Diese Frage gibt es dort nicht."
        was = self._from.by_label.get(label_of(key))
        item = self._to.by_label.get(label_of(there))
        if item is None or was is None:
            return ""
        if perspective not in item.perspectives:
            return "Diese Frage wird dort dieser Seite nicht gestellt."
        if response.state in STATE_CHOICES:
            is_known = response.state in item.states
            word = _STATE_WORDS[response.state]
            return "" if is_known else f"„{word}“ lässt sich dort nicht antworten."
        if response.state is AnswerState.OPEN or is_row(key):
            return ""
        return self._value_problem(was, item, response.value)

    # -- within ------------------------------------------------------------------------------

    def _label(self, label: str) -> str:
        renamed = self._renames.get(label, label)
        if renamed in self._to.path_of:
            return renamed
        # A name two questions share is told apart by its path, in one form and maybe not the other.
        path = self._from.path_of.get(label, "")
        within = path.partition("/")[2].partition("/")[2]
        return self._to.label_of.get(f"/{self._new.xform.primary.name}/{within}", "")

    def _value_problem(self, was: Item, item: Item, value: str) -> str:
        alike = was.kind is item.kind or frozenset({was.kind, item.kind}) in _ALIKE
        if not alike and (was.kind, item.kind) not in _WIDER:
            return "Die Frage wird dort auf andere Weise beantwortet."
        if item.kind in _SELECTS:
            return self._choice_problem(was, item, value)
        if item.kind is Kind.RANGE and item.span is not None:
            try:
                is_inside = item.span.start <= Decimal(value) <= item.span.end
            except InvalidOperation:
                is_inside = False
            return "" if is_inside else f"Der Wert {value} liegt dort außerhalb der Skala."
        return ""

    def _choice_problem(self, was: Item, item: Item, value: str) -> str:
        """Choices that depend on other answers are not known here and are given the benefit."""
        before = {c.value: c.label for c in self._old.xform.choices(was.path, "de")}
        after = {c.value for c in self._new.xform.choices(item.path, "de")}
        chosen = value.split()
        gone = [one for one in chosen if one in before and one not in after]
        if gone:
            words = ", ".join(f"„{_short(before[one]) or one}“" for one in gone)
            return f"Die Antwort {words} gibt es dort nicht."
        if item.kind is Kind.RANK and after - set(chosen):
            return "Dort ist mehr in eine Reihenfolge zu bringen."
        return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()} …"
