"""A sync request as it arrives: read so that a bad change spoils only itself.

Of a frame no more is held than its bytes, its names and what the server itself wants to know; its
changes are read again where they have to be compared one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Annotated, Any, Protocol

import msgspec
from msgspec import Meta, Raw, Struct

from sync import wire
from sync.blocks import changes_of, open_frame, read_block
from sync.protocol import (
    MAX_CHANGE_BYTES,
    MAX_CHANGES,
    MAX_FILES_NAMED,
    MAX_PARTS,
    MAX_PLAIN_BYTES,
    MAX_SPREAD_BYTES,
    BatchId,
    Block,
    Change,
    Label,
    Position,
    Reason,
    Run,
    Sha256,
    Tombstone,
    Uuid,
    read_change,
)
from sync.server.frame_reading import Reading, reading_of
from sync.server.problems import too_large
from sync.tally import runs

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HELD_BYTES = 256
"""What a frame costs beside its bytes, so that empty ones do not come by the hundred thousand."""
MOST_FRAMES = MAX_PLAIN_BYTES // HELD_BYTES
MOST_COMMAS = 4 * MAX_CHANGES
"""Of a request in JSON, whose arrays do not say how long they are before they are read; more than a
change of the largest size can have."""


class LooseChangeset(Struct, frozen=True, kw_only=True):
    """A changeset whose array of changes is not read yet."""

    company_id: str
    changes: Raw


class LooseBatch(Struct, frozen=True, kw_only=True):
    """`protocol.Batch` before what it holds is read."""

    batch_id: BatchId
    parts: Annotated[tuple[Sha256, ...], Meta(max_length=MAX_PARTS)] = ()
    frames: Raw = Raw(b"")
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


class Speech(Protocol):
    """JSON or MessagePack, as `msgspec.json` and `msgspec.msgpack` speak it."""

    def decode(self, buf: Any, /, *, type: Any) -> Any:
        """The message."""


class Arrival:
    """Changes one after the other, all of one company file; the base of `ArrivedFrame`.

    runs: the names of those that can be read. is_readable: False where nothing of it can be.
    """

    is_readable = True

    def __init__(self, company_id: str, raws: Sequence[bytes]) -> None:
        self.company_id = company_id
        self._raws = raws
        self.count = len(raws)
        self.runs: Sequence[Run] = runs({c.name for c in self.changes()})

    @property
    def is_of_company(self) -> bool:
        """Whether it names a company file at all."""
        return UUID.fullmatch(self.company_id) is not None

    def read(self) -> Iterator[tuple[bytes, Change | Reason]]:
        """Each change as JSON, and read: or why it cannot be taken."""
        for raw in self._raws:
            yield raw, read_change(raw, self.company_id)

    def changes(self) -> Iterator[Change]:
        """Those that can be read."""
        return (change for _, change in self.read() if isinstance(change, Change))


class ArrivedFrame(Arrival):
    """A block, as the zstd frame that it came in; with what was seen of it, as `Reading` says.

    reading: where another process has looked through it already.
    """

    def __init__(self, frame: bytes, reading: Reading | None = None) -> None:
        self.frame = frame
        seen = reading or reading_of(frame)
        self.company_id = seen.company_id
        self.count = seen.count
        self.is_readable = seen.is_readable
        self.weight = seen.weight
        self.spread = seen.spread
        self.runs = seen.runs
        self.of_interest: Sequence[Change] = seen.of_interest

    @property
    def is_small(self) -> bool:
        """Whether no single change can be too large."""
        return self.spread.largest <= MAX_CHANGE_BYTES

    def read(self) -> Iterator[tuple[bytes, Change | Reason]]:
        """Each change as JSON, and read: or why it cannot be taken.

        A block that can be read has no change that could not, but for its size.
        """
        for change in self.changes():
            raw = msgspec.json.encode(change)
            yield raw, change if self.is_small else read_change(raw, self.company_id)

    def changes(self) -> Iterator[Change]:
        """All of them, whatever their size."""
        return changes_of(self._block()) if self.is_readable else iter(())

    def _block(self) -> Block:
        return read_block(open_frame(self.frame))


def read_request(body: bytes, speech: Speech = msgspec.json) -> LooseRequest:
    """The request.

    Raises wire.BodyUnreadableError when even its outline cannot be read, RefusalError where it is
    too much at once.
    """
    if speech is msgspec.json and body.count(b",") > MOST_COMMAS:
        raise too_large("These are too many elements at once.")
    try:
        request: LooseRequest = speech.decode(body, type=LooseRequest)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise wire.BodyUnreadableError(str(error)) from error
    return request


def read_in_order(frames: Sequence[bytes]) -> Iterator[tuple[int, ArrivedFrame]]:
    """Each frame read, with its place."""
    return enumerate(map(ArrivedFrame, frames))


def arrivals(
    batch: LooseBatch,
    parts: Iterable[Sequence[bytes]],
    speech: Speech = msgspec.json,
    read: Callable[[Sequence[bytes]], Iterable[tuple[int, ArrivedFrame]]] = read_in_order,
) -> list[Arrival]:
    """What a batch brings, in the order of its verdicts; parts: the frames of each.

    read: gives each frame with its place, in any order. Raises RefusalError where it is too much at
    once, wire.BodyUnreadableError where it is no array.
    """
    size = HELD_BYTES * len(batch.changesets)
    if size > MAX_PLAIN_BYTES:
        raise too_large("These are too many changesets at once.")
    frames: list[bytes] = []
    in_request = (_frame(raw, speech) for raw in _elements(batch.frames, speech, MOST_FRAMES))
    for frame in chain(chain.from_iterable(parts), in_request):
        size += HELD_BYTES + plain_size(frame)
        if size > MAX_PLAIN_BYTES:
            raise too_large("These are too many bytes at once, once unpacked.")
        frames.append(frame)
    placed: dict[int, Arrival] = {}
    changes, spread = 0, 0
    for place, arrived in read(frames):
        changes += arrived.count
        spread += arrived.spread.total
        if changes > MAX_CHANGES or spread > MAX_SPREAD_BYTES:
            raise too_large("These are too many changes at once.")
        placed[place] = arrived
    found = [placed[place] for place in range(len(frames))]
    for changeset in batch.changesets:
        raws = _elements(changeset.changes, speech, MAX_CHANGES - changes)
        changes += len(raws)
        found.append(Arrival(changeset.company_id, [_as_json(raw, speech) for raw in raws]))
    return found


def _elements(array: Raw, speech: Speech, most: int) -> Sequence[Raw]:
    """The elements of an array. Raises as `arrivals` does.

    MessagePack says first how many there are, so that no more are ever held.
    """
    elements: Sequence[Raw] = ()
    said = _length(bytes(memoryview(array)[:5])) if speech is msgspec.msgpack else 0
    try:
        if array and said <= most:
            elements = speech.decode(array, type=tuple[Raw, ...])
    except msgspec.DecodeError as error:
        raise wire.BodyUnreadableError(str(error)) from error
    if max(said, len(elements)) > most:
        raise too_large("These are too many elements at once.")
    return elements


def _length(array: bytes) -> int:
    """How many elements a MessagePack array says it has, where they are more than a few."""
    length = {0xDC: 2, 0xDD: 4}.get(array[0], 0) if array else 0
    return int.from_bytes(array[1 : 1 + length])


def plain_size(frame: bytes) -> int:
    """What a frame counts for, before it is unpacked."""
    try:
        return max(len(frame), wire.plain_size(frame))
    except wire.BodyUnreadableError:
        return len(frame)


def _frame(raw: Raw, speech: Speech) -> bytes:
    try:
        frame: bytes = speech.decode(raw, type=bytes)
    except msgspec.DecodeError:
        return b""
    return frame


def _as_json(raw: Raw, speech: Speech) -> bytes:
    """A change as JSON; one that JSON cannot say stays as it is, and is no change."""
    if speech is msgspec.json:
        return bytes(raw)
    try:
        return msgspec.json.encode(speech.decode(raw, type=Any))
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError):
        return bytes(raw)
