"""When a visit took place and how long, across midnight and the change of the clocks."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from desktop_advisor.usecases.company_file import VisitView, show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.visits import begin_visit, end_visit, interrupt_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import SteppingClock


def _at(place: Workplace, moment: datetime) -> None:
    clock = place.clock
    assert isinstance(clock, SteppingClock)
    clock.now = moment


def _visit(place: Workplace, company_id: uuid.UUID) -> VisitView:
    (visit,) = show_company_file(place, company_id).visits
    return visit


@pytest.mark.parametrize(
    ("planned", "begun", "started"),
    [
        ("2026-11-24T07:30", "2026-11-24T08:10", "2026-11-24T07:30"),
        ("2026-11-24T07:30", "2026-11-25T08:10", "2026-11-25T08:10"),
        ("2026-11-26T07:30", "2026-11-25T08:10", "2026-11-25T08:10"),
        ("2026-11-24T22:30", "2026-11-24T23:10", "2026-11-24T23:10"),
    ],
)
def test_a_visit_begun_on_another_day_than_planned_took_place_on_that_day(
    place: Workplace, company_id: uuid.UUID, planned: str, begun: str, started: str
) -> None:
    start = datetime.fromisoformat(planned).replace(tzinfo=UTC)
    visit_id = plan_visit(place, company_id, starts_at=start)
    _at(place, datetime.fromisoformat(begun).replace(tzinfo=UTC))
    begin_visit(place, visit_id)
    shown = _visit(place, company_id).starts_at
    assert shown is not None
    assert f"{shown.astimezone(UTC):%Y-%m-%dT%H:%M}" == started


def test_hours_are_counted_through_the_change_of_the_clocks(
    place: Workplace, company_id: uuid.UUID
) -> None:
    start = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    visit_id = plan_visit(place, company_id, starts_at=start)
    _at(place, start)
    begin_visit(place, visit_id)
    _at(place, datetime(2026, 10, 25, 3, 0, tzinfo=UTC))
    end_visit(place, visit_id)
    assert _visit(place, company_id).hours == Decimal(3)


def test_a_visit_taken_up_again_the_next_day_did_not_last_the_night(
    place: Workplace, company_id: uuid.UUID
) -> None:
    start = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    visit_id = plan_visit(place, company_id, starts_at=start)
    _at(place, start)
    begin_visit(place, visit_id)
    interrupt_visit(place, visit_id)
    _at(place, datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    begin_visit(place, visit_id)
    end_visit(place, visit_id)
    visit = _visit(place, company_id)
    assert visit.hours is None
    (printed,) = compose_report(place, visit.case_id).visits
    assert printed.time == "14:00 bis 25.11.2026 10:00"
