"""A log from before there were teams is brought along whole."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import msgspec
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, select

import sync.server
from sync import wire
from sync.server.database import open_database
from sync.server.models import KnownRun
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


def old_database(path: Path) -> None:
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
        [change(3, OTHER, "merged_into"), change(4, "Maier")],
    ]
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO network VALUES (1, 'ITAS', 5)")
        for seq, body in enumerate(bodies, start=1):
            connection.execute(
                "INSERT INTO log_entry VALUES (1, ?, ?, 'device', 7, ?, 0, ?)",
                (seq, COMPANY, len(body), wire.compress(msgspec.json.encode(body))),
            )
        connection.commit()


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
