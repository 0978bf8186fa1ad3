"""A locked store has no keys, reads nothing, and goes on in place after the passphrase."""

from __future__ import annotations

import gc
import threading
from pathlib import Path
from types import CellType

import pytest

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.errors import (
    DamagedStore,
    StoreInUse,
    StoreLocked,
    WrongPassphrase,
)
from desktop_advisor.storage.store import DATABASE, Store, StoreClosed
from tests.storage.desks import CHEAP, PASSPHRASE, Desk, TurnedClock


def key_of(store: Store) -> str:
    """The data key in hexadecimal, as the pragma of a connection writes it."""
    engines = store._engines
    assert engines is not None
    listeners = list(engines.reading.pool.dispatch.connect)
    cells = [c.cell_contents for f in listeners for c in getattr(f, "__closure__", None) or ()]
    return next(c for c in cells if isinstance(c, bytes)).hex()


def test_a_locked_store_holds_no_key(desk: Desk) -> None:
    assert len(key_of(desk.store)) == 64
    desk.store.lock()
    assert desk.store.is_locked
    assert desk.store._engines is None
    assert desk.store.files._cipher is None


def test_nothing_that_is_alive_holds_the_key_of_a_locked_store(
    tmp_path: Path, clock: TurnedClock
) -> None:
    """In a store that is no copy: what another test has left behind would hold the copies' key."""
    store = Store.create(tmp_path / "eigen", PASSPHRASE, clock=clock, cost=CHEAP)
    desk = Desk(store, new_id(clock()), new_id(clock()))
    desk.found()
    desk.answer("d01_01", "3")
    key = bytes.fromhex(key_of(desk.store))
    assert key in held_by_closures()
    desk.store.lock()
    assert key not in held_by_closures()
    desk.store.close()


def held_by_closures() -> list[bytes]:
    """Bytes that functions which are alive have taken along."""
    gc.collect()
    cells = [found for found in gc.get_objects() if isinstance(found, CellType)]
    return [content for cell in cells if type(content := _content(cell)) is bytes]


def _content(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # an empty cell
        return None


def test_a_locked_store_neither_reads_nor_writes(desk: Desk) -> None:
    sha256 = desk.store.files.add(b"Foto")
    desk.store.lock()
    with pytest.raises(StoreLocked):
        desk.shown("d01_01")
    with pytest.raises(StoreLocked):
        desk.answer("d01_01", "3")
    with pytest.raises(StoreLocked):
        desk.store.setting("palette")
    with pytest.raises(StoreLocked):
        desk.store.secret("signing")
    with pytest.raises(StoreLocked):
        desk.store.files.read(sha256)
    with pytest.raises(StoreLocked):
        desk.store.files.add(b"noch eines")


def test_the_passphrase_opens_the_same_store_in_place(desk: Desk) -> None:
    desk.answer("d01_01", "3")
    sha256 = desk.store.files.add(b"Foto")
    desk.store.lock()
    desk.store.unlock(PASSPHRASE)
    assert not desk.store.is_locked
    assert desk.shown("d01_01") == "3"
    assert desk.store.files.read(sha256) == b"Foto"
    desk.answer("d01_01", "4")
    assert desk.shown("d01_01") == "4"


def test_a_wrong_passphrase_leaves_it_locked(desk: Desk) -> None:
    desk.store.lock()
    with pytest.raises(WrongPassphrase):
        desk.store.unlock("geraten")
    assert desk.store.is_locked
    with pytest.raises(StoreLocked):
        desk.shown("d01_01")


def test_the_passphrase_is_checked_also_before_the_store_is_locked(desk: Desk) -> None:
    with pytest.raises(WrongPassphrase):
        desk.store.unlock("geraten")
    desk.store.unlock(PASSPHRASE)
    desk.answer("d01_01", "2")


def test_a_locked_store_lets_no_other_program_in(desk: Desk, tmp_path: Path) -> None:
    desk.store.lock()
    with pytest.raises(StoreInUse):
        Store.open(tmp_path / "laptop", PASSPHRASE, clock=lambda: pytest.fail("opened"))


def test_locking_waits_for_a_running_edit(desk: Desk) -> None:
    begun, locking = threading.Event(), threading.Event()

    def lock() -> None:
        begun.wait(5)
        locking.set()
        desk.store.lock()

    thread = threading.Thread(target=lock)
    thread.start()
    with desk.store.edit("Anna Weber") as session:
        begun.set()
        assert locking.wait(5)
        assert not desk.store.is_locked
        session.flush()
    thread.join(5)
    assert desk.store.is_locked


def test_a_locked_store_can_be_closed_and_opened_by_the_next_start(
    desk: Desk, tmp_path: Path
) -> None:
    desk.answer("d01_01", "5")
    desk.store.lock()
    desk.store.lock()
    desk.store.close()
    with pytest.raises(StoreClosed):
        desk.store.unlock(PASSPHRASE)
    with pytest.raises(StoreClosed):
        desk.shown("d01_01")


def test_a_database_that_was_damaged_meanwhile_is_told_and_stays_locked(
    desk: Desk, tmp_path: Path
) -> None:
    desk.store.lock()
    path = tmp_path / "laptop" / DATABASE
    sound = path.read_bytes()
    path.write_bytes(sound[:200] + bytes(300) + sound[500:])
    with pytest.raises(DamagedStore):
        desk.store.unlock(PASSPHRASE)
    assert desk.store.is_locked
    path.write_bytes(sound)
    desk.store.unlock(PASSPHRASE)
    desk.answer("d01_01", "1")
