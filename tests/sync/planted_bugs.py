"""Twelve bugs that synchronisation is known to die of, each planted into the real code.

They are planted by names that outlive a change of the wire: the port's methods, the transactions of
the server, and the text of its statements.
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

from sync.client.batch import read_verdicts
from sync.client.port import OpenBatch, Settled, Settlement
from sync.client.session import Session as Run
from sync.protocol import Change, Verdict
from sync.server.database import Database
from tests.sync.memory_store import MemoryStore
from tests.sync.sync_faults import ServerKilledError
from tests.sync.sync_world import World

TENANT = re.compile(r"(log_entry|assignment)\.network_id = (\?|%\(\w+\)s(::\w+)?)")
Planting = Callable[[ExitStack, World], None]


def _replace(stack: ExitStack, where: object, name: str, planted: object) -> None:
    stack.enter_context(patch.object(where, name, planted))


def acknowledge_before_commit(stack: ExitStack, _world: World) -> None:
    """The answer is out before the server's transaction is, and stays out where that dies."""

    @contextmanager
    def writing(self: Database) -> Iterator[Session]:
        session = Session(self.engine)
        session.begin()
        try:
            yield session
            session.commit()
        except ServerKilledError:
            session.rollback()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()

    _replace(stack, Database, "writing", writing)


def half_batch(stack: ExitStack, _world: World) -> None:
    """What a dying server had written of a batch stays."""

    @contextmanager
    def writing(self: Database) -> Iterator[Session]:
        with Session(self.engine) as session:
            session.begin()
            try:
                yield session
                session.commit()
            except ServerKilledError:
                with session.no_autoflush:
                    session.connection().connection.commit()
                raise

    _replace(stack, Database, "writing", writing)


def cursor_by_wall_clock(stack: ExitStack, _world: World) -> None:
    """A laptop asks for what is newer, by its writer's clock, than the newest it has."""
    settle = MemoryStore.settle

    def planted(self: MemoryStore, settlement: Settlement) -> Settled:
        others = (c.hlc for c in self.log.values() if c.writer != self._writer)
        newest = max(others, default=0)
        pulled = tuple(c for c in settlement.pulled if c.hlc >= newest)
        return settle(self, msgspec.structs.replace(settlement, pulled=pulled))

    _replace(stack, MemoryStore, "settle", planted)


def retry_with_a_new_id(stack: ExitStack, _world: World) -> None:
    """An unanswered batch is forgotten, and its changes are sent as a new one."""
    _replace(stack, Run, "repeat_open_batch", lambda _self: None)


def id_reuse_after_restore(stack: ExitStack, _world: World) -> None:
    """A restored store goes on with the writer and the number that its backup had."""
    copy = MemoryStore.copy

    def planted(self: MemoryStore) -> MemoryStore:
        other = copy(self)
        other._writer, other._n = self._writer, self._n
        return other

    _replace(stack, MemoryStore, "copy", planted)


def dropped_tombstone(stack: ExitStack, _world: World) -> None:
    """Nobody tells a restored server what had been purged."""
    _replace(stack, MemoryStore, "tombstones", lambda _self: [])


def winner_by_wall_clock(stack: ExitStack, _world: World) -> None:
    """The laptop's clock alone decides what is shown, whatever an edit replaced."""

    def newest(changes: Iterable[Change]) -> list[Change]:
        return sorted(changes, key=lambda c: (c.hlc, c.writer, c.n))[-1:]

    module = sys.modules[MemoryStore.__module__]
    _replace(stack, module, "heads", newest)
    _replace(stack, module, "tick", lambda _previous, now_ms: now_ms << 16)


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


def ignored_epoch(stack: ExitStack, _world: World) -> None:
    """A laptop takes the new epoch for granted, and offers nothing again."""
    offer_again = MemoryStore.offer_again

    def planted(self: MemoryStore, company_id: str | None = None) -> None:
        if company_id is not None:
            offer_again(self, company_id)

    _replace(stack, MemoryStore, "offer_again", planted)


def unknown_field_dropped(stack: ExitStack, _world: World) -> None:
    """A laptop does not keep what it does not understand."""
    settle = MemoryStore.settle

    def planted(self: MemoryStore, settlement: Settlement) -> Settled:
        pulled = tuple(c for c in settlement.pulled if c.entity != "zukunft")
        return settle(self, msgspec.structs.replace(settlement, pulled=pulled))

    _replace(stack, MemoryStore, "settle", planted)


def duplicate_treated_as_error(stack: ExitStack, _world: World) -> None:
    """What the server had already is kept aside, as if it had been refused."""

    def planted(parcel: Any, verdicts: Sequence[Verdict]) -> Any:
        return read_verdicts(
            parcel,
            [
                msgspec.structs.replace(v, outcome="refused") if v.outcome == "duplicate" else v
                for v in verdicts
            ],
        )

    _replace(stack, sys.modules[Run.__module__], "read_verdicts", planted)


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
QUICK = (unknown_field_dropped, cursor_by_wall_clock, id_reuse_after_restore)
"""Found within some fifty histories, so that the suite may look for them each time."""
