"""A laptop that is shut out and ordered to erase itself: asked, announced, destroyed, reported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage import destruction
from desktop_advisor.storage.errors import DamagedStore
from desktop_advisor.storage.models import Attachment, Company
from desktop_advisor.storage.store import ATTACHMENTS, DATABASE, KEY_FILE, Store
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.setting_up import is_set_up
from desktop_advisor.usecases.synchronising import SyncFailed, enrol_device, synchronise
from desktop_advisor.usecases.wiping import NotDestroyed, wipe, wipe_order
from desktop_advisor.usecases.workplace import Workplace
from sync.client import transport
from sync.server.laptops import order_wipe, revoke
from sync.server.models import Registration
from tests.workplaces import PASSPHRASE, SteppingClock


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS") as running:
        yield running


@pytest.fixture
def enrolled(place: Workplace, server: CentralServer) -> Workplace:
    """One file at the server, one that is only here, an attachment."""
    create_company(place, CompanyDraft(name="Muldental GmbH"))
    enrol_device(place, server.url, server.one_time_code(), "Laptop")
    synchronise(place)
    create_company(place, CompanyDraft(name="Neue GmbH"))
    place.store.files.add(b"ein Foto")
    return place


def device(place: Workplace) -> str:
    held = StoreChanges(place.store).enrolment()
    assert held is not None
    return held.device_id


def registered(server: CentralServer) -> Registration:
    with server.database.reading() as session:
        return session.scalars(select(Registration)).one()


def test_a_laptop_that_is_only_shut_out_has_nothing_to_erase(
    enrolled: Workplace, server: CentralServer
) -> None:
    assert wipe_order(enrolled) is None
    revoke(server.database, device(enrolled))
    with pytest.raises(SyncFailed) as failed:
        synchronise(enrolled)
    assert failed.value.kind == "revoked"
    assert wipe_order(enrolled) is None


def test_the_order_says_what_would_go_and_nothing_stays_readable(
    enrolled: Workplace, server: CentralServer, tmp_path: Path
) -> None:
    order_wipe(server.database, device(enrolled))
    question = wipe_order(enrolled)
    assert question is not None
    assert (question.network, question.files, question.unsent_files) == ("ITAS", 2, 1)
    assert question.unsent > 0
    key_file = enrolled.folder / KEY_FILE
    link = tmp_path / "the same blocks"
    link.hardlink_to(key_file)
    wiped = wipe(enrolled)
    assert (wiped.unsent, wiped.is_reported, wiped.left) == (question.unsent, True, ())
    assert set(link.read_bytes()) == {0}
    assert list(enrolled.folder.iterdir()) == []
    assert not is_set_up(enrolled.folder)
    row = registered(server)
    assert row.unsent == question.unsent
    assert row.wiped_ms is not None


def test_a_photo_that_no_server_has_is_counted_where_its_record_is_there(
    enrolled: Workplace, server: CentralServer
) -> None:
    synchronise(enrolled)
    with enrolled.store.edit(enrolled.author) as session:
        company_id = session.scalars(select(Company.id)).first()
        sha256 = enrolled.store.files.add(b"ein Foto der Presse")
        photo_id = new_id(enrolled.clock())
        session.add(Attachment(id=photo_id, company_id=company_id, sha256=sha256))
    changes = StoreChanges(enrolled.store)
    with photos_out_of_sight():
        synchronise(enrolled)
    order_wipe(server.database, device(enrolled))

    question = wipe_order(enrolled)

    assert question is not None
    assert (changes.waiting(), question.unsent, question.attachments) == (0, 0, 1)


@contextmanager
def photos_out_of_sight() -> Iterator[None]:
    """The photo was taken after the run had looked for attachments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StoreChanges, "blobs_to_send", lambda _self: [])
        yield


def test_a_store_cut_off_in_the_middle_is_unreadable_without_its_key(
    enrolled: Workplace, server: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_path: object) -> None:
        raise PermissionError

    order_wipe(server.database, device(enrolled))
    monkeypatch.setattr(destruction.shutil, "rmtree", busy)
    wiped = wipe(enrolled)
    assert ATTACHMENTS in wiped.left
    with pytest.raises(DamagedStore):
        Store.open(enrolled.folder, PASSPHRASE, clock=SteppingClock())


def test_nothing_goes_before_the_administrators_know(
    enrolled: Workplace, server: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "ATTEMPTS", 1)
    order_wipe(server.database, device(enrolled))

    def offline(*_arguments: object, **_words: object) -> None:
        raise transport.OfflineError

    monkeypatch.setattr("sync.client.wiping.report_wipe", offline)
    with pytest.raises(SyncFailed, match="nicht erreichbar"):
        wipe(enrolled)
    assert (enrolled.folder / DATABASE).exists()
    assert wipe_order(enrolled) is not None


def test_a_key_that_cannot_be_destroyed_leaves_everything(
    enrolled: Workplace, server: CentralServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def busy(_path: Path) -> None:
        raise PermissionError

    order_wipe(server.database, device(enrolled))
    monkeypatch.setattr(destruction, "_overwrite", busy)
    with pytest.raises(NotDestroyed):
        wipe(enrolled)
    shutil.copytree(enrolled.folder, tmp_path / "copy")
    Store.open(tmp_path / "copy", PASSPHRASE, clock=SteppingClock()).close()
    assert registered(server).wiped_ms is None
