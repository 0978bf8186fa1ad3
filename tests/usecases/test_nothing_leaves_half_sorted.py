"""What is signed, handed over or emptied follows all that has arrived of its company file."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_advisor.demo.central import central_server
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Case
from desktop_advisor.storage.sync_models import CaseFigures
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.case_figures import empty_where_withdrawn, figures_id
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.synchronising import enrol_device, synchronise
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace
from sync.blocks import block_of, frame_of
from sync.client.port import Settlement
from sync.protocol import Change, ChangeName
from sync.server.people_models import CaseFigure
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


@pytest.fixture
def given(place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID) -> LoggedChange:
    """The consent under which a sealed report has left figures."""
    say(place, case_id, Perspective.MANAGEMENT, {"d01_strategy": "2"})
    record_consent(place, visit_id, "statistics", granted=True, given_by="Martin Uhlig")
    signed = DrawnSignature("Martin Uhlig", "GF", "Zwickau", scribble(), place.clock())
    seal_report(place, case_id, compose_report(place, case_id), [signed], PIN)
    of_consent = (LoggedChange.entity == "consent", LoggedChange.field == "granted")
    with place.store.read() as session:
        return session.scalars(select(LoggedChange).where(*of_consent)).one()


def word(own: LoggedChange, n: int, bases: tuple[ChangeName, ...], *, granted: bool) -> Change:
    """What a colleague has written down of the same consent."""
    return Change(
        writer="f" * 32,
        n=n,
        company_id=str(own.company_id),
        entity="consent",
        entity_id=str(own.entity_id),
        field="granted",
        value=granted,
        bases=bases,
        hlc=own.hlc + n,
    )


def test_figures_that_are_agreed_to_anew_in_what_has_arrived_are_not_emptied(
    place: Workplace, case_id: uuid.UUID, given: LoggedChange
) -> None:
    with place.store.read() as session:
        figures = session.get_one(CaseFigures, figures_id(case_id)).figures
    disputed = word(given, 1, (), granted=False)
    agreed = word(given, 2, (disputed.name, (given.writer.hex(), given.n)), granted=True)
    store = StoreChanges(place.store)
    store.settle(Settlement(batch_id="", pulled=(disputed,), enrolment=ENROLMENT))
    frames = (frame_of(block_of([agreed])),)
    store.settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))

    assert empty_where_withdrawn(place) == 0

    with place.store.read() as session:
        assert session.get_one(CaseFigures, figures_id(case_id)).figures == figures != {}


def test_figures_are_not_sent_once_their_withdrawal_has_arrived(
    place: Workplace, given: LoggedChange, tmp_path: Path
) -> None:
    withdrawn = word(given, 1, ((given.writer.hex(), given.n),), granted=False)
    frames = (frame_of(block_of([withdrawn])),)
    with central_server(tmp_path / "server", "ITAS") as server:
        enrolment = enrol_device(place, server.url, server.one_time_code(), "Laptop")
        cut_run = Settlement(batch_id="", frames=frames, enrolment=enrolment)
        StoreChanges(place.store).settle(cut_run)

        synchronise(place)
        with server.database.reading() as session:
            held = session.scalars(select(CaseFigure.body)).all()
    assert not any(b"month" in figures for figures in held)
