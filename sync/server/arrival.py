"""A sync request as it arrives: read so that a bad change spoils only itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Annotated

import msgspec
from msgspec import Meta, Raw, Struct

from sync import wire
from sync.blocks import BlockError, changes_of, read_block
from sync.protocol import (
    MAX_CHANGE_BYTES,
    MAX_CHANGES,
    MAX_FILES_NAMED,
    BatchId,
    Block,
    Change,
    Label,
    Position,
    Reason,
    Run,
    Tombstone,
    Uuid,
    read_change,
)
from sync.server.problems import too_large
from sync.tally import runs

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LooseChangeset(Struct, frozen=True, kw_only=True):
    """A changeset whose changes are not read yet."""

    company_id: str
    changes: tuple[Raw, ...]


class BlockOutline(Struct, frozen=True):
    """Of a block no more than which company file it belongs to."""

    company_id: str


class LooseBatch(Struct, frozen=True, kw_only=True):
    """`protocol.Batch` before its parts are read."""

    batch_id: BatchId
    blocks: tuple[Raw, ...] = ()
    changesets: tuple[LooseChangeset, ...] = ()


class LooseRequest(Struct, frozen=True, kw_only=True):
    """`protocol.SyncRequest` before its changes are read."""

    protocol: int
    device: Uuid
    server_id: Label
    server_epoch: Label
    cursor: Position
    last_reply: Label
    batch: LooseBatch | None = None
    erased: Annotated[tuple[Tombstone, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    check: Annotated[tuple[Uuid, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    again: Annotated[tuple[Uuid, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    waiting: Position = 0


class Arrival:
    """One part of a batch: a block, or changes one after the other; all of one company file.

    block: None where it came as single changes, or where its columns do not fit. is_readable: False
    for such a block.
    """

    def __init__(
        self,
        company_id: str,
        *,
        encoded: bytes = b"",
        block: Block | None = None,
        raws: Sequence[bytes] = (),
        is_readable: bool = True,
    ) -> None:
        self.company_id = company_id
        self.encoded = encoded
        self.block = block
        self.is_readable = is_readable
        self._raws = list(raws)

    @classmethod
    def of_changeset(cls, changeset: LooseChangeset) -> Arrival:
        """Changes one after the other."""
        return cls(changeset.company_id, raws=[bytes(raw) for raw in changeset.changes])

    @classmethod
    def of_block(cls, raw: Raw) -> Arrival:
        """A block. Raises BodyUnreadableError where not even its company file can be read."""
        encoded = bytes(raw)
        try:
            block = read_block(encoded)
        except BlockError:
            outline = wire.decode(encoded, BlockOutline)
            return cls(outline.company_id, encoded=encoded, is_readable=False)
        return cls(block.company_id, encoded=encoded, block=block)

    @property
    def is_of_company(self) -> bool:
        """Whether it names a company file at all."""
        return UUID.fullmatch(self.company_id) is not None

    @property
    def is_small(self) -> bool:
        """Whether no single change can be too large."""
        return len(self.encoded) <= MAX_CHANGE_BYTES

    @cached_property
    def raws(self) -> list[bytes]:
        """Each change as JSON."""
        if self.block is None:
            return self._raws
        return [msgspec.json.encode(change) for change in changes_of(self.block)]

    @cached_property
    def changes(self) -> list[Change | Reason]:
        """Each change, or why it cannot be taken."""
        return [read_change(raw, self.company_id) for raw in self.raws]

    @property
    def count(self) -> int:
        """How many changes."""
        return len(self._raws) if self.block is None else self.block.count

    @cached_property
    def runs(self) -> list[Run]:
        """The names of those that can be read."""
        if self.block is not None:
            return self.block.names()
        return runs({c.name for c in self.changes if isinstance(c, Change)})


def read_request(plain: bytes) -> LooseRequest:
    """The request. Raises wire.BodyUnreadableError when even its outline cannot be read."""
    return wire.decode(plain, LooseRequest)


def arrivals(batch: LooseBatch) -> list[Arrival]:
    """The parts of a batch in the order of their verdicts.

    Raises: wire.BodyUnreadableError; RefusalError where there are too many changes.
    """
    found = [Arrival.of_block(raw) for raw in batch.blocks]
    found += [Arrival.of_changeset(changeset) for changeset in batch.changesets]
    if sum(arrival.count for arrival in found) > MAX_CHANGES:
        raise too_large("These are too many changes at once.")
    return found
