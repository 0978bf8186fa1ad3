"""The typed tables are a projection: from the log alone they come out as they were."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Date, Integer, select

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.columns import Exact, Moment, UuidBytes
from desktop_advisor.storage.conflicts import list_conflicts, settle
from desktop_advisor.storage.fields import EntityShape, default_of, shape
from desktop_advisor.storage.history import undo_last
from desktop_advisor.storage.log_tables import LoggedChange, OpenConflict
from desktop_advisor.storage.models import ENTITIES, Answer
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from sync.client.port import Enrolment, Settlement
from tests.storage.desks import CHEAP, PASSPHRASE, TurnedClock
from tests.sync.store_bench import aside, ids

PutStore = Callable[[str, Path], None]
ENROLMENT = Enrolment(
    server_url="", server_id="", server_epoch="", device_id="", token="", network=""
)
START = TurnedClock()
COMPANY = new_id(START())
ROWS = [new_id(START()) for _ in range(3)]
EDITABLE = sorted(set(ENTITIES) - {"answer", "report", "signature", "attachment"})
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
BY_TYPE: dict[type, st.SearchStrategy[Any]] = {
    UuidBytes: st.uuids(),
    Moment: st.datetimes(
        datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    Exact: st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**9),
    Date: st.dates(date(1900, 1, 1)),
    Boolean: st.booleans(),
    Integer: st.integers(-(2**63), 2**63 - 1),
}


def value_of(column: Column[Any]) -> st.SearchStrategy[Any]:
    """Any value the column can hold."""
    kind = column.type
    if isinstance(kind, JSON):
        is_list = isinstance(default_of(column), list)
        return st.lists(TEXT, max_size=3) if is_list else st.dictionaries(TEXT, TEXT, max_size=3)
    found = next((s for cls, s in BY_TYPE.items() if isinstance(kind, cls)), TEXT)
    return st.one_of(st.none(), found) if column.nullable else found


def known(entity: str) -> EntityShape:
    found = shape(entity)
    assert found is not None
    return found


@st.composite
def row_edits(draw: st.DrawFn) -> tuple[str, Any, dict[str, Any]]:
    """(entity, key of the row, column → value) of one edit."""
    entity = draw(st.sampled_from([*EDITABLE, *["answer"] * 8]))
    free = [
        c
        for field in known(entity).fields.values()
        if field.name != known(entity).key
        for c in field.columns
    ]
    chosen = draw(st.lists(st.sampled_from(free), max_size=4, unique=True))
    keys = {"answer": ["q1", "q2"], "company": [COMPANY]}
    key = draw(st.sampled_from(keys.get(entity, ROWS)))
    return entity, key, {c.key: draw(value_of(c)) for c in chosen}


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.one_of(
            st.lists(row_edits(), min_size=1, max_size=3),
            st.sampled_from(["exchange", "undo", "settle", "quarantine"]),
        ),
    ),
    max_size=14,
)


class Pair:
    """Two laptops whose steps hypothesis draws."""

    def __init__(self, folder: Path, put: PutStore) -> None:
        clock = TurnedClock()
        self.stores = []
        for name in ("eins", "zwei"):
            put(name, folder / name)
            self.stores.append(Store.open(folder / name, PASSPHRASE, clock=clock))

    def step(self, number: int, what: Any) -> None:
        """One step on one of the laptops."""
        store = self.stores[number]
        if what == "exchange":
            for sender, receiver in (self.stores, reversed(self.stores)):
                send(sender, receiver)
        elif what == "undo":
            with store.edit("U") as session:
                undo_last(session, ROWS[0])
        elif what == "settle":
            with store.edit("S") as session:
                for conflict in list_conflicts(session):
                    settle(session, conflict, conflict.values[0].value)
        elif what == "quarantine":
            kept = aside(StoreChanges(store).outbox(1))
            settlement = Settlement(batch_id="", kept=kept, enrolment=ENROLMENT)
            StoreChanges(store).settle(settlement)
        else:
            edit(store, what)


def edit(store: Store, rows: list[tuple[str, Any, dict[str, Any]]]) -> None:
    """Several rows in one edit, made where they are missing."""
    with store.edit("E") as session:
        for entity, key, values in rows:
            record = ENTITIES[entity]
            row: Any
            if record is Answer:
                row = session.get(Answer, (ROWS[0], key))
                fresh = {"assessment_id": ROWS[0], "question": key}
            else:
                row = session.get(record, key)
                fresh = {"id": key}
            if row is None:
                row = record(company_id=COMPANY, **fresh)
                session.add(row)
            for column, value in values.items():
                setattr(row, column, value)


def send(sender: Store, receiver: Store) -> None:
    """What is unsent here arrives there."""
    parcels = StoreChanges(sender).outbox(10_000_000)
    frames = tuple(parcel.frame for parcel in parcels)
    StoreChanges(sender).settle(Settlement(batch_id="", applied=ids(parcels), enrolment=ENROLMENT))
    StoreChanges(receiver).settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))
    sort_in_all(receiver)


def contents(store: Store) -> dict[str, list[Any]]:
    """All typed rows, the heads and the conflicts."""
    with store.read() as session:
        found: dict[str, list[Any]] = {
            entity: sorted(map(tuple, session.execute(select(known(entity).table))), key=repr)
            for entity in ENTITIES
        }
        found["conflicts"] = sorted(
            session.scalars(select(OpenConflict.field + "/" + OpenConflict.entity))
        )
        heads = select(LoggedChange.seq, LoggedChange.is_head).order_by(LoggedChange.seq)
        found["heads"] = list(map(tuple, session.execute(heads)))
        return found


@contextmanager
def pair_of_laptops(put: PutStore) -> Iterator[Pair]:
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(Path(folder), put)
        yield pair
        for store in pair.stores:
            store.close()


@given(steps=STEPS)
@settings(deadline=None, max_examples=30)
def test_random_edits_come_out_of_the_log_as_they_went_in(
    copy_of_new_store: PutStore, steps: list[tuple[int, Any]]
) -> None:
    with pair_of_laptops(copy_of_new_store) as pair:
        for number, what in steps:
            pair.step(number, what)
        for store in pair.stores:
            before = contents(store)
            store.rebuild()
            assert contents(store) == before


def test_a_row_made_here_shows_what_had_arrived_of_it_before(
    copy_of_new_store: PutStore,
) -> None:
    said = {"state": "", "value": "", "reason": "", "evidence": ""}
    with pair_of_laptops(copy_of_new_store) as pair:
        pair.step(1, [("answer", "q2", {})])
        pair.step(1, "quarantine")
        pair.step(1, [("answer", "q2", said)])
        pair.step(0, "exchange")
        pair.step(0, [("answer", "q2", {})])
        before = contents(pair.stores[0])
        pair.stores[0].rebuild()
        assert contents(pair.stores[0]) == before


@given(steps=STEPS)
@settings(deadline=None, max_examples=20)
def test_laptops_that_have_exchanged_everything_show_the_same(
    copy_of_new_store: PutStore,
    steps: list[tuple[int, Any]],
) -> None:
    with pair_of_laptops(copy_of_new_store) as pair:
        for number, what in steps:
            if what != "quarantine":
                pair.step(number, what)
        pair.step(0, "exchange")
        first, second = (contents(store) for store in pair.stores)
        for shown in (first, second):
            del shown["heads"]
        assert first == second


def test_every_column_of_every_entity_survives_the_log(tmp_path: Path) -> None:
    store = Store.create(tmp_path, "p", clock=TurnedClock(), cost=CHEAP)
    with store.edit("E") as session:
        for entity, record in ENTITIES.items():
            row_id = COMPANY if entity == "company" else ROWS[0]
            samples: dict[str, Any] = {"id": row_id} if record is not Answer else {}
            for field in known(entity).fields.values():
                samples |= {c.key: sample(c) for c in field.columns}
            session.add(record(company_id=COMPANY, **samples))
    before = contents(store)
    store.rebuild()
    assert contents(store) == before
    with store.read() as session:
        logged = set(session.scalars(select(LoggedChange.entity + "." + LoggedChange.field)))
    assert logged == {f"{e}.{name}" for e in ENTITIES for name in known(e).fields}
    store.close()


def sample(column: Column[Any]) -> Any:
    """A value that is not the default."""
    kind = column.type
    values: dict[type, Any] = {
        UuidBytes: ROWS[1],
        Moment: datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
        Exact: Decimal("1.50"),
        Date: date(2026, 1, 2),
        Boolean: not default_of(column),
        Integer: 77,
        JSON: ["a"] if isinstance(default_of(column), list) else {"a": "b"},
    }
    return next((v for cls, v in values.items() if isinstance(kind, cls)), f"Text {column.key}")
