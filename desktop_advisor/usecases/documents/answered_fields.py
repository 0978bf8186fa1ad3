"""What each side was asked in a case, by field of action: how much is answered, what is open."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.questionnaire.sidecar import Sidecar
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import FilledForm, is_row, label_of
from desktop_advisor.usecases.form_outline import FormOutline, Item, outline_of
from desktop_advisor.usecases.headway import is_due
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.questionnaires import form_of_case
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.scoring import (
    AnswerRecord,
    Answers,
    answers_of_case,
    has_said,
    parked_dimensions,
)
from desktop_advisor.usecases.workplace import Form, Workplace


@dataclass(frozen=True)
class OpenQuestion:
    """A question that side still has to answer. weight, is_critical: of its Kennpunkt, else 0."""

    text: str
    field: str
    weight: Decimal = Decimal(0)
    is_critical: bool = False


class AnsweredFields:
    """The sides of a case that may be shown to the employer, and nothing of the others.

    Attributes:
        title: of the questionnaire.
        said: side → its answers; sides that said nothing are absent.
        withheld: whether a side answered that is not released.
        fields: code of a field of action → its short name, in the order of the form.
    """

    def __init__(self, place: Workplace, case_id: uuid.UUID) -> None:
        with place.store.read() as session:
            case = session.get_one(Case, case_id)
            self._form: Form = form_of_case(place, session, case)
            sidecar: Sidecar = self._form.sidecar
            found = answers_of_case(session, case_id, sidecar.form_id)
            self._parked = parked_dimensions(session, case_id, sidecar.form_id)
            facts = company_facts(session.get_one(Company, case.company_id)).as_texts()
            hidden = hidden_sides(session, case_id)
        self._place, self._facts = place, facts
        self._outline: FormOutline = outline_of(self._form)
        self._indicators = {i.question: i for i in sidecar.indicators}
        self.title = sidecar.title.get("de", sidecar.form_id)
        self.withheld = any(p in hidden and has_said(a) for p, a in found.items())
        self.said: Mapping[Perspective, Answers] = {
            p: found[p] for p in Perspective if p in found and p not in hidden
        }
        self.fields = {d.code: d.short.get("de", d.code) for d in sidecar.dimensions}

    def field_of(self, key: str) -> str:
        """The code of the field a question belongs to, "" for none or an unknown question."""
        item = self._item(key)
        return item.section if item and item.section in self.fields else ""

    def words_of(self, key: str) -> str:
        """The words of a question or cell; "" where the form does not know it."""
        item = self._item(key)
        if item is None:
            return ""
        return self._form.xform.text(item.path, "label", "de") or item.label

    def moments(self, side: Perspective) -> list[tuple[str, datetime | None]]:
        """(field, when) of everything that side answered and is still asked; rows are no answer."""
        return [
            (self.field_of(key), record.answered_at)
            for key, record in self.said.get(side, {}).items()
            if "/" not in key and not is_row(key) and self._is_answer(key, record)
        ]

    def open_questions(self, side: Perspective) -> list[OpenQuestion]:
        """What that side is still asked as things stand, in the order of the form."""
        said = self.said.get(side, {})
        filled = FilledForm(self._place, self._form, self._facts, said, "de")
        return [
            self._open(item)
            for item in self._outline.items
            if side in item.perspectives
            and item.section not in self._parked
            and item.kind not in (Kind.NOTE, Kind.OTHER)
            and _is_relevant(filled, item)
            and is_due(filled, item.label, said)
        ]

    def _item(self, key: str) -> Item | None:
        return self._outline.by_label.get(label_of(key))

    def _is_answer(self, key: str, record: AnswerRecord) -> bool:
        item = self._item(key)
        is_here = item is not None and item.section not in self._parked
        return is_here and record.response.state is not AnswerState.OPEN

    def _open(self, item: Item) -> OpenQuestion:
        indicator = self._indicators.get(item.label)
        return OpenQuestion(
            text=self.words_of(item.label),
            field=item.section if item.section in self.fields else "",
            weight=indicator.weight if indicator else Decimal(0),
            is_critical=bool(indicator and indicator.is_critical),
        )


def _is_relevant(filled: FilledForm, item: Item) -> bool:
    ref = filled.ref_of(item.label)
    return filled.session.is_relevant(f"{ref}#range" if item.kind is Kind.TABLE else ref)
