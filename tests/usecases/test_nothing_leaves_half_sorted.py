"""What is signed, handed over or emptied follows all that has arrived of its company file."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Case
from desktop_advisor.storage.sync_models import CaseFigures
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.case_figures import empty_where_withdrawn, figures_id
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace
from sync.blocks import block_of, frame_of
from sync.client.port import Settlement
from sync.protocol import Change
from tests.filled_cases import say
from tests.pictures import scribble
from tests.sync.store_bench import ENROLMENT
from tests.workplaces import PIN


@pytest.fixture
def renamed(place: Workplace, case_id: uuid.UUID) -> uuid.UUID:
    """A company file that a colleague has renamed; the change has arrived and is not sorted in."""
    with place.store.read() as session:
        found = session.get_one(Case, case_id).company_id
    change = Change(
        writer="f" * 32,
        n=1,
        company_id=str(found),
        entity="company",
        entity_id=str(found),
        field="name",
        value="Neuer Name",
        hlc=2**62,
    )
    frames = (frame_of(block_of([change])),)
    StoreChanges(place.store).settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))
    return found


def test_a_report_shows_what_has_arrived(
    place: Workplace, case_id: uuid.UUID, renamed: uuid.UUID
) -> None:
    assert renamed
    assert compose_report(place, case_id).company.name == "Neuer Name"


def test_an_export_holds_what_has_arrived(place: Workplace, renamed: uuid.UUID) -> None:
    (company,) = export_company_file(place, renamed)["company"]
    assert company["name"] == "Neuer Name"


def test_figures_that_are_agreed_to_anew_in_what_has_arrived_are_not_emptied(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    say(place, case_id, Perspective.MANAGEMENT, {"d01_strategy": "2"})
    record_consent(place, visit_id, "statistics", granted=True, given_by="Martin Uhlig")
    signed = DrawnSignature("Martin Uhlig", "GF", "Zwickau", scribble(), place.clock())
    seal_report(place, case_id, compose_report(place, case_id), [signed], PIN)
    with place.store.read() as session:
        own = session.scalars(
            select(LoggedChange).where(
                LoggedChange.entity == "consent", LoggedChange.field == "granted"
            )
        ).one()
        figures = session.get_one(CaseFigures, figures_id(case_id)).figures

    def word(n: int, *, granted: bool, bases: tuple[tuple[str, int], ...]) -> Change:
        return Change(
            writer="f" * 32,
            n=n,
            company_id=str(company_id),
            entity="consent",
            entity_id=str(own.entity_id),
            field="granted",
            value=granted,
            bases=bases,
            hlc=own.hlc + n,
        )

    disputed = word(1, granted=False, bases=())
    agreed = word(2, granted=True, bases=(disputed.name, (own.writer.hex(), own.n)))
    store = StoreChanges(place.store)
    store.settle(Settlement(batch_id="", pulled=(disputed,), enrolment=ENROLMENT))
    frames = (frame_of(block_of([agreed])),)
    store.settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))

    assert empty_where_withdrawn(place) == 0

    with place.store.read() as session:
        assert session.get_one(CaseFigures, figures_id(case_id)).figures == figures != {}
