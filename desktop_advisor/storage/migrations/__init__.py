"""Brings a database to this version: a copy first, then Alembic, then the log is read anew.

Alembic is imported only when there is something to do; it would cost a tenth of a second of every
start.
"""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from desktop_advisor.storage.database import WRITES, checkpoint
from desktop_advisor.storage.durable_files import sync_folder
from desktop_advisor.storage.errors import DamagedStore, NewerDatabase, UpgradeFailed
from desktop_advisor.storage.projection import rebuild_all

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision, oldest first; the last is the one this program works with."""


def upgrade(engine: Engine, database: Path, copies: Path, now: datetime) -> Path | None:
    """The path of the copy that was made, None when the database was new or up to date.

    Raises: NewerDatabase, before anything is written; UpgradeFailed, with everything taken back.
    """
    with engine.connect() as connection:
        revision = revision_of(connection)
    if revision == REVISIONS[-1]:
        return None
    if revision is not None and revision not in REVISIONS:
        raise NewerDatabase
    if revision is None:
        _migrate(engine)
        return None
    copy = _copy(engine, database, copies / f"vor-{REVISIONS[-1]}-{now:%Y%m%d-%H%M%S}.db")
    try:
        _migrate(engine)
    except Exception as error:
        raise UpgradeFailed(copy) from error
    return copy


def revision_of(connection: Connection) -> str | None:
    """The revision of the database; None when it is empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise DamagedStore("Die Datenbank gehört zu einem anderen Programm.")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration on an open connection; no ini file is needed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(engine: Engine) -> None:
    """All steps and the rebuild in one transaction: SQLite's DDL is transactional."""
    from alembic import command

    with engine.execution_options(**{WRITES: True}).begin() as connection:
        command.upgrade(alembic_config(connection), REVISIONS[-1])
        rebuild_all(connection)


def _copy(engine: Engine, database: Path, copy: Path) -> Path:
    """A copy of the encrypted file as it stands; nobody else writes, because we hold the lock."""
    checkpoint(engine)
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(database, copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(copy.parent)
    return copy
