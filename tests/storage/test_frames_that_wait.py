"""Frames that wait to be sorted in: what is damaged, what is large, and what leaves meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec
import pytest
from sqlalchemy import select, text, update

from desktop_advisor.storage import arrivals
from desktop_advisor.storage.log_tables import LOG, table_of
from desktop_advisor.storage.sync_models import ArrivedFrame, FileTally
from desktop_advisor.storage.sync_port import StoreChanges
from sync.blocks import block_of, frame_of
from sync.client.port import Settlement
from sync.protocol import Change, Gone
from tests.storage.desks import Desk
from tests.sync.store_bench import COMPANY, ENROLMENT, PLENTY, aside, foreign


def receive(store: StoreChanges, *frames: Sequence[Change], cursor: int = 7) -> None:
    """What a reply of the server brings."""
    enrolment = msgspec.structs.replace(ENROLMENT, cursor=cursor, last_reply="r")
    packed = tuple(frame_of(block_of(changes)) for changes in frames)
    store.settle(Settlement(batch_id="", frames=packed, enrolment=enrolment))


def cursor_of(store: StoreChanges) -> int:
    enrolment = store.enrolment()
    assert enrolment is not None
    return enrolment.cursor


@pytest.mark.parametrize("is_asked_for", [True, False])
def test_everything_is_asked_for_again_after_a_frame_that_cannot_be_read(
    desk: Desk, is_asked_for: bool
) -> None:
    store = StoreChanges(desk.store)
    receive(store, [foreign(1, "Huber")])
    with desk.store.maintain() as session:
        session.connection().execute(update(table_of(ArrivedFrame)).values(frame=b"torn"))

    if is_asked_for:
        store.sort_in_files([uuid.UUID(COMPANY)])
    else:
        store.sort_in()

    assert cursor_of(store) == 0


def test_so_many_changes_are_sorted_in_at_once_as_fit_into_memory(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = StoreChanges(desk.store)
    receive(store, *([foreign(10 * k + n, "x") for n in range(1, 6)] for k in range(4)))
    monkeypatch.setattr(arrivals, "MOST_TOGETHER", 10)

    left = [store.sort_in(100) for _ in range(2)]

    assert left == [2, 0]


def test_a_frame_larger_than_that_is_sorted_in_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = StoreChanges(desk.store)
    receive(store, *([foreign(10 * k + n, "x") for n in range(1, 6)] for k in range(2)))
    monkeypatch.setattr(arrivals, "MOST_TOGETHER", 3)
    with desk.store.read() as session:
        before = session.scalar(select(text("count(*)")).select_from(LOG)) or 0

    store.sort_in_files([uuid.UUID(COMPANY)])

    with desk.store.read() as session:
        assert (session.scalar(select(text("count(*)")).select_from(LOG)) or 0) == before + 10
    assert store.sort_in() == 0


@pytest.mark.parametrize("is_kept_aside", [True, False])
def test_nothing_is_counted_of_a_file_that_leaves_with_the_verdicts_on_it(
    desk: Desk, is_kept_aside: bool
) -> None:
    store = StoreChanges(desk.store)
    parcels = store.outbox(PLENTY)
    gone = Gone(company_id=str(desk.company), reason="purged", erased_ms=1)
    settlement = Settlement(
        batch_id="",
        applied=() if is_kept_aside else tuple(parcel.id for parcel in parcels),
        kept=aside(parcels) if is_kept_aside else (),
        gone=(gone,),
        enrolment=ENROLMENT,
    )

    store.settle(settlement)

    with desk.store.read() as session:
        assert not session.execute(select(table_of(FileTally))).all()
