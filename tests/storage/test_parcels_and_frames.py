"""What is packed to be sent and what has arrived: through restarts, and the same as one by one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from desktop_advisor.storage.database import open_engine
from desktop_advisor.storage.fields import shape
from desktop_advisor.storage.history import history
from desktop_advisor.storage.key_file import load_key_file, unwrap
from desktop_advisor.storage.log_tables import LOG, OpenConflict, Upload
from desktop_advisor.storage.models import ENTITIES, Company
from desktop_advisor.storage.store import DATABASE, KEY_FILE, Store
from desktop_advisor.storage.sync_models import OutboxFrame
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from desktop_advisor.storage.unsent import changes_held, sync_state, waiting_by_file
from sync.blocks import block_of, derived_id, frame_of
from sync.client.port import KeptAside, OpenBatch, Settlement
from sync.protocol import Change, Gone
from tests.storage.desks import PASSPHRASE, Desk, TurnedClock
from tests.storage.leave_a_store import PASSPHRASE as OLD
from tests.sync.store_bench import ENROLMENT, PLENTY, changes_in, waiting

COMPANY = "0190a000-0000-7000-8000-000000000001"
ROWS = [COMPANY, "0190a000-0000-7000-8000-00000000000a", "0190a000-0000-7000-8000-00000000000b"]
WRITERS = ["a" * 32, "b" * 32]
VALUES: list[Any] = ["x", "ä", 7, None, True, [1], {"b": 1, "a": [2]}, 2**70, 1.5]


@contextmanager
def opened(desk: Desk, folder: Path, clock: TurnedClock) -> Iterator[StoreChanges]:
    """The store after the program was ended and started again."""
    desk.store.close()
    desk.store = Store.open(folder, PASSPHRASE, clock=clock)
    yield StoreChanges(desk.store)


def test_what_was_packed_and_sent_goes_on_after_every_restart(
    desk: Desk, tmp_path: Path, clock: TurnedClock
) -> None:
    folder, company = tmp_path / "laptop", str(desk.company)
    StoreChanges(desk.store).prepare()
    with opened(desk, folder, clock) as changes:
        (parcel,) = changes.outbox(PLENTY)
        changes.save_open_batch(OpenBatch(batch_id="b", parcels=(parcel.id,)))
    desk.rename("Huber SE")
    with opened(desk, folder, clock) as changes:
        assert changes.open_batch() == OpenBatch(batch_id="b", parcels=(parcel.id,))
        assert list(changes.parcels([parcel.id])) == [parcel]
        assert changes.waiting() == parcel.count + 1
        changes.settle(Settlement(batch_id="b", applied=(parcel.id,), enrolment=ENROLMENT))
    with opened(desk, folder, clock) as changes:
        assert [change.value for change in waiting(changes)] == ["Huber SE"]
        assert changes.tallies([company])[company].count == parcel.count
        assert changes.tallies([company], recounted=True)[company].count == parcel.count
    desk.store.close()


def test_it_is_told_what_is_loose_what_has_left_and_what_has_arrived(desk: Desk) -> None:
    changes = StoreChanges(desk.store)
    (parcel,) = changes.outbox(PLENTY)
    changes.save_open_batch(OpenBatch(batch_id="b", parcels=(parcel.id,)))
    desk.rename("Huber SE")
    with desk.store.read() as session:
        waits = waiting_by_file(session)[desk.company]
        assert (waits.local, waits.sent) == (1, parcel.count)
        assert waits.since.timestamp() * 1000 == min(c.hlc >> 16 for c in changes_in(parcel.frame))
        assert [s.unsent for s in sync_state(session)] == [parcel.count + 1]
        past = [c.upload for c in history(session, desk.company) if c.field == "name"]
        assert past == [Upload.LOCAL, Upload.SENT]
    changes.settle(Settlement(batch_id="b", applied=(parcel.id,), enrolment=ENROLMENT))
    with desk.store.read() as session:
        past = [c.upload for c in history(session, desk.company) if c.field == "name"]
        assert past == [Upload.LOCAL, Upload.APPLIED]
        assert changes_held(session, [desk.company]) == {desk.company: parcel.count}


def test_what_is_kept_aside_of_a_parcel_says_why_and_the_rest_is_applied(desk: Desk) -> None:
    changes = StoreChanges(desk.store)
    (parcel,) = changes.outbox(PLENTY)
    kept = KeptAside(parcel=parcel.id, reasons={0: "zu groß"})
    changes.settle(Settlement(batch_id="", kept=(kept,), enrolment=ENROLMENT))
    with desk.store.read() as session:
        rows = session.connection().execute(select(LOG).order_by(LOG.c.seq)).all()
    assert [row.reason for row in rows] == ["zu groß", *[""] * (parcel.count - 1)]
    assert [row.upload for row in rows] == [3, *[2] * (parcel.count - 1)]
    assert changes.waiting() == 0


def test_what_has_arrived_outlives_the_program_and_is_sorted_in_at_its_next_start(
    desk: Desk, tmp_path: Path, make_desk: Callable[[str], Desk], clock: TurnedClock
) -> None:
    frames = tuple(parcel.frame for parcel in StoreChanges(desk.store).outbox(PLENTY))
    other = make_desk("zwei")
    settled = StoreChanges(other.store).settle(
        Settlement(batch_id="", frames=frames, enrolment=ENROLMENT)
    )
    assert sum(settled.received.values()) == len(changes_in(*frames))
    with opened(other, tmp_path / "zwei", clock):
        with other.store.read() as session:
            assert session.get(Company, other.company) is None
        assert sort_in_all(other.store)
        assert not sort_in_all(other.store)
    assert other.name == "Huber Zerspanung"
    other.store.close()


def test_a_broken_off_sorting_leaves_the_frame_where_it_was(
    desk: Desk, make_desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = tuple(parcel.frame for parcel in StoreChanges(desk.store).outbox(PLENTY))
    other = make_desk("zwei")
    changes = StoreChanges(other.store)
    changes.settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))

    def battery_death(*_args: object) -> None:
        raise OSError("simulated")

    with monkeypatch.context() as patch:
        patch.setattr(other.store.change_log, "observe", battery_death)
        with pytest.raises(OSError, match="simulated"):
            changes.sort_in(5)
    with other.store.read() as session:
        assert session.connection().execute(select(LOG)).all() == []
    assert changes.sort_in(5) == 0
    assert other.name == "Huber Zerspanung"


def test_a_purged_file_takes_its_parcels_and_frames_along(desk: Desk, clock: TurnedClock) -> None:
    changes = StoreChanges(desk.store)
    changes.outbox(PLENTY)
    name = foreign(str(desk.company), "f" * 32, 1, "company", str(desk.company), "town", "Zwickau")
    changes.settle(
        Settlement(batch_id="", frames=(frame_of(block_of([name])),), enrolment=ENROLMENT)
    )
    gone = Gone(company_id=str(desk.company), reason="purged", erased_ms=1)
    changes.settle(Settlement(batch_id="", gone=(gone,), enrolment=ENROLMENT))
    with desk.store.read() as session:
        for table in ("outbox_parcel", "outbox_frame", "arrived_frame", "change_log", "file_tally"):
            count = session.connection().execute(text(f"SELECT count(*) FROM {table}"))
            assert (table, count.scalar()) == (table, 0)
    changes.settle(
        Settlement(batch_id="", frames=(frame_of(block_of([name])),), enrolment=ENROLMENT)
    )
    assert changes.sort_in(9) == 0
    with desk.store.read() as session:
        assert session.get(Company, desk.company) is None


def test_the_frame_of_a_sent_parcel_goes_when_nobody_waits_or_its_file_is_purged(
    desk: Desk,
) -> None:
    def frames() -> int | None:
        with desk.store.read() as session:
            return session.scalar(select(func.count()).select_from(OutboxFrame))

    def send_all() -> None:
        sent = tuple(parcel.id for parcel in changes.outbox(PLENTY))
        changes.settle(Settlement(batch_id="", applied=sent, enrolment=ENROLMENT))
        assert changes.outbox(PLENTY) == []

    changes = StoreChanges(desk.store)
    send_all()
    assert frames()
    changes.prepare()
    assert frames() == 0
    changes.offer_again()
    send_all()
    assert frames()
    gone = Gone(company_id=str(desk.company), reason="purged", erased_ms=1)
    changes.settle(Settlement(batch_id="", gone=(gone,), enrolment=ENROLMENT))
    assert frames() == 0


def test_changes_that_an_older_version_has_sent_are_sent_anew(
    tmp_path: Path, clock: TurnedClock
) -> None:
    old = Path(__file__).parent / "stores" / "0005"
    folder = Path(shutil.copytree(old, tmp_path / "alt"))

    _send_as_before(folder, OLD)
    store = Store.open(folder, OLD, clock=clock)
    changes = StoreChanges(store)
    batch = changes.open_batch()
    assert batch == OpenBatch(batch_id="b" * 32)
    assert list(changes.parcels(batch.parcels)) == []
    with store.read() as session:
        uploads = session.connection().execute(select(LOG.c.upload).distinct()).scalars().all()
        everything = session.connection().execute(text("SELECT count(*) FROM change_log")).scalar()
    assert uploads == [Upload.LOCAL]
    changes.settle(Settlement(batch_id="b" * 32, enrolment=ENROLMENT))
    assert changes.open_batch() is None
    assert len(waiting(changes)) == everything == changes.waiting()
    store.close()


def _send_as_before(folder: Path, passphrase: str) -> None:
    """What the version before had written of a batch whose answer never came."""

    key = unwrap(load_key_file(folder / KEY_FILE), passphrase)
    engine = open_engine(folder / DATABASE, key)
    with engine.begin() as connection:
        connection.execute(text("UPDATE change_log SET upload = 1"))
        batch = b'{"batch_id":"' + b"b" * 32 + b'","names":[["' + b"a" * 32 + b'",1]]}'
        connection.execute(
            text("INSERT INTO local_value (name, value) VALUES ('secret:open batch', :batch)"),
            {"batch": batch},
        )
    engine.dispose()


def foreign(
    company: str, writer: str, n: int, entity: str, row: str, field: str, value: Any, **more: Any
) -> Change:
    """Somebody else's change."""
    return Change(
        writer=writer,
        n=n,
        company_id=company,
        entity=entity,
        entity_id=row,
        field=field,
        value=value,
        **more,
    )


@st.composite
def changes_of_a_file(draw: st.DrawFn) -> list[list[Change]]:
    """Blocks of one company file: known and unknown entities, conflicts, bases in any order."""
    answer = derived_id(ROWS[1], "q1")
    targets = [
        ("company", COMPANY, "name"),
        ("company", COMPANY, "heads"),
        ("company", COMPANY, "distinct_from"),
        ("contact", ROWS[1], "deleted"),
        ("contact", ROWS[1], "name"),
        ("answer", answer, "response"),
        ("answer", answer, "key"),
        ("report", ROWS[2], "content_hash"),
        ("drone", ROWS[2], "colour"),
    ]
    fitting = {
        "response": {"state": "answered", "value": "3", "reason": ""},
        "key": {"assessment_id": ROWS[1], "question": "q1"},
        "deleted": False,
        "distinct_from": [COMPANY],
    }
    names = [(writer, n) for n in range(1, 9) for writer in WRITERS]
    made = []
    for writer, n in names[: draw(st.integers(1, len(names)))]:
        entity, row, field = draw(st.sampled_from(targets))
        is_fitting = field == "key" or (field in fitting and draw(st.booleans()))
        value = fitting[field] if is_fitting else draw(st.sampled_from(VALUES))
        bases = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        hlc = draw(st.integers(1, 3)) << 16 | draw(st.integers(0, 1))
        labels = {"author": draw(st.sampled_from("AB")), "device": "Laptop", "schema": 5}
        made.append(
            foreign(
                COMPANY, writer, n, entity, row, field, value, bases=tuple(bases), hlc=hlc, **labels
            )
        )
    made = draw(st.permutations(made))
    cuts = sorted(draw(st.sets(st.integers(1, len(made)), max_size=3)) | {0, len(made)})
    return [list(made[a:b]) for a, b in pairwise(cuts)]


def contents(store: Store) -> dict[str, Any]:
    """The log, the conflicts and every typed table, to the last column."""
    with store.read() as session:
        connection = session.connection()
        found: dict[str, Any] = {"log": connection.execute(text("SELECT * FROM change_log")).all()}
        found["conflicts"] = sorted(connection.execute(select(OpenConflict)), key=repr)
        found["clock"] = connection.execute(text("SELECT * FROM clock_position")).all()
        for entity in ENTITIES:
            known = shape(entity)
            assert known is not None
            rows = connection.execute(text(f'SELECT * FROM "{known.table.name}"'))
            found[entity] = sorted(map(tuple, rows), key=repr)
    return found


@given(blocks=changes_of_a_file(), limit=st.integers(1, 3))
@settings(deadline=None, max_examples=40)
def test_frames_sorted_in_later_come_to_the_same_as_changes_merged_one_by_one(
    copy_of_new_store: Callable[[str, Path], None],
    tmp_path_factory: pytest.TempPathFactory,
    blocks: list[list[Change]],
    limit: int,
) -> None:
    both = []
    for name in ("eins", "zwei"):
        folder = tmp_path_factory.mktemp(name) / "store"
        copy_of_new_store("laptop", folder)
        both.append(Store.open(folder, PASSPHRASE, clock=TurnedClock()))
    later, at_once = both
    frames = tuple(frame_of(block_of(block)) for block in blocks)
    StoreChanges(later).settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))
    while StoreChanges(later).sort_in(limit):
        pass
    for block in blocks:
        pulled = Settlement(batch_id="", pulled=tuple(block), enrolment=ENROLMENT)
        StoreChanges(at_once).settle(pulled)
    left, right = contents(later), contents(at_once)
    tallies = [StoreChanges(store).tallies([COMPANY]) for store in both]
    for store in both:
        store.close()
    assert left == right
    assert tallies[0] == tallies[1]
