"""The server's database: SQLite when started bare, PostgreSQL by URL, shared by processes."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    ExecutionContext,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import sync.server.blob_stores.tables
import sync.server.people_models  # noqa: F401 - registers its tables
from sync.server.models import ServerIdentity

BUSY_TIMEOUT_S = 30
UPGRADE_LOCK = 0x41445653
"""Key of the PostgreSQL advisory lock under which one process upgrades the tables ("ADVS")."""
NETWORK_LOCK = 0x41444E57
"""First key of the advisory lock of a network's log ("ADNW"); the second is the network's id."""
BLOB_LOCK = 0x4144424C
"""Key of the advisory lock under which attachments are entered and swept ("ADBL")."""
LOG_PAGES = 4_000
"""Pages of 4 kB after which SQLite brings its log into its file, which the batch that crosses them
waits for: several batches; SQLite's own 1,000 are one."""
MIGRATIONS = Path(__file__).parent / "migrations"
READ_ONLY = "advisor_read_only"
IN_BINARY = "advisor_in_binary"
"""Execution option of statements that read bodies: PostgreSQL gives them as hex digits else."""
BINARY_FORMAT = 1
"""Of results (`psycopg.pq.Format`, which is not installed where there is SQLite alone)."""
SNAPSHOT = {READ_ONLY: True, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""PostgreSQL's READ COMMITTED would show each statement another state (PostgreSQL §13.2)."""


class NewerDatabaseError(RuntimeError):
    """The database was written by a newer version of the server; it is left unharmed."""


def now_ms() -> int:
    """The server's wall clock."""
    return time.time_ns() // 1_000_000


class Database:
    """Transactions over one engine, and the lock that makes a network's log gapless."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that does not write and sees one state of the database all along.

        On SQLite it does not wait for writers.
        """
        options = {READ_ONLY: True} if self.is_sqlite else SNAPSHOT
        engine = self.engine.execution_options(**options)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session  # and commit: upon a rollback the driver forgets what it has prepared

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """For one statement that does not write, which needs no transaction around it."""
        options = {READ_ONLY: True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with self.engine.execution_options(**options).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits at the end of the block, or leaves nothing behind."""
        with Session(self.engine) as session, session.begin():
            yield session

    def lock_log(self, session: Session, network_id: int) -> None:
        """Wait until this transaction is the only one that appends to the network's log.

        Sequence numbers are committed in their order, so that a cursor never skips one that
        commits later. SQLite: BEGIN IMMEDIATE has already done it.
        """
        lock_log(session, network_id)

    def empty_log(self) -> None:
        """Bring SQLite's log into its file, so that what was erased stands in neither.

        Otherwise it stays in the log until later changes happen to be written over it. While
        somebody reads an older state this does nothing; nobody is kept waiting.
        """
        if not self.is_sqlite:
            return
        with closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=0")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}")

    def identity(self, session: Session) -> ServerIdentity:
        """Which server and which epoch this is."""
        return session.execute(select(ServerIdentity)).scalar_one()


def open_database(url: str) -> Database:
    """The database at `url`, its tables created or upgraded, its identity drawn on first use.

    Raises: NewerDatabaseError.
    """
    database = Database(url)
    try:
        _upgrade(database)
        _draw_identity(database)
    except BaseException:
        database.close()
        raise
    return database


def lock_log(session: Session, network_id: int) -> None:
    """`Database.lock_log` for whoever has the transaction only."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(
            text("SELECT pg_advisory_xact_lock(:lock, :network)"),
            {"lock": NETWORK_LOCK, "network": network_id},
        )


def lock_blobs(session: Session) -> None:
    """Wait until this transaction is the only one that enters or sweeps attachments."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": BLOB_LOCK})


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "before_cursor_execute", _choose_format)
        return engine
    if parsed.database and parsed.database != ":memory:":
        path = Path(parsed.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # SQLite gives its -wal and -shm the same rights
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """Plans that know how long the lists of `among` are: one for all would take them for short."""
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()


def _choose_format(
    _connection: Connection,
    cursor: Any,
    _statement: str,
    _parameters: Any,
    context: ExecutionContext | None,
    _is_many: bool,
) -> None:
    if context is not None and context.execution_options.get(IN_BINARY):
        cursor.format = BINARY_FORMAT


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Durable writes, and BEGIN left to us: the driver's own would take the lock too late.

    What is deleted is overwritten, however SQLite was built: a purge is to leave nothing.
    """
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _upgrade(database: Database) -> None:
    """Alembic, whose libraries take 12 MB, is asked only where there is something to upgrade."""
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        present = _revision(connection)
        known = revisions()
        if present is not None and present not in known:
            raise NewerDatabaseError
        if present != known[-1]:
            _run_migrations(connection)


def revisions() -> list[str]:
    """Of the tables, the newest last; the migrations' files are named after them."""
    return sorted(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run_migrations(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _draw_identity(database: Database) -> None:
    with database.reading() as session:
        if session.execute(select(ServerIdentity.id)).first() is not None:
            return
    try:
        with database.writing() as session:
            identity = ServerIdentity(
                id=1, server_id=draw_id(), epoch=draw_id(), created_ms=now_ms()
            )
            session.add(identity)
    except IntegrityError:
        return  # another process drew it in the meantime


def draw_id() -> str:
    """A new random 128-bit id as 32 hex digits."""
    return secrets.token_hex(16)
