"""Laptops, one server and every fault: no acknowledged edit is ever lost, and all become equal."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
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

from sync.client.errors import SyncError, TryAgainError
from sync.client.outcome import Outcome
from sync.client.port import OpenBatch
from sync.protocol import Change, ChangeName
from sync.server import access, administration, devices, events
from sync.server.admission import Admitted
from sync.server.models import QuarantinedChange
from sync.server.people_models import Advisor, Assignment, CompanyFile, Team
from tests.sync.central import Central, Copy, sync
from tests.sync.in_process import FAULTS, FaultyLine
from tests.sync.memory_store import MemoryStore, Upload

HISTORIES = int(os.environ.get("HISTORIES", "80"))
"""Played in two halves, one for each core; `make campaign` plays many more."""
ENOUGH = 160
"""Histories in which each planted fault is found."""
MOST_LAPTOPS = 4
COMPANIES = [f"0190a000-0000-7000-8000-00000000000{n}" for n in range(2)]
Edit = tuple[str, str, int, int]
"""company_id, field, value, by how much the laptop's clock is ahead in milliseconds"""
laptops = st.integers(0, MOST_LAPTOPS - 1)
edits: st.SearchStrategy[Edit] = st.tuples(
    st.sampled_from(COMPANIES),
    st.sampled_from(["name", "town"]),
    st.integers(0, 3),
    st.integers(-5_000, 60_000),
)
plans = st.lists(st.sampled_from(sorted(FAULTS)), max_size=4)
lines = st.none() | plans


@dataclass
class Laptop:
    """One device, its last backup, and everything it has ever held since it was last put back."""

    store: MemoryStore
    line: FaultyLine
    backup: MemoryStore
    held: set[ChangeName] = field(default_factory=set)


class SyncMachine(RuleBasedStateMachine):
    """acknowledged: edits that no restored copy took away from their only holder, by company file.

    purged: company files that were ever erased for good; nobody is promised their edits.
    """

    central: Central
    pristine: Copy

    def __init__(self) -> None:
        super().__init__()
        self.central.put_back(self.pristine)
        self.laptops: list[Laptop] = []
        self.server_backup = self.pristine
        self.acknowledged: dict[ChangeName, str] = {}
        self.purged: set[str] = set()
        self.writers = 0
        self.now_ms = 1_000_000

    def _draw_writer(self) -> str:
        self.writers += 1
        return f"{self.writers:032x}"

    def _add(self, store: MemoryStore) -> None:
        line = FaultyLine(self.central.transport)
        self.laptops.append(Laptop(store, line, store.copy(), set(store.log)))

    def _laptop(self, index: int) -> Laptop:
        return self.laptops[index % len(self.laptops)]

    @initialize(count=st.integers(2, 3))
    def enrol(self, count: int) -> None:
        """Two or three laptops of one network."""
        for _ in range(count):
            store = MemoryStore(self._draw_writer)
            self.central.enrol(store)
            self._add(store)
        self.server_backup = self.central.copy()

    @rule(index=laptops, edits=st.lists(edits, min_size=1, max_size=3), line=lines)
    def work(self, index: int, edits: list[Edit], line: list[str] | None) -> None:
        """Somebody types, clocks of laptops differ; and perhaps presses the button at once."""
        laptop = self._laptop(index)
        for company, name, value, clock in edits:
            self.now_ms += 1_000
            laptop.store.edit(company, "company", company, name, value, self.now_ms + clock)
        self._acknowledge(laptop)
        if line is not None:
            self._sync(laptop, line)

    @rule(index=laptops, company=st.sampled_from(COMPANIES), size=st.integers(0, 3), line=lines)
    def attach(self, index: int, company: str, size: int, line: list[str] | None) -> None:
        """A photo is taken; perhaps it is sent at once."""
        self.now_ms += 1_000
        laptop = self._laptop(index)
        entity_id = f"0190b000-0000-7000-8000-{self.now_ms:012d}"
        laptop.store.attach(company, entity_id, b"x" * size, self.now_ms)
        self._acknowledge(laptop)
        if line is not None:
            self._sync(laptop, line)

    def _acknowledge(self, laptop: Laptop) -> None:
        """What is committed on a laptop counts from now on."""
        for name in laptop.store.log.keys() - laptop.held:
            self.acknowledged[name] = laptop.store.log[name].company_id
        laptop.held |= laptop.store.log.keys()

    @rule(plans=st.lists(plans, min_size=MOST_LAPTOPS, max_size=MOST_LAPTOPS))
    def all_sync(self, plans: list[list[str]]) -> None:
        """A day at the office; every line fails in its own way."""
        for laptop, plan in zip(self.laptops, plans, strict=False):
            self._sync(laptop, plan)

    def _sync(self, laptop: Laptop, plan: list[str]) -> None:
        """A run over a line that fails by plan; it may end early, but only because of the line."""
        laptop.line.plan = [FAULTS[step] for step in plan]
        with contextlib.suppress(TryAgainError):
            self._finish(laptop)
        laptop.line.plan = []

    def _finish(self, laptop: Laptop) -> Outcome:
        """After a run that came to its end nobody holds what they may not read."""
        outcome = sync(laptop.store, laptop.line)
        assert self._held_files(laptop) <= self._visible(laptop)
        assert not outcome.differing
        return outcome

    def _held_files(self, laptop: Laptop) -> set[str]:
        return {change.company_id for change in laptop.store.log.values()}

    def _caller(self, laptop: Laptop) -> devices.Caller:
        enrolment = laptop.store.enrolment()
        assert enrolment is not None
        return devices.authenticate(self.central.database, f"Bearer {enrolment.token}")

    def _visible(self, laptop: Laptop) -> set[str]:
        with self.central.database.reading() as session:
            return access.mine_among(session, self._caller(laptop), COMPANIES)

    @rule(company=st.sampled_from(COMPANIES), team=st.integers(0, 1), index=laptops | st.none())
    def assign(self, company: str, team: int, index: int | None) -> None:
        """A coordinator gives a file to a team, or to one advisor."""
        with (
            contextlib.suppress(events.UnknownFileError),
            self.central.database.writing() as session,
        ):
            network_id = self._caller(self.laptops[0]).network_id
            if index is None:
                team_id = session.scalars(select(Team.id).order_by(Team.id)).all()[team]
                events.assign(session, network_id, company, team_id=team_id)
            else:
                advisor_id = self._caller(self._laptop(index)).advisor_id
                events.assign(session, network_id, company, advisor_id=advisor_id)

    @rule(which=st.integers(0, 5))
    def withdraw(self, which: int) -> None:
        """A coordinator takes a file back."""
        with self.central.database.writing() as session:
            still_open = session.scalars(
                select(Assignment.id).where(Assignment.ended_ms.is_(None)).order_by(Assignment.id)
            ).all()
            if still_open:
                events.withdraw(session, still_open[which % len(still_open)])

    @rule(index=laptops, team=st.integers(0, 1))
    def move(self, index: int, team: int) -> None:
        """An advisor goes to the other team."""
        caller = self._caller(self._laptop(index))
        with self.central.database.writing() as session:
            team_id = session.scalars(select(Team.id).order_by(Team.id)).all()[team]
            if team_id != caller.team_id:
                session.get_one(Advisor, caller.advisor_id).team_id = team_id
                session.flush()
                events.moved(session, caller.advisor_id, caller.team_id, team_id)

    @rule(company=st.just(COMPANIES[-1]))
    def purge(self, company: str) -> None:
        """A company asks for everything about it to be erased; the other one stays to be merged."""
        with self.central.database.writing() as session:
            network_id = self._caller(self.laptops[0]).network_id
            if session.get(CompanyFile, (network_id, company)) is not None:
                events.purge(session, network_id, company, "Art. 17")
                self.purged.add(company)

    def _on_server(self) -> set[ChangeName]:
        """What the log holds, and what is kept for a coordinator."""
        with self.central.database.reading() as session:
            kept = session.scalars(select(QuarantinedChange.body)).all()
        changes = [msgspec.json.decode(body, type=Change) for body in kept]
        return self.central.held() | {change.name for change in changes}

    def _promised(self) -> set[ChangeName]:
        return {name for name, company in self.acknowledged.items() if company not in self.purged}

    @rule(index=laptops, which=st.integers(0, 1_000))
    def old_request_arrives_again(self, index: int, which: int) -> None:
        """The network delivers an old request once more; nobody reads the answer."""
        laptop = self._laptop(index)
        if laptop.line.sent:
            laptop.line.sent[which % len(laptop.line.sent)]()

    @rule(index=laptops)
    def back_laptop_up(self, index: int) -> None:
        """A disk image is taken."""
        laptop = self._laptop(index)
        laptop.backup = laptop.store.copy()

    @rule(index=laptops)
    def put_laptop_back(self, index: int) -> None:
        """A laptop is restored from its disk image."""
        laptop = self._laptop(index)
        laptop.store = laptop.backup.copy()
        laptop.held = set(laptop.store.log)
        self._forget_what_nobody_holds()

    @precondition(lambda self: len(self.laptops) < MOST_LAPTOPS)
    @rule(index=laptops)
    def clone_laptop(self, index: int) -> None:
        """A second laptop goes on from the same disk image, while the first one is in use."""
        self._add(self._laptop(index).store.copy())

    @rule()
    def back_server_up(self) -> None:
        """The nightly backup."""
        self.server_backup = self.central.copy()

    @rule()
    def put_server_back(self) -> None:
        """The server is restored from its backup, and its administrator says so."""
        self.central.put_back(self.server_backup)
        administration.restored(self.central.database)
        self._forget_what_nobody_holds()

    def _forget_what_nobody_holds(self) -> None:
        """What only the restored copy's lost part held is gone by the restore, not by the sync."""
        anywhere = self._on_server().union(*(laptop.store.log for laptop in self.laptops))
        for name in self.acknowledged.keys() - anywhere:
            del self.acknowledged[name]

    @invariant()
    def no_acknowledged_edit_is_lost(self) -> None:
        """Each is on the server or on a laptop; what a laptop let go of is on the server.

        The outbox is emptied by nothing but the server's word: what counts as applied is there,
        unless the server was restored and the laptop does not know it yet.
        """
        if not self.laptops:
            return
        on_server, epoch = self._on_server(), self.central.epoch()
        promised = self._promised()
        assert promised <= on_server.union(*(laptop.store.log for laptop in self.laptops))
        for laptop in self.laptops:
            store = laptop.store
            assert (laptop.held - store.log.keys()) & promised <= on_server
            laptop.held = set(store.log)
            if (enrolment := store.enrolment()) and enrolment.server_epoch == epoch:
                applied = {n for n, u in store.uploads.items() if u is Upload.APPLIED}
                assert applied & promised <= on_server

    def teardown(self) -> None:
        """Once the faults stop, three rounds make equal what equal rights see; nothing waits."""
        if not self.laptops:
            return
        buried = set().union(*(laptop.store.purged for laptop in self.laptops))
        for _round in range(3):
            outcomes = [self._finish(laptop) for laptop in self.laptops]
            if not any(o.sent or o.received or o.blobs_sent for o in outcomes):
                break
        self.no_acknowledged_edit_is_lost()
        assert self._promised() <= self._on_server()
        bytes_somewhere = set().union(*(laptop.store.blobs for laptop in self.laptops))
        for laptop in self.laptops:
            store = laptop.store
            visible = self._visible(laptop)
            assert self._held_files(laptop) <= visible - buried
            assert store.outbox(1) == []
            assert store.open_batch() is None
            here = {sha for _, sha in store.referenced()} & bytes_somewhere
            assert here <= store.blobs.keys()
        for company in COMPANIES:
            views = [
                laptop.store.view_of(company)
                for laptop in self.laptops
                if company in self._visible(laptop) and not laptop.store.is_kept_aside(company)
            ]
            assert all(view == views[0] for view in views)


@pytest.fixture
def machine() -> Iterator[type[SyncMachine]]:
    """The machine over a server of its own, put back to its first day before each history."""
    with Central() as central:

        class Machine(SyncMachine):
            pass

        with central.database.writing() as session:
            first = session.scalars(select(Team)).one()
            session.add(
                Team(
                    network_id=first.network_id,
                    name="Zweites Team",
                    shares_files=False,
                    created_ms=first.created_ms,
                )
            )
        Machine.central = central
        Machine.pristine = central.copy()
        yield Machine


def play(machine: type[SyncMachine], histories: int, phases: tuple[Phase, ...]) -> None:
    """Run that many random histories."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=25,
            deadline=None,
            phases=phases,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


@pytest.mark.parametrize("half", [1, 2])
def test_no_history_loses_an_edit_and_all_laptops_become_equal(
    machine: type[SyncMachine], half: int
) -> None:
    play(machine, HISTORIES // 2, (Phase.explicit, Phase.generate, Phase.shrink))


def _shows_what_came_last(changes: Iterable[Change]) -> list[Change]:
    return list(changes)[-1:]


def _acknowledges_before_the_server_does(store: MemoryStore, batch: OpenBatch) -> None:
    for name in batch.names:
        store.uploads[name] = Upload.APPLIED


def _ignores_a_new_epoch(store: MemoryStore, company_id: str | None = None) -> None:
    del store, company_id


def _takes_any_last_reply(_device: object, _request: object) -> None:
    return


def _keeps_nothing(
    _session: object, *, head: int, admitted: Iterable[Admitted], **_members: object
) -> int:
    for changeset in admitted:
        changeset.block = None
        changeset.fresh.clear()
        changeset.changes.clear()
    return head


@pytest.mark.parametrize(
    ("where", "planted"),
    [
        ("tests.sync.memory_store.heads", _shows_what_came_last),
        (
            "tests.sync.memory_store.MemoryStore.save_open_batch",
            _acknowledges_before_the_server_does,
        ),
        ("tests.sync.memory_store.MemoryStore.offer_again", _ignores_a_new_epoch),
        ("sync.server.exchange._check_last_reply", _takes_any_last_reply),
        ("sync.server.exchange.append", _keeps_nothing),
    ],
    ids=lambda value: getattr(value, "__name__", "").strip("_"),
)
def test_the_machine_finds_a_planted_fault(
    machine: type[SyncMachine], monkeypatch: pytest.MonkeyPatch, where: str, planted: object
) -> None:
    monkeypatch.setattr(where, planted)

    with pytest.raises((AssertionError, SyncError)):
        play(machine, ENOUGH, (Phase.generate,))
