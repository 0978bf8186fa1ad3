"""Twelve bugs that synchronisation is known to die of, each planted into the real code.

They are planted by names that outlive a change of the wire: the port's methods, the transactions of
the server, and the text of its statements. Each names the promises that it breaks: nothing else
counts as having found it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import event
from sqlalchemy.orm import Session

from sync.blocks import changes_of, open_frame, read_block
from sync.client.batch import read_verdicts
from sync.client.port import OpenBatch, Settled, Settlement
from sync.client.session import Session as Run
from sync.protocol import Change, Verdict
from sync.server.database import Database
from tests.sync.memory_store import MemoryStore
from tests.sync.sync_faults import WRITING, ServerKilledError
from tests.sync.sync_world import World

TENANT = re.compile(r"(log_entry|assignment)\.network_id = (\?|%\(\w+\)s(::\w+)?)")
Planting = Callable[[ExitStack, World], None]
NOT_LOST = "no acknowledged edit is lost"
SENT = "what counts as sent is on the server"
ARRIVES = "every acknowledged edit reaches the server"
SAME = "after a run both ends hold the same"
EQUAL = "equal rights see equal state"
NO_COPY = "only a restored laptop is taken for a copy"
NO_STALL = "nothing stalls"
HAS_BYTES = "whoever sees a file has its attachments"
NOT_EARLY = "a run ends early only because of line and disk"
PROMISES: dict[Planting, tuple[str, ...]] = {}
"""Beginnings of the promises that may catch a bug."""


def breaks(*promises: str) -> Callable[[Planting], Planting]:
    """Note what the planted bug breaks."""

    def noted(planted: Planting) -> Planting:
        PROMISES[planted] = promises
        return planted

    return noted


def _replace(stack: ExitStack, where: object, name: str, planted: object) -> None:
    stack.enter_context(patch.object(where, name, planted))


def _arriving(stack: ExitStack, keep: Callable[[MemoryStore, Change], bool]) -> None:
    """Of what arrives at a laptop only that counts which this keeps."""
    settle = MemoryStore.settle

    def planted(self: MemoryStore, settlement: Settlement) -> Settled:
        frames = (read_block(open_frame(frame)) for frame in settlement.frames)
        changes = (*settlement.pulled, *(c for frame in frames for c in changes_of(frame)))
        pulled = tuple(change for change in changes if keep(self, change))
        return settle(self, msgspec.structs.replace(settlement, pulled=pulled, frames=()))

    _replace(stack, MemoryStore, "settle", planted)


@breaks(SENT, NOT_LOST, NOT_EARLY, "a laptop lets go of nothing", HAS_BYTES)
def acknowledge_before_commit(stack: ExitStack, _world: World) -> None:
    """The answer is out before the server's transaction is, and stays out where that dies."""

    @contextmanager
    def writing(self: Database) -> Iterator[Session]:
        with Session(self.engine) as session:
            session.begin()
            yield session
            try:
                session.commit()
            except ServerKilledError:
                session.rollback()

    _replace(stack, Database, "writing", writing)


@breaks(SAME, EQUAL, ARRIVES, NO_COPY, NO_STALL)
def half_batch(stack: ExitStack, world: World) -> None:
    """Each statement is a transaction of its own, so what a dying server had written stays."""

    def commit(_connection: object, cursor: Any, said: str, *_more: object) -> None:
        if said.startswith(WRITING) and cursor.connection.in_transaction:
            cursor.connection.commit()
            cursor.connection.execute("BEGIN IMMEDIATE")

    engine = world.central.database.engine
    event.listen(engine, "after_cursor_execute", commit)
    stack.callback(event.remove, engine, "after_cursor_execute", commit)


@breaks(SAME, EQUAL)
def cursor_by_wall_clock(stack: ExitStack, _world: World) -> None:
    """A laptop asks for what is newer, by its writer's clock, than the newest it has."""

    def is_newer(self: MemoryStore, change: Change) -> bool:
        others = (c.hlc for c in self.log.values() if c.writer != self._writer)
        return change.hlc >= max(others, default=0)

    _arriving(stack, is_newer)


@breaks(NO_COPY)
def retry_with_a_new_id(stack: ExitStack, _world: World) -> None:
    """An unanswered batch is forgotten, and its changes are sent as a new one."""
    _replace(stack, Run, "repeat_open_batch", lambda _self: None)


@breaks("no name is given twice")
def id_reuse_after_restore(stack: ExitStack, _world: World) -> None:
    """A restored store goes on with the writer and the number that its backup had."""
    copy = MemoryStore.copy

    def planted(self: MemoryStore) -> MemoryStore:
        other = copy(self)
        other._writer, other._n = self._writer, self._n
        return other

    _replace(stack, MemoryStore, "copy", planted)


@breaks("what was purged stays purged", SAME)
def dropped_tombstone(stack: ExitStack, _world: World) -> None:
    """Nobody tells a restored server what had been purged."""
    _replace(stack, MemoryStore, "tombstones", lambda _self: [])


@breaks("what one has just typed is shown", EQUAL)
def winner_by_wall_clock(stack: ExitStack, _world: World) -> None:
    """The laptop's clock alone decides what is shown, whatever an edit replaced."""

    def newest(changes: Iterable[Change]) -> list[Change]:
        return sorted(changes, key=lambda c: (c.hlc, c.writer, c.n))[-1:]

    module = sys.modules[MemoryStore.__module__]
    _replace(stack, module, "heads", newest)
    _replace(stack, module, "tick", lambda _previous, now_ms: now_ms << 16)


@breaks("nobody holds", "no network's log holds", EQUAL, SAME, NO_STALL)
def missing_tenant_filter(stack: ExitStack, world: World) -> None:
    """Whoever reads the log, or the rights to it, reads those of all networks."""

    def widened(
        _connection: object, _cursor: object, statement: str, parameters: Any, *_more: object
    ) -> tuple[str, Any]:
        if statement.startswith("SELECT"):
            statement = TENANT.sub(r"(\g<0> OR 1=1)", statement)
        return statement, parameters

    engine = world.central.database.engine
    event.listen(engine, "before_cursor_execute", widened, retval=True)
    stack.callback(event.remove, engine, "before_cursor_execute", widened)


@breaks(SENT, ARRIVES, SAME, NOT_LOST, HAS_BYTES)
def ignored_epoch(stack: ExitStack, _world: World) -> None:
    """A laptop takes the new epoch for granted, and offers nothing again."""
    offer_again = MemoryStore.offer_again

    def planted(self: MemoryStore, company_id: str | None = None) -> None:
        if company_id is not None:
            offer_again(self, company_id)

    _replace(stack, MemoryStore, "offer_again", planted)


@breaks(SAME, EQUAL)
def unknown_field_dropped(stack: ExitStack, _world: World) -> None:
    """A laptop does not keep what it does not understand."""
    _arriving(stack, lambda _self, change: change.entity != "zukunft")


@breaks("what the server has taken is not kept aside")
def duplicate_treated_as_error(stack: ExitStack, _world: World) -> None:
    """What the server had already is kept aside, as if it had been refused."""

    def planted(parcels: Any, verdicts: Sequence[Verdict]) -> Any:
        return read_verdicts(
            parcels,
            [
                msgspec.structs.replace(v, outcome="refused") if v.outcome == "duplicate" else v
                for v in verdicts
            ],
        )

    _replace(stack, sys.modules[Run.__module__], "read_verdicts", planted)


@breaks(EQUAL, SAME, NOT_EARLY, NO_STALL)
def cursor_moved_without_reply(stack: ExitStack, _world: World) -> None:
    """The cursor moves when a request is sent, not when its reply is stored."""
    save_open_batch = MemoryStore.save_open_batch

    def planted(self: MemoryStore, batch: OpenBatch) -> None:
        save_open_batch(self, batch)
        enrolment = self.enrolment()
        if enrolment is not None:
            self.save_enrolment(msgspec.structs.replace(enrolment, cursor=enrolment.cursor + 1))

    _replace(stack, MemoryStore, "save_open_batch", planted)


BUGS: tuple[Planting, ...] = (
    acknowledge_before_commit,
    cursor_by_wall_clock,
    retry_with_a_new_id,
    id_reuse_after_restore,
    dropped_tombstone,
    winner_by_wall_clock,
    half_batch,
    missing_tenant_filter,
    ignored_epoch,
    unknown_field_dropped,
    duplicate_treated_as_error,
    cursor_moved_without_reply,
)
QUICK = (unknown_field_dropped, cursor_by_wall_clock, missing_tenant_filter)
"""Found within some fifty histories, so that the suite may look for them each time."""
