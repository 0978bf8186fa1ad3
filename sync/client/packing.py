"""How changes are packed to travel; the same for every store, and never done twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from sync import wire
from sync.blocks import block_of, nests_deeply, read_block
from sync.client.reasons import in_german
from sync.protocol import (
    MAX_CHANGE_BYTES,
    MAX_FRAME_CHANGES,
    MAX_FRAME_SPREAD_BYTES,
    Block,
    Change,
    ChangeName,
    Reason,
    Run,
    read_change,
)
from sync.spread import spread_of

PACKING_LEVEL = 9
"""Packed once, mostly while nobody waits; a tenth smaller than the level for a reply."""


@dataclass(frozen=True)
class Packed:
    """Changes of one company file as they travel: frame and names as in `port.Parcel`."""

    company_id: str
    frame: bytes
    runs: tuple[Run, ...]
    count: int


@dataclass
class Packing:
    """What becomes of some changes. unfit: those that no server could take, and why, in German."""

    packed: list[Packed] = field(default_factory=list)
    unfit: list[tuple[ChangeName, str]] = field(default_factory=list)


def pack(changes: Iterable[Change]) -> Packing:
    """All these changes, those of one company file together, in their order."""
    files: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        files[change.company_id].append(change)
    packing = Packing()
    for of_file in files.values():
        _pack_file(of_file, packing)
    return packing


def _pack_file(changes: Sequence[Change], packing: Packing) -> None:
    """One block where it is small enough, else two halves; a change alone is looked at."""
    encoded = _encoded(changes)
    if encoded is not None and (len(encoded[1]) <= MAX_CHANGE_BYTES or len(changes) == 1):
        block, plain = encoded
        reason = _unfit(changes[0]) if len(changes) == 1 else None
        if reason is None:
            packing.packed.append(_packed(block, plain))
            return
    if len(changes) == 1:
        reason = _unfit(changes[0]) or Reason.MALFORMED
        packing.unfit.append((changes[0].name, in_german(reason)))
        return
    middle = len(changes) // 2
    _pack_file(changes[:middle], packing)
    _pack_file(changes[middle:], packing)


def _encoded(changes: Sequence[Change]) -> tuple[Block, bytes] | None:
    """The block and its JSON; None where no server could take it."""
    try:
        block = block_of(changes)
        plain = msgspec.json.encode(block)
        read_block(plain)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
    spread = spread_of(block)
    is_too_much = (
        block.count > MAX_FRAME_CHANGES
        or spread.total > MAX_FRAME_SPREAD_BYTES
        or (block.count > 1 and spread.largest > MAX_CHANGE_BYTES)
    )
    return None if is_too_much or nests_deeply(block, plain) else (block, plain)


def _packed(block: Block, plain: bytes) -> Packed:
    return Packed(
        company_id=block.company_id,
        frame=wire.compress(plain, PACKING_LEVEL),
        runs=tuple(block.names()),
        count=block.count,
    )


def _unfit(change: Change) -> Reason | None:
    """Why no server could take this change."""
    try:
        encoded = msgspec.json.encode(change)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return Reason.MALFORMED
    checked = read_change(encoded, change.company_id)
    return checked if isinstance(checked, Reason) else None
