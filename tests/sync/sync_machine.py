"""Laptops, one server and every fault, as rules that Hypothesis puts into histories."""

from __future__ import annotations

import contextlib
import hashlib
from typing import ClassVar

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

from sync.client.errors import TryAgainError
from sync.client.session import run
from sync.server import administration, events
from sync.server.people_models import Advisor, CompanyFile
from tests.sync.memory_store import ATTACHMENT, MemoryStore
from tests.sync.sync_faults import (
    STEPS,
    TROUBLES,
    DiskFullError,
    LaptopKilledError,
    RoughLine,
    Trouble,
    troubled,
)
from tests.sync.sync_invariants import (
    ROUNDS,
    Laptop,
    Ledger,
    check_end,
    check_run,
    check_step,
    hold,
)
from tests.sync.sync_world import COMPANIES, World

MOST_LAPTOPS = 5
MOST_STEPS = 25
JUMPS_MS = (-400 * 86_400_000, -3_600_000, 3_600_000, 400 * 86_400_000)
START_MS = 500 * 86_400_000
"""Late enough for a clock that goes back by more than a year."""
Edit = tuple[str, int, int, int]
"""company_id, which field, value, by how much the laptop's clock is ahead in milliseconds"""
FIELDS = [("company", "name"), ("company", "town"), ("zukunft", "farbe")]
"""entity, field; of the last one only a newer version knows what it means."""
VALUES = ["Huber", "Huber SE", "Huber AG", {"neu": [1, None, {"tief": "ä"}]}]

laptops = st.integers(0, MOST_LAPTOPS - 1)
companies = st.sampled_from(COMPANIES)
edits: st.SearchStrategy[Edit] = st.tuples(
    companies,
    st.integers(0, len(FIELDS) - 1),
    st.integers(0, len(VALUES) - 1),
    st.sampled_from([-5_000, 0, 700, 60_000]),
)
plans = st.lists(st.sampled_from(STEPS), max_size=4)
lines = st.none() | plans
troubles: st.SearchStrategy[Trouble | None] = st.none() | st.tuples(
    st.sampled_from(TROUBLES), st.integers(1, 4)
)


class SyncMachine(RuleBasedStateMachine):
    """played: how many histories began, in which a planted bug may have been found."""

    world: ClassVar[World]
    played: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).played += 1
        self.world.put_back(self.world.pristine)
        self.laptops: list[Laptop] = []
        self.server_backup = self.world.pristine
        self.ledger = Ledger()
        self.writers = 0
        self.now_ms = START_MS

    def _draw_writer(self) -> str:
        self.writers += 1
        return f"{self.writers:032x}"

    def _laptop(self, index: int) -> Laptop:
        return self.laptops[index % len(self.laptops)]

    @initialize(count=st.integers(2, MOST_LAPTOPS))
    def begin(self, count: int) -> None:
        """Two to five laptops of up to three advisors, and of the other network."""
        for badge in self.world.badges[:count]:
            store = MemoryStore(self._draw_writer)
            store.save_enrolment(badge.enrolment)
            line = RoughLine(self.world.central.transport, self.world.killer)
            self.laptops.append(Laptop(badge, store, line, store.copy()))

    # What people do

    @rule(index=laptops, edits=st.lists(edits, min_size=1, max_size=3), line=lines, disk=troubles)
    def work(
        self, index: int, edits: list[Edit], line: list[str] | None, disk: Trouble | None
    ) -> None:
        """Somebody types, clocks of laptops differ; and perhaps presses the button at once."""
        laptop = self._laptop(index)
        for company, field, value, ahead in edits:
            entity, name = FIELDS[field]
            self._type(laptop, company, entity, company, name, VALUES[value], ahead)
        self._perhaps_sync(laptop, line, disk)

    @rule(index=laptops, company=companies, size=st.integers(0, 3), line=lines, disk=troubles)
    def attach(
        self, index: int, company: str, size: int, line: list[str] | None, disk: Trouble | None
    ) -> None:
        """A photo is taken; perhaps it is sent at once."""
        laptop = self._laptop(index)
        self._attach(laptop, company, ATTACHMENT, b"x" * size)
        self._perhaps_sync(laptop, line, disk)

    @rule(index=laptops, company=companies, line=lines)
    def finalise(self, index: int, company: str, line: list[str] | None) -> None:
        """A report is sealed: its bytes are frozen from now on."""
        laptop = self._laptop(index)
        content = f"report {self.now_ms}".encode()
        entity_id = self._attach(laptop, company, ATTACHMENT, content)
        sealed = (hashlib.sha256(content).hexdigest(), content)
        self.ledger.reports[laptop.badge.network, entity_id] = sealed
        self._perhaps_sync(laptop, line, None)

    def _attach(self, laptop: Laptop, company: str, entity: str, content: bytes) -> str:
        entity_id = f"0190b000-0000-7000-8000-{self.now_ms:012d}"[:36]
        sha256 = hashlib.sha256(content).hexdigest()
        laptop.store.blobs[sha256] = content
        self._type(laptop, company, entity, entity_id, "sha256", sha256, 0)
        return entity_id

    def _type(
        self,
        laptop: Laptop,
        company: str,
        entity: str,
        entity_id: str,
        name: str,
        value: object,
        ahead: int,
    ) -> None:
        self.now_ms += 1_000
        clock_ms = self.now_ms + ahead + laptop.skew_ms
        laptop.store.edit(company, entity, entity_id, name, value, clock_ms)
        self.ledger.typed(laptop)
        shown = laptop.store.shown((company, entity, entity_id, name))
        hold(shown == value, "what one has just typed is shown")

    @rule(plans=st.lists(plans, min_size=MOST_LAPTOPS, max_size=MOST_LAPTOPS))
    def all_sync(self, plans: list[list[str]]) -> None:
        """A day at the office; every line fails in its own way."""
        for laptop, plan in zip(self.laptops, plans, strict=False):
            self._sync(laptop, plan, None)

    @rule(index=laptops, line=plans, disk=troubles)
    def one_syncs(self, index: int, line: list[str], disk: Trouble | None) -> None:
        """The button is pressed, though there may be nothing to send."""
        self._sync(self._laptop(index), line, disk)

    def _perhaps_sync(self, laptop: Laptop, line: list[str] | None, disk: Trouble | None) -> None:
        if line is not None:
            self._sync(laptop, line, disk)

    def _sync(self, laptop: Laptop, plan: list[str], disk: Trouble | None) -> None:
        """A run over a bad line and a bad disk; it may end early, but only because of them."""
        laptop.line.plan = list(plan)
        with contextlib.suppress(TryAgainError, LaptopKilledError, DiskFullError):
            self._finish(laptop, disk)
        laptop.line.plan = []

    def _finish(self, laptop: Laptop, disk: Trouble | None = None) -> None:
        store = troubled(laptop.store, disk)
        outcome = run(store, laptop.line, progress=lambda _: None, cancelled=lambda: False)
        check_run(self.world, laptop, outcome)
        laptop.may_be_copy &= not outcome.device_was_restored

    # What coordinators do

    @rule(company=companies, team=st.integers(0, 1), index=laptops | st.none())
    def assign(self, company: str, team: int, index: int | None) -> None:
        """A coordinator gives a file to a team, or to one advisor."""
        badge = self._laptop(index or 0).badge
        with (
            contextlib.suppress(events.UnknownFileError),
            self.world.central.database.writing() as session,
        ):
            if index is None:
                to_team = self.world.teams[team]
                events.assign(session, badge.network, company, team_id=to_team)
            else:
                events.assign(session, badge.network, company, advisor_id=badge.advisor)

    @rule(which=st.integers(0, 5))
    def withdraw(self, which: int) -> None:
        """A coordinator takes a file back."""
        still_open = self.world.sight().open_to
        if still_open:
            with self.world.central.database.writing() as session:
                events.withdraw(session, still_open[which % len(still_open)][0])

    @rule(index=laptops, team=st.integers(0, 1))
    def move(self, index: int, team: int) -> None:
        """An advisor goes to the other team."""
        badge, to_team = self._laptop(index).badge, self.world.teams[team]
        from_team = self.world.sight().teams[badge.advisor]
        if badge.network == self.world.network and to_team != from_team:
            with self.world.central.database.writing() as session:
                session.get_one(Advisor, badge.advisor).team_id = to_team
                session.flush()
                events.moved(session, badge.advisor, from_team, to_team)

    @rule(company=st.just(COMPANIES[-1]))
    def purge(self, company: str) -> None:
        """A company asks for everything about it to be erased; the other one stays to be merged."""
        network = self.world.network
        with self.world.central.database.writing() as session:
            if session.get(CompanyFile, (network, company)) is not None:
                events.purge(session, network, company, "Art. 17")
                self.ledger.purged.add((network, company))
        for laptop in self.laptops:
            laptop.may_be_copy = True  # replies that hold the file are not kept for repetition

    # What goes wrong

    @rule(index=laptops, which=st.integers(0, 1_000))
    def old_request_arrives_again(self, index: int, which: int) -> None:
        """The network delivers an old request once more; nobody reads the answer."""
        sent = self._laptop(index).line.sent
        if sent:
            sent[which % len(sent)]()

    @rule(index=laptops, jump=st.sampled_from(JUMPS_MS))
    def clock_jumps(self, index: int, jump: int) -> None:
        """A laptop's clock is an hour or a year off from now on."""
        self._laptop(index).skew_ms = jump

    @rule(index=laptops, which=st.integers(0, 5))
    def photo_is_lost(self, index: int, which: int) -> None:
        """A file of the laptop's disk cannot be read any more, sent or not."""
        blobs = self._laptop(index).store.blobs
        if blobs:
            del blobs[sorted(blobs)[which % len(blobs)]]

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
        laptop.may_be_copy = True
        self._forget_what_nobody_holds()

    @precondition(lambda self: len(self.laptops) < MOST_LAPTOPS)
    @rule(index=laptops)
    def clone_laptop(self, index: int) -> None:
        """A second laptop goes on from the same disk image, while the first one is in use."""
        first = self._laptop(index)
        store = first.store.copy()
        line = RoughLine(self.world.central.transport, self.world.killer)
        clone = Laptop(
            first.badge, store, line, store.copy(), set(store.log), skew_ms=first.skew_ms
        )
        self.laptops.append(clone)
        first.may_be_copy = clone.may_be_copy = True

    @rule()
    def back_server_up(self) -> None:
        """The nightly backup."""
        self.server_backup = self.world.copy()

    @rule()
    def put_server_back(self) -> None:
        """The server is restored from its backup, and its administrator says so."""
        self.world.put_back(self.server_backup)
        administration.restored(self.world.central.database)
        for laptop in self.laptops:
            laptop.may_be_copy = True
        self._forget_what_nobody_holds()

    def _forget_what_nobody_holds(self) -> None:
        """What only the restored copy's lost part held is gone by the restore, not by the sync."""
        sight = self.world.sight()
        anywhere = set().union(*(laptop.store.log for laptop in self.laptops))
        for laptop in self.laptops:
            anywhere |= sight.anywhere(laptop.badge.network)
        self.ledger.acknowledged &= anywhere

    @invariant()
    def promises_are_kept(self) -> None:
        """After every step."""
        if self.laptops:
            check_step(self.world, self.laptops, self.ledger)

    def teardown(self) -> None:
        """Once the faults stop, three rounds make equal what equal rights see; nothing waits."""
        if not self.laptops:
            return
        ours = [x for x in self.laptops if x.badge.network == self.world.network]
        buried = set().union(*(laptop.store.purged for laptop in ours))
        for _round in range(ROUNDS):
            somewhere = set().union(*(laptop.store.blobs for laptop in self.laptops))
            for laptop in self.laptops:
                if laptop.waits(self.world.sight(), somewhere):
                    self._finish(laptop)
        check_step(self.world, self.laptops, self.ledger)
        check_end(self.world, self.laptops, self.ledger, buried)


def play(
    machine: type[SyncMachine],
    histories: int,
    phases: tuple[Phase, ...] = (Phase.generate,),
) -> None:
    """Run that many random histories."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=MOST_STEPS,
            deadline=None,
            phases=phases,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
