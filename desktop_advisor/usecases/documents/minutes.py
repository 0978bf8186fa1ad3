"""Gesprächsprotokoll: compose the minutes of a case from visits, notes and measures."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.german import BERLIN, clock_time, counted
from desktop_advisor.report.documents import minutes_model as page
from desktop_advisor.report.model import TalkingPoint
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.branding import branding
from desktop_advisor.usecases.documents.answered_fields import AnsweredFields
from desktop_advisor.usecases.documents.next_talk import next_talk
from desktop_advisor.usecases.documents.visit_rows import (
    HeldVisit,
    advisor_lines,
    company_lines,
    slots,
    visits_of,
)
from desktop_advisor.usecases.measures import STATES, list_measures
from desktop_advisor.usecases.notes import list_notes
from desktop_advisor.usecases.report_results import talking_points
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.scoring import dissent_notes
from desktop_advisor.usecases.workplace import Workplace

_GF = Perspective.MANAGEMENT
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class _Written:
    """A note with the field it belongs to, "" for none, and when it was written."""

    field: str
    at: datetime | None
    entry: page.Entry


def compose_minutes(place: Workplace, case_id: uuid.UUID) -> page.Minutes:
    """The minutes as the case stands now, without anything the works council has not released."""
    asked = AnsweredFields(place, case_id)
    results = show_results(place, case_id)
    with place.store.read() as session:
        case = session.get_one(Case, case_id)
        company = session.get_one(Company, case.company_id)
        visits = visits_of(place, session, case_id)
        dissents = dissent_notes(session, case_id, results.form.sidecar.form_id)
    points = _spoken_first(talking_points(results, dissents))
    open_points = tuple(_open_points(asked, visits, points))
    return page.Minutes(
        network=branding(place),
        created_on=place.clock().astimezone(BERLIN).date(),
        company=company_lines(company),
        advisor=advisor_lines(place),
        check_name=asked.title,
        occasion=case.occasion,
        is_draft=bool(open_points),
        visits=tuple(_visit_records(place, case_id, asked, visits)),
        talking_points=points,
        withheld=page.WITHHELD if asked.withheld else "",
        measures=tuple(_agreed(place, case_id)),
        next_talk=_meeting(place, case_id),
        open_points=open_points,
        signatures=slots(place, visits, with_council=True),
    )


def draw(place: Workplace, case_id: uuid.UUID) -> bytes:
    """The PDF of the minutes as the case stands now."""
    from desktop_advisor.report.documents.minutes import draw_minutes

    return draw_minutes(compose_minutes(place, case_id), place.resources.fonts)


def _visit_records(
    place: Workplace, case_id: uuid.UUID, asked: AnsweredFields, visits: Sequence[HeldVisit]
) -> Iterator[page.VisitRecord]:
    """Notes and answers go to the latest visit that had begun when they were written."""
    notes = [*_notes(place, case_id, asked, visits), *_remarks(asked)]
    moments = {side: asked.moments(side) for side in asked.said}
    starts = [_LONG_AGO, *(visit.starts_at or _LONG_AGO for visit in visits[1:])]
    ends: list[datetime | None] = [*(later for _, later in pairwise(starts)), None]
    for visit, start, end in zip(visits, starts, ends, strict=False):
        during = [n for n in notes if _is_within(n.at, start, end)]
        counts = (
            _answered(side, [field for field, at in said if _is_within(at, start, end)], asked)
            for side, said in moments.items()
        )
        yield page.VisitRecord(
            visit=visit.page,
            topics=tuple(_topics(during, asked)),
            answered=tuple(line for line in counts if line.count),
            remark=_REMARKS.get(visit.state, ""),
        )


_REMARKS = {
    "running": "Der Termin dauert noch an.",
    "interrupted": "Der Termin wurde unterbrochen und wird fortgesetzt.",
}


def _is_within(at: datetime | None, start: datetime, end: datetime | None) -> bool:
    """Whether a moment falls from `start` to before `end`; one without a time counts as early."""
    moment = at or _LONG_AGO
    return start <= moment and (end is None or moment < end)


def _notes(
    place: Workplace, case_id: uuid.UUID, asked: AnsweredFields, visits: Sequence[HeldVisit]
) -> Iterator[_Written]:
    """What was written at the table, or put to a field or question since.

    An afterthought from the car stays the advisor's own until it is put somewhere.
    """
    for note in reversed(list_notes(place, case_id)):
        is_sorted = bool(note.dimension or note.question)
        at_table = any(visit.lasted_at(note.written_at) for visit in visits)
        if not note.text.strip() or not (is_sorted or at_table):
            continue
        field = note.dimension or asked.field_of(note.question)
        speaker = PERSPECTIVES[note.perspective] if note.perspective else ""
        entry = page.Entry(
            text=note.text,
            time=_clock(note.written_at),
            speaker=speaker,
            question=asked.words_of(note.question) if note.question else "",
        )
        yield _Written(field, note.written_at, entry)


def _remarks(asked: AnsweredFields) -> Iterator[_Written]:
    """What was noted to an answer while it was given."""
    for side, answers in asked.said.items():
        for key, record in answers.items():
            if not record.note.strip():
                continue
            entry = page.Entry(
                text=record.note,
                time=_clock(record.answered_at),
                speaker=PERSPECTIVES[side],
                question=asked.words_of(key),
            )
            yield _Written(asked.field_of(key), record.answered_at, entry)


def _clock(moment: datetime | None) -> str:
    return clock_time(moment) if moment else ""


def _topics(notes: Iterable[_Written], asked: AnsweredFields) -> Iterator[page.Topic]:
    """By field in the order of the form, what belongs to none last; within one by time."""
    ordered = sorted(notes, key=lambda note: note.at or _LONG_AGO)
    for code, label in (*asked.fields.items(), ("", "")):
        entries = tuple(
            n.entry for n in ordered if (n.field if n.field in asked.fields else "") == code
        )
        if entries:
            yield page.Topic(field=label, entries=entries)


def _answered(side: Perspective, fields: Sequence[str], asked: AnsweredFields) -> page.Answered:
    named = {code: fields.count(code) for code in asked.fields}
    return page.Answered(
        who=PERSPECTIVES[side].capitalize(),
        count=len(fields),
        fields=tuple((asked.fields[code], count) for code, count in named.items() if count),
    )


def _agreed(place: Workplace, case_id: uuid.UUID) -> Iterator[page.Agreed]:
    for row in list_measures(place, case_id):
        draft = row.draft
        if draft.state != "dropped":
            yield page.Agreed(
                title=draft.title,
                owner=draft.owner,
                due_on=draft.due_on,
                state=STATES.get(draft.state, draft.state),
            )


def _meeting(place: Workplace, case_id: uuid.UUID) -> page.Meeting | None:
    talk = next_talk(place, case_id)
    if talk is None:
        return None
    return page.Meeting(on=talk.on, what=talk.what, time=talk.time, place=talk.place)


def _spoken_first(points: Sequence[TalkingPoint]) -> tuple[TalkingPoint, ...]:
    return tuple(sorted(points, key=lambda point: not point.text))


def _open_points(
    asked: AnsweredFields, visits: Sequence[HeldVisit], points: Sequence[TalkingPoint]
) -> Iterator[str]:
    """What keeps the minutes from being final."""
    if not visits:
        yield "Es hat noch kein Termin stattgefunden."
    if any(not visit.is_done for visit in visits):
        yield "Mindestens ein Termin ist noch nicht abgeschlossen."
    for side in (_GF, *(p for p in asked.said if p not in (_GF, Perspective.JOINT))):
        left = len(asked.open_questions(side))
        if left:
            verb = "ist" if left == 1 else "sind"
            yield (
                f"{PERSPECTIVES[side]}: {counted(left, 'Frage', 'Fragen')} im Fragebogen "
                f"{verb} noch offen."
            )
    if silent := sum(not point.text for point in points):
        many = counted(silent, "Gesprächsanlass", "Gesprächsanlässen")
        yield f"Zu {many} ist noch nichts festgehalten."
    if any(visit.is_done and visit.page.hours is None for visit in visits):
        yield "Für mindestens einen Termin sind keine Stunden erfasst."
