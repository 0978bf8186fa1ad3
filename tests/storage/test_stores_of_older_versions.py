"""Every store that an older version has left behind opens, whole, with a copy of what it was."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_advisor.storage.database import open_engine
from desktop_advisor.storage.history import history
from desktop_advisor.storage.key_file import load_key_file, unwrap
from desktop_advisor.storage.migrations import REVISIONS, revision_of
from desktop_advisor.storage.models import Answer, Attachment
from desktop_advisor.storage.store import COPIES, DATABASE, KEY_FILE, Store
from tests.storage.desks import TurnedClock
from tests.storage.leave_a_store import CONTENT, PASSPHRASE, content, leave

STORES = Path(__file__).parent / "stores"
LEFT_BEHIND = sorted(path.name for path in STORES.iterdir())


@pytest.fixture(params=LEFT_BEHIND)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a store of that revision."""
    return Path(shutil.copytree(STORES / request.param, tmp_path / request.param))


def revision(database: Path, folder: Path) -> str | None:
    engine = open_engine(database, unwrap(load_key_file(folder / KEY_FILE), PASSPHRASE))
    with engine.connect() as connection:
        found = revision_of(connection)
    engine.dispose()
    return found


def test_it_is_migrated_with_a_copy_and_everything_is_there(old: Path) -> None:
    before = (old / DATABASE).read_bytes()
    assert revision(old / DATABASE, old) == old.name
    store = Store.open(old, PASSPHRASE, clock=TurnedClock())
    now, was = content(store), json.loads((old / CONTENT).read_text("utf-8"))
    store.close()
    for entity, rows in was.items():
        assert now[entity].keys() == rows.keys()
        for row_id, columns in rows.items():
            assert now[entity][row_id].items() >= columns.items()
    assert revision(old / DATABASE, old) == REVISIONS[-1]
    copies = list((old / COPIES).glob("*.db")) if (old / COPIES).exists() else []
    assert [copy.read_bytes() for copy in copies] == ([before] if old.name != REVISIONS[-1] else [])


def test_its_files_and_its_history_can_be_read(old: Path) -> None:
    store = Store.open(old, PASSPHRASE, clock=TurnedClock())
    with store.read() as session:
        (file,) = session.scalars(select(Attachment))
        assert sha256(store.files.read(file.sha256)).hexdigest() == file.sha256
        answer = session.scalars(select(Answer).where(Answer.question == "d07_plan")).one()
        past = [
            (c.author, c.value["value"])
            for c in history(session, answer.id)
            if c.field == "response"
        ]
    assert past == [("Ute Klein", "2"), ("Jana Vogel", "3")]
    store.close()


def test_it_can_be_worked_with(old: Path) -> None:
    store = Store.open(old, PASSPHRASE, clock=TurnedClock())
    with store.edit("Jana Vogel") as session:
        session.scalars(select(Answer)).first().value = "5"  # type: ignore[union-attr]
        session.scalars(select(Attachment)).one()
    before = content(store)
    store.rebuild()
    assert content(store) == before
    store.close()


def test_there_is_a_store_of_every_older_revision() -> None:
    assert set(REVISIONS[:-1]) <= set(LEFT_BEHIND)


def test_this_version_can_leave_a_store_behind(tmp_path: Path) -> None:
    leave(tmp_path / "neu")
    store = Store.open(tmp_path / "neu", PASSPHRASE, clock=TurnedClock())
    left = content(store)
    assert left == json.loads((tmp_path / "neu" / CONTENT).read_text("utf-8"))
    assert [name for name, rows in left.items() if not rows] == []
    store.close()
