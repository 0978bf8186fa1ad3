"""The name given at the enrolment is what every later change says it was written on."""

from __future__ import annotations

import uuid
from pathlib import Path

from desktop_advisor.demo.central import central_server
from desktop_advisor.storage.history import history
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.setting_up import unlock
from desktop_advisor.usecases.synchronising import enrol_device
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import PASSPHRASE, workplace


def test_changes_carry_the_name_of_the_enrolment_also_after_a_restart(tmp_path: Path) -> None:
    place = workplace(tmp_path / "laptop")
    company_id = create_company(place, CompanyDraft(name="Muldental GmbH"))
    (host,) = devices(place, company_id, "name")
    with central_server(tmp_path / "server", "ITAS") as server:
        enrol_device(place, server.url, server.one_time_code(), " Laptop Ute ")
    move(place, company_id, "Wilkau")
    place.close()
    again = unlock(place.resources, place.folder, PASSPHRASE, clock=place.clock)
    move(again, company_id, "Werdau")
    assert devices(again, company_id, "town") == ["Laptop Ute", "Laptop Ute"]
    assert devices(again, company_id, "name") == [host]
    assert host != "Laptop Ute"
    again.close()


def move(place: Workplace, company_id: uuid.UUID, town: str) -> None:
    with place.store.edit(place.author) as session:
        session.get_one(Company, company_id).town = town


def devices(place: Workplace, company_id: uuid.UUID, field: str) -> list[str]:
    with place.store.read() as session:
        return [change.device for change in history(session, company_id) if change.field == field]
