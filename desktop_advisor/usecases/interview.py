"""Interview one company along a questionnaire, one perspective at a time.

The form session holds what is relevant; the store holds what was said. Every answer is committed
before the method returns.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.questionnaire.sidecar import Indicator
from desktop_advisor.storage.models import Attachment, Company, Visit
from desktop_advisor.usecases.answer_sheet import AnswerSheet, Entry
from desktop_advisor.usecases.asking import Asking, Place
from desktop_advisor.usecases.case_remarks import CaseRemarks, keep_bookmark, read_bookmark
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import ROW, FilledForm, label_of, rows_around
from desktop_advisor.usecases.firing import fired_titles
from desktop_advisor.usecases.form_outline import outline_of
from desktop_advisor.usecases.headway import headway, is_due
from desktop_advisor.usecases.pace import pace_seconds
from desktop_advisor.usecases.question_views import (
    Bookmark,
    Comparison,
    DimensionProgress,
    Effect,
    Kind,
    QuestionView,
    TableView,
    WhyView,
)
from desktop_advisor.usecases.questionnaires import form_of_case
from desktop_advisor.usecases.scoring import AnswerRecord, Answers, dimension_score, has_said
from desktop_advisor.usecases.workplace import Form, Workplace

_OPENED = Response(AnswerState.ANSWERED, "1")
"""What marks that a row is there."""


class ReasonMissing(KnownError):
    """Not applicable was chosen without a reason, which the score needs (domain §3)."""

    def __init__(self) -> None:
        super().__init__(
            "Bitte geben Sie an, warum die Frage nicht zutrifft.",
            safe="Die bisherige Antwort bleibt gespeichert.",
        )


class Interview:
    """A running interview of one case.

    Attributes:
        company_id, case_id, visit_id: whose interview it is.
        company_name: for the header.
        form: the questionnaire, in the version the case was begun with.
    """

    def __init__(
        self,
        place: Workplace,
        visit_id: uuid.UUID,
        form_name: str | None = None,
        language: str = "de",
    ) -> None:
        """form_name: another questionnaire than the one of the case."""
        self._place = place
        self._language = language
        self.visit_id = visit_id
        with place.store.read() as session:
            visit = session.get_one(Visit, visit_id)
            company = session.get_one(Company, visit.company_id)
            self.company_id = company.id
            self.company_name = company.name
            self.case_id = visit.case_id or visit.id
            self._has_council = company.has_works_council is not False
            self._prefill = company_facts(company).as_texts()
            self.form: Form = (
                place.form(form_name) if form_name else form_of_case(place, session, self.case_id)
            )
        sidecar = self.form.sidecar
        self._indicators = {i.question: i for i in sidecar.indicators}
        self._outline = outline_of(self.form)
        self._case = CaseRemarks(place, self.company_id, self.case_id, sidecar.form_id)
        self._sheet = AnswerSheet(
            place,
            self.form,
            company_id=self.company_id,
            case_id=self.case_id,
            visit_id=visit_id,
        )
        self._advised: tuple[str, ...] | None = None
        self._load()

    # -- who ---------------------------------------------------------------------------------

    @property
    def perspective(self) -> Perspective:
        """Who is answering now."""
        return self._sheet.perspective

    def switch(self, perspective: Perspective) -> None:
        """Let somebody else answer; the values of the others stay where they are, unseen."""
        self._sheet.perspective = perspective
        self._load()

    @property
    def assessment_id(self) -> uuid.UUID:
        """Of the perspective that is answering now."""
        return self._sheet.assessment_id

    @property
    def title(self) -> str:
        """Name of the questionnaire."""
        return self.form.sidecar.title.get(self._language, self.form.sidecar.form_id)

    # -- what --------------------------------------------------------------------------------

    def questions(self) -> tuple[str, ...]:
        """Keys of what is asked now, in order; irrelevant and parked ones are left out."""
        return self._asked

    def section_questions(self, code: str) -> tuple[str, ...]:
        """The questions asked now in one section."""
        return self._by_section.get(code, ())

    def first_open(self) -> str:
        """Where to go on: the first question due, else the last one; "" where none is asked."""
        filled, answers, asked = self._filled, self._sheet.answers, self.questions()
        return next((q for q in asked if is_due(filled, q, answers)), asked[-1] if asked else "")

    def neighbour(self, key: str, step: int) -> str:
        """The question `step` places on (or back), held at both ends."""
        questions = self.questions() or (key,)
        position = questions.index(key) if key in questions else 0
        return questions[max(0, min(len(questions) - 1, position + step))]

    def question(self, key: str) -> QuestionView:
        """Everything the screen shows of a question. Raises KeyError for a key without place."""
        code = self._filled.item(key).section
        siblings = self.section_questions(code)
        number = siblings.index(key) + 1 if key in siblings else 0
        label, _ = self._outline.section_texts(code, self._language)
        return self._asking.question(key, Place(label, number, len(siblings)))

    def find(self, words: str) -> list[QuestionView]:
        """Questions whose text or help contains all of `words`."""
        wanted = words.casefold().split()
        return [
            self.question(key)
            for key in self.questions()
            if all(word in self._asking.words(key).casefold() for word in wanted)
        ]

    def dimensions(self) -> list[DimensionProgress]:
        """The sections with their progress; those without a question are left out."""
        rows = []
        for code in self._outline.sections:
            mine = self.section_questions(code)
            is_parked = code in self._remarks.parked
            if mine or is_parked:
                _, short = self._outline.section_texts(code, self._language)
                done, total = self._headway(mine)
                first = mine[0] if mine else ""
                rows.append(DimensionProgress(code, short, done, total, first, is_parked))
        return rows

    def progress(self) -> tuple[int, int]:
        """(done, all) over the questions to ask; see `headway`."""
        return self._headway(self.questions())

    def remaining_minutes(self) -> int:
        """About how long the open questions will take, at the pace observed so far."""
        done, total = self.progress()
        return max(0, round((total - done) * pace_seconds(self._sheet.answers) / 60))

    def score(self, dimension: str) -> Score:
        """The dimension as it stands now for this perspective."""
        return dimension_score(self._scored(dimension), self._sheet.answers)

    def table(self, key: str) -> TableView:
        """A table with its rows. Raises KeyError."""
        return self._asking.table(key)

    def why(self, key: str) -> tuple[WhyView, ...]:
        """The rules that decide whether and how a question is asked, then the advice reading it."""
        named = f"${{{label_of(key)}}}"
        advice = tuple(
            WhyView(f"Die Empfehlung „{title}“ liest diese Antwort.", (), rule.relevant)
            for rule in self.form.sidecar.rules
            if named in rule.relevant and (title := rule.title.get(self._language, rule.name))
        )
        return (*self._asking.why(key), *advice)

    # -- say ---------------------------------------------------------------------------------

    def answer(self, key: str, form_value: str, reason: str = "") -> Effect:
        """Record an answer and commit it; "" opens the question again.

        Raises ReasonMissing for "na" without a reason; AnsweredMeanwhile when somebody else has
        changed it since it was read, the interview then shows the new state.
        """
        response = self._response(key, form_value, reason.strip())
        if response.state is AnswerState.NOT_APPLICABLE and not response.reason:
            raise ReasonMissing
        item = self._filled.item(key)
        code = item.section if item.indicator else ""
        before = self.score(code) if code else None
        advised = set(self._advice() if self._advised is None else self._advised)
        changed = frozenset[str]()
        if item.kind is not Kind.TABLE:
            ref, value = self._filled.ref_of(key), self._filled.form_value(key, response)
            changed = self._filled.session.set_value(ref, value) - {ref}
        self._commit({key: Entry(response=response)}, asked=key, is_settled=not changed)
        self._advised = self._advice()
        _, short = self._outline.section_texts(item.section, self._language)
        return Effect(
            question=key,
            dimension=item.section,
            dimension_short=short,
            before=before,
            after=self.score(code) if code else None,
            new_advice=tuple(title for title in self._advised if title not in advised),
            saved_at=self._place.clock(),
        )

    def write_note(self, key: str, text: str) -> datetime:
        """The note that belongs to this answer; the moment it was saved."""
        return self._commit({key: Entry(note=text)}, asked=key, is_settled=True)

    def set_evidence(self, key: str, evidence: Evidence) -> datetime:
        """How well the answer is evidenced; the moment it was saved."""
        return self._commit({key: Entry(evidence=evidence)}, asked=key, is_settled=True)

    def undo(self) -> str | None:
        """Take back this laptop's last edit of the answers; the question or table it was.

        None when nothing is left. Not among them: parking, revealing and words on a dissent, which
        speak for everybody and have a way back of their own, and files (`evidence.restore_file`).
        """
        key = self._sheet.undo()
        self._load()
        return key if key is None else key.partition(ROW)[0]

    def take_files(self, key: str) -> None:
        """Let a question that is answered by a file know which files it has."""
        with self._place.store.read() as session:
            names = session.scalars(
                select(Attachment.file_name)
                .where(
                    Attachment.assessment_id == self.assessment_id,
                    Attachment.question == key,
                    Attachment.deleted.is_(False),
                )
                .order_by(Attachment.id.desc())
            ).all()
        value = names[0] if names else ""
        if self._filled.item(key).kind is Kind.FILE and self._value(key) != value:
            self.answer(key, value)

    # -- tables ------------------------------------------------------------------------------

    def add_row(self, table: str) -> str:
        """An empty last row; its key. Raises KeyError where the table takes no more."""
        return self.fill_rows(table, [{}])[0]

    def fill_rows(self, table: str, rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
        """New rows of column name → form value, as one edit; their keys."""
        if not rows:
            return ()
        born = new_id(self._place.clock()).hex[:16]
        made = [f"{table}{ROW}{born}{number:04x}" for number in range(len(rows))]
        self._filled.add_rows(table, [key.rpartition(ROW)[2] for key in made])
        # A table with rows is not "unknown" any more.
        entries = {table: Entry(response=Response())} if self._is_waved_off(table) else {}
        entries |= {key: Entry(response=_OPENED) for key in made}
        for column in dict.fromkeys(name for cells in rows for name in cells):
            said = {
                f"{key}/{column}": cells[column]
                for key, cells in zip(made, rows, strict=True)
                if column in cells
            }
            values = {self._filled.ref_of(cell): value for cell, value in said.items()}
            self._filled.session.set_values(values)
            entries |= {c: Entry(response=self._response(c, v)) for c, v in said.items()}
        self._commit(entries)
        return tuple(made)

    def _is_waved_off(self, table: str) -> bool:
        answer = self._sheet.answers.get(table)
        return answer is not None and answer.response.state is not AnswerState.OPEN

    def remove_row(self, row_key: str) -> None:
        """Take a row away; undo brings it back with its answers."""
        self._filled.remove_row(row_key)
        self._commit({row_key: Entry(response=Response())}, asked=row_key)

    # -- sides -------------------------------------------------------------------------------

    def comparison(self, key: str) -> Comparison:
        """The sides of a question; covered until both have answered or it was revealed.

        A works council that has not released its view stays covered until it reveals it. Both are
        management and works council; where there is none, management and advisor.
        """
        revealed, note = self._remarks.dissents.get(key, (False, ""))
        other = Perspective.WORKS_COUNCIL if self._has_council else Perspective.ADVISOR
        needed = frozenset({Perspective.MANAGEMENT, other})
        guarded = self._remarks.guarded
        seen = self._asking.comparison(key, self.perspective, needed, guarded, revealed=revealed)
        return replace(seen, note=note)

    def reveal(self, key: str) -> None:
        """Show the sides although not both have answered."""
        self._case.reveal(key)
        self._remarks = self._case.read()

    def write_dissent(self, key: str, text: str) -> datetime:
        """What the table makes of the difference; the moment it was saved."""
        self._case.write_dissent(key, text)
        self._remarks = self._case.read()
        return self._place.clock()

    def park(self, dimension: str) -> None:
        """Put a dimension aside: not asked, not considered, never weak (domain §3)."""
        self._case.park(dimension, is_parked=True)
        self._remarks = self._case.read()
        self._ask_anew()

    def take_up(self, dimension: str) -> None:
        """Ask a parked dimension after all; its answers are still there."""
        self._case.park(dimension, is_parked=False)
        self._remarks = self._case.read()
        self._ask_anew()

    def bookmark(self) -> Bookmark | None:
        """Where the advisor was in this visit; None at the first time."""
        return read_bookmark(self._place, self.visit_id, self.form.sidecar.form_id)

    def keep_bookmark(self, question: str, view: str) -> None:
        """Remember the place for when the visit goes on."""
        mark = Bookmark(self.perspective, question, view)
        keep_bookmark(self._place, self.visit_id, self.form.sidecar.form_id, mark)

    # -- within ------------------------------------------------------------------------------

    def _load(self) -> None:
        self._sheet.read()
        self._remarks = self._case.read()
        self._filled = self._fill(self._sheet.answers)
        self._kept = self._filled.kept() if has_said(self._sheet.answers) else {}
        self._renew()

    def _fill(self, answers: Answers) -> FilledForm:
        return FilledForm(self._place, self.form, self._prefill, answers, self._language)

    def _renew(self) -> None:
        self._asking = self._view()
        self._ask_anew()

    def _view(self) -> Asking:
        sheet = self._sheet
        return Asking(self._filled, sheet.answers, sheet.elsewhere, self._language)

    def _ask_anew(self) -> None:
        self._advised = None
        self._asked = self._filled.asked(self.perspective, self._remarks.parked)
        self._by_section: dict[str, tuple[str, ...]] = {}
        for key in self._asked:
            code = self._filled.item(key).section
            self._by_section[code] = (*self._by_section.get(code, ()), key)

    def _commit(
        self, entries: Mapping[str, Entry], asked: str = "", *, is_settled: bool = False
    ) -> datetime:
        """Write the entries and what the form made of them; on failure all is as stored.

        is_settled: the form changes nothing else on account of them.
        """
        moved, blank = self._settled_rows(entries), Entry()
        kept, was_begun = self._filled.kept(), has_said(self._sheet.answers)
        following = {
            key: replace(entries.get(key, blank), response=self._response(key, value))
            for key, value in kept.items()
            if value != self._kept.get(key, "") and entries.get(key, blank).response is None
        }
        try:
            moment = self._sheet.write({**entries, **following}, asked=entries.keys())
        except Exception:
            self._load()
            raise
        self._kept = kept
        if was_begun and not has_said(self._sheet.answers):
            self._load()
        elif moved or following or not is_settled or asked not in self._asked:
            self._renew()
        else:
            self._asking = self._view()
        return moment

    def _settled_rows(self, entries: Mapping[str, Entry]) -> frozenset[str]:
        """The rows the form has made or taken away; those that were there once bring their answers.

        Otherwise what the form proposes for a new row would take the place of what was said.
        """
        moved, answers = self._filled.settle_counted_rows(), self._sheet.answers
        if any(row in rows_around(key) for row in moved for key in answers):
            said = {k: AnswerRecord(e.response) for k, e in entries.items() if e.response}
            self._filled = self._fill({**answers, **said})
        return moved

    def _response(self, key: str, form_value: str, reason: str = "") -> Response:
        """A text that happens to read "na" is a text."""
        item = self._outline.by_label.get(label_of(key))
        if item is not None and item.states:
            return Response.of(form_value, reason)
        return Response(AnswerState.ANSWERED, form_value) if form_value else Response()

    def _value(self, key: str) -> str:
        answer = self._sheet.answers.get(key)
        return self._filled.form_value(key, answer.response) if answer else ""

    def _advice(self) -> tuple[str, ...]:
        answers = self._sheet.answers
        asked = {key: answers[key] for key in self._asked if key in answers}
        maturity = [d.code for d in self.form.sidecar.dimensions if d.kind == "R"]
        scores = {code: self.score(code) for code in maturity}
        parked = self._remarks.parked
        return fired_titles(self._place, self.form, self._prefill, asked, scores, parked=parked)

    def _scored(self, dimension: str) -> Sequence[Indicator]:
        found = (self._indicators.get(key) for key in self.section_questions(dimension))
        return [i for i in found if i is not None and i.role == "level"]

    def _headway(self, keys: Sequence[str]) -> tuple[int, int]:
        return headway(self._filled, keys, self._sheet.answers)
