"""Any number of histories on both cores, and the table of planted bugs; `make faults`.

python -m tests.sync.faults 20000 [sqlite|postgresql] [seed] [--store]
python -m tests.sync.faults mutants [seed] [part of a bug's name]
"""

from __future__ import annotations

import gc
import logging
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from hypothesis import Phase, seed

import sync.server.database as database_module
from sync.client import uplink
from sync.server import events, pull
from tests.sync import postgres
from tests.sync.central import Central
from tests.sync.encrypted_machine import EncryptedMachine
from tests.sync.planted_bugs import BUGS, PROMISES, Planting
from tests.sync.sync_invariants import BrokenPromiseError
from tests.sync.sync_machine import SyncMachine, play
from tests.sync.sync_world import World

PROCESSES = 2
PART = 500
"""Histories that one machine plays before it begins anew, with a seed of its own."""
PAGE = 6
"""Entries of the log in one reply."""
ROOM = 300
"""Bytes of one reply, and of a stretch of a granted file's history."""
ENOUGH = 600
"""Histories within which each planted bug has to be found."""


@contextmanager
def machine_over(
    database: str, kind: type[SyncMachine] = SyncMachine
) -> Iterator[type[SyncMachine]]:
    """The machine over a server of its own. database: "sqlite" or "postgresql".

    Batches and pages are so small that a history of a few edits has several of them.
    """
    with ExitStack() as stack:
        url = stack.enter_context(postgres.cluster()) if database == "postgresql" else ""
        central = stack.enter_context(Central(database_url=url))

        class Machine(kind):  # type: ignore[valid-type,misc] # one of two
            pass

        Machine.world = World(central)
        for where, name, instead in (
            (database_module, "time", Machine.world.clock),
            (pull, "PULL_ENTRIES", PAGE),
            (pull, "PULL_BYTES", ROOM),
            (events, "PULL_BYTES", ROOM),
            (uplink, "PART_BYTES", 1),
            (uplink.Uplink, "_goes_in_parts", property(_goes_in_parts)),
            (uplink.Uplink, "batch_bytes", property(_batch_bytes)),
        ):
            stack.enter_context(patch.object(where, name, instead))
        yield Machine


def _goes_in_parts(line: uplink.Uplink) -> bool:
    return getattr(line.calls._transport, "in_parts", False)


def _batch_bytes(line: uplink.Uplink) -> int:
    return 1 if getattr(line.calls._transport, "is_narrow", False) else uplink.FIRST_BYTES


def seeded(machine: type[SyncMachine], number: int) -> type[SyncMachine]:
    """The machine, whose histories follow from this seed."""
    seed(number)(machine)
    return machine


def found(machine: type[SyncMachine], planted: Planting, histories: int) -> str:
    """The broken promise that found the planted bug; "" when none of its own did.

    A history that does not end the same way when it is played again is found all the same: ids are
    drawn anew each time. Whatever else goes wrong in it is no finding.
    """
    BrokenPromiseError.raised.clear()
    with ExitStack() as stack:
        planted(stack, machine.world)
        try:
            play(machine, histories, (Phase.generate,))
        except Exception as error:  # noqa: BLE001 no finding, unless a promise was broken
            BrokenPromiseError.raised.append(f"({type(error).__name__}: {error})"[:300])
    own = (p for p in BrokenPromiseError.raised if p.startswith(PROMISES[planted]))
    return next(own, "")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _play_part(part: tuple[str, bool, int, int, int]) -> int:
    """database, whether with the real store, seeds and histories of one process; how many."""
    database, is_encrypted, first_seed, histories, parts = part
    logging.disable(logging.CRITICAL)
    gc.freeze()
    kind = EncryptedMachine if is_encrypted else SyncMachine
    with machine_over(database, kind) as machine:
        for number in range(parts):
            play(seeded(machine, first_seed + number), histories, (Phase.generate, Phase.shrink))
        return machine.played


def campaign(histories: int, database: str, first_seed: int, *, is_encrypted: bool) -> None:
    """Play them all; what breaks is printed shrunk, with the seed of its part."""
    started = time.monotonic()
    each = max(1, histories // PROCESSES)
    parts = max(1, each // PART)
    jobs = [
        (database, is_encrypted, first_seed + 1000 * n, -(-each // parts), parts)
        for n in range(PROCESSES)
    ]
    stores = "encrypted stores" if is_encrypted else "stores in memory"
    _say(f"{histories} histories on {database}, {stores}, seed {first_seed}")
    with ProcessPoolExecutor(PROCESSES) as pool:
        played = sum(pool.map(_play_part, jobs))
    _say(f"{played} histories, every promise kept, {time.monotonic() - started:.0f} s")


def mutants(first_seed: int, wanted: str = "") -> int:
    """The table of planted bugs; how many were not found. wanted: part of a bug's name."""
    logging.disable(logging.CRITICAL)
    _say(f"seed {first_seed}\n{'planted bug':30}{'histories':>10}{'seconds':>9}  found by")
    missed = 0
    for planted in (bug for bug in BUGS if wanted in bug.__name__):
        with machine_over("sqlite") as machine:
            started = time.monotonic()
            promise = found(seeded(machine, first_seed), planted, ENOUGH)
            missed += not promise
            name = planted.__name__.replace("_", " ")
            seconds = time.monotonic() - started
            also = "; ".join(dict.fromkeys(BrokenPromiseError.raised))
            said = promise or f"NOT FOUND {also}"
            _say(f"{name:30}{machine.played:>10}{seconds:>9.0f}  {said}")
    return missed


def main(arguments: list[str]) -> int:
    """The command line."""
    is_encrypted = "--store" in arguments
    what, *more = [word for word in arguments if word != "--store"] or ["1000"]
    if what == "mutants":
        return mutants(int(more[0]) if more else random.randrange(10**6), "_".join(more[1:]))
    database = more[0] if more else "sqlite"
    first_seed = int(more[1]) if more[1:] else random.randrange(10**6)
    campaign(int(what), database, first_seed, is_encrypted=is_encrypted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
