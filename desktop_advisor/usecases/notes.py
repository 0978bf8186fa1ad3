"""Notes of the visit: written first, sorted later (domain §8)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Case, Note
from desktop_advisor.usecases.releasing import GUARDED, hidden_sides
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class NoteView:
    """A note; dimension and question are "" while it is untagged.

    perspective: who spoke while it was written, None for nobody in particular.
    """

    note_id: uuid.UUID
    text: str
    dimension: str
    question: str
    written_at: datetime | None
    perspective: Perspective | None = None


def write_note(
    place: Workplace,
    case_id: uuid.UUID,
    text: str,
    *,
    dimension: str = "",
    question: str = "",
    perspective: Perspective | None = None,
) -> uuid.UUID:
    """Keep a note; its id. perspective: who is speaking, None outside of a talk."""
    with place.store.edit(place.author) as session:
        case = session.get_one(Case, case_id)
        note = Note(
            id=new_id(place.clock()),
            company_id=case.company_id,
            case_id=case_id,
            text=text.strip(),
            dimension=dimension,
            question=question,
            perspective=str(perspective or ""),
            written_at=place.clock(),
        )
        session.add(note)
        return note.id


def edit_note(
    place: Workplace,
    note_id: uuid.UUID,
    text: str,
    *,
    dimension: str | None = None,
    question: str | None = None,
    perspective: Perspective | None = None,
) -> None:
    """Save what changed of a note that is still being written; a tag of None stays as it is.

    perspective: who is speaking; words of a guarded side make the whole note that side's.
    """
    with place.store.edit(place.author) as session:
        note = session.get_one(Note, note_id)
        if note.text != text.strip():
            note.text = text.strip()
            if perspective in GUARDED and note.perspective != perspective:
                note.perspective = str(perspective)
        _tag(note, dimension, question)


def tag_note(place: Workplace, note_id: uuid.UUID, dimension: str = "", question: str = "") -> None:
    """Say which dimension and question a note belongs to; "" for both takes the tag off."""
    with place.store.edit(place.author) as session:
        _tag(session.get_one(Note, note_id), dimension, question)


def delete_note(place: Workplace, note_id: uuid.UUID) -> None:
    """Take a note away; `restore_note` brings it back as it was."""
    with place.store.edit(place.author) as session:
        session.get_one(Note, note_id).deleted = True


def restore_note(place: Workplace, note_id: uuid.UUID) -> None:
    """Bring a deleted note back."""
    with place.store.edit(place.author) as session:
        session.get_one(Note, note_id).deleted = False


def list_notes(
    place: Workplace, case_id: uuid.UUID, side: Perspective | None = None
) -> list[NoteView]:
    """The notes of a case, newest first, without those of a talk that is not released.

    side: who is speaking and sees its own in any case; None outside of a talk.
    """
    query = select(Note).where(Note.case_id == case_id, Note.deleted.is_(False))
    with place.store.read() as session:
        unseen = [p for p in hidden_sides(session, case_id) if p is not side]
        return [
            _view(n)
            for n in session.scalars(query.order_by(Note.id.desc()))
            if n.perspective not in unseen
        ]


def untagged(place: Workplace, case_id: uuid.UUID) -> list[NoteView]:
    """The notes of a case that wait to be sorted, newest first; emptied ones do not wait."""
    return [
        note
        for note in list_notes(place, case_id)
        if note.text and not note.dimension and not note.question
    ]


def _view(note: Note) -> NoteView:
    side = Perspective(note.perspective) if note.perspective in set(Perspective) else None
    return NoteView(note.id, note.text, note.dimension, note.question, note.written_at, side)


def _tag(note: Note, dimension: str | None, question: str | None) -> None:
    """Set what differs, so that the change log names nothing that stayed."""
    if dimension is not None and note.dimension != dimension:
        note.dimension = dimension
    if question is not None and note.question != question:
        note.question = question
