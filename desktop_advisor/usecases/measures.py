"""Agree on measures: the action plan of a case, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.advice.plan import PlanItem, find_cycle, in_order
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.language import Words
from desktop_advisor.storage.history import undo_last_row
from desktop_advisor.storage.models import Case, Measure
from desktop_advisor.usecases.releasing import withheld_measures
from desktop_advisor.usecases.workplace import Workplace

STATES = Words(
    {
        "agreed": "vereinbart",
        "running": "läuft",
        "done": "umgesetzt",
        "dropped": "verworfen",
    }
)
"""State of a measure → its word on screen and in the report."""


class CircularDependency(KnownError):
    """Measures would wait for each other. titles: the circle, first and last the same."""

    def __init__(self, titles: list[str]) -> None:
        if len(titles) > 2:
            way = " wartet auf ".join(f"„{title}“" for title in titles)
            what = f"Diese Abhängigkeit schließt einen Kreis: {way}."
        else:
            what = f"„{titles[0]}“ kann nicht auf sich selbst warten."
        super().__init__(
            what,
            safe="Die bisherige Abhängigkeit bleibt bestehen.",
            todo="Bitte wählen Sie eine Maßnahme, die nicht auf diese wartet.",
        )


class ForeignDependency(KnownError):
    """A measure is to wait for one that is not in the same plan."""

    def __init__(self) -> None:
        super().__init__(
            "Diese Maßnahme steht nicht (mehr) in diesem Maßnahmenplan.",
            safe="Die bisherige Abhängigkeit bleibt bestehen.",
        )


@dataclass(frozen=True)
class MeasureDraft:
    """A measure as the advisor writes it; a date of None means: not agreed yet.

    steps: one per line. benefit: what it is for (Nutzen); effect: what it brought, as found on
    effect_on (Wirkungsprüfung); both in words. done_on: when it was implemented. depends_on: the
    measure of the same case that has to be done first.
    """

    title: str
    steps: str = ""
    owner: str = ""
    due_on: date | None = None
    effort: str = ""
    metric: str = ""
    dimension: str = ""
    offers: tuple[str, ...] = ()
    state: str = "agreed"
    starts_on: date | None = None
    done_on: date | None = None
    benefit: str = ""
    depends_on: uuid.UUID | None = None
    effect: str = ""
    effect_on: date | None = None


@dataclass(frozen=True)
class PlanRow:
    """One line of the action plan."""

    measure_id: uuid.UUID
    recommendation_id: uuid.UUID | None
    draft: MeasureDraft

    def as_item(self) -> PlanItem:
        """What order and dates of the plan depend on."""
        draft = self.draft
        return PlanItem(
            key=self.measure_id,
            title=draft.title,
            dimension=draft.dimension,
            starts_on=draft.starts_on,
            due_on=draft.due_on,
            effort=draft.effort,
            state=draft.state,
            depends_on=draft.depends_on,
        )


def add_measure(
    place: Workplace,
    case_id: uuid.UUID,
    draft: MeasureDraft,
    recommendation_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """One more measure; its id. Raises ForeignDependency."""
    with place.store.edit(place.author) as session:
        case = session.get_one(Case, case_id)
        measure = Measure(
            id=new_id(place.clock()),
            company_id=case.company_id,
            case_id=case_id,
            recommendation_id=recommendation_id,
        )
        _check_dependency(session, measure, draft)
        _fill(measure, _dated(draft, MeasureDraft(""), _today(place)))
        session.add(measure)
        return measure.id


def edit_measure(place: Workplace, measure_id: uuid.UUID, draft: MeasureDraft) -> MeasureDraft:
    """Save what changed of a measure; what stands there now, as the program completed it.

    The day of implementation follows the state, that of the finding an effect that is written
    down. Raises CircularDependency, ForeignDependency.
    """
    with place.store.edit(place.author) as session:
        measure = session.get_one(Measure, measure_id)
        if draft.depends_on != measure.depends_on:
            _check_dependency(session, measure, draft)
        _fill(measure, _dated(draft, _draft(measure), _today(place)))
        return _draft(measure)


def move_measure(place: Workplace, measure_id: uuid.UUID, state: str) -> MeasureDraft:
    """Put a measure into another column of the board; what stands there now."""
    if state not in STATES:
        raise ValueError(state)
    with place.store.read() as session:
        draft = _draft(session.get_one(Measure, measure_id))
    return edit_measure(place, measure_id, replace(draft, state=state))


def remove_measure(place: Workplace, measure_id: uuid.UUID) -> None:
    """Take a measure off the plan; the change log keeps it."""
    with place.store.edit(place.author) as session:
        session.get_one(Measure, measure_id).deleted = True


def undo_plan_edit(place: Workplace, case_id: uuid.UUID) -> str | None:
    """Take back the last edit of the plan on this laptop; the title of its measure.

    None when nothing is left. What a colleague has changed since is left alone; a measure that
    was only just added goes off the plan again.
    """
    with place.store.edit(place.author) as session:
        of_case = session.scalars(select(Measure).where(Measure.case_id == case_id))
        titles = {measure.id: measure.title for measure in of_case}
        undone = undo_last_row(session, list(titles), birth="case_id")
        return None if undone is None else titles[undone]


def list_measures(
    place: Workplace, case_id: uuid.UUID, priority: Mapping[str, Decimal] | None = None
) -> list[PlanRow]:
    """The action plan by priority, date and effort (domain §3).

    priority: dimension → P; without it the earliest date comes first, undated last.
    """
    query = select(Measure).where(Measure.case_id == case_id, Measure.deleted.is_(False))
    with place.store.read() as session:
        withheld = withheld_measures(session, session.get_one(Case, case_id).company_id)
        found = [m for m in session.scalars(query.order_by(Measure.id)) if m.id not in withheld]
        rows = {m.id: PlanRow(m.id, m.recommendation_id, _draft(m)) for m in found}
    items = [row.as_item() for row in rows.values()]
    return [rows[item.key] for item in in_order(items, priority)]


def _check_dependency(session: Session, measure: Measure, draft: MeasureDraft) -> None:
    """Raises CircularDependency, ForeignDependency."""
    if draft.depends_on is None:
        return
    query = select(Measure).where(Measure.case_id == measure.case_id, Measure.deleted.is_(False))
    others = {m.id: m for m in session.scalars(query) if m.id != measure.id}
    if draft.depends_on != measure.id and draft.depends_on not in others:
        raise ForeignDependency
    bases = {key: other.depends_on for key, other in others.items()}
    if circle := find_cycle(measure.id, draft.depends_on, bases):
        titles = {key: other.title for key, other in others.items()} | {measure.id: draft.title}
        raise CircularDependency([titles[key] for key in circle])


def _dated(draft: MeasureDraft, before: MeasureDraft, today: date) -> MeasureDraft:
    """What was implemented or found without saying when, is dated today; an open one undated."""
    if draft.state != "done":
        draft = replace(draft, done_on=None)
    elif draft.done_on is None:
        draft = replace(draft, done_on=today)
    if draft.effect.strip() != before.effect and draft.effect_on == before.effect_on:
        draft = replace(draft, effect_on=today if draft.effect.strip() else None)
    return draft


def _today(place: Workplace) -> date:
    return place.clock().astimezone(BERLIN).date()


def _fill(measure: Measure, draft: MeasureDraft) -> None:
    """Write what differs, so that the change log tells nothing that did not happen."""
    for field in fields(MeasureDraft):
        value = getattr(draft, field.name)
        if isinstance(value, str):
            value = value.strip()
        elif field.name == "offers":
            value = list(value)
        if getattr(measure, field.name) != value:
            setattr(measure, field.name, value)


def _draft(row: Measure) -> MeasureDraft:
    stored = {field.name: getattr(row, field.name) for field in fields(MeasureDraft)}
    return MeasureDraft(**stored | {"offers": tuple(row.offers or ())})
