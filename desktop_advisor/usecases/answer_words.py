"""Answers in the words a report prints: choice texts, a decimal comma, German days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from desktop_advisor.domain.answers import AnswerState, Response
from desktop_advisor.domain.german import decimal_mark, short_date
from desktop_advisor.domain.language import say
from desktop_advisor.usecases.filling import FilledForm
from desktop_advisor.usecases.form_outline import Item
from desktop_advisor.usecases.question_views import Kind

NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)
_SELECTS = (Kind.CHOICE, Kind.CHOICES, Kind.RANK, Kind.LEVEL)


def answer_words(filled: FilledForm, item: Item, ref: str, response: Response) -> str:
    """The answer at a place of the form; "" for a state, whose word stands elsewhere."""
    if response.state is not AnswerState.ANSWERED:
        return ""
    if item.kind in _SELECTS:
        labels = {c.value: c.label for c in filled.session.state(ref).choices}
        link = " › " if item.kind is Kind.RANK else ", "
        return link.join(labels.get(value, value) for value in response.value.split())
    return _written(item.kind, response.value)


def number_of(response: Response) -> Decimal | None:
    """The number that was answered; None for a state and for what is no finite number."""
    if response.state is not AnswerState.ANSWERED:
        return None
    try:
        number = Decimal(response.value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _written(kind: Kind, value: str) -> str:
    """Numbers with a comma, days the German way; what is neither stays as it was typed."""
    if kind in (Kind.DECIMAL, Kind.RANGE):
        return decimal_mark(value) if _is_number(value) else value
    if kind is Kind.CONFIRM:
        return say("bestätigt")
    if kind is Kind.DATE:
        return _day(value)
    return value


def _is_number(value: str) -> bool:
    try:
        Decimal(value)
    except InvalidOperation:
        return False
    return True


def _day(value: str) -> str:
    try:
        return short_date(date.fromisoformat(value))
    except ValueError:
        return value
