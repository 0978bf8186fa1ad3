"""What a run left to do when the program ended or was locked: packed before, sorted in after."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.companies import CompanyDraft, create_company, list_companies
from desktop_advisor.usecases.locking import lock, unlock
from desktop_advisor.usecases.setting_up import sort_in_leftovers
from desktop_advisor.usecases.sync_state import unsent_work
from desktop_advisor.usecases.workplace import Workplace
from sync.client.port import Settlement
from tests.sync.store_bench import ENROLMENT, PLENTY
from tests.workplaces import PASSPHRASE, workplace

DRAFT = CompanyDraft(name="Formenbau Zschopau", town="Zwickau")


def test_what_was_received_is_there_after_the_next_start(tmp_path: Path) -> None:
    jana, ralf = workplace(tmp_path / "jana"), workplace(tmp_path / "ralf")
    create_company(jana, DRAFT)
    frames = tuple(parcel.frame for parcel in StoreChanges(jana.store).outbox(PLENTY))
    settlement = Settlement(batch_id="", frames=frames, enrolment=ENROLMENT)
    StoreChanges(ralf.store).settle(settlement)
    sort_in_leftovers(ralf, lambda: True)
    assert list_companies(ralf) == []
    assert sort_in_leftovers(ralf)
    assert [row.name for row in list_companies(ralf)] == ["Formenbau Zschopau"]
    assert not sort_in_leftovers(ralf)
    jana.close()
    ralf.close()


def loose(place: Workplace) -> int:
    """Changes that are not packed."""
    with place.store.read() as session:
        found = session.connection().execute(text("SELECT count(*) FROM change_log WHERE upload=0"))
        return int(found.scalar() or 0)


def test_what_is_unsent_is_packed_before_the_keys_go_where_there_is_a_server(
    tmp_path: Path,
) -> None:
    place = workplace(tmp_path / "jana")
    create_company(place, DRAFT)
    unsent = unsent_work(place).changes
    lock(place)
    unlock(place, PASSPHRASE)
    assert loose(place) == unsent > 0
    StoreChanges(place.store).save_enrolment(ENROLMENT)
    lock(place)
    unlock(place, PASSPHRASE)
    assert loose(place) == 0
    assert unsent_work(place).changes == unsent
    place.close()
    place.close()
