"""A log from before there were teams, or frames, is brought along whole."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, select

import sync.server
from sync import wire
from sync.blocks import changes_of, derived_id, open_frame, read_block
from sync.server.database import MIGRATIONS, open_database, revisions
from sync.server.known import changes_in
from sync.server.models import KnownRun, LogEntry, StoredReply
from sync.server.people_models import Assignment, CompanyFile, JoinedCompany, Team
from sync.tally import Tally
from tests.sync.central import COMPANY

WRITER = "a" * 32
OTHER = "0190a000-0000-7000-8000-000000000002"


def change(n: int, value: str, field: str = "name") -> dict[str, object]:
    """One edit of the company, as it lies in a log entry."""
    return {
        "writer": WRITER,
        "n": n,
        "company_id": COMPANY,
        "entity": "company",
        "entity_id": COMPANY,
        "field": field,
        "value": value,
        "hlc": n,
    }


def old_database(path: Path, joined_to: str = OTHER) -> None:
    """Version 2 of the tables with one network, one laptop and two log entries."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    scripts = Path(sync.server.__file__).parent / "migrations"
    config.set_main_option("script_location", str(scripts))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    engine.dispose()
    bodies = [
        [change(1, "Huber"), change(2, "Huber SE")],
        [change(3, joined_to, "merged_into"), change(4, "Maier")],
    ]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO network VALUES (1, 'ITAS', 5)")
        for seq, body in enumerate(bodies, start=1):
            connection.execute(
                "INSERT INTO log_entry VALUES (1, ?, ?, 'device', 7, ?, 0, ?)",
                (seq, COMPANY, len(body), wire.compress(msgspec.json.encode(body))),
            )
        connection.commit()


def test_an_older_log_that_joins_a_file_to_no_file_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "server.sqlite"
    old_database(path, joined_to="no id, and \x00 that PostgreSQL would refuse")

    database = open_database(f"sqlite:///{path}")

    with database.reading() as session:
        assert session.scalars(select(JoinedCompany)).one().joined_to == ""
    database.close()


def test_company_files_of_an_older_log_belong_to_the_network_s_team(tmp_path: Path) -> None:
    path = tmp_path / "server.sqlite"
    old_database(path)

    database = open_database(f"sqlite:///{path}")

    with database.reading() as session:
        file = session.scalars(select(CompanyFile)).one()
        assert (file.company_id, file.name, file.created_ms) == (COMPANY, "Maier", 7)
        expected = Tally().with_runs([(WRITER, 1, 4)])
        assert Tally.of(file.change_count, file.mark) == expected
        assert session.scalars(select(Assignment)).one().team_id == session.scalar(select(Team.id))
        known = session.scalars(select(KnownRun).order_by(KnownRun.first)).all()
        joined = session.scalars(select(JoinedCompany)).one()
        assert (joined.company_id, joined.joined_to, joined.n) == (COMPANY, OTHER, 3)
        assert [(run.first, run.last, run.seq) for run in known] == [(1, 2, 1), (3, 4, 2)]
    database.close()


def block_of_before(seq: int) -> dict[str, object]:
    """A block in the form of version 5: kind, row and stamp of each change."""
    return {
        "company_id": COMPANY,
        "writers": [WRITER],
        "runs": [[0, 10 * seq, 4]],
        "labels": ["Sonntag", "Laptop 7"],
        "made": [[4, 0, 1, 5]],
        "kinds": [["company", "name"], ["answer", "key"], ["answer", "note"]],
        "kind": [0, 1, 2, 0],
        "ids": [COMPANY, [0, "energie_001"]],
        "row": [0, 1, 0, -1],
        "hlc": [7 << 16, 1, 0, 5 << 16],
        "bases": [[3, 0, 10 * seq]],
        "values": ["Huber", {"assessment_id": COMPANY, "question": "energie_001"}, "a", "Maier"],
    }


def version_5(path: Path) -> None:
    """Version 5 of the tables with one block, one array, one erased entry and a kept reply."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    scripts = Path(sync.server.__file__).parent / "migrations"
    config.set_main_option("script_location", str(scripts))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
    engine.dispose()
    array = [change(1, "Huber")]
    bodies = [wire.compress(msgspec.json.encode(body)) for body in (block_of_before(1), array)]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO network VALUES (1, 'ITAS', 5)")
        for seq, body in enumerate([*bodies, b""], start=1):
            connection.execute(
                "INSERT INTO log_entry (network_id, seq, company_id, device_id, received_ms, "
                "change_count, size, body) VALUES (1, ?, ?, 'device', 7, 4, 0, ?)",
                (seq, COMPANY, body),
            )
        connection.execute("INSERT INTO stored_reply VALUES ('device', 'batch', ?)", (bodies[1],))
        connection.commit()


def test_blocks_of_an_older_log_hold_the_same_changes_edit_by_edit(tmp_path: Path) -> None:
    path = tmp_path / "server.sqlite"
    version_5(path)

    database = open_database(f"sqlite:///{path}")

    with database.reading() as session:
        entries = session.execute(
            select(LogEntry.kind, LogEntry.body, LogEntry.size).order_by(LogEntry.seq)
        ).all()
        assert [entry.kind for entry in entries] == ["block", "changes", "changes"]
        assert session.scalars(select(StoredReply)).all() == []
    plain = open_frame(entries[0].body)
    assert entries[0].size == len(plain)
    row = derived_id(COMPANY, "energie_001")
    found = [
        (c.n, c.entity, c.field, c.entity_id, c.hlc, c.value, c.bases)
        for c in changes_of(read_block(plain))
    ]
    key = {"assessment_id": COMPANY, "question": "energie_001"}
    assert found == [
        (10, "company", "name", COMPANY, 7 << 16, "Huber", ()),
        (11, "answer", "key", row, (7 << 16) + 1, key, ()),
        (12, "answer", "note", row, (7 << 16) + 1, "a", ()),
        (13, "company", "name", COMPANY, (12 << 16) + 1, "Maier", ((WRITER, 10),)),
    ]
    assert len(read_block(plain).edits) == 3
    assert [c.value for c in changes_in("changes", entries[1].body)] == ["Huber"]
    database.close()


def test_the_files_are_named_after_their_revisions() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))

    assert revisions() == [one.revision for one in scripts.walk_revisions()][::-1]


def test_a_server_whose_tables_are_current_takes_no_memory_for_upgrading(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.db'}"
    open_database(url).close()
    looked = """
import sys
import sync.server.cli
from sync.server.app import create_app
create_app(sys.argv[1], "database:")
print(*{"alembic", "mako", "requests"} & {*sys.modules})
"""
    command = [sys.executable, "-c", looked, url]
    answered = subprocess.run(command, check=True, capture_output=True, text=True)

    assert answered.stdout.split() == []
