"""Everything that can be edited in a case's report, and what was."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop_advisor.domain.language import speaking
from desktop_advisor.report.chapter_titles import TITLES
from desktop_advisor.report.chapters import ALWAYS, CHAPTERS
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.passages import passages
from desktop_advisor.storage.models import Attachment
from desktop_advisor.storage.report_models import Insertion
from desktop_advisor.usecases.report_edits.rows import EditRows, read_rows
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class PassageView:
    """A passage as it is printed. generated: what the program says there now.

    written_for: where that has changed since the edit, what it said then; "" otherwise.
    """

    key: str
    chapter: str
    label: str
    text: str
    generated: str
    is_list: bool = False
    written_for: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether other words are printed than the generated ones."""
        return self.text != self.generated

    @property
    def is_outdated(self) -> bool:
        """Whether the generated text has changed since the edit."""
        return bool(self.written_for)


@dataclass(frozen=True)
class LostEdit:
    """An edit of a passage that no longer exists; kept, and not printed."""

    key: str
    original: str
    text: str


@dataclass(frozen=True)
class ChapterView:
    """A chapter of the report. must_stay: it belongs into every report.

    printed: its title in the language of the report.
    """

    chapter: str
    title: str
    printed: str
    is_shown: bool
    must_stay: bool


@dataclass(frozen=True)
class InsertionView:
    """The advisor's own paragraph or photo. words: the text, or the photo's caption.

    is_here: False for a photo that is not on this laptop or was taken away; it is not printed.
    """

    insertion_id: uuid.UUID
    chapter: str
    words: str
    is_photo: bool = False
    is_here: bool = True


@dataclass(frozen=True)
class ReportEdits:
    """All of it, in the order of the pages.

    foreign: passages changed in the report in another language, which this one does not print.
    """

    passages: tuple[PassageView, ...]
    lost: tuple[LostEdit, ...]
    chapters: tuple[ChapterView, ...]
    insertions: tuple[InsertionView, ...]
    foreign: int = 0

    def passage(self, key: str) -> PassageView | None:
        """The passage of that key, None where there is none."""
        return next((p for p in self.passages if p.key == key), None)


def show_edits(place: Workplace, case_id: uuid.UUID, model: ReportModel) -> ReportEdits:
    """What can be edited in a draft and what was. model: with the edits applied."""
    with place.store.read() as session:
        rows = read_rows(session, case_id, model.language)
        own = tuple(_insertion(place, session, row) for row in rows.insertions)
    order = list(CHAPTERS)
    with speaking(place.resources.language(model.language)):
        printed = dict(TITLES)
    return ReportEdits(
        passages=tuple(_passages(model, rows)),
        lost=tuple(_lost(model, rows)),
        chapters=tuple(
            ChapterView(
                chapter=chapter,
                title=TITLES[chapter],
                printed=printed[chapter],
                is_shown=chapter not in model.hidden,
                must_stay=chapter in ALWAYS,
            )
            for chapter in order
        ),
        insertions=tuple(sorted(own, key=lambda view: order.index(view.chapter))),
        foreign=rows.foreign,
    )


def _passages(model: ReportModel, rows: EditRows) -> Iterator[PassageView]:
    originals = {edit.key: edit.original for edit in model.edited}
    for passage in passages(model):
        row = rows.passages.get(passage.key)
        generated = originals.get(passage.key, passage.text)
        is_outdated = row is not None and row.original.strip() != generated.strip()
        yield PassageView(
            key=passage.key,
            chapter=passage.chapter,
            label=passage.label,
            text=passage.text,
            generated=generated,
            is_list=passage.is_list,
            written_for=row.original if row is not None and is_outdated else "",
        )


def _lost(model: ReportModel, rows: EditRows) -> Iterator[LostEdit]:
    there = {passage.key for passage in passages(model)}
    for key, row in rows.passages.items():
        if key not in there:
            yield LostEdit(key, row.original, row.text)


def _insertion(place: Workplace, session: Session, row: Insertion) -> InsertionView:
    if row.attachment_id is None:
        return InsertionView(row.id, row.chapter, row.text)
    photo = session.get(Attachment, row.attachment_id)
    is_here = photo is not None and not photo.deleted and place.store.files.has(photo.sha256)
    return InsertionView(row.id, row.chapter, row.caption, is_photo=True, is_here=is_here)
