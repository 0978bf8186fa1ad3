"""Answers without a score, for the annex: single questions, then tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.domain.german import figure
from desktop_advisor.domain.language import spoken
from desktop_advisor.report.answers_model import AnswerTable, PlainAnswer
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.answer_words import NUMBERS, answer_words, number_of
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import FilledForm
from desktop_advisor.usecases.form_outline import Item
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.report_tables import UNPRINTED, TableReader, remark
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.scoring import AnswerRecord, answers_of_case
from desktop_advisor.usecases.workplace import Workplace

_LONG = 10_000
"""From here on a number needs points to be read; no year reaches it."""


@dataclass(frozen=True)
class OtherAnswers:
    """What was said beside the scored questions."""

    single: tuple[PlainAnswer, ...]
    tables: tuple[AnswerTable, ...]


def other_answers(place: Workplace, results: Results) -> OtherAnswers:
    """Of the perspectives in the results, what is asked now and has been answered."""
    form = results.form
    with place.store.read() as session:
        said = answers_of_case(session, results.case_id, form.sidecar.form_id)
        facts = company_facts(session.get_one(Company, results.company_id)).as_texts()
    parked = {row.dimension.code for row in results.parked}
    single: list[PlainAnswer] = []
    tables: list[AnswerTable] = []
    for perspective in results.perspectives:
        answers = said.get(perspective, {})
        filled = FilledForm(place, form, facts, answers, spoken())
        reader = TableReader(filled, form.xform, answers, perspective)
        for item in _asked(filled, perspective, parked):
            found = list(reader.tables(item)) if item.kind is Kind.TABLE else []
            tables += found
            if not found and item.label in answers:
                title = reader.label(item) if item.kind is Kind.TABLE else ""
                single += _said(filled, answers[item.label], perspective, item, title)
    return OtherAnswers(tuple(single), tuple(tables))


def _asked(filled: FilledForm, perspective: Perspective, parked: Collection[str]) -> Iterator[Item]:
    """Questions without a score, and tables, that this perspective is asked."""
    for item in filled.outline.items:
        is_asked = perspective in item.perspectives and item.section not in parked
        if item.indicator is None and item.kind not in UNPRINTED and is_asked:
            yield item


def _said(
    filled: FilledForm, record: AnswerRecord, perspective: Perspective, item: Item, title: str
) -> Iterator[PlainAnswer]:
    """title: of a table without rows, "" to take the words from the form as it stands."""
    response = record.response
    is_silent = response.state is AnswerState.OPEN and not record.note
    is_table = item.kind is Kind.TABLE
    ref = filled.ref_of(item.label)
    if is_silent or not filled.session.is_relevant(f"{ref}#range" if is_table else ref):
        return
    yield PlainAnswer(
        label=title or filled.session.state(ref).label or item.label,
        perspective=perspective,
        state=response.state,
        text="" if is_table else _words(filled, item, ref, response),
        note=remark(record),
    )


def _words(filled: FilledForm, item: Item, ref: str, response: Response) -> str:
    """As the form says it; long numbers with points between thousands, years as they are."""
    number = number_of(response) if item.kind in NUMBERS else None
    if number is not None and abs(number) >= _LONG:
        return figure(number)
    return answer_words(filled, item, ref, response)
