"""Interview one company along a questionnaire, one perspective at a time.

The form session holds what is relevant; the store holds what was said. Every answer is committed
before the method returns.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.sidecar import Indicator
from desktop_advisor.storage.history import undo_last
from desktop_advisor.storage.models import Answer, Assessment, Company, Visit
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.filling import filled_session
from desktop_advisor.usecases.question_views import (
    DimensionProgress,
    Effect,
    Option,
    QuestionView,
)
from desktop_advisor.usecases.recommending import fired_titles
from desktop_advisor.usecases.scoring import AnswerRecord, answers_of_case, dimension_score, records
from desktop_advisor.usecases.workplace import KURZCHECK, Form, Workplace

PACE_SECONDS = 80
"""Seconds per question before a pace is observed: 36 core items in 45–60 minutes (domain §3)."""

FASTEST_SECONDS = 20
"""No question is read and talked over faster than this (our choice)."""


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
        perspective: who is answering now.
    """

    def __init__(
        self,
        place: Workplace,
        visit_id: uuid.UUID,
        form_name: str = KURZCHECK,
        language: str = "de",
    ) -> None:
        self._place = place
        self._form: Form = place.form(form_name)
        self._language = language
        self.visit_id = visit_id
        with place.store.read() as session:
            visit = session.get_one(Visit, visit_id)
            company = session.get_one(Company, visit.company_id)
            self.company_id = company.id
            self.company_name = company.name
            self.case_id = visit.case_id or visit.id
            self._prefill = company_facts(company).as_texts()
        self.perspective = Perspective.MANAGEMENT
        self._indicators = {i.question: i for i in self._form.sidecar.indicators}
        self._load()

    # -- who ---------------------------------------------------------------------------------

    def switch(self, perspective: Perspective) -> None:
        """Let somebody else answer; the values of the others stay where they are, unseen."""
        self.perspective = perspective
        self._load()

    @property
    def assessment_id(self) -> uuid.UUID:
        """Derived, so that two laptops that start the same perspective meet in one assessment."""
        return uuid.uuid5(self.case_id, f"{self._form.sidecar.form_id}:{self.perspective}")

    @property
    def title(self) -> str:
        """Name of the questionnaire."""
        return self._form.sidecar.title.get(self._language, self._form.sidecar.form_id)

    # -- what --------------------------------------------------------------------------------

    def questions(self) -> tuple[str, ...]:
        """Names of the questions to ask now, in order; the irrelevant ones are left out."""
        return self._asked

    def _relevant_questions(self) -> tuple[str, ...]:
        return tuple(
            name
            for name, indicator in self._indicators.items()
            if self.perspective in indicator.perspectives
            and self._session.state(self._session.ref_of(name)).relevant
        )

    def first_open(self) -> str:
        """Where to go on: the first open question, the last one when none is open."""
        questions = self.questions()
        return next((q for q in questions if not self._is_done(q)), questions[-1])

    def neighbour(self, name: str, step: int) -> str:
        """The question `step` places on (or back), held at both ends."""
        questions = self.questions()
        position = questions.index(name) if name in questions else 0
        return questions[max(0, min(len(questions) - 1, position + step))]

    def question(self, name: str) -> QuestionView:
        """Everything the screen shows of a question."""
        indicator = self._indicators[name]
        dimension = next(d for d in self._form.sidecar.dimensions if d.code == indicator.dimension)
        state = self._session.state(self._session.ref_of(name))
        siblings = [q for q in self.questions() if self._indicators[q].dimension == dimension.code]
        answer = self._answers.get(name)
        return QuestionView(
            name=name,
            dimension=dimension.code,
            dimension_label=dimension.label.get(self._language, dimension.code),
            number=siblings.index(name) + 1 if name in siblings else 0,
            of=len(siblings),
            text=state.label,
            help=state.hint,
            role=indicator.role,
            is_critical=indicator.is_critical,
            options=tuple(
                Option(c.value, c.label) for c in state.choices if c.value not in ("na", "dk", "kv")
            ),
            response=answer.response if answer else Response(),
            evidence=Evidence(answer.evidence) if answer else Evidence.CLAIMED,
            note=answer.note if answer else "",
            answered_elsewhere=self._answered_elsewhere(name),
        )

    def find(self, words: str) -> list[QuestionView]:
        """Questions whose text or help contains all of `words`."""
        wanted = words.casefold().split()
        views = [self.question(name) for name in self.questions()]
        return [v for v in views if all(w in f"{v.text} {v.help}".casefold() for w in wanted)]

    def dimensions(self) -> list[DimensionProgress]:
        """The dimension list with its progress; dimensions without a question are left out."""
        rows = []
        for dimension in self._form.sidecar.dimensions:
            mine = [q for q in self.questions() if self._indicators[q].dimension == dimension.code]
            if mine:
                short = dimension.short.get(self._language, dimension.code)
                done = sum(self._is_done(q) for q in mine)
                rows.append(DimensionProgress(dimension.code, short, done, len(mine), mine[0]))
        return rows

    def progress(self) -> tuple[int, int]:
        """(done, all) over the questions to ask."""
        questions = self.questions()
        return sum(self._is_done(q) for q in questions), len(questions)

    def remaining_minutes(self) -> int:
        """About how long the open questions will take, at the pace observed so far."""
        done, total = self.progress()
        return max(0, round((total - done) * self._pace_seconds() / 60))

    def score(self, dimension: str) -> Score:
        """The dimension as it stands now for this perspective."""
        return dimension_score(self._scored(dimension), self._answers)

    # -- say ---------------------------------------------------------------------------------

    def answer(self, name: str, form_value: str, reason: str = "") -> Effect:
        """Record an answer and commit it; "" opens the question again.

        Raises ReasonMissing for "na" without a reason.
        """
        response = Response.of(form_value, reason.strip())
        if response.state is AnswerState.NOT_APPLICABLE and not response.reason:
            raise ReasonMissing
        dimension = self._indicators[name].dimension
        before, advised = self.score(dimension), set(self._advice())
        self._write(name, response=response)
        ref = self._session.ref_of(name)
        if self._session.set_value(ref, form_value) - {ref}:
            self._asked = self._relevant_questions()
        return self._effect(name, before, advised)

    def write_note(self, name: str, text: str) -> datetime:
        """The note that belongs to this answer; the moment it was saved."""
        self._write(name, note=text)
        return self._place.clock()

    def set_evidence(self, name: str, evidence: Evidence) -> datetime:
        """How well the answer is evidenced; the moment it was saved."""
        self._write(name, evidence=evidence)
        return self._place.clock()

    def undo(self) -> str | None:
        """Take back the last edit; the question it was, None when nothing is left."""
        with self._place.store.edit(self._place.author) as session:
            question = undo_last(session, self.assessment_id)
        self._load()
        return question

    # -- within ------------------------------------------------------------------------------

    def _load(self) -> None:
        with self._place.store.read() as session:
            by_perspective = answers_of_case(session, self.case_id, self._form.sidecar.form_id)
        self._elsewhere = {p: a for p, a in by_perspective.items() if p != self.perspective}
        self._answers: dict[str, AnswerRecord] = by_perspective.get(self.perspective, {})
        self._is_started = self.perspective in by_perspective
        self._session: FormSession = filled_session(
            self._place, self._form, self._prefill, self._answers, self._language
        )
        self._asked = self._relevant_questions()

    def _write(
        self,
        name: str,
        *,
        response: Response | None = None,
        note: str | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        with self._place.store.edit(self._place.author) as session:
            if not self._is_started and session.get(Assessment, self.assessment_id) is None:
                session.add(self._assessment_row())
            key = (self.assessment_id, name)
            row = session.get(Answer, key) or self._new_answer(name)
            session.add(row)
            if response is not None:
                row.state, row.value, row.reason = response.state, response.value, response.reason
                row.answered_at = self._place.clock()
            if note is not None and row.note != note:
                row.note = note
            if evidence is not None:
                row.evidence = evidence
            session.flush()
            said = records([row])
        self._is_started = True
        self._answers = {**self._answers, **said}

    def _new_answer(self, name: str) -> Answer:
        return Answer(
            company_id=self.company_id,
            assessment_id=self.assessment_id,
            question=name,
            state=AnswerState.OPEN,
            value="",
            reason="",
            evidence=Evidence.CLAIMED,
            note="",
            deleted=False,
        )

    def _assessment_row(self) -> Assessment:
        sidecar = self._form.sidecar
        return Assessment(
            id=self.assessment_id,
            company_id=self.company_id,
            case_id=self.case_id,
            visit_id=self.visit_id,
            form_id=sidecar.form_id,
            form_version=sidecar.version,
            form_hash=sidecar.form_hash,
            perspective=self.perspective,
            started_at=self._place.clock(),
        )

    def _effect(self, name: str, before: Score, advised: set[str]) -> Effect:
        code = self._indicators[name].dimension
        dimension = next(d for d in self._form.sidecar.dimensions if d.code == code)
        return Effect(
            question=name,
            dimension=code,
            dimension_short=dimension.short.get(self._language, code),
            before=before,
            after=self.score(code),
            new_advice=tuple(title for title in self._advice() if title not in advised),
            saved_at=self._place.clock(),
        )

    def _advice(self) -> tuple[str, ...]:
        asked = {name: self._answers[name] for name in self._asked if name in self._answers}
        maturity = [d.code for d in self._form.sidecar.dimensions if d.kind == "R"]
        scores = {code: self.score(code) for code in maturity}
        return fired_titles(self._place, self._form, self._prefill, asked, scores)

    def _scored(self, dimension: str) -> Sequence[Indicator]:
        asked = set(self.questions())
        return [
            i
            for i in self._indicators.values()
            if i.dimension == dimension and i.role == "level" and i.question in asked
        ]

    def _is_done(self, name: str) -> bool:
        answer = self._answers.get(name)
        return answer is not None and answer.response.state is not AnswerState.OPEN

    def _answered_elsewhere(self, name: str) -> tuple[Perspective, ...]:
        return tuple(
            perspective
            for perspective, answers in self._elsewhere.items()
            if name in answers and answers[name].response.state is not AnswerState.OPEN
        )

    def _pace_seconds(self) -> float:
        """Median gap between answers of this perspective, breaks of over ten minutes left out."""
        moments = sorted(a.answered_at for a in self._answers.values() if a.answered_at)
        gaps = [(b - a).total_seconds() for a, b in pairwise(moments)]
        gaps = sorted(g for g in gaps if g < 600)
        return max(FASTEST_SECONDS, gaps[len(gaps) // 2]) if len(gaps) >= 5 else PACE_SECONDS
