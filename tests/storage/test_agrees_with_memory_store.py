"""The encrypted store keeps changes for the sync exactly as the store in memory does."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.change_log import to_change
from desktop_advisor.storage.conflicts import list_conflicts
from desktop_advisor.storage.log_tables import LOG
from desktop_advisor.storage.models import Company
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges
from sync.blocks import block_of, frame_of
from sync.client.port import ChangeStore, Enrolment, KeptAside, OpenBatch, Settlement
from sync.protocol import Change, ChangeName
from tests.storage.desks import PASSPHRASE, TurnedClock
from tests.sync.memory_store import MemoryStore, Upload
from tests.sync.store_bench import ids

ENROLMENT = Enrolment(
    server_url="", server_id="", server_epoch="", device_id="", token="", network=""
)
COMPANY = new_id(TurnedClock()())
FIELDS = ("name", "town")
EVERYTHING = 10**9


class Agreement(RuleBasedStateMachine):
    """One laptop's store and its double in memory take the same steps."""

    copy_of_new_store: Callable[[str, Path], None]

    @initialize()
    def begin(self) -> None:
        """Both are empty."""
        self.folder = Path(tempfile.mkdtemp())
        self.clock = TurnedClock()
        type(self).copy_of_new_store("laptop", self.folder / "store")
        self.store = Store.open(self.folder / "store", PASSPHRASE, clock=self.clock)
        self.port: ChangeStore = StoreChanges(self.store)
        self.memory = MemoryStore()
        self.foreign = 0
        self.frames: list[bytes] = []

    @rule(field=st.sampled_from(FIELDS), value=st.sampled_from("abc"))
    def edit(self, field: str, value: str) -> None:
        """Somebody types."""
        with self.store.edit("Anna") as session:
            company = session.get(Company, COMPANY)
            if company is None:
                company = Company(id=COMPANY, company_id=COMPANY)
                session.add(company)
            setattr(company, field, value)
        with self.store.read() as session:
            for row in session.connection().execute(select(LOG).order_by(LOG.c.seq)):
                change = to_change(row)
                if change.name not in self.memory.log:
                    self.memory.log[change.name] = change
                    self.memory.uploads[change.name] = Upload.LOCAL

    @rule(data=st.data(), field=st.sampled_from(FIELDS), value=st.sampled_from("abc"))
    def pull(self, data: st.DataObject, field: str, value: str) -> None:
        """A colleague's change arrives, built on anything of that field, here or not yet here."""
        known = [c.name for c in self.memory.log.values() if c.field == field]
        absent: ChangeName = (f"{self.foreign + 7:032x}", 1)
        bases = data.draw(st.lists(st.sampled_from([*known, absent]), max_size=2, unique=True))
        self.foreign += 1
        change = Change(
            writer=f"{self.foreign:032x}",
            n=1,
            company_id=str(COMPANY),
            entity="company",
            entity_id=str(COMPANY),
            field=field,
            value=value,
            bases=tuple(bases),
            hlc=int(self.clock().timestamp() * 1000) << 16,
        )
        if data.draw(st.booleans()):
            frame = frame_of(block_of([change]))
            self.settle(Settlement(batch_id="", frames=(frame,), enrolment=ENROLMENT))
            self.frames.append(frame)
        else:
            self.settle(Settlement(batch_id="", pulled=(change,), enrolment=ENROLMENT))

    @precondition(lambda self: self.memory.log)
    @rule(data=st.data())
    def pull_again(self, data: st.DataObject) -> None:
        """The server repeats changes that are here already."""
        some = data.draw(st.lists(st.sampled_from(list(self.memory.log.values())), max_size=3))
        self.settle(Settlement(batch_id="", pulled=tuple(some), enrolment=ENROLMENT))

    @precondition(lambda self: self.frames)
    @rule(data=st.data())
    def pull_frame_again(self, data: st.DataObject) -> None:
        """The server repeats a frame, sorted in by now or not."""
        frame = data.draw(st.sampled_from(self.frames))
        self.settle(Settlement(batch_id="", frames=(frame,), enrolment=ENROLMENT))

    @rule(limit=st.integers(1, 3))
    def sort_in(self, limit: int) -> None:
        """Somebody has time for what has arrived; both take the oldest."""
        self.port.sort_in(limit)
        self.memory.sort_in(limit)

    @rule()
    def start_anew(self) -> None:
        """The program is ended and started again."""
        self.store.close()
        self.store = Store.open(self.folder / "store", PASSPHRASE, clock=self.clock)
        self.port = StoreChanges(self.store)

    @rule(count=st.integers(1, 4))
    def send(self, count: int) -> None:
        """A batch leaves; its reply may never come."""
        parcels = ids(self.port.outbox(EVERYTHING)[:count])
        batch = OpenBatch(batch_id=uuid.uuid4().hex, parcels=parcels)
        self.port.save_open_batch(batch)
        self.memory.save_open_batch(batch)

    @precondition(lambda self: self.memory.open_batch() is not None)
    @rule(data=st.data())
    def reply(self, data: st.DataObject) -> None:
        """The reply comes, with a verdict for each parcel."""
        batch = self.memory.open_batch()
        assert batch is not None
        applied, kept = [], []
        for parcel in self.memory.parcels(batch.parcels):
            held = data.draw(st.sets(st.integers(0, parcel.count - 1)))
            if held:
                reasons = dict.fromkeys(held, "zu groß")
                kept.append(KeptAside(parcel=parcel.id, reasons=reasons))
            else:
                applied.append(parcel.id)
        self.settle(
            Settlement(
                batch_id=batch.batch_id,
                applied=tuple(applied),
                kept=tuple(kept),
                enrolment=ENROLMENT,
            )
        )

    @rule()
    def offer_again(self) -> None:
        """The server was restored."""
        self.port.offer_again()
        self.memory.offer_again()

    def settle(self, settlement: Settlement) -> None:
        """The same reply for both; what is merged at once is merged after what has arrived."""
        is_known = any(frame in self.frames for frame in settlement.frames)
        if settlement.pulled or is_known:
            self.memory.sort_in(EVERYTHING)
        self.port.settle(settlement)
        self.memory.settle(settlement)

    @invariant()
    def both_would_send_the_same(self) -> None:
        """Outbox and open batch, in order."""
        assert list(self.port.outbox(EVERYTHING)) == list(self.memory.outbox(EVERYTHING))
        assert self.port.open_batch() == self.memory.open_batch()
        assert self.port.waiting() == self.memory.waiting()

    @invariant()
    def both_count_the_same(self) -> None:
        """The tally, as it was counted on the way and from the changes themselves."""
        expected = self.memory.tallies([str(COMPANY)])
        assert self.port.tallies([str(COMPANY)], recounted=True) == expected

    @invariant()
    def both_show_the_same(self) -> None:
        """Conflicts and values; a value in quarantine is shown here before all others."""
        with self.store.read() as session:
            conflicts = {c.field: [v.value for v in c.values] for c in list_conflicts(session)}
            company = session.get(Company, COMPANY)
            shown = {field: getattr(company, field) if company else "" for field in FIELDS}
        for field in FIELDS:
            key = (str(COMPANY), "company", str(COMPANY), field)
            uploads, heads = self.memory.uploads, self.memory.heads(key)
            heads.sort(key=lambda head: uploads[head.name] is Upload.QUARANTINED)
            values = [head.value for head in heads]
            assert conflicts.get(field, []) == (values if self.memory.conflict(key) else [])
            assert shown[field] == (values[-1] if values else "")

    def teardown(self) -> None:
        """Close what `begin` has opened."""
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)


def test_both_stores_agree_after_every_step(
    copy_of_new_store: Callable[[str, Path], None],
) -> None:
    class Machine(Agreement):
        pass

    Machine.copy_of_new_store = staticmethod(copy_of_new_store)
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=25, stateful_step_count=15, deadline=None)
    )
