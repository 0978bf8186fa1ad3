"""The server keeps its promises on SQLite and on PostgreSQL, alone and as several processes."""

from __future__ import annotations

import random
import sqlite3
import string
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import InternalError

from sync.client.transport import HttpTransport
from sync.server import administration, assignments, people
from sync.server import database as server_database
from sync.server.app import app_over, create_app
from sync.server.blob_stores.opening import open_store
from sync.server.blobs import BlobShelf
from sync.server.bulk import FEW
from sync.server.database import Database, NewerDatabaseError, open_database
from sync.server.models import Base, LogEntry
from sync.server.people_models import CompanyFile, Team
from sync.server.serving import running
from sync.server.sweeping import sweeping
from tests.sync import postgres
from tests.sync.central import COMPANY, NETWORK, sync_whole
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore

ROUNDS = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'server.sqlite'}"
        return
    with postgres.database() as address:
        yield address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The database, with one network."""
    opened = open_database(url)
    administration.add_network(opened, NETWORK)
    yield opened
    opened.close()


def laptop(database: Database, transport: AppTransport) -> MemoryStore:
    """An enrolled laptop."""
    from sync.client.enrolment import enrol

    store = MemoryStore()
    code = administration.enrolment_code(database, NETWORK).text
    enrol(store, "http://127.0.0.1", code, "Laptop", transport=transport)
    return store


def test_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_opening_again_keeps_the_identity(url: str, database: Database) -> None:
    again = open_database(url)
    with database.reading() as session, again.reading() as other:
        assert database.identity(session).server_id == again.identity(other).server_id
    again.close()


def test_a_newer_database_is_refused_unharmed(url: str, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerDatabaseError):
        create_app(url, "unused")

    with database.engine.connect() as connection:
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        )


def test_a_reading_sees_one_state_all_along_and_writes_nothing(database: Database) -> None:
    with database.reading() as session:
        before = session.scalars(select(Team.name)).all()
        people.add_team(database, 1, "Chemnitz", "Test")
        assert session.scalars(select(Team.name)).all() == before
        if not database.is_sqlite:
            with pytest.raises(InternalError, match="read-only transaction"):
                session.execute(text("UPDATE team SET name = 'x'"))
    with database.reading() as session:
        assert "Chemnitz" in session.scalars(select(Team.name)).all()


def test_laptops_converge_and_attachments_arrive(database: Database, tmp_path: Path) -> None:
    transport = AppTransport(app_over(database, tmp_path / "blobs"))
    first, second = laptop(database, transport), laptop(database, transport)
    first.edit(COMPANY, "company", COMPANY, "name", {"a": "Zwönitz\x00 €"}, 1)
    first.attach(COMPANY, COMPANY, b"Foto", 2)
    image = first.copy()
    sync_whole(first, transport)
    administration.restored(database)

    outcomes = [sync_whole(store, transport) for store in (second, image, first, second)]
    transport.close()

    assert first.state() == second.state() == image.state()
    assert second.blobs == first.blobs
    assert all(outcome.quarantined == 0 for outcome in outcomes)


@pytest.fixture
def careless_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on systems whose SQLite was built to leave in place what is deleted; Debian's is not."""
    prepare = server_database._prepare_sqlite

    def prepare_there(connection: sqlite3.Connection, record: Any) -> None:
        connection.execute("PRAGMA secure_delete=OFF")
        prepare(connection, record)

    monkeypatch.setattr(server_database, "_prepare_sqlite", prepare_there)


def bytes_on_disk(path: Path) -> bytes:
    """The database, and SQLite's log beside it."""
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


def test_what_is_purged_is_gone_from_the_bytes_of_the_file_with_the_next_sweep(
    careless_sqlite: None, tmp_path: Path
) -> None:
    path = tmp_path / "server.sqlite"
    database = open_database(f"sqlite:///{path}")
    administration.add_network(database, NETWORK)
    transport = AppTransport(app_over(database, tmp_path / "blobs"))
    store, name = laptop(database, transport), "Gießerei Zwönitz"
    store.edit(COMPANY, "company", COMPANY, "name", name, 1)
    long = "".join(random.Random(0).choices(string.ascii_letters, k=20_000))
    store.edit(COMPANY, "note", COMPANY, "text", long, 2)
    sync_whole(store, transport)
    with database.reading() as session:
        bodies = session.scalars(select(LogEntry.body)).all()
    pieces = [body[at : at + 32] for body in bodies for at in range(0, len(body) - 32, 64)]
    database.empty_log()
    held = bytes_on_disk(path)
    there = [piece for piece in (name.encode(), *pieces) if piece in held]
    assert name.encode() in there
    assert len(there) > len(pieces) * 0.9  # a few straddle two pages

    assignments.purge(database, 1, COMPANY, "consent-withdrawn", "Test")

    assert name.encode() in bytes_on_disk(path)  # in the log, until the next sweep
    with sweeping(database, BlobShelf(database, open_store(str(tmp_path / "blobs"), database))):
        pass
    left = bytes_on_disk(path)
    transport.close()
    database.close()
    assert [piece for piece in there if piece in left] == []


def test_emptying_the_log_keeps_neither_a_reader_nor_a_writer_waiting(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    with database.reading() as session:
        before = session.scalars(select(Team.name)).all()
        administration.add_network(database, NETWORK)
        began_s = time.monotonic()
        database.empty_log()
        assert time.monotonic() - began_s < server_database.BUSY_TIMEOUT_S / 2
        assert session.scalars(select(Team.name)).all() == before
    with database.engine.connect() as connection:
        timeout_ms = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    database.close()
    assert timeout_ms == server_database.BUSY_TIMEOUT_S * 1000


def test_a_batch_of_many_new_files_is_written_whole(database: Database, tmp_path: Path) -> None:
    transport = AppTransport(app_over(database, tmp_path / "blobs"))
    first, second = laptop(database, transport), laptop(database, transport)
    companies = [f"{COMPANY[:-2]}{number:02x}" for number in range(2 * FEW)]
    for company in companies:
        first.edit(company, "company", company, "name", "Zwönitz €", 1)
    sync_whole(first, transport)
    for company in companies[:FEW]:
        first.edit(company, "company", company, "name", "Aue", 2)

    outcomes = [sync_whole(store, transport) for store in (first, second)]
    transport.close()

    assert second.state() == first.state()
    assert not any(outcome.differing for outcome in outcomes)
    with database.reading() as session:
        files = session.scalars(select(CompanyFile).order_by(CompanyFile.company_id)).all()
        assert [f.name for f in files] == ["Aue"] * FEW + ["Zwönitz €"] * FEW
        assert {(f.purge_reason, f.purged_ms) for f in files} == {("", None)}


def test_no_cursor_skips_a_change_while_several_processes_take_them(
    url: str, database: Database, tmp_path: Path
) -> None:
    """Two server processes over one database; four laptops send at once and pull all the while."""
    other = open_database(url)
    blobs = tmp_path / "blobs"
    setup = AppTransport(app_over(database, blobs))
    stores = [laptop(database, setup) for _ in range(4)]
    setup.close()
    failures: list[BaseException] = []

    def work(store: MemoryStore, server: str) -> None:
        try:
            with HttpTransport(server) as line:
                for n in range(ROUNDS):
                    store.edit(COMPANY, "company", COMPANY, f"field{n}", n, n)
                    sync_whole(store, line)
        except BaseException as error:  # noqa: BLE001 shown by the test
            failures.append(error)

    with (
        running(app_over(database, blobs)) as one,
        running(app_over(other, blobs)) as two,
        HttpTransport(one) as line,
    ):
        threads = [
            threading.Thread(target=work, args=(store, (one, two)[n % 2]))
            for n, store in enumerate(stores)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for store in stores:
            sync_whole(store, line)
    other.close()

    assert failures == []
    assert {len(store.log) for store in stores} == {4 * ROUNDS}
    with database.reading() as session:
        places = session.execute(text("SELECT seq FROM log_entry ORDER BY seq")).scalars().all()
    assert places == list(range(1, len(places) + 1))
