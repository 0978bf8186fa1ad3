"""Answers without score, as the annex prints them: single ones and whole tables."""

from __future__ import annotations

import msgspec

from desktop_advisor.domain.answers import AnswerState, Perspective


class PlainAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer without score (figures of the company, free text) for the annex."""

    label: str
    perspective: Perspective
    state: AnswerState = AnswerState.OPEN
    text: str = ""
    note: str = ""


class AnswerColumn(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a column; numbers stand to the right."""

    label: str
    is_number: bool = False


class AnswerTable(msgspec.Struct, frozen=True, kw_only=True):
    """What one perspective entered into a table of the questionnaire.

    columns: only those with an answer. rows: one text per column, "" where nothing was said.
    total: as a row, "" where nothing is summed up; () without one. notes: sentences below it, first
    those that stand for rows of too few persons, which appear nowhere in the model.
    """

    title: str
    perspective: Perspective
    columns: tuple[AnswerColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
