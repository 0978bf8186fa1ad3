"""Which questions of a filled form are done and which are still due."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.usecases.filling import FilledForm
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.scoring import Answers


def is_done(filled: FilledForm, key: str, answers: Answers) -> bool:
    """Whether a question is answered or waved off, a table has rows; a note is always done."""
    kind = filled.item(key).kind
    if kind is Kind.NOTE or (kind is Kind.TABLE and filled.rows(key)):
        return True
    answer = answers.get(key)
    return answer is not None and answer.response.state is not AnswerState.OPEN


def is_due(filled: FilledForm, key: str, answers: Answers) -> bool:
    """Whether the talk has to come back to it; what is optional is never due."""
    return not (filled.item(key).is_optional or is_done(filled, key, answers))


def headway(filled: FilledForm, keys: Iterable[str], answers: Answers) -> tuple[int, int]:
    """(done, all); what is only to be read does not count, what is optional only once it is done.

    So a form looks neither unfinished for an optional table nor finished by one alone.
    """
    counted = [key for key in keys if filled.item(key).kind is not Kind.NOTE]
    done = sum(is_done(filled, key, answers) for key in counted)
    return done, done + sum(is_due(filled, key, answers) for key in counted)
