"""Laptops, one server and every fault, as rules that Hypothesis puts into histories."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from sync.client.errors import TryAgainError
from sync.server import administration, events
from sync.server.people_models import CompanyFile
from tests.sync.sync_invariants import (
    ROUNDS,
    Laptop,
    check_end,
    check_newer,
    check_step,
    hold,
    known_purges,
)
from tests.sync.sync_people import DAY_MS, MOST_LAPTOPS, Habit, SyncPeople, habits, laptops
from tests.sync.sync_world import COMPANIES

MOST_STEPS = 25
JUMPS_MS = (-400 * DAY_MS, -3_600_000, 3_600_000, 400 * DAY_MS)
SERVER_JUMPS_MS = (-30 * DAY_MS, -3_600_000, 0, 3_600_000, 30 * DAY_MS)


class SyncMachine(SyncPeople):
    """Everything that people do, everything that goes wrong, and what has to hold all the same."""

    @rule(company=st.just(COMPANIES[-1]), index=laptops | st.none(), is_lost=st.booleans())
    def purge(self, company: str, index: int | None, is_lost: bool) -> None:
        """A company asks for everything about it to be erased; the other one stays to be merged.

        Perhaps one laptop hears of it, and perhaps the server is restored from before that.
        """
        network = self.world.network
        with self.world.central.database.writing() as session:
            if session.get(CompanyFile, (network, company)) is not None:
                events.purge(session, network, company, "Art. 17")
                self.ledger.purged.add((network, company))
        for laptop in self.laptops:
            laptop.may_be_copy = True  # replies that hold the file are not kept for repetition
        if index is not None:
            self._sync(self._laptop(index), [], None)
        if is_lost:
            check_step(self.world, self.laptops, self.ledger)  # what was let go of was there
            self.put_server_back()

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

    @rule(jump=st.sampled_from(SERVER_JUMPS_MS))
    def server_clock_jumps(self, jump: int) -> None:
        """The server's clock is wrong, or right again."""
        self.world.clock.ahead_ms = jump

    @rule(index=laptops, which=st.integers(0, 5))
    def photo_is_lost(self, index: int, which: int) -> None:
        """A file of the laptop's disk cannot be read any more, sent or not."""
        store = self._laptop(index).store
        names = sorted(store.blob_names())
        if names:
            store.lose_blob(names[which % len(names)])

    @rule(which=st.integers(0, 5))
    def server_loses_a_photo(self, which: int) -> None:
        """Bytes of an attachment are gone from the server's disk."""
        self.ledger.lost.add(self.world.lose_blob(which))

    @rule(index=laptops, which=st.integers(0, 5))
    def frame_is_damaged(self, index: int, which: int) -> None:
        """Something received and not sorted in yet cannot be read any more."""
        laptop = self._laptop(index)
        if laptop.store.frames_waiting():
            laptop.damaged |= laptop.store.damage_frame(which)
            laptop.held = laptop.keeps()
            self._forget_what_nobody_holds()

    @rule(index=laptops)
    def back_laptop_up(self, index: int) -> None:
        """A disk image is taken."""
        laptop = self._laptop(index)
        laptop.backup.close()
        laptop.backup = laptop.store.copy()

    @rule(index=laptops)
    def put_laptop_back(self, index: int) -> None:
        """A laptop is restored from its disk image."""
        laptop = self._laptop(index)
        laptop.store.close()
        laptop.store = laptop.backup.copy()
        laptop.held = laptop.keeps()
        laptop.may_be_copy = True
        self._forget_what_nobody_holds()

    @precondition(lambda self: len(self.laptops) < MOST_LAPTOPS)
    @rule(index=laptops, habit=habits)
    def clone_laptop(self, index: int, habit: Habit) -> None:
        """A second laptop goes on from the same disk image, while the first one is in use."""
        first = self._laptop(index)
        store = first.store.copy()
        clone = Laptop(first.badge, store, self._line(habit), store.copy(), skew_ms=first.skew_ms)
        clone.damaged, clone.patience = set(first.damaged), habit[2]
        clone.held = clone.keeps()
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
        self.ledger.lost.clear()  # from now on laptops bring what is not there
        for laptop in self.laptops:
            laptop.may_be_copy = True
        log = self.world.sight().anywhere(self.world.network)
        self.newer.sent = {n: change for n, change in self.newer.sent.items() if n in log}
        self._forget_what_nobody_holds()

    @invariant()
    def promises_are_kept(self) -> None:
        """After every step."""
        if self.laptops:
            check_step(self.world, self.laptops, self.ledger)

    def teardown(self) -> None:
        """Once the faults stop, three rounds make equal what equal rights see; nothing waits."""
        try:
            if self.laptops:
                self._come_to_rest()
        finally:
            for laptop in self.laptops:
                laptop.store.close()
                laptop.backup.close()

    def _come_to_rest(self) -> None:
        buried = known_purges(self.world, self.laptops)
        for laptop in self.laptops:
            _sort_all_in(laptop)
        for _round in range(ROUNDS):
            somewhere = set().union(*(laptop.store.blob_names() for laptop in self.laptops))
            for laptop in self.laptops:
                if laptop.waits(self.world.sight(), somewhere):
                    try:
                        self._finish(laptop)
                    except TryAgainError as error:
                        hold(False, f"nothing stalls once the faults have stopped: {error!r}")
                    _sort_all_in(laptop)
        check_step(self.world, self.laptops, self.ledger)
        check_end(self.world, self.laptops, self.ledger, buried)
        check_newer(self.world, self.newer)


def _sort_all_in(laptop: Laptop) -> None:
    while laptop.store.sort_in(100):
        pass


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
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
