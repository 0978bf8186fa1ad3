"""Schema steps: equal to the models, a copy before, all or nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text

import desktop_advisor.storage.log_tables
from desktop_advisor.storage import migrations
from desktop_advisor.storage.database import open_engine
from desktop_advisor.storage.errors import UpgradeFailed
from desktop_advisor.storage.key_file import load_key_file, unwrap
from desktop_advisor.storage.migrations import REVISIONS, alembic_config, revision_of
from desktop_advisor.storage.records import Base
from desktop_advisor.storage.store import DATABASE, KEY_FILE, Store
from tests.storage.desks import PASSPHRASE, Desk, TurnedClock

assert desktop_advisor.storage.log_tables  # registers its tables with Base


def shape_of(connection: Connection) -> dict[str, str]:
    """Name → normalised SQL of every table and index."""
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    )
    return {
        name: re.sub(r"\s*,\s*|\s+", lambda m: "," if "," in m[0] else " ", sql)
        .replace("( ", "(")
        .replace(" )", ")")
        for name, sql in rows
        if name != "alembic_version"
    }


def migrated(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")


def test_the_migrated_schema_equals_the_models() -> None:
    by_steps, at_once = create_engine("sqlite://"), create_engine("sqlite://")
    migrated(by_steps)
    Base.metadata.create_all(at_once)
    with by_steps.connect() as left, at_once.connect() as right:
        assert shape_of(left).keys() == shape_of(right).keys()
        different = {
            name: (sql, shape_of(right)[name])
            for name, sql in shape_of(left).items()
            if sorted(re.split(r"[,()]", sql)) != sorted(re.split(r"[,()]", shape_of(right)[name]))
        }
        assert different == {}
        context = MigrationContext.configure(left)
        assert compare_metadata(context, Base.metadata) == []
    by_steps.dispose()
    at_once.dispose()


def test_the_program_knows_every_revision_in_order() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        assert tuple(s.revision for s in reversed(list(scripts.walk_revisions()))) == REVISIONS
    engine.dispose()


def age(desk: Desk) -> None:
    """Make the store one that an older version has left."""
    with desk.store.maintain() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '0000'"))
    desk.store.close()


@pytest.fixture
def one_step(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pretend that 0000 is an older revision; what a step would do is the test's affair."""
    monkeypatch.setattr(migrations, "REVISIONS", ("0000", REVISIONS[-1]))
    done: list[str] = []

    def upgrade(config: object, revision: str) -> None:
        connection = config.attributes["connection"]  # type: ignore[attr-defined]
        connection.execute(text("ALTER TABLE company ADD COLUMN crew TEXT"))
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
        done.append(revision)

    monkeypatch.setattr(command, "upgrade", upgrade)
    return done


def test_an_older_database_is_copied_before_it_is_migrated(
    desk: Desk, tmp_path: Path, clock: TurnedClock, one_step: list[str]
) -> None:
    age(desk)
    folder = tmp_path / "laptop"
    before = (folder / DATABASE).read_bytes()
    store = Store.open(folder, PASSPHRASE, clock=clock)
    assert one_step == [REVISIONS[-1]]
    (copy,) = (folder / "sicherungen").iterdir()
    assert copy.read_bytes() == before
    with store.read() as session:
        columns = session.connection().execute(text("SELECT name, crew FROM company")).all()
    assert [tuple(row) for row in columns] == [("Huber Zerspanung", None)]
    store.close()
    key = unwrap(load_key_file(folder / KEY_FILE), PASSPHRASE)
    engine = open_engine(copy, key)
    with engine.connect() as connection:
        assert revision_of(connection) == "0000"
    engine.dispose()


def test_a_failed_migration_leaves_the_database_as_it_was(
    desk: Desk,
    tmp_path: Path,
    clock: TurnedClock,
    one_step: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    age(desk)

    def battery_death(_connection: Connection) -> None:
        raise OSError("simulated")

    monkeypatch.setattr("desktop_advisor.storage.migrations.rebuild_all", battery_death)
    with pytest.raises(UpgradeFailed, match="unverändert"):
        Store.open(tmp_path / "laptop", PASSPHRASE, clock=clock)
    assert one_step == [REVISIONS[-1]]
    key = unwrap(load_key_file(tmp_path / "laptop" / KEY_FILE), PASSPHRASE)
    engine = open_engine(tmp_path / "laptop" / DATABASE, key)
    with engine.connect() as connection:
        assert revision_of(connection) == "0000"
        table = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'company'"))
        assert "crew" not in str(table.scalar())
    engine.dispose()


def test_an_up_to_date_store_is_opened_without_a_copy(
    desk: Desk, tmp_path: Path, clock: TurnedClock
) -> None:
    desk.store.close()
    Store.open(tmp_path / "laptop", PASSPHRASE, clock=clock).close()
    assert not (tmp_path / "laptop" / "sicherungen").exists()


def test_an_upgrade_projects_what_the_older_version_did_not_know(
    desk: Desk, tmp_path: Path, clock: TurnedClock, one_step: list[str]
) -> None:
    with desk.store.maintain() as session:
        session.connection().execute(text("UPDATE company SET name = ''"))
    age(desk)
    desk.store = Store.open(tmp_path / "laptop", PASSPHRASE, clock=clock)
    assert desk.name == "Huber Zerspanung"
    desk.store.close()
