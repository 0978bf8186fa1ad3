"""What a case holds beside the answers: parked dimensions, dissent, where the advisor was."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.models import Dissent, Parking
from desktop_advisor.usecases.question_views import Bookmark
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.scoring import parked_dimensions
from desktop_advisor.usecases.workplace import Workplace

_Row = TypeVar("_Row", Dissent, Parking)


@dataclass(frozen=True)
class Remarks:
    """Of one case and questionnaire. dissents: question → (revealed, note). parked: codes.

    guarded: sides that have not released their view.
    """

    dissents: Mapping[str, tuple[bool, str]]
    parked: frozenset[str]
    guarded: frozenset[Perspective] = frozenset()


class CaseRemarks:
    """Reads and writes the remarks of one case about one questionnaire."""

    def __init__(
        self, place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID, form_id: str
    ) -> None:
        self._place = place
        self._company_id = company_id
        self._case_id = case_id
        self._form_id = form_id

    def read(self) -> Remarks:
        """As stored now."""
        with self._place.store.read() as session:
            dissents = session.scalars(
                select(Dissent).where(
                    Dissent.case_id == self._case_id,
                    Dissent.form_id == self._form_id,
                    Dissent.deleted.is_(False),
                )
            ).all()
            parked = parked_dimensions(session, self._case_id, self._form_id)
            guarded = frozenset(hidden_sides(session, self._case_id))
        return Remarks({d.question: (d.revealed, d.note) for d in dissents}, parked, guarded)

    def reveal(self, question: str) -> None:
        """From now on the sides of this question are shown."""
        self._write(Dissent, "dissent", question, {"question": question}, {"revealed": True})

    def write_dissent(self, question: str, note: str) -> None:
        """What the table makes of a difference; "" takes it back."""
        self._write(Dissent, "dissent", question, {"question": question}, {"note": note})

    def park(self, dimension: str, *, is_parked: bool) -> None:
        """Put a dimension aside for every perspective, or take it up again."""
        named = {"dimension": dimension}
        self._write(Parking, "parking", dimension, named, {"parked": is_parked})

    def _write(
        self,
        record: type[_Row],
        entity: str,
        name: str,
        named: Mapping[str, str],
        values: Mapping[str, Any],
    ) -> None:
        """The row's id is derived, so that two laptops meet in it."""
        row_id = uuid.uuid5(self._case_id, f"{entity}:{self._form_id}:{name}")
        with self._place.store.edit(self._place.author) as session:
            row = session.get(record, row_id)
            if row is None:
                row = record(
                    id=row_id,
                    company_id=self._company_id,
                    case_id=self._case_id,
                    form_id=self._form_id,
                    **named,
                )
                session.add(row)
            for column, value in values.items():
                if getattr(row, column) != value:
                    setattr(row, column, value)


def read_bookmark(place: Workplace, visit_id: uuid.UUID, form_id: str) -> Bookmark | None:
    """Where the advisor was in this visit on this laptop; None at the first time."""
    kept = place.store.setting(_bookmark_name(visit_id, form_id))
    try:
        perspective, question, view = json.loads(kept or "")
        return Bookmark(Perspective(perspective), question, view)
    except ValueError:
        return None


def keep_bookmark(place: Workplace, visit_id: uuid.UUID, form_id: str, mark: Bookmark) -> None:
    """Remember it; stays on this laptop."""
    kept = json.dumps([str(mark.perspective), mark.question, mark.view])
    place.store.save_setting(_bookmark_name(visit_id, form_id), kept)


def _bookmark_name(visit_id: uuid.UUID, form_id: str) -> str:
    return f"bookmark:{visit_id}:{form_id}"
