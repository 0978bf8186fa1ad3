"""What the region may know of a case: nothing without consent, classes and means with it."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop_advisor.demo.central import central_server
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.models import Company, Measure
from desktop_advisor.storage.sync_models import CaseFigures
from desktop_advisor.usecases.case_figures import empty_where_withdrawn, figures_id
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.synchronising import enrol_device, synchronise
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace
from sync.server.indicators.facts import KeptFigure, cells_of
from sync.server.people_models import CaseFigure
from tests.filled_cases import say
from tests.pictures import scribble
from tests.workplaces import PIN, workplace

ANSWERS = {"d07_plan": "1", "d07_matrix": "1", "d07_inclusion": "1", "d01_strategy": "2"}


def consent(place: Workplace, visit_id: uuid.UUID, purpose: str, granted: bool = True) -> None:
    record_consent(place, visit_id, purpose, granted=granted, given_by="Martin Uhlig")


def seal(place: Workplace, case_id: uuid.UUID) -> None:
    model = compose_report(place, case_id)
    signature = DrawnSignature("Martin Uhlig", "GF", "Zwickau", scribble(), place.clock())
    seal_report(place, case_id, model, [signature], PIN)


def figures(place: Workplace, case_id: uuid.UUID) -> dict[str, Any] | None:
    with place.store.read() as session:
        row = session.get(CaseFigures, figures_id(case_id))
        return None if row is None else row.figures


@pytest.fixture
def answered(place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID) -> Workplace:
    """A foundry whose management has answered, with one measure that rests on an offer."""
    say(place, case_id, Perspective.MANAGEMENT, ANSWERS)
    with place.store.edit(place.author) as session:
        session.get_one(Company, company_id).wz_code = "24.51"
        session.add(
            Measure(
                id=uuid.uuid4(),
                company_id=company_id,
                case_id=case_id,
                title="Plan mit Frau Krauß",
                offers=["sgb3-82", "Firma Schulze"],
            )
        )
    return place


def test_without_consent_a_sealed_report_leaves_no_figures(
    answered: Workplace, case_id: uuid.UUID
) -> None:
    seal(answered, case_id)
    assert figures(answered, case_id) is None


def test_a_sealed_report_leaves_classes_and_means_of_what_was_agreed_to(
    answered: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    consent(answered, visit_id, "statistics")
    consent(answered, visit_id, "benchmark")
    assert figures(answered, case_id) is None
    seal(answered, case_id)
    found = figures(answered, case_id)
    assert found == {
        "schema": 1,
        "month": "2026-11",
        "district": "14524",
        "branch": "C24",
        "size": "",
        "form": "kurzcheck",
        "dimensions": {"D07": 20.0},
        "offers": ["sgb3-82"],
        "referrals": [],
    }
    said = json.dumps(found)
    assert {(key.table, key.row) for key in cells_of([KeptFigure("k", "c", 1, said.encode())])} == {
        ("district", "14524"),
        ("branch", "C24"),
        ("size", "?"),
        ("month", "2026-11"),
        ("offer", "sgb3-82"),
    }
    assert not any(name in said for name in ("Muldental", "Krauß", "Schulze", str(company_id)))


def test_counts_and_means_are_agreed_to_one_by_one(
    answered: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    consent(answered, visit_id, "benchmark")
    seal(answered, case_id)
    means = figures(answered, case_id)
    assert means is not None
    assert (means["month"], means["district"], means["offers"]) == ("", "", [])
    assert means["dimensions"] == {"D07": 20.0}
    consent(answered, visit_id, "statistics")
    consent(answered, visit_id, "benchmark", granted=False)
    counts = figures(answered, case_id)
    assert counts is not None
    assert (counts["month"], counts["dimensions"]) == ("2026-11", {})


def test_taking_the_consent_back_empties_the_figures(
    answered: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    consent(answered, visit_id, "statistics")
    seal(answered, case_id)
    assert figures(answered, case_id)
    consent(answered, visit_id, "statistics", granted=False)
    assert figures(answered, case_id) == {}


def test_figures_that_arrive_after_the_withdrawal_are_emptied(
    answered: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    consent(answered, visit_id, "statistics")
    seal(answered, case_id)
    assert empty_where_withdrawn(answered) == 0
    kept = figures(answered, case_id)
    consent(answered, visit_id, "statistics", granted=False)
    with answered.store.edit(answered.author) as session:
        session.scalars(select(CaseFigures)).one().figures = kept or {}
    assert empty_where_withdrawn(answered) == 1
    assert figures(answered, case_id) == {}


def test_a_run_empties_figures_that_crossed_with_the_withdrawal_on_its_way(
    answered: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID, tmp_path: Path
) -> None:
    other = workplace(tmp_path / "other", name="Ralf Kunz")
    with central_server(tmp_path / "server", "ITAS") as server:
        for laptop in (answered, other):
            enrol_device(laptop, server.url, server.one_time_code(), "Laptop")
        consent(answered, visit_id, "statistics")
        seal(answered, case_id)
        kept = figures(answered, case_id)
        synchronise(answered)
        synchronise(other)
        consent(other, visit_id, "statistics", granted=False)
        synchronise(other)
        with answered.store.edit(answered.author) as session:
            session.scalars(select(CaseFigures)).one().figures = {**(kept or {}), "size": "small"}
        assert figures(answered, case_id)
        synchronise(answered)
        assert figures(answered, case_id) == {}
        synchronise(answered)
        with server.database.reading() as session:
            assert not any(b"month" in held for held in session.scalars(select(CaseFigure.body)))
    other.close()


def test_a_run_empties_what_is_left_before_it_sends(
    answered: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID, tmp_path: Path
) -> None:
    consent(answered, visit_id, "statistics")
    seal(answered, case_id)
    kept = figures(answered, case_id)
    consent(answered, visit_id, "statistics", granted=False)
    with answered.store.edit(answered.author) as session:
        session.scalars(select(CaseFigures)).one().figures = kept or {}
    with central_server(tmp_path / "server", "ITAS") as server:
        enrol_device(answered, server.url, server.one_time_code(), "Laptop")
        synchronise(answered)
        with server.database.reading() as session:
            assert not any(b"month" in held for held in session.scalars(select(CaseFigure.body)))
    assert figures(answered, case_id) == {}
