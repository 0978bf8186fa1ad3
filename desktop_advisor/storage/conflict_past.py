"""What stood in a field before two laptops set it differently, and who said what first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_advisor.storage.change_log import names_from_json, portions
from desktop_advisor.storage.conflicts import Conflict, ConflictValue, Key, value_of
from desktop_advisor.storage.log_tables import LoggedChange
from sync.protocol import ChangeName

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Log = Mapping[ChangeName, LoggedChange]


@dataclass(frozen=True)
class Past:
    """Where the values of a conflict come from.

    origins: as `Conflict.values`, but who wrote each first where a decision was taken back.
    earlier: the latest change that all of them build on, None where the field was never set.
    """

    origins: tuple[ConflictValue, ...]
    earlier: ConflictValue | None


def pasts(session: Session, conflicts: Sequence[Conflict]) -> list[Past]:
    """The past of each of these conflicts, in their order."""
    logs: dict[Key, dict[ChangeName, LoggedChange]] = defaultdict(dict)
    for ids in portions({conflict.entity_id for conflict in conflicts}):
        for row in session.scalars(select(LoggedChange).where(LoggedChange.entity_id.in_(ids))):
            logs[row.entity, row.entity_id, row.field][row.writer.hex(), row.n] = row
    return [_past(conflict, logs[conflict.key]) for conflict in conflicts]


def _past(conflict: Conflict, log: Log) -> Past:
    rows = [log[shown.name] for shown in conflict.values if shown.name in log]
    if len(rows) != len(conflict.values):
        return Past(conflict.values, None)
    origins = [_origin(row, log) for row in rows]
    common = set.intersection(*(_before(row, log) for row in origins))
    earlier = max((log[name] for name in common), key=_age, default=None)
    return Past(
        tuple(value_of(row) for row in origins), None if earlier is None else value_of(earlier)
    )


def _origin(row: LoggedChange, log: Log) -> LoggedChange:
    """Who wrote the value first, seen through decisions that were taken back."""
    seen = row
    while True:
        decision = _only(log, names_from_json(seen.bases))
        bases = names_from_json(decision.bases) if decision is not None else ()
        same = [log[name] for name in bases if name in log and log[name].value == seen.value]
        if len(bases) < 2 or not same:
            return seen
        seen = same[0]


def _only(log: Log, names: Sequence[ChangeName]) -> LoggedChange | None:
    return log.get(names[0]) if len(names) == 1 else None


def _before(row: LoggedChange, log: Log) -> set[ChangeName]:
    """Every change of the field that this one builds on."""
    found: set[ChangeName] = set()
    waiting: Iterable[ChangeName] = names_from_json(row.bases)
    while new := {name for name in waiting if name in log and name not in found}:
        found |= new
        waiting = [base for name in new for base in names_from_json(log[name].bases)]
    return found


def _age(row: LoggedChange) -> tuple[int, bytes, int]:
    return (row.hlc, row.writer, row.n)
