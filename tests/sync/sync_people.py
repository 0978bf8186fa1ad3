"""What people do in the histories: advisors at their laptops, and coordinators at the server."""

from __future__ import annotations

import contextlib
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from sync.client.errors import SyncError, TryAgainError
from sync.client.session import run
from sync.protocol import Change
from sync.server import administration, events, quarantine
from sync.server.people_models import Advisor
from tests.sync.memory_store import ATTACHMENT, REPORT, MemoryStore
from tests.sync.newer_laptop import NewerLaptop
from tests.sync.sync_desks import Desk
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
    Laptop,
    Ledger,
    check_run,
    hold,
)
from tests.sync.sync_world import COMPANIES, World

MOST_LAPTOPS = 5
DAY_MS = 86_400_000
START_MS = 500 * DAY_MS
"""Late enough for a clock that goes back by more than a year."""
Edit = tuple[str, int, int, int]
"""company_id, which field, value, by how much the laptop's clock is ahead in milliseconds"""
Habit = tuple[bool, bool, int]
"""Whether its line is narrow, whether batches go in parts, frames sorted in after a run."""
FIELDS = [("company", "name"), ("company", "town"), ("zukunft", "farbe")]
"""entity, field; of the last one only a newer version knows what it means."""
VALUES = ["Huber", "Huber SE", "Huber AG", {"neu": [1, None, {"tief": "ä"}]}]
ACTOR = "Koordination"

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
habits: st.SearchStrategy[Habit] = st.tuples(
    st.integers(0, 3).map(lambda n: n == 1),
    st.integers(0, 3).map(lambda n: n == 1),
    st.integers(0, 2),
)


class SyncPeople(RuleBasedStateMachine):
    """played: how many histories began, in which a planted bug may have been found."""

    world: ClassVar[World]
    played: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).played += 1
        self.world.put_back(self.world.pristine)
        self.world.clock.ahead_ms = 0
        self.laptops: list[Laptop] = []
        self.server_backup = self.world.pristine
        self.ledger = Ledger()
        self.writers = 0
        self.now_ms = START_MS
        self.newer = NewerLaptop(
            self.world.newer.enrolment, self.world.central.transport, self._draw_writer()
        )

    def _draw_writer(self) -> str:
        self.writers += 1
        return f"{self.writers:032x}"

    def _laptop(self, index: int) -> Laptop:
        return self.laptops[index % len(self.laptops)]

    def new_desk(self, _number: int) -> Desk:
        """An empty store."""
        return MemoryStore(self._draw_writer)

    def _line(self, habit: Habit) -> RoughLine:
        is_narrow, in_parts, _ = habit
        central, killer = self.world.central, self.world.killer
        return RoughLine(central.transport, killer, is_narrow=is_narrow, in_parts=in_parts)

    @initialize(
        count=st.integers(2, MOST_LAPTOPS),
        habits=st.lists(habits, min_size=MOST_LAPTOPS, max_size=MOST_LAPTOPS),
        is_warm=st.booleans(),
    )
    def begin(self, count: int, habits: list[Habit], is_warm: bool) -> None:
        """Two to five laptops of up to three advisors, and of the other network.

        is_warm: there were good days before, and all have backups of them.
        """
        for number, badge in enumerate(self.world.badges[:count]):
            store = self.new_desk(number)
            store.save_enrolment(badge.enrolment)
            laptop = Laptop(badge, store, self._line(habits[number]), store.copy())
            laptop.patience = habits[number][2]
            self.laptops.append(laptop)
        if is_warm:
            for company in COMPANIES:
                self._type(self.laptops[0], company, "company", company, "name", VALUES[0], 0)
            for laptop in self.laptops:
                self._sync(laptop, [], None)
                laptop.backup = laptop.store.copy()
            self.server_backup = self.world.copy()

    # What people do

    @rule(index=laptops, edits=st.lists(edits, min_size=1, max_size=3), line=lines, disk=troubles)
    def work(
        self, index: int, edits: list[Edit], line: list[str] | None, disk: Trouble | None
    ) -> None:
        """Somebody types, clocks of laptops differ; and perhaps presses the button at once."""
        laptop = self._laptop(index)
        for company, field, value, ahead in edits:
            entity, name = FIELDS[field]
            if not laptop.store.can_write(entity):
                entity, name = FIELDS[0]
            typed = VALUES[value] if laptop.store.can_write("") else VALUES[value % 3]
            self._type(laptop, company, entity, company, name, typed, ahead)
        self._perhaps_sync(laptop, line, disk)

    @rule(index=laptops, company=companies, size=st.integers(0, 3), line=lines, disk=troubles)
    def attach(
        self, index: int, company: str, size: int, line: list[str] | None, disk: Trouble | None
    ) -> None:
        """A photo is taken; perhaps it is sent at once."""
        laptop = self._laptop(index)
        self._attach(laptop, company, b"x" * size)
        self._perhaps_sync(laptop, line, disk)

    @rule(index=laptops, company=companies, number=st.integers(0, 1), line=lines)
    def finalise(self, index: int, company: str, number: int, line: list[str] | None) -> None:
        """A report is sealed: its bytes are frozen from now on.

        Two laptops may seal the same one, and a faulty program one that is sealed already.
        """
        laptop = self._laptop(index)
        content = f"report {self.now_ms}".encode()
        entity_id, sha256 = self._attach(laptop, company, content)
        self.ledger.reports[laptop.badge.network, entity_id] = (sha256, content)
        report = f"{company[:-3]}c{company[-1]}{number}"
        is_sealed = laptop.store.shown((company, REPORT, report, "content_hash")) is not None
        if not is_sealed or laptop.store.can_write(""):
            self._type(laptop, company, REPORT, report, "content_hash", sha256, 0)
        self._perhaps_sync(laptop, line, None)

    def _attach(self, laptop: Laptop, company: str, content: bytes) -> tuple[str, str]:
        entity_id = f"0190b000-0000-7000-8000-{self.now_ms:012d}"[:36]
        sha256 = laptop.store.keep_blob(content)
        self._type(laptop, company, ATTACHMENT, entity_id, "sha256", sha256, 0)
        return entity_id, sha256

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
        changes = laptop.store.write(company, entity, entity_id, name, value, clock_ms)
        self.ledger.typed(laptop.badge.network, changes)
        laptop.held |= {change.name for change in changes}
        shown = laptop.store.shown((company, entity, entity_id, name))
        hold(entity == REPORT or shown == value, "what one has just typed is shown")

    @rule(plans=st.lists(plans, min_size=MOST_LAPTOPS, max_size=MOST_LAPTOPS))
    def all_sync(self, plans: list[list[str]]) -> None:
        """A day at the office; every line fails in its own way."""
        for laptop, plan in zip(self.laptops, plans, strict=False):
            self._sync(laptop, plan, None)

    @rule(index=laptops, line=plans, disk=troubles)
    def one_syncs(self, index: int, line: list[str], disk: Trouble | None) -> None:
        """The button is pressed, though there may be nothing to send."""
        self._sync(self._laptop(index), line, disk)

    @rule(index=laptops, limit=st.integers(1, 3))
    def quiet_moment(self, index: int, limit: int) -> None:
        """A laptop sorts in what it has received."""
        self._laptop(index).store.sort_in(limit)

    @rule(company=companies, value=st.integers(0, len(VALUES) - 1))
    def newer_program_writes(self, company: str, value: int) -> None:
        """Somebody has the next version already, whose changes say more."""
        self.now_ms += 1_000
        change = self.newer.send(
            Change(
                writer="0" * 32,
                n=1,
                company_id=company,
                entity="company",
                entity_id=company,
                field="name",
                value=VALUES[value],
                hlc=self.now_ms << 16,
                schema=99,
            )
        )
        self.ledger.typed(self.world.network, [change])
        self._forget_what_nobody_holds()

    def _perhaps_sync(self, laptop: Laptop, line: list[str] | None, disk: Trouble | None) -> None:
        if line is not None:
            self._sync(laptop, line, disk)

    def _sync(self, laptop: Laptop, plan: list[str], disk: Trouble | None) -> None:
        """A run over a bad line and a bad disk; it may end early, but only because of them."""
        laptop.line.plan = list(plan)
        try:
            self._finish(laptop, disk)
        except (TryAgainError, DiskFullError):
            pass
        except LaptopKilledError:
            before, laptop.store = laptop.store, laptop.store.restarted()
            before.close()
        finally:
            laptop.line.plan = []

    def _finish(self, laptop: Laptop, disk: Trouble | None = None) -> None:
        store = troubled(laptop.store, disk)
        try:
            outcome = run(store, laptop.line, progress=lambda _: None, cancelled=lambda: False)
        except TryAgainError:
            raise
        except SyncError as error:
            hold(False, f"a run ends early only because of line and disk, not as {error.kind}")
            raise
        check_run(self.world, laptop, outcome)
        laptop.may_be_copy &= not outcome.device_was_restored
        if laptop.patience:
            store.sort_in(laptop.patience)

    def _forget_what_nobody_holds(self) -> None:
        """What only the restored copy's lost part held is gone by the restore, not by the sync."""
        sight = self.world.sight()
        anywhere = set().union(*(laptop.keeps() for laptop in self.laptops))
        for laptop in self.laptops:
            anywhere |= sight.anywhere(laptop.badge.network)
        self.ledger.acknowledged &= anywhere

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

    @rule(which=st.integers(0, 5), is_wanted=st.booleans())
    def decide_on_kept(self, which: int, is_wanted: bool) -> None:
        """A coordinator has a change that was kept aside tried again, or drops it."""
        kept = self.world.sight().kept
        if not kept:
            return
        number, network, name = kept[which % len(kept)]
        database = self.world.central.database
        if is_wanted:
            with contextlib.suppress(administration.AdministrationError):
                quarantine.retry(database, network, number, ACTOR)
        else:
            quarantine.drop(database, network, number, ACTOR)
            self.ledger.acknowledged.discard(name)
