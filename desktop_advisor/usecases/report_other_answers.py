"""Answers without a score, for the annex: single questions, then tables row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.domain.german import short_date
from desktop_advisor.questionnaire.xform import XForm
from desktop_advisor.report import model as page
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import ROW, FilledForm
from desktop_advisor.usecases.form_outline import Item
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.scoring import AnswerRecord, answers_of_case
from desktop_advisor.usecases.workplace import Workplace

_UNPRINTED = (Kind.NOTE, Kind.OTHER, Kind.FILE)
_SELECTS = (Kind.CHOICE, Kind.CHOICES, Kind.RANK, Kind.LEVEL)


def other_answers(place: Workplace, results: Results) -> tuple[page.PlainAnswer, ...]:
    """Of the perspectives in the results, what is asked now and has been answered."""
    form = results.form
    with place.store.read() as session:
        said = answers_of_case(session, results.case_id, form.sidecar.form_id)
        facts = company_facts(session.get_one(Company, results.company_id)).as_texts()
    parked = {row.dimension.code for row in results.parked}
    found: list[page.PlainAnswer] = []
    for perspective in results.perspectives:
        answers = said.get(perspective, {})
        filled = FilledForm(place, form, facts, answers, "de")
        for key, item, title in _asked(filled, form.xform, perspective, parked):
            if key in answers:
                found += _said(filled, answers[key], perspective, item, key, title)
    return tuple(found)


def _asked(
    filled: FilledForm, xform: XForm, perspective: Perspective, parked: Collection[str]
) -> Iterator[tuple[str, Item, str]]:
    """Key, question and its words, "" to take them from the form as it stands."""
    for item in filled.outline.items:
        is_asked = perspective in item.perspectives and item.section not in parked
        if item.indicator is not None or item.kind in _UNPRINTED or not is_asked:
            continue
        if item.kind is not Kind.TABLE:
            yield item.label, item, ""
            continue
        title = xform.text(item.path, "label", "de") or item.label
        yield item.label, item, title
        for number, row in enumerate(filled.rows(item.label), start=1):
            for column in item.columns:
                if column.kind not in _UNPRINTED:
                    words = xform.text(column.path, "label", "de") or column.label
                    key = f"{item.label}{ROW}{row}/{column.label}"
                    yield key, column, f"{title}, Zeile {number}: {words}"


def _said(
    filled: FilledForm,
    record: AnswerRecord,
    perspective: Perspective,
    item: Item,
    key: str,
    title: str,
) -> Iterator[page.PlainAnswer]:
    response = record.response
    is_silent = response.state is AnswerState.OPEN and not record.note
    is_table = item.kind is Kind.TABLE
    ref = filled.ref_of(key)
    if is_silent or not filled.session.is_relevant(f"{ref}#range" if is_table else ref):
        return
    yield page.PlainAnswer(
        label=title or filled.session.state(ref).label or item.label,
        perspective=perspective,
        state=response.state,
        text="" if is_table else _words(filled, item, ref, response),
        note="\n".join(part for part in (response.reason, record.note) if part),
    )


def _words(filled: FilledForm, item: Item, ref: str, response: Response) -> str:
    if response.state is not AnswerState.ANSWERED:
        return ""
    if item.kind in _SELECTS:
        labels = {c.value: c.label for c in filled.session.state(ref).choices}
        link = " › " if item.kind is Kind.RANK else ", "
        return link.join(labels.get(value, value) for value in response.value.split())
    return _written(item.kind, response.value)


def _written(kind: Kind, value: str) -> str:
    """Numbers with a comma, days the German way; what is neither stays as it was typed."""
    if kind in (Kind.DECIMAL, Kind.RANGE):
        return value.replace(".", ",") if _is_number(value) else value
    if kind is Kind.CONFIRM:
        return "bestätigt"
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
