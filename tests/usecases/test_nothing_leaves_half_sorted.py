"""What is signed or handed over holds all that has arrived of its company file."""

from __future__ import annotations

import uuid

import pytest

from desktop_advisor.storage.models import Case
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.workplace import Workplace
from sync.blocks import block_of, frame_of
from sync.client.port import Settlement
from sync.protocol import Change
from tests.sync.store_bench import ENROLMENT


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
