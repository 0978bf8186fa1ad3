"""Opening, closing, refusing: the store as a whole."""

from __future__ import annotations

import json
import os
import re
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text

import desktop_advisor
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage import database
from desktop_advisor.storage.errors import (
    DamagedStore,
    DiskFull,
    NewerDatabase,
    StoreExists,
    StoreInUse,
    WrongPassphrase,
)
from desktop_advisor.storage.models import Answer, Company, Note
from desktop_advisor.storage.store import DATABASE, KEY_FILE, Store, StoreClosed
from tests.storage.desks import CHEAP, PASSPHRASE, Desk, TurnedClock


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    """The folder of a closed store."""
    desk.store.close()
    return tmp_path / "laptop"


def test_a_reopened_store_holds_what_was_saved(
    folder: Path, desk: Desk, clock: TurnedClock
) -> None:
    store = Store.open(folder, PASSPHRASE, clock=clock)
    with store.read() as session:
        assert session.get_one(Company, desk.company).name == "Huber Zerspanung"
    store.close()


def test_the_same_passphrase_typed_on_a_mac_opens_the_store(
    folder: Path, clock: TurnedClock
) -> None:
    decomposed = PASSPHRASE.replace("ü", "u\u0308")
    assert decomposed != PASSPHRASE
    Store.open(folder, decomposed, clock=clock).close()


def test_a_wrong_passphrase_is_told_and_changes_nothing(folder: Path, clock: TurnedClock) -> None:
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    with pytest.raises(WrongPassphrase) as refused:
        Store.open(folder, "falsch", clock=clock)
    assert "Passphrase" in refused.value.what
    assert before == {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    Store.open(folder, PASSPHRASE, clock=clock).close()


def test_create_never_overwrites_a_store(folder: Path, clock: TurnedClock) -> None:
    with pytest.raises(StoreExists):
        Store.create(folder, "neu", clock=clock, cost=CHEAP)
    Store.open(folder, PASSPHRASE, clock=clock).close()


def test_create_keeps_the_key_of_a_database_that_is_away(folder: Path, clock: TurnedClock) -> None:
    key = (folder / KEY_FILE).read_bytes()
    (folder / DATABASE).rename(folder.parent / "woanders.db")
    Store.create(folder, "neu", clock=clock, cost=CHEAP).close()
    assert [p.read_bytes() for p in folder.glob(f"{KEY_FILE}.*")] == [key]


def test_a_second_program_is_refused_while_the_first_is_open(
    folder: Path, clock: TurnedClock
) -> None:
    first = Store.open(folder, PASSPHRASE, clock=clock)
    with pytest.raises(StoreInUse):
        Store.open(folder, PASSPHRASE, clock=clock)
    first.close()
    Store.open(folder, PASSPHRASE, clock=clock).close()


def test_a_newer_database_is_refused_unharmed(folder: Path, clock: TurnedClock) -> None:
    store = Store.open(folder, PASSPHRASE, clock=clock)
    with store.maintain() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(NewerDatabase):
        Store.open(folder, PASSPHRASE, clock=clock)
    assert (folder / DATABASE).read_bytes() == before
    assert not (folder / "sicherungen").exists()


def test_a_newer_key_file_is_refused(folder: Path, clock: TurnedClock) -> None:
    said = json.loads((folder / KEY_FILE).read_text())
    (folder / KEY_FILE).write_text(json.dumps({**said, "version": 2, "wraps": "anders"}))
    with pytest.raises(NewerDatabase):
        Store.open(folder, PASSPHRASE, clock=clock)


@pytest.mark.parametrize("content", ["", "{", '{"version": 1}', "[]", "\ufeff{}"])
def test_a_broken_key_file_is_told(folder: Path, clock: TurnedClock, content: str) -> None:
    (folder / KEY_FILE).write_text(content)
    with pytest.raises(DamagedStore):
        Store.open(folder, PASSPHRASE, clock=clock)


def test_a_key_file_that_asks_for_all_memory_is_refused(folder: Path, clock: TurnedClock) -> None:
    said = json.loads((folder / KEY_FILE).read_text())
    said["wraps"][0]["cost"]["memory_kib"] = 2**40
    (folder / KEY_FILE).write_text(json.dumps(said))
    with pytest.raises(DamagedStore):
        Store.open(folder, PASSPHRASE, clock=clock)


def test_a_damaged_database_is_told(folder: Path, clock: TurnedClock) -> None:
    raw = bytearray((folder / DATABASE).read_bytes())
    raw[100:200] = os.urandom(100)
    (folder / DATABASE).write_bytes(raw)
    with pytest.raises(DamagedStore):
        Store.open(folder, PASSPHRASE, clock=clock)


def test_a_plain_database_is_refused(folder: Path, clock: TurnedClock) -> None:
    raw = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(b"SQLite format 3\x00" + raw[16:])
    with pytest.raises(DamagedStore, match="nicht verschlüsselt"):
        Store.open(folder, PASSPHRASE, clock=clock)


def test_a_creation_that_was_cut_off_can_be_repeated(tmp_path: Path, clock: TurnedClock) -> None:
    (tmp_path / DATABASE).touch()
    assert not Store.exists(tmp_path)
    Store.create(tmp_path, PASSPHRASE, clock=clock, cost=CHEAP).close()
    assert Store.exists(tmp_path)


def test_the_database_is_encrypted_from_its_first_byte(folder: Path) -> None:
    header = (folder / DATABASE).read_bytes()[:16]
    assert header != b"SQLite format 3\x00"
    database.assert_encrypted(folder / DATABASE)


PLANTED = [f"Geheimnis {word} {word[::-1]}" for word in (
    "Zerspanung", "Kurbelwelle", "Insolvenz", "Betriebsrat", "Kündigung", "Umsatzrückgang",
    "Stammkunde", "Getriebe", "Qualifizierung", "Verlagerung", "Nachfolge", "Kreditlinie",
    "Elektromotor", "Batteriegehäuse", "Transfergesellschaft", "Werksschließung",
)]  # fmt: skip


def test_no_planted_string_is_readable_in_any_file(
    desk: Desk, tmp_path: Path, clock: TurnedClock
) -> None:
    names = [*PLANTED[:12], "Einstellungswert eins"]
    for number, planted in enumerate(PLANTED[:12]):
        desk.answer(f"q{number}", planted)
    desk.rename(PLANTED[12], author=PLANTED[13])
    desk.store.files.add(PLANTED[14].encode() * 100)
    desk.store.save_secret("schlüssel", PLANTED[15].encode())
    desk.store.save_setting("profil", "Einstellungswert eins")
    with desk.store.edit("Autorin im Klartext") as session:
        session.add(Note(id=new_id(clock()), company_id=desk.company, text="Notiz im Klartext"))
    planted = [*PLANTED, *names[12:], "Autorin im Klartext", "Notiz im Klartext", "Huber Zerspan"]
    assert len(planted) == 20
    files = [p for p in (tmp_path / "laptop").rglob("*") if p.is_file()]
    assert any(p.name.endswith("-wal") and p.stat().st_size > 0 for p in files)
    open_bytes = b"".join(p.read_bytes() for p in files)
    desk.store.close()
    closed_bytes = b"".join(p.read_bytes() for p in (tmp_path / "laptop").rglob("*") if p.is_file())
    for text_ in planted:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert text_.encode(encoding) not in open_bytes
            assert text_.encode(encoding) not in closed_bytes


def test_the_journal_is_synced_at_every_commit(desk: Desk) -> None:
    with desk.store.maintain() as session:
        connection = session.connection()
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA temp_store")).scalar() == 2


def test_a_new_passphrase_replaces_the_old_one(
    desk: Desk, tmp_path: Path, clock: TurnedClock
) -> None:
    with pytest.raises(WrongPassphrase):
        desk.store.change_passphrase("falsch", "neu")
    desk.store.change_passphrase(PASSPHRASE, "neue Passphrase")
    desk.store.close()
    with pytest.raises(WrongPassphrase):
        Store.open(tmp_path / "laptop", PASSPHRASE, clock=clock)
    store = Store.open(tmp_path / "laptop", "neue Passphrase", clock=clock)
    with store.read() as session:
        assert session.get_one(Company, desk.company).name == "Huber Zerspanung"
    store.close()


def test_settings_and_secrets_stay_on_the_laptop_and_outlive_a_restart(
    desk: Desk, tmp_path: Path, clock: TurnedClock
) -> None:
    desk.store.save_setting("author", "Anna Weber")
    desk.store.save_setting("author", "Anna Weber-Groß")
    desk.store.save_setting("vergessen", "x")
    desk.store.save_setting("vergessen", None)
    desk.store.save_secret("author", b"\x00\xff")
    desk.store.close()
    store = Store.open(tmp_path / "laptop", PASSPHRASE, clock=clock)
    assert store.setting("author") == "Anna Weber-Groß"
    assert store.setting("vergessen") is None
    assert store.secret("author") == b"\x00\xff"
    assert store.secret("nie") is None
    assert store.device == "laptop"
    store.close()


def test_threads_edit_and_read_at_the_same_time_without_loss(desk: Desk) -> None:
    failures: list[BaseException] = []

    def answer(thread: int) -> None:
        try:
            for number in range(25):
                desk.answer(f"t{thread}_{number}", str(number))
                assert desk.shown(f"t{thread}_{number}") == str(number)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with desk.store.read() as session:
        assert len(session.scalars(select(Answer)).all()) == 100


def test_a_reader_sees_one_moment_while_another_thread_writes(desk: Desk) -> None:
    with desk.store.read() as session:
        assert session.get_one(Company, desk.company).name == "Huber Zerspanung"
        writer = threading.Thread(target=desk.rename, args=("Huber GmbH",))
        writer.start()
        writer.join()
        session.expire_all()
        assert session.get_one(Company, desk.company).name == "Huber Zerspanung"
    assert desk.name == "Huber GmbH"


def test_an_edit_inside_an_edit_fails_instead_of_waiting_for_itself(desk: Desk) -> None:
    with (
        desk.store.edit("Anna"),
        pytest.raises(RuntimeError, match="inside an edit"),
        desk.store.edit("Anna"),
    ):
        pass
    desk.rename("Weiter geht es")
    assert desk.name == "Weiter geht es"


def test_a_closed_store_does_not_open_again_by_itself(desk: Desk) -> None:
    desk.store.close()
    desk.store.close()
    with pytest.raises(StoreClosed):
        desk.rename("zu spät")
    with pytest.raises(StoreClosed):
        assert desk.name


def test_only_the_storage_room_reaches_below_the_session() -> None:
    package = Path(desktop_advisor.__file__).parent
    below = re.compile(r"\.(connection|maintain|get_bind|exec_driver_sql|change_log)\b")
    found = [
        f"{path.relative_to(package)}: {line.strip()}"
        for path in package.rglob("*.py")
        if "storage" not in path.relative_to(package).parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if below.search(line) and "storage." not in line
    ]
    assert found == []


def test_a_full_disk_is_told_and_costs_only_the_last_input(desk: Desk) -> None:
    def fill_the_disk() -> None:
        with desk.store.edit("Anna") as session:
            pages = session.connection().execute(text("PRAGMA page_count")).scalar()
            session.connection().execute(text(f"PRAGMA max_page_count = {pages}"))
            session.add(Note(id=desk.assessment, company_id=desk.company, text="x" * 100_000))

    with pytest.raises(DiskFull):
        fill_the_disk()
    assert desk.name == "Huber Zerspanung"
