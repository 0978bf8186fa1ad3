"""A log longer than what is read at once is brought along whole, and never held whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, select, text

import sync.server
from sync import wire
from sync.server.database import open_database
from sync.server.known import changes_in
from sync.server.migrations.log_in_portions import AT_ONCE
from sync.server.models import LogEntry
from sync.server.people_models import CompanyFile, JoinedCompany
from tests.sync import postgres
from tests.sync.test_server_migrations import OTHER, WRITER, block_of_before

NETWORKS = (1, 2)
LENGTH = 2 * AT_ONCE + 3
ENTRY = text(
    "INSERT INTO log_entry (network_id, seq, company_id, device_id, received_ms, change_count, "
    "size, body) VALUES (:network, :seq, :company, 'device', 7, 1, 0, :body)"
)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "SQLite":
        yield f"sqlite:///{tmp_path / 'server.sqlite'}"
        return
    with postgres.database() as url:
        yield url


@pytest.fixture
def read() -> Iterator[list[str]]:
    """The statements that ask for what is in the log."""
    found: list[str] = []

    def note(*arguments: Any) -> None:
        statement = arguments[2]
        if statement.startswith("SELECT") and "FROM log_entry" in statement:
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def company(network_id: int, seq: int) -> str:
    """Each entry is of its own file."""
    return f"0190a000-0000-7000-8000-{network_id:04}{seq:08}"


def join(network_id: int, seq: int) -> bytes:
    """What an entry of version 2 holds: its file is joined to another one."""
    joined = {
        "writer": WRITER,
        "n": seq,
        "company_id": company(network_id, seq),
        "entity": "company",
        "entity_id": company(network_id, seq),
        "field": "merged_into",
        "value": OTHER,
        "hlc": seq,
    }
    return wire.compress(msgspec.json.encode([joined]))


def block(_network_id: int, seq: int) -> bytes:
    """What an entry of version 5 holds."""
    return wire.compress(msgspec.json.encode(block_of_before(seq)))


def write(address: str, version: str, body_of: Any) -> None:
    """The tables of this version, with a log in each network."""
    engine = create_engine(address)
    config = Config()
    config.set_main_option("script_location", str(Path(sync.server.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for network_id in NETWORKS:
            network = {"id": network_id, "name": f"Netzwerk {network_id}"}
            connection.execute(text("INSERT INTO network VALUES (:id, :name, 5)"), network)
            rows = [
                {
                    "network": network_id,
                    "seq": seq,
                    "company": company(network_id, seq),
                    "body": body_of(network_id, seq),
                }
                for seq in range(1, LENGTH + 1)
            ]
            connection.execute(ENTRY, rows)
    engine.dispose()


def test_every_file_of_a_long_log_is_known_and_joined(address: str, read: list[str]) -> None:
    write(address, "0002", join)

    database = open_database(address)

    assert [statement for statement in read if "LIMIT" not in statement] == []
    expected = {(n, company(n, seq)) for n in NETWORKS for seq in range(1, LENGTH + 1)}
    with database.reading() as session:
        known = session.execute(select(CompanyFile.network_id, CompanyFile.company_id))
        assert {(n, company_id) for n, company_id in known} == expected
        joined = session.scalars(select(JoinedCompany)).all()
        assert {(row.network_id, row.company_id) for row in joined} == expected
        assert {(row.joined_to, row.n == row.hlc) for row in joined} == {(OTHER, True)}
    database.close()


def test_every_block_of_a_long_log_is_rewritten(address: str, read: list[str]) -> None:
    write(address, "0005", block)

    database = open_database(address)

    assert read
    assert [statement for statement in read if "LIMIT" not in statement] == []
    with database.reading() as session:
        entries = session.scalars(select(LogEntry)).all()
        assert {entry.kind for entry in entries} == {"block"}
        assert len(entries) == len(NETWORKS) * LENGTH
        assert all(len([*changes_in(entry.kind, entry.body)]) == 4 for entry in entries)
    database.close()
