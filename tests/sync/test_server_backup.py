"""A backup taken while laptops sync is whole, and comes back on either kind of database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sync.client.enrolment import enrol
from sync.server import administration, backup
from sync.server.app import app_over
from sync.server.backup import BackupError
from sync.server.blob_stores.opening import open_store
from sync.server.blob_stores.store import BlobStore
from sync.server.database import Database, open_database
from sync.server.models import Network
from sync.server.restoration import restore
from tests.sync import postgres
from tests.sync.central import COMPANY, NETWORK, Central, sync
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore

PHOTO = bytes(range(256)) * 9000


def bring_back(
    database: Database, store: BlobStore, folder: Path, *, replace: bool = False
) -> None:
    """As the command does it."""
    restore(database, store, folder, backup.verified(folder), replace=replace)


def laptop_at_work(central: Central) -> MemoryStore:
    """An enrolled laptop that has sent a photo and a name."""
    store = MemoryStore()
    central.enrol(store)
    store.edit(COMPANY, "company", COMPANY, "name", "Zwönitz €", 1)
    store.attach(COMPANY, COMPANY, PHOTO, 2)
    sync(store, central.transport)
    return store


def blobs_of(central: Central) -> BlobStore:
    """The store of its attachments."""
    return open_store(central.folder / "blobs", central.database)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """An empty PostgreSQL database."""
    with postgres.database() as address:
        yield address


def test_what_a_backup_taken_while_syncing_lacks_is_brought_back_on_the_other_database(
    central: Central, cluster: str, tmp_path: Path
) -> None:
    first = laptop_at_work(central)
    second = MemoryStore()
    central.enrol(second)
    is_over = threading.Event()
    line = AppTransport(central.app)

    def go_on() -> None:
        n = 0
        while not is_over.is_set():
            n += 1
            first.edit(COMPANY, "company", COMPANY, f"field{n}", n, n)
            sync(first, line)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        backup.write(central.database, blobs_of(central), tmp_path / "backup")
    finally:
        is_over.set()
        thread.join()
        line.close()
    first.attach(COMPANY, COMPANY.replace("1", "3"), b"spaeter", 9)
    sync(first, central.transport)

    database = open_database(cluster)
    bring_back(database, open_store("database:", database), tmp_path / "backup")
    transport = AppTransport(app_over(database, "database:"))
    outcomes = [sync(store, transport) for store in (first, second, first)]
    enrol(
        MemoryStore(),
        "http://127.0.0.1",
        administration.enrolment_code(database, NETWORK).text,
        "Laptop 3",
        transport=transport,
    )
    transport.close()
    database.close()

    assert [o.server_was_restored for o in outcomes] == [True, True, False]
    assert first.state() == second.state()
    assert second.blobs == first.blobs
    assert all(o.quarantined == 0 for o in outcomes)


def test_a_damaged_backup_is_refused_before_anything_changes(
    central: Central, tmp_path: Path
) -> None:
    laptop_at_work(central)
    folder = tmp_path / "backup"
    backup.write(central.database, blobs_of(central), folder)
    parts = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(parts) > 10

    for path in parts:
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(BackupError):
            backup.verified(folder)
        path.unlink()
        with pytest.raises(BackupError):
            backup.verified(folder)
        path.write_bytes(whole)
    backup.verified(folder)


def epoch_of(central: Central) -> str:
    with central.database.reading() as session:
        return central.database.identity(session).epoch


def test_only_an_empty_database_is_filled_unless_it_is_to_be_replaced(
    central: Central, tmp_path: Path
) -> None:
    first = laptop_at_work(central)
    backup.write(central.database, blobs_of(central), tmp_path / "backup")
    administration.add_network(central.database, "Zweites")
    epoch = epoch_of(central)

    with pytest.raises(BackupError, match="not empty"):
        bring_back(central.database, blobs_of(central), tmp_path / "backup")
    assert epoch_of(central) == epoch

    bring_back(central.database, blobs_of(central), tmp_path / "backup", replace=True)
    with central.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Network)) == 1
    assert epoch_of(central) != epoch
    assert sync(first, central.transport).server_was_restored


def test_a_folder_with_something_in_it_is_not_written_to(central: Central, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")

    with pytest.raises(BackupError, match="not empty"):
        backup.write(central.database, blobs_of(central), tmp_path)
