"""What stands in several versions, in the words of the record and of its values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date

from desktop_advisor.domain.answers import AnswerState, Evidence
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN, clock_time, decimal_mark, short_date
from desktop_advisor.report.wording import EVIDENCE, PERSPECTIVES, STATES
from desktop_advisor.storage.columns import Exact, Moment
from desktop_advisor.storage.fields import shape
from desktop_advisor.storage.models import Assessment, Measure
from desktop_advisor.usecases import measures, referrals
from desktop_advisor.usecases.filling import label_of
from desktop_advisor.usecases.form_outline import FormOutline, Item, outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.recommending import DECISIONS
from desktop_advisor.usecases.visits import ROLES
from desktop_advisor.usecases.workplace import Form, Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EMPTY = "leer"
_SIDES = {str(side): words for side, words in PERSPECTIVES.items()}
_CODES: dict[tuple[str, str], Mapping[str, str]] = {
    ("measure", "state"): dict(measures.STATES.items()),
    ("referral", "state"): dict(referrals.STATES.items()),
    ("recommendation", "decision"): DECISIONS,
    ("answer", "evidence"): {str(level): EVIDENCE[level] for level in Evidence},
    ("contact", "role"): dict(ROLES.items()),
    ("participant", "role"): dict(ROLES.items()),
    ("note", "perspective"): _SIDES,
    ("visit", "state"): {
        "planned": "geplant",
        "running": "läuft",
        "interrupted": "unterbrochen",
        "done": "abgeschlossen",
    },
    ("case", "state"): {"open": "offen", "closed": "abgeschlossen"},
    ("assessment", "state"): {"open": "offen", "done": "abgeschlossen"},
    ("follow_up", "state"): {"open": "offen", "done": "erledigt", "dropped": "entfällt"},
}
"""Record and field whose values are codes → their words."""
CODED = {field for _, field in _CODES} | {"dimension", "question", "questionnaire", "wz_edition"}
"""Text fields in which nobody types freely."""
_NAMED_BY = ("title", "name", "recipient", "subject", "purpose", "file_name", "key", "text")
_LONGEST_NAME = 60
"""Our choice: a name that fits one line of a list."""
_SELECTS = (Kind.CHOICE, Kind.CHOICES, Kind.RANK, Kind.LEVEL)


class RecordWords:
    """Names of records and words of values; reads each form and assessment once."""

    def __init__(self, place: Workplace, session: Session) -> None:
        self._place = place
        self._session = session
        self._offers = {offer.id: offer.title for offer in place.offers}
        self.form = cache(self._form)

    def name(self, entity: str, row: Any) -> tuple[str, str]:
        """(name, second line): Frage 12 der Sicht Geschäftsführung, its text; "" where unknown."""
        if row is None:
            return "", ""
        if entity == "answer":
            return self._question(row)
        if entity == "assessment":
            return f"Sicht {_SIDES.get(row.perspective, row.perspective)}", ""
        said = (getattr(row, field, "") for field in _NAMED_BY)
        name = next((text for text in said if text), "")
        if entity == "passage":
            name = row.text or row.original
        return _short(name), ""

    def value(self, entity: str, field: str, row: Any, value: Any) -> str:
        """A JSON value of the log as an advisor reads it; "leer" for none."""
        if entity == "answer" and field == "response" and isinstance(value, Mapping):
            return self._answer(row, value)
        if isinstance(value, Mapping):
            return _group(value)
        if value is None or value in ("", [], {}):
            return EMPTY
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, list):
            return "\n".join(f"– {self._referred(str(part))}" for part in value)
        words = _CODES.get((entity, field), {}).get(value)
        return words or self._plain(entity, field, value)

    def _plain(self, entity: str, field: str, value: Any) -> str:
        if field == "offer":
            return self._referred(str(value))
        if field == "depends_on":
            return self._measure(str(value))
        return _typed(entity, field, value)

    def item_of(self, row: Any) -> Item | None:
        """The question an answer belongs to; None where the form does not have it."""
        found = self._outline(row)
        return None if found is None else found.by_label.get(label_of(row.question))

    def _outline(self, answer: Any) -> FormOutline | None:
        form = self.form(answer.assessment_id)
        return None if form is None else outline_of(form)

    def _form(self, assessment_id: uuid.UUID) -> Form | None:
        talk = self._session.get(Assessment, assessment_id)
        if talk is None or not talk.form_id:
            return None
        try:
            return self._place.form(talk.form_id, talk.form_hash)
        except KnownError:
            return None

    def _question(self, answer: Any) -> tuple[str, str]:
        talk = self._session.get(Assessment, answer.assessment_id)
        side = f"der Sicht {_SIDES.get(talk.perspective, talk.perspective)}" if talk else ""
        item, form = self.item_of(answer), self.form(answer.assessment_id)
        outline = self._outline(answer)
        if item is None or form is None or outline is None:
            return f"Frage „{_short(answer.question)}“ {side}".strip(), ""
        top = answer.question.partition("/")[0].partition("#")[0]
        numbers = {one.label: n for n, one in enumerate(outline.items, start=1)}
        number = f" {numbers[top]}" if top in numbers else ""
        return f"Frage{number} {side}".strip(), form.xform.text(item.path, "label", "de")

    def _answer(self, row: Any, value: Mapping[str, Any]) -> str:
        state, said = str(value.get("state", "")), str(value.get("value") or "")
        reason = str(value.get("reason") or "")
        if state != str(AnswerState.ANSWERED):
            known = {str(s): STATES[s] for s in AnswerState}
            words = known.get(state, state)
        else:
            words = self._said(row, said) or EMPTY
        return f"{words}\nBegründung: {reason}" if reason else words

    def _said(self, row: Any, said: str) -> str:
        item = self.item_of(row) if row is not None else None
        if item is None:
            return said
        form = self.form(row.assessment_id)
        if item.kind in _SELECTS and form is not None:
            labels = {c.value: c.label for c in form.xform.choices(item.path, "de")}
            shown = [labels.get(code, code) for code in said.split()]
            return "\n".join(f"– {label}" for label in shown) if len(shown) > 1 else "".join(shown)
        if item.kind in (Kind.DECIMAL, Kind.RANGE):
            return decimal_mark(said)
        return _day(said) if item.kind is Kind.DATE else said

    def _referred(self, key: str) -> str:
        return self._offers.get(key, key)

    def _measure(self, key: str) -> str:
        try:
            found = self._session.get(Measure, uuid.UUID(key))
        except ValueError:
            return key
        return f"Maßnahme „{found.title}“" if found else "eine Maßnahme, die hier fehlt"


def _group(value: Mapping[str, Any]) -> str:
    """Wording of a passage, content of an own paragraph."""
    parts: Sequence[str] = [str(value[k]) for k in ("text", "caption") if value.get(k)]
    if value.get("attachment_id"):
        parts = ["Foto", *parts]
    if not parts and "original" in value:
        return "Passage weggelassen"
    return "\n".join(parts) or EMPTY


def _typed(entity: str, field: str, value: Any) -> str:
    """Numbers with a comma, days and moments the German way, by the type of their column."""
    known = shape(entity)
    described = known.fields.get(field) if known else None
    kind = described.columns[0].type if described else None
    text = str(value)
    if isinstance(kind, Exact):
        return _number(text)
    if isinstance(kind, Date):
        return _day(text)
    if isinstance(kind, Moment):
        return _moment(text)
    return text


def _number(text: str) -> str:
    try:
        return decimal_mark(f"{Decimal(text):f}")
    except InvalidOperation:
        return text


def _day(text: str) -> str:
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{short_date(moment.astimezone(BERLIN).date())}, {clock_time(moment)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 2].rstrip()} …"
