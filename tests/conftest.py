"""What every test obeys: no stray log line, no network but loopback."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Dialect, Engine, inspect, text
from xdist.remote import Producer

from desktop_advisor.storage import migrations, store
from desktop_advisor.storage.database import WRITES
from sync.server import database as server_database
from tests.whole_files import WholeFiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _is_loopback(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket never leaves the machine
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anything but loopback fails the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_loopback(address):
            pytest.fail(f"network access to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_stray_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning that no test asked for fails the run; expect one with `caplog.clear()` after it."""
    yield
    stray = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    if stray:
        pytest.fail("unexpected log lines: " + "; ".join(r.getMessage() for r in stray))


@pytest.fixture(autouse=True, scope="session")
def quick_new_stores() -> Iterator[None]:
    """A new store takes the shape the first one of the run was migrated to.

    Alembic's way through all revisions costs a tenth of a second, and most tests make a store. Old
    stores, and databases with anything in them, still go that way.
    """
    real, shape = migrations._migrate, list[str]()

    def quick(engine: Engine) -> None:
        with engine.connect() as connection:
            is_new = not inspect(connection).get_table_names()
        if not is_new or not shape:
            real(engine)
        if is_new and not shape:
            with engine.connect() as connection:
                shape.extend(connection.scalars(text(_STATEMENTS)))
        elif is_new:
            with engine.execution_options(**{WRITES: True}).begin() as connection:
                for statement in shape:
                    connection.exec_driver_sql(statement)
                last = {"last": migrations.REVISIONS[-1]}
                connection.execute(text("INSERT INTO alembic_version VALUES (:last)"), last)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_migrate", quick)
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_new_servers() -> Iterator[None]:
    """The same for the server's database on SQLite: its shape, and what is compiled once."""
    migrate, make_engine = server_database._run_migrations, server_database._engine
    shape, compiled, shared = list[str](), dict[Any, Any](), list[Dialect]()

    def quick(connection: Connection) -> None:
        is_new = connection.dialect.name == "sqlite" and not inspect(connection).get_table_names()
        if not is_new or not shape:
            migrate(connection)
            if is_new:
                shape.extend(connection.scalars(text(_STATEMENTS)))
                shape.append(f"INSERT INTO alembic_version VALUES ('{_revision(connection)}')")
            return
        for statement in shape:
            connection.exec_driver_sql(statement)

    def sharing(url: str) -> Engine:
        engine = make_engine(url)
        if engine.dialect.name == "sqlite":
            if not shared:
                shared.append(engine.dialect)
            engine.dialect = shared[0]
            engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server_database, "_run_migrations", quick)
        patch.setattr(server_database, "_engine", sharing)
        yield


def _revision(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


_STATEMENTS = """SELECT sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, rowid"""
"""Tables before indexes, and nothing that SQLite makes by itself."""


@pytest.fixture(autouse=True, scope="session")
def statements_compiled_once() -> Iterator[None]:
    """All stores of a run share what SQLAlchemy makes of a statement.

    It is kept for one engine, which in the program is enough; here most tests have a new store,
    and compiling the same statements again was a third of their time.
    """
    real, compiled, shared = store.open_engine, dict[Any, Any](), list[Dialect]()

    def sharing(path: Path, data_key: bytes) -> Engine:
        engine = real(path, data_key)
        if not shared:
            shared.append(engine.dialect)
        engine.dialect = shared[0]  # it is part of a compiled statement's name
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "open_engine", sharing)
        yield


@pytest.fixture(autouse=True, scope="session")
def cheap_pins() -> Iterator[None]:
    """Trying a PIN costs tests nothing; what it costs in the program is a number beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop_advisor.signing.certificate.PIN_ROUNDS", 1000)
        yield


LONG_FILES = (
    "tests/sync/test_sync_state_machine.py",
    "tests/journeys/test_demo.py",
    "tests/sync/test_server_processes.py",
    "tests/sync/console/test_console_browser.py",
    "tests/sync/test_server_database.py",
    "tests/test_selftest.py",
    "tests/journeys/test_scripted_advisors.py",
    "tests/content/test_worked_firms.py",
)
"""Begun first: at the end of a run the other core would only wait for them."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeFiles:
    """However the run was started, unless that was without pytest-xdist."""
    return WholeFiles(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take long come first, all else in its random order."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG_FILES))


def pytest_collection_finish() -> None:
    """What was imported stays; looking through it for rubbish took a tenth of the time."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many of the public ODK cases pass, or why they did not run."""
    lines = {
        str(text)
        for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
        for name, text in report.user_properties
        if name == "conformance"
    }
    for report in terminalreporter.getreports("skipped"):
        if "test_conformance.py" in report.nodeid:
            lines.add(f"not run: {report.longrepr[2]}")
    if lines:
        terminalreporter.section("ODK conformance")
    for line in sorted(lines):
        terminalreporter.write_line(line)
