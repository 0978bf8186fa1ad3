"""Minutes and record of hours come from what was typed once, and from nothing that is covered."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.documents.minutes_model import WITHHELD
from desktop_advisor.storage.models import Visit
from desktop_advisor.usecases.documents.hours import compose_hours
from desktop_advisor.usecases.documents.listing import document
from desktop_advisor.usecases.documents.minutes import compose_minutes
from desktop_advisor.usecases.documents.preparation import compose_preparation
from desktop_advisor.usecases.follow_ups import add_talk
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.notes import tag_note, write_note
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.visits import Person, begin_visit, end_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.planted import SECRETS, found_in, plant
from tests.report.reading import pages_of
from tests.workplaces import SteppingClock

GF = Perspective.MANAGEMENT


def move_on(place: Workplace, days: int) -> None:
    """So many days later, for the store as well."""
    assert isinstance(place.clock, SteppingClock)
    place.clock.now += timedelta(days=days)


@pytest.fixture
def two_visits(place: Workplace, company_id: uuid.UUID, visit_id: uuid.UUID) -> Workplace:
    """One visit that is over, another that goes on a week later; the clock stands there."""
    end_visit(place, visit_id, Decimal("2.5"))
    move_on(place, 7)
    begin_visit(place, plan_visit(place, company_id, starts_at=place.clock(), purpose="Rundgang"))
    return place


def test_notes_stand_with_their_visit_by_field_and_time(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    write_note(place, case_id, "Matrix fehlt", dimension="D07", perspective=GF)
    write_note(place, case_id, "Größter Kunde 60 %", question="d01_customers", perspective=GF)
    write_note(place, case_id, "Meister geht", dimension="D07")
    write_note(place, case_id, "Parkplatz")
    end_visit(place, visit_id)
    move_on(place, 7)
    begin_visit(place, plan_visit(place, company_id, starts_at=place.clock()))
    write_note(place, case_id, "In der Halle ist es laut", dimension="D08")
    first, other = compose_minutes(place, case_id).visits
    said = [(t.field, [e.text for e in t.entries]) for t in first.topics]
    assert said == [
        ("Geschäftsfelder", ["Größter Kunde 60 %"]),
        ("Qualifizierung", ["Matrix fehlt", "Meister geht"]),
        ("", ["Parkplatz"]),
    ]
    assert first.topics[0].entries[0].speaker == "Geschäftsführung"
    assert first.topics[0].entries[0].question.endswith("?")
    assert [e.text for t in other.topics for e in t.entries] == ["In der Halle ist es laut"]
    assert other.remark == "Der Termin dauert noch an."


def test_an_afterthought_is_the_advisors_own_until_it_is_put_to_a_field(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    write_note(place, case_id, "Am Tisch gesagt")
    end_visit(place, visit_id)
    note = write_note(place, case_id, "Im Auto gedacht")
    assert "Am Tisch gesagt" in str(compose_minutes(place, case_id))
    assert "Im Auto gedacht" not in str(compose_minutes(place, case_id))
    assert "2 Notizen einem Handlungsfeld zuordnen" in compose_preparation(place, case_id).bring
    tag_note(place, note, "D08")
    assert "Im Auto gedacht" in str(compose_minutes(place, case_id))
    assert "1 Notiz einem Handlungsfeld zuordnen" in compose_preparation(place, case_id).bring


def test_answers_are_counted_by_side_visit_and_field_and_never_repeated(
    two_visits: Workplace, case_id: uuid.UUID
) -> None:
    say(two_visits, case_id, GF, {"d01_strategy": "2", "d01_customers": "dk", "d07_plan": "1"})
    minutes = compose_minutes(two_visits, case_id)
    first, second = minutes.visits
    assert first.answered == ()
    (line,) = second.answered
    assert (line.who, line.count) == ("Geschäftsführung", 3)
    assert line.fields == (("Geschäftsfelder", 2), ("Qualifizierung", 1))
    assert minutes.is_draft
    assert any(point.startswith("Geschäftsführung: ") for point in minutes.open_points)


def test_minutes_keep_what_the_works_council_has_not_released(
    place: Workplace, visit_id: uuid.UUID
) -> None:
    case = plant(place, visit_id)
    write_note(place, case.case_id, "Quittenbrot", perspective=Perspective.WORKS_COUNCIL)
    covered = compose_minutes(place, case.case_id)
    assert found_in(str(covered)) == []
    assert "Quitten" not in str(covered)
    assert covered.withheld == WITHHELD
    assert covered.talking_points == ()
    assert [line.who for line in covered.visits[0].answered] == ["Geschäftsführung"]
    release_view(place, case.case_id, "Sabine Krauß")
    released = compose_minutes(place, case.case_id)
    assert found_in(str(released), (SECRETS[0], SECRETS[2])) == [SECRETS[0], SECRETS[2]]
    assert "Quittenbrot" in str(released)
    assert [line.who for line in released.visits[0].answered] == ["Geschäftsführung", "Betriebsrat"]
    assert released.withheld == ""


def test_agreed_measures_without_dropped_ones_and_the_next_talk(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    add_measure(place, case_id, MeasureDraft("Matrix", owner="Uhlig", due_on=date(2027, 1, 31)))
    add_measure(place, case_id, MeasureDraft("Halle umbauen", state="dropped"))
    assert compose_minutes(place, case_id).next_talk is None
    add_talk(place, case_id, date(2026, 12, 1))
    minutes = compose_minutes(place, case_id)
    (measure,) = minutes.measures
    assert (measure.title, measure.owner, measure.state) == ("Matrix", "Uhlig", "vereinbart")
    assert minutes.next_talk
    assert minutes.next_talk.on == date(2026, 12, 1)
    plan_visit(
        place,
        company_id,
        starts_at=place.clock() + timedelta(days=21),
        purpose="Maßnahmenplan",
        location="Zwickau",
    )
    agreed = compose_minutes(place, case_id).next_talk
    assert agreed
    assert (agreed.on, agreed.what, agreed.place) == (
        date(2026, 12, 15),
        "Maßnahmenplan",
        "Zwickau",
    )


def test_those_who_were_there_sign(place: Workplace, case_id: uuid.UUID) -> None:
    slots = compose_minutes(place, case_id).signatures
    assert [(s.role, s.name, s.note) for s in slots] == [
        ("Unternehmen", "Martin Uhlig", ""),
        ("Betriebsrat", "Sabine Krauß", "zur Kenntnis"),
        ("Beratende Person", place.author, ""),
    ]
    assert [s.role for s in compose_hours(place, case_id).signatures] == [
        "Unternehmen",
        "Beratende Person",
    ]


def test_only_visits_that_are_over_count_and_missing_hours_are_named(
    two_visits: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    third = plan_visit(
        two_visits,
        company_id,
        starts_at=two_visits.clock(),
        people=[Person("Petra Voigt", "gf", "Prokuristin")],
    )
    begin_visit(two_visits, third)
    end_visit(two_visits, third)
    with two_visits.store.edit(two_visits.author) as session:
        session.get_one(Visit, third).hours = None
    record = compose_hours(two_visits, case_id)
    assert [v.hours for v in record.visits] == [Decimal("2.5"), None]
    assert record.total == Decimal("2.5")
    assert record.running == 1
    assert len(record.gaps) == 2
    assert "01.12.2026" in record.gaps[0]
    assert record.signatures[0].function == "Prokuristin"


def test_a_planned_visit_is_on_neither(place: Workplace, company_id: uuid.UUID) -> None:
    planned = plan_visit(place, company_id, starts_at=place.clock())
    with place.store.read() as session:
        case_id = session.get_one(Visit, planned).case_id
    assert case_id
    assert compose_hours(place, case_id).visits == ()
    minutes = compose_minutes(place, case_id)
    assert minutes.visits == ()
    assert "Es hat noch kein Termin stattgefunden." in minutes.open_points


@pytest.mark.parametrize("document_id", ["minutes", "hours", "privacy", "preparation"])
def test_each_is_on_the_list_of_documents_and_can_be_drawn(
    place: Workplace, case_id: uuid.UUID, document_id: str
) -> None:
    pdf = document(document_id).draw(place, case_id)
    assert "Gießerei Muldental GmbH" in " ".join(pages_of(pdf))
