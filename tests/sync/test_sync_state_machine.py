"""Laptops, one server and every fault: no acknowledged edit is ever lost, and all become equal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import Phase

from sync.client.errors import ServerSaysNoError
from tests.sync.central import sync
from tests.sync.encrypted_machine import EncryptedMachine
from tests.sync.faults import ENOUGH, found, machine_over, seeded
from tests.sync.memory_store import MemoryStore
from tests.sync.planted_bugs import QUICK, Planting
from tests.sync.sync_faults import RoughLine
from tests.sync.sync_machine import SyncMachine, play
from tests.sync.sync_world import COMPANIES

HISTORIES = 200
"""Played in two halves, one for each core; `make faults` plays many more."""
ENCRYPTED_HISTORIES = 10


@pytest.fixture
def machine() -> Iterator[type[SyncMachine]]:
    """The machine over a server of its own, put back to its first day before each history."""
    with machine_over("sqlite") as made:
        yield made


@pytest.mark.timeout(900)  # a busy machine takes long for what costs half a minute of one core
@pytest.mark.parametrize("half", [1, 2])
def test_no_history_loses_an_edit_and_all_laptops_become_equal(
    machine: type[SyncMachine], half: int
) -> None:
    chosen = seeded(machine, half)  # others are drawn by `make faults`
    play(chosen, HISTORIES // 2, (Phase.explicit, Phase.generate, Phase.shrink))


@pytest.mark.timeout(900)
def test_no_history_breaks_a_promise_where_the_laptops_have_their_real_store() -> None:
    with machine_over("sqlite", EncryptedMachine) as machine:
        play(seeded(machine, 3), ENCRYPTED_HISTORIES, (Phase.explicit, Phase.generate))


def test_a_purge_stays_known_where_the_clock_of_a_restored_server_went_back(
    machine: type[SyncMachine],
) -> None:
    history = machine()
    history.begin(count=2, habits=[(False, False, 1)] * 5, is_warm=True)
    history.purge(company=COMPANIES[1], index=0, is_lost=False)
    history.server_clock_jumps(jump=-3_600_000)
    history.put_server_back()

    history.teardown()

    assert COMPANIES[1] in machine.world.sight().purged[machine.world.network]


def test_a_purge_that_was_not_believed_is_said_again_by_whoever_works_with_the_file_later(
    machine: type[SyncMachine],
) -> None:
    history = machine()
    history.begin(count=2, habits=[(False, False, 1)] * 5, is_warm=True)
    history.purge(company=COMPANIES[1], index=0, is_lost=True)
    history.withdraw(which=1)
    history.one_syncs(index=0, line=[], disk=None)
    history.assign(company=COMPANIES[1], team=0, index=None)

    history.teardown()

    assert COMPANIES[1] in machine.world.sight().purged[machine.world.network]


def test_what_a_restored_server_kept_aside_before_is_not_forgotten(
    machine: type[SyncMachine],
) -> None:
    history = machine()
    history.begin(count=2, habits=[(False, False, 0)] * 5, is_warm=True)
    history.put_server_back()
    history.withdraw(which=0)
    edits = [(COMPANIES[0], 0, 0, -5000)]
    history.work(index=0, edits=edits, line=[], disk=("dies after", 4))

    history.put_server_back()

    history.teardown()


@pytest.mark.parametrize("which", [0, 1])
def test_a_lost_reply_that_comes_at_last_does_not_hide_what_was_lost_here(
    machine: type[SyncMachine], which: int
) -> None:
    history = machine()
    history.begin(count=4, habits=[(False, False, 0)] * 5, is_warm=True)
    edits = [(COMPANIES[0], 0, 0, -5000)]
    history.work(index=3, edits=edits, line=["429"], disk=None)
    history.work(index=3, edits=edits, line=[], disk=("dies before", 1))
    history.frame_is_damaged(index=3, which=which)

    history.teardown()


def test_a_login_page_takes_no_attachment(machine: type[SyncMachine]) -> None:
    world, store = machine.world, MemoryStore()
    store.save_enrolment(world.badges[0].enrolment)
    store.attach(COMPANIES[0], COMPANIES[1], b"Foto", 1)
    line = RoughLine(world.central.transport, world.killer)
    line.plan = ["deliver", "html"]

    with pytest.raises(ServerSaysNoError):
        sync(store, line)

    assert len(store.blobs_to_send()) == 1


@pytest.mark.timeout(900)
@pytest.mark.parametrize("planted", QUICK, ids=lambda planted: str(planted.__name__))
def test_the_machine_finds_a_planted_bug(machine: type[SyncMachine], planted: Planting) -> None:
    assert found(machine, planted, ENOUGH)
