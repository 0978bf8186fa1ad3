"""Which numbers of a cell may be published: companies enter and leave in batches of five or more.

Pure: neither database nor clock. Why this suffices is told in the package's docstring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

STEP = 5
"""Fewest companies that enter or leave together (k-anonymity, n ≥ 5)."""
FULL = 10_000
"""Largest value of one company: 100 points in hundredths."""
ROOM = 5_000
"""Fewest hundredths within which each value of a batch could still lie anywhere. Our choice."""


class Contribution(msgspec.Struct, frozen=True):
    """What one company adds to a cell.

    version: changes whenever the value may have changed; "" where nothing is measured.
    value: 0 to FULL, 0 where companies are only counted.
    """

    version: str = ""
    value: int = 0


Contributions = Mapping[str, Contribution]
"""Company id → what it would add today."""
May = Callable[[int, int], bool]
"""(companies, sum of their values) → whether so many may come or go together."""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Companies that go together for good, in this cell.

    n, total: companies and the sum of their values, as published while is_in. members: company id →
    what it entered with, None once it has left the cell; fewer than n once some were erased.
    """

    n: int
    total: int
    members: dict[str, Contribution | None]
    is_in: bool = True


@dataclass(frozen=True)
class Cell:
    """What may be published: batches in the order of their arrival, () for nothing."""

    batches: tuple[Batch, ...] = ()

    @property
    def n(self) -> int:
        """Companies: 0 or at least STEP."""
        return sum(batch.n for batch in self.batches if batch.is_in)

    @property
    def total(self) -> int:
        """The sum of their values."""
        return sum(batch.total for batch in self.batches if batch.is_in)


def advance(
    cell: Cell, today: Contributions, *, is_measured: bool, is_closed: bool = False
) -> Cell:
    """The cell after letting out and in whoever may go and come by now.

    is_measured: the values are published as a mean, so that extremes would give them away.
    is_closed: nobody may enter for the first time.
    """
    may = _measured if is_measured else _counted
    batches = [
        moved
        for batch in cell.batches
        for left in _leaving(batch, today, may)
        for changed in (_changing(left, today, may) if left.is_in else (left,))
        for moved in ((changed,) if changed.is_in or is_measured else _returning(changed, today))
    ]
    settled = {company for batch in batches for company in batch.members}
    arrived = _entering({c: item for c, item in today.items() if c not in settled})
    if not is_closed and may(arrived.n, arrived.total):
        batches.append(arrived)
    return Cell(tuple(batches))


def drop(cell: Cell, *companies: str) -> Cell:
    """The same numbers without the ids of these companies, for those that are erased for good."""
    gone = {*companies}
    return Cell(
        tuple(
            msgspec.structs.replace(
                batch, members={c: item for c, item in batch.members.items() if c not in gone}
            )
            for batch in cell.batches
        )
    )


def _leaving(batch: Batch, today: Contributions, may: May) -> Iterator[Batch]:
    """The batch; or in two, if enough have left and enough remain; or out as a whole."""
    if not batch.is_in:
        yield batch
        return
    members = {c: item if c in today else None for c, item in batch.members.items()}
    here = {c: item for c, item in members.items() if item is not None}
    gone_n, total = batch.n - len(here), sum(item.value for item in here.values())
    if not here:
        yield Batch(n=batch.n, total=0, members=members, is_in=False)
    elif may(len(here), total) and may(gone_n, batch.total - total):
        yield Batch(n=len(here), total=total, members=dict(here))
        gone: dict[str, Contribution | None] = {c: None for c in members if c not in here}
        yield Batch(n=gone_n, total=0, members=gone, is_in=False)
    else:
        yield msgspec.structs.replace(batch, members=members)


def _changing(batch: Batch, today: Contributions, may: May) -> Iterator[Batch]:
    """The batch with new values in place of old ones, if enough have changed to do so."""
    old = {
        company: item
        for company, item in batch.members.items()
        if item is not None and today[company].version != item.version
    }
    new = _entering({company: today[company] for company in old})
    old_total = sum(item.value for item in old.values())
    if not may(new.n, new.total) or not may(new.n, old_total):
        yield batch
    elif new.n == batch.n:
        yield new
    elif may(batch.n - new.n, batch.total - old_total):
        rest = {c: item for c, item in batch.members.items() if c not in old}
        yield Batch(n=batch.n - new.n, total=batch.total - old_total, members=rest)
        yield new
    else:
        yield batch


def _returning(batch: Batch, today: Contributions) -> Iterator[Batch]:
    """The batch that was out; in again, or in part, if enough of it are back.

    Measured batches never do: one value could be new, and which it was is forgotten.
    """
    back = _entering({c: today[c] for c in batch.members if c in today})
    left_out = batch.n - back.n
    if back.n < STEP or 0 < left_out < STEP:
        yield batch
        return
    yield back
    if left_out:
        rest = {c: item for c, item in batch.members.items() if c not in back.members}
        yield Batch(n=left_out, total=0, members=rest, is_in=False)


def _entering(companies: Contributions) -> Batch:
    return Batch(
        n=len(companies),
        total=sum(item.value for item in companies.values()),
        members=dict(companies),
    )


def _counted(n: int, _total: int) -> bool:
    return n >= STEP


def _measured(n: int, total: int) -> bool:
    return n >= STEP and ROOM <= total <= n * FULL - ROOM


def encode(cell: Cell) -> bytes:
    """The cell as JSON, for keeping."""
    return msgspec.json.encode(cell.batches)


def decode(kept: bytes) -> Cell:
    """The cell that `encode` wrote."""
    return Cell(msgspec.json.decode(kept, type=tuple[Batch, ...]))
