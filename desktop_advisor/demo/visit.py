"""The visit itself, through the use cases the window calls."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from desktop_advisor.demo import story
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.usecases.companies import create_company
from desktop_advisor.usecases.company_file import add_contact, consenting, show_company_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.recommending import (
    agree_measure,
    decide_recommendation,
    measure_draft,
    refresh_recommendations,
)
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.visits import begin_visit, end_visit, plan_visit, record_consent
from desktop_advisor.usecases.workplace import Workplace

MEASURES = 4
PAUSE_AFTER = 20


class Acknowledged:
    """What the program has said is saved, one JSON line each: what a crash must not take back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.write_text("", encoding="utf-8")

    def note(self, **facts: str) -> None:
        """One more acknowledged edit."""
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(facts, ensure_ascii=False) + "\n")


@dataclass(frozen=True)
class Visited:
    """The ids the rest of the demo goes on with."""

    company_id: uuid.UUID
    visit_id: uuid.UUID
    case_id: uuid.UUID

    def at(self, where: Where, focus: str = "") -> Destination:
        """One screen of this visit."""
        return Destination(
            where,
            company_id=self.company_id,
            case_id=self.case_id,
            visit_id=self.visit_id,
            focus=focus,
        )


def prepare(place: Workplace, acknowledged: Acknowledged) -> Visited:
    """Two companies, the day's visit with its participants and consents."""
    now = place.clock()
    company_id = create_company(place, story.COMPANY)
    acknowledged.note(kind="company", id=str(company_id), name=story.COMPANY.name)
    for person in story.PEOPLE[:2]:
        add_contact(place, company_id, name=person.name, role=person.role, function=person.function)
    visit_id = plan_visit(
        place,
        company_id,
        starts_at=now - timedelta(hours=3),
        location=story.COMPANY.town,
        people=story.PEOPLE,
    )
    second = create_company(place, story.SECOND_COMPANY)
    plan_visit(
        place, second, starts_at=now + timedelta(hours=3), purpose="Maßnahmenplan besprechen"
    )
    begin_visit(replace(place, clock=lambda: now - timedelta(hours=3)), visit_id)
    (visit,) = show_company_file(place, company_id).visits
    given_by = consenting(visit)
    for purpose in place.profile.consents:
        granted = purpose.id in story.CONSENTS
        record_consent(place, visit_id, purpose.id, granted=granted, given_by=given_by)
    case_id = Interview(place, visit_id).case_id
    return Visited(company_id, visit_id, case_id)


def interview(
    place: Workplace,
    visited: Visited,
    acknowledged: Acknowledged,
    pause: Callable[[], None] = lambda: None,
) -> int:
    """Management and works council answer the Kurzcheck; the number of answers given.

    pause: called once in the middle, when somebody wants to look at the screen.
    """
    talk = Interview(place, visited.visit_id)
    site = [q for q in talk.questions() if talk.question(q).role in ("importance", "satisfaction")]
    management = list((story.MANAGEMENT | dict(zip(site, story.SITE, strict=True))).items())
    given = _answer_all(talk, dict(management[:PAUSE_AFTER]), acknowledged)
    pause()
    given += _answer_all(talk, dict(management[PAUSE_AFTER:]), acknowledged)
    talk.fill_rows("products", story.PRODUCTS)
    for name, evidence in story.EVIDENCE.items():
        talk.set_evidence(name, evidence)
    for name, text in story.NOTES.items():
        talk.write_note(name, text)
    talk.switch(Perspective.WORKS_COUNCIL)
    given += _answer_all(talk, story.WORKS_COUNCIL, acknowledged)
    release_view(place, visited.case_id, story.WORKS_COUNCIL_SPEAKER)
    write_note(
        place, visited.case_id, "Nachfolge in der Kernmacherei beim nächsten Mal ansprechen."
    )
    return given


def _answer_all(talk: Interview, answers: Mapping[str, str], acknowledged: Acknowledged) -> int:
    for name, value in answers.items():
        talk.answer(name, value, story.REASONS.get(name, ""))
        acknowledged.note(
            kind="answer", assessment=str(talk.assessment_id), question=name, value=value
        )
    return len(answers)


def agree(place: Workplace, visited: Visited, acknowledged: Acknowledged) -> tuple[int, int]:
    """Decide on the recommendations; (how many there were, how many became measures)."""
    views = refresh_recommendations(place, visited.case_id)
    today = place.clock().astimezone(BERLIN).date()
    accepted = [view for view in views if view.audience != "stop"][:MEASURES]
    for view, owner, days in zip(accepted, story.OWNERS, story.DUE_DAYS, strict=False):
        draft = replace(measure_draft(view), owner=owner, due_on=today + timedelta(days=days))
        measure_id = agree_measure(place, view, draft)
        acknowledged.note(kind="measure", id=str(measure_id), title=draft.title)
    later = [view for view in views if view not in accepted][: len(story.LATER)]
    for view, (decision, reason) in zip(later, story.LATER, strict=False):
        decide_recommendation(place, view.recommendation_id, decision, reason=reason)
    return len(views), len(accepted)


def finish(place: Workplace, visited: Visited) -> None:
    """The visit is over; three hours are written down."""
    end_visit(place, visited.visit_id, Decimal(3))
