"""Wiedervorlage: proposed after the seal, decided one by one, held and led on; and the calendar."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.domain.working_days import is_working_day
from desktop_advisor.storage.models import Report
from desktop_advisor.usecases.calendar_export import (
    CalendarNotWritten,
    CalendarWish,
    NothingDue,
    calendar_entries,
    write_calendar,
)
from desktop_advisor.usecases.follow_ups import (
    NoSuchTalk,
    Talk,
    accept_talk,
    add_talk,
    cases_without_talks,
    drop_talk,
    finish_talk,
    list_talks,
    move_talk,
    skip_talk,
)
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.synchronising import show_sync
from desktop_advisor.usecases.workplace import Workplace
from tests.report.calendar_reading import read


def seal(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID, *, at: datetime | None = None
) -> None:
    """A sealed report as the talks see it: its row."""
    with place.store.edit(place.author) as session:
        session.add(
            Report(
                id=new_id(place.clock()),
                company_id=company_id,
                case_id=case_id,
                sealed_at=at or datetime(2026, 11, 24, 11, 0, tzinfo=UTC),
            )
        )


@pytest.fixture
def sealed(place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID) -> uuid.UUID:
    seal(place, case_id, company_id)
    return case_id


def shown(place: Workplace, case_id: uuid.UUID) -> list[tuple[int | None, date, str]]:
    return [(t.months, t.due_on, t.state) for t in list_talks(place, case_id)]


def talk(place: Workplace, case_id: uuid.UUID, months: int) -> Talk:
    return next(t for t in list_talks(place, case_id) if t.months == months)


def test_nothing_is_proposed_before_a_report_is_sealed(
    place: Workplace, case_id: uuid.UUID
) -> None:
    assert shown(place, case_id) == []


def test_three_talks_are_proposed_from_the_day_of_the_seal(
    place: Workplace, sealed: uuid.UUID
) -> None:
    assert shown(place, sealed) == [
        (3, date(2027, 2, 24), "proposed"),
        (6, date(2027, 5, 24), "proposed"),
        (12, date(2027, 11, 24), "proposed"),
    ]


def test_a_proposal_on_a_day_off_moves_to_the_next_working_day(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    seal(place, case_id, company_id, at=datetime(2026, 9, 24, 22, 30, tzinfo=UTC))
    days = [t.due_on for t in list_talks(place, case_id)]
    assert days[0] == date(2026, 12, 28)  # by a German clock sealed on the 25th of September
    assert all(is_working_day(day) for day in days)


def test_looking_at_proposals_writes_nothing(place: Workplace, sealed: uuid.UUID) -> None:
    before = show_sync(place).unsent
    list_talks(place, sealed)
    assert show_sync(place).unsent == before


def test_each_proposal_is_taken_or_left_on_its_own(place: Workplace, sealed: uuid.UUID) -> None:
    accept_talk(place, sealed, 3, date(2027, 2, 25))
    skip_talk(place, sealed, 6, date(2027, 5, 24))
    assert [(m, s) for m, _, s in shown(place, sealed)] == [
        (3, "open"),
        (6, "dropped"),
        (12, "proposed"),
    ]
    assert talk(place, sealed, 3).due_on == date(2027, 2, 25)


def test_a_correction_of_the_report_proposes_nothing_twice(
    place: Workplace, sealed: uuid.UUID, company_id: uuid.UUID
) -> None:
    accept_talk(place, sealed, 3, date(2027, 2, 24))
    seal(place, sealed, company_id, at=datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert shown(place, sealed) == [
        (3, date(2027, 2, 24), "open"),
        (6, date(2027, 6, 1), "proposed"),
        (12, date(2027, 12, 1), "proposed"),
    ]


def test_a_talk_held_keeps_its_note_and_leads_to_the_next(
    place: Workplace, sealed: uuid.UUID
) -> None:
    held = accept_talk(place, sealed, 3, date(2027, 2, 24))
    finish_talk(place, held, " Audit liegt vor ", date(2027, 4, 6))
    done = talk(place, sealed, 3)
    assert (done.state, done.done_on, done.note) == ("done", date(2026, 11, 24), "Audit liegt vor")
    assert (None, date(2027, 4, 6), "open") in shown(place, sealed)


def test_a_talk_can_be_added_by_hand_moved_and_dropped(
    place: Workplace, case_id: uuid.UUID
) -> None:
    added = add_talk(place, case_id, date(2027, 1, 12))
    assert added == add_talk(place, case_id, date(2027, 1, 12))
    move_talk(place, added, date(2027, 1, 19))
    assert shown(place, case_id) == [(None, date(2027, 1, 19), "open")]
    drop_talk(place, added)
    assert shown(place, case_id)[0][2] == "dropped"


def test_a_talk_that_is_not_there_is_said(place: Workplace) -> None:
    with pytest.raises(NoSuchTalk):
        move_talk(place, uuid.uuid4(), date(2027, 1, 1))


def test_a_case_with_open_proposals_is_remembered(
    place: Workplace, sealed: uuid.UUID, company_id: uuid.UUID
) -> None:
    accept_talk(place, sealed, 3, date(2027, 2, 24))
    with place.store.read() as session:
        assert cases_without_talks(session) == [(sealed, company_id, 2)]
    for months in (6, 12):
        skip_talk(place, sealed, months, date(2027, 5, 24))
    with place.store.read() as session:
        assert cases_without_talks(session) == []


# -- the calendar ------------------------------------------------------------------------------


@pytest.fixture
def planned(place: Workplace, case_id: uuid.UUID) -> uuid.UUID:
    due = date(2027, 1, 15)
    for draft in (
        MeasureDraft("Energieaudit: Angebot", due_on=due),
        MeasureDraft("ohne Termin"),
        MeasureDraft("schon fertig", due_on=due, state="done"),
    ):
        add_measure(place, case_id, draft)
    add_talk(place, case_id, date(2027, 1, 12))
    return case_id


def test_the_calendar_names_nobody_unless_asked(place: Workplace, planned: uuid.UUID) -> None:
    entries = calendar_entries(place, CalendarWish(planned))
    assert [(e.day, e.summary, e.details) for e in entries] == [
        (date(2027, 1, 12), "Wiedervorlage", ""),
        (date(2027, 1, 15), "Maßnahme fällig", ""),
    ]
    named = calendar_entries(place, CalendarWish(planned, with_names=True))
    assert named[1].summary == "Gießerei Muldental GmbH: Energieaudit: Angebot"


def test_the_file_of_all_cases_is_read_back_with_stable_ids(
    place: Workplace, planned: uuid.UUID, tmp_path: Path
) -> None:
    target = tmp_path / "termine.ics"
    assert write_calendar(place, CalendarWish(), target) == 2
    first = read(target.read_bytes())
    write_calendar(place, CalendarWish(planned, with_names=True), target)
    second = read(target.read_bytes())
    assert [e["UID"] for e in first] == [e["UID"] for e in second]
    assert first[0]["DTSTAMP"].startswith("20261124T")
    assert b"Muldental" in target.read_bytes()


def test_an_empty_calendar_is_not_written(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path
) -> None:
    with pytest.raises(NothingDue):
        write_calendar(place, CalendarWish(case_id), tmp_path / "termine.ics")
    assert list(tmp_path.glob("*.ics")) == []


def test_a_drive_that_is_not_there_is_said(
    place: Workplace, planned: uuid.UUID, tmp_path: Path
) -> None:
    with pytest.raises(CalendarNotWritten):
        write_calendar(place, CalendarWish(planned), tmp_path / "weg" / "termine.ics")
