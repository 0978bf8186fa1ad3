"""How the databases keep what is packed, and what they remember between requests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, literal, select, text

from sync.server import administration
from sync.server.bulk import FEW, insert_rows
from sync.server.database import IN_BINARY, LOG_PAGES, Database, open_database
from sync.server.models import LogEntry, table_of
from tests.sync import postgres
from tests.sync.central import COMPANY, NETWORK

ASSESSMENT_BYTES = 3_600
"""A block of 150 answers, packed."""


@pytest.fixture
def elephant() -> Iterator[Database]:
    """An empty server over PostgreSQL."""
    with postgres.database() as url:
        opened = open_database(url)
        yield opened
        opened.close()


def log_row(network_id: int, seq: int, size: int) -> dict[str, object]:
    """A log entry with so many bytes that cannot be compressed."""
    return {
        "network_id": network_id,
        "seq": seq,
        "company_id": COMPANY,
        "device_id": "device",
        "received_ms": 1,
        "change_count": 441,
        "size": 4 * size,
        "body": os.urandom(size),
        "kind": "block",
    }


def test_postgresql_keeps_a_block_in_the_row_of_its_entry(elephant: Database) -> None:
    network_id = administration.add_network(elephant, NETWORK)
    aside = text("SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'log_entry'")
    rows = [log_row(network_id, seq, ASSESSMENT_BYTES) for seq in range(1, FEW + 5)]
    with elephant.writing() as session:
        insert_rows(session, table_of(LogEntry), rows)
        assert session.execute(aside).scalar_one() == 0

        session.execute(insert(LogEntry), [log_row(network_id, 100, 1_000_000)])
        assert session.execute(aside).scalar_one() >= 1_000_000
        bodies = select(LogEntry.seq, LogEntry.body).where(LogEntry.seq <= len(rows))
        kept = dict(session.execute(bodies).all())
    assert kept == {row["seq"]: row["body"] for row in rows}


def test_postgresql_gives_bodies_as_bytes_and_not_as_digits(elephant: Database) -> None:
    body = bytes(range(256))
    with elephant.reading() as session:
        asked = select(literal(body)).execution_options(**{IN_BINARY: True})
        sent = session.connection().execute(asked)
        raw = sent.cursor.pgresult.get_value(0, 0)  # type: ignore[union-attr]
        assert sent.scalar_one() == body
    assert raw == body


def test_postgresql_s_driver_remembers_its_statements_from_request_to_request(
    elephant: Database,
) -> None:
    remembered = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%alike%'")
    for number in range(10):
        with elephant.reading() as session:
            assert session.execute(text("SELECT :n + 1 AS alike"), {"n": number}).scalar_one() > 0
    with elephant.reading() as session:
        assert session.execute(remembered).scalar_one() == 1


def test_postgresql_plans_lists_by_their_length_but_foreign_keys_once(elephant: Database) -> None:
    network_id = administration.add_network(elephant, NETWORK)
    mode = text("SHOW plan_cache_mode")
    with elephant.writing() as session:
        assert session.execute(mode).scalar_one() == "force_custom_plan"
        rows = [log_row(network_id, seq, 1) for seq in range(1, FEW + 5)]
        insert_rows(session, table_of(LogEntry), rows)
        assert session.execute(mode).scalar_one() == "auto"
    with elephant.reading() as session:
        assert session.execute(mode).scalar_one() == "force_custom_plan"


def test_sqlite_does_not_tidy_its_log_within_each_batch(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    with database.reading() as session:
        pages = session.execute(text("PRAGMA wal_autocheckpoint")).scalar_one()
        page_bytes = session.execute(text("PRAGMA page_size")).scalar_one()
    database.close()
    assert pages == LOG_PAGES
    assert pages * page_bytes > 4 * 2**21  # several of the largest batches of ours


def test_a_question_that_needs_no_transaction_leaves_none_open(elephant: Database) -> None:
    state = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND state LIKE 'idle in%'"
    )
    with elephant.asking() as connection:
        assert connection.execute(select(literal(1))).scalar_one() == 1
        with elephant.reading() as session:
            assert session.execute(state).scalar_one() == 0
