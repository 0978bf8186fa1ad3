"""The stored answers of one perspective, and the one way to change them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.history import reaffirm, undo_last
from desktop_advisor.storage.models import Answer, Assessment
from desktop_advisor.usecases.filling import rows_around
from desktop_advisor.usecases.questionnaires import keep_version
from desktop_advisor.usecases.scoring import AnswerRecord, answers_of_case, records
from desktop_advisor.usecases.workplace import Form, Workplace


class AnsweredMeanwhile(KnownError):
    """Another window or a synchronisation has changed the answer since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Antwort wurde inzwischen an anderer Stelle geändert.",
            safe="Nichts wurde überschrieben; jetzt sehen Sie den neuen Stand.",
            todo="Prüfen Sie ihn und antworten Sie noch einmal, wenn Sie dabei bleiben.",
        )


@dataclass(frozen=True)
class Entry:
    """What to write of one answer; None leaves a part as it is."""

    response: Response | None = None
    note: str | None = None
    evidence: Evidence | None = None


class AnswerSheet:
    """One questionnaire of one case, filled by one perspective.

    Attributes:
        perspective: whose answers are written.
        answers: key → answer as last read or written.
        elsewhere: the same for the other perspectives that have begun.
    """

    def __init__(
        self,
        place: Workplace,
        form: Form,
        *,
        company_id: uuid.UUID,
        case_id: uuid.UUID,
        visit_id: uuid.UUID,
    ) -> None:
        self._place = place
        self._form = form
        self._company_id = company_id
        self._case_id = case_id
        self._visit_id = visit_id
        self._is_begun = False
        self._has_version = False
        self.perspective = Perspective.MANAGEMENT
        self.answers: dict[str, AnswerRecord] = {}
        self.elsewhere: dict[Perspective, dict[str, AnswerRecord]] = {}

    @property
    def assessment_id(self) -> uuid.UUID:
        """Derived, so that two laptops that start the same perspective meet in one assessment."""
        return uuid.uuid5(self._case_id, f"{self._form.sidecar.form_id}:{self.perspective}")

    def read(self) -> None:
        """Take in what is stored, the other perspectives included."""
        with self._place.store.read() as session:
            said = answers_of_case(session, self._case_id, self._form.sidecar.form_id)
        self.elsewhere = {p: a for p, a in said.items() if p != self.perspective}
        self._is_begun = self.perspective in said
        self.answers = said.get(self.perspective, {})

    def write(self, entries: Mapping[str, Entry], asked: Collection[str]) -> datetime:
        """Commit all entries as one edit, which one undo takes back; the moment of it.

        asked: what a person says; the others follow from it, and one of them that somebody else
        has changed meanwhile is left as it stands.

        Raises: AnsweredMeanwhile, with nothing written, also where the row it stands in is gone.
        """
        now = self._place.clock()
        around = {row for key in asked for row in rows_around(key)} - entries.keys()
        begins = not self._is_begun
        if not self._has_version:  # also of a draft that another laptop has begun
            keep_version(self._place, self._form)
            self._has_version = True
        with self._place.store.edit(self._place.author) as session:
            if begins and session.get(Assessment, self.assessment_id) is None:
                session.add(self._assessment_row(now))
            rows: list[Answer] = []
            there = self._rows(session, {*entries, *around})
            held = [there[key] for key in around if key in there]
            if any(row.response.state is AnswerState.OPEN for row in held):
                raise AnsweredMeanwhile
            # What was asked stands first in the log: that is where an undo leads back to.
            for is_asked in (True, False):
                for key, entry in entries.items():
                    if (key in asked) is is_asked:
                        row = there.get(key) or self._new_row(key)
                        rows += self._put(session, row, entry, now, is_asked=is_asked)
                session.flush()
            said = records(rows)
            reaffirm(session, held)
        self._is_begun = True
        self.answers = {**self.answers, **said}
        return now

    def undo(self) -> str | None:
        """Take back the last edit; the key of an answer it changed, None when nothing is left."""
        with self._place.store.edit(self._place.author) as session:
            return undo_last(session, self.assessment_id)

    # -- within ------------------------------------------------------------------------------

    def _rows(self, session: Session, keys: Iterable[str]) -> dict[str, Answer]:
        """The rows that are there, read in one go: a paste brings hundreds."""
        mine = select(Answer).where(Answer.assessment_id == self.assessment_id)
        found: dict[str, Answer] = {}
        for some in portions(sorted(keys)):
            rows = session.scalars(mine.where(Answer.question.in_(some)))
            found |= {row.question: row for row in rows}
        return found

    def _put(
        self, session: Session, row: Answer, entry: Entry, now: datetime, *, is_asked: bool
    ) -> list[Answer]:
        """The row that was written; none where somebody else has changed what merely follows."""
        if self._has_moved(row, entry):
            if is_asked:
                raise AnsweredMeanwhile
            return []
        session.add(row)
        _apply(row, entry, now)
        return [row]

    def _has_moved(self, row: Answer, entry: Entry) -> bool:
        """Whether what the entry would replace is no longer what was read."""
        known = self.answers.get(row.question, AnswerRecord(Response()))
        parts = (
            (entry.response, row.response, known.response),
            (entry.note, row.note, known.note),
            (entry.evidence, Evidence(row.evidence), known.evidence),
        )
        return any(
            wanted is not None and stored not in (known_part, wanted)
            for wanted, stored, known_part in parts
        )

    def _new_row(self, key: str) -> Answer:
        return Answer(
            company_id=self._company_id,
            assessment_id=self.assessment_id,
            question=key,
            state=AnswerState.OPEN,
            value="",
            reason="",
            evidence=Evidence.CLAIMED,
            note="",
            deleted=False,
        )

    def _assessment_row(self, now: datetime) -> Assessment:
        sidecar = self._form.sidecar
        return Assessment(
            id=self.assessment_id,
            company_id=self._company_id,
            case_id=self._case_id,
            visit_id=self._visit_id,
            form_id=sidecar.form_id,
            form_version=sidecar.version,
            form_hash=sidecar.form_hash,
            perspective=self.perspective,
            started_at=now,
        )


def _apply(row: Answer, entry: Entry, now: datetime) -> None:
    row.deleted = False
    if entry.response is not None:
        row.state, row.value = entry.response.state, entry.response.value
        row.reason = entry.response.reason
        row.answered_at = now
    if entry.note is not None and row.note != entry.note:
        row.note = entry.note
    if entry.evidence is not None:
        row.evidence = entry.evidence
