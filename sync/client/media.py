"""Attachment bytes, up and down, piece by piece over several connections; a bad one stops no other.

More files are begun than there are connections, and the one of which most is left goes on first: so
they end together, and no connection rests while another carries the last file alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from sync.client.calls import Calls
from sync.client.errors import ServerSaysNoError
from sync.client.lanes import Job, Settle, run_lanes
from sync.client.port import BlobName, ChangeStore, Enrolment
from sync.protocol import BLOB_CHUNK_BYTES, MAX_CHUNK_BYTES

NEVER_TAKEN = frozenset({404, 413, 422})
"""A file that was erased for good, too large, or bytes that do not have their hash."""
IDLE_PIECES = 3
"""Answers in a row that bring an upload no further, after which the run ends."""
MOST_OPEN_BYTES = 64 * 1024 * 1024
"""Of begun files together, beyond one for each connection; it bounds what is held in memory."""

Step = Callable[[int, int], None]
"""Told after each piece how many files are done, and of how many."""


@dataclass
class Carried:
    """How many attachments went, and how many could not: refused, or not there."""

    done: int = 0
    failed: int = 0

    def count(self, is_done: bool) -> None:
        """One more of either."""
        self.done += is_done
        self.failed += not is_done


class _Transfer(Protocol):
    """One attachment on its way; one piece of it travels at a time."""

    @property
    def size(self) -> int:
        """Bytes held in memory for it."""

    @property
    def left(self) -> int:
        """Bytes that have not travelled, as far as that is known."""

    def carry(self) -> bool | None:
        """One piece: None where there is more to come, else whether all went well."""


T = TypeVar("T", bound=_Transfer)


def _carry_all(
    transfers: Iterator[T],
    connections: int,
    ended: Callable[[T, bool], None],
    step: Settle,
) -> None:
    """Carry all of them, piece by piece; `ended` is told on this thread of each that is over."""
    begun: list[T] = []
    resting: list[T] = []

    def begin_some() -> None:
        while len(begun) < 2 * connections:
            if len(begun) >= connections and sum(t.size for t in begun) > MOST_OPEN_BYTES:
                return
            if (transfer := next(transfers, None)) is None:
                return
            begun.append(transfer)
            resting.append(transfer)

    def next_job() -> Job | None:
        begin_some()
        if not resting:
            return None
        transfer = max(resting, key=lambda t: t.left)
        resting.remove(transfer)

        def job() -> Settle:
            result = transfer.carry()

            def settle() -> None:
                if result is None:
                    resting.append(transfer)
                    return
                begun.remove(transfer)
                ended(transfer, result)

            return settle

        return job

    run_lanes(next_job, connections, step)


@dataclass(eq=False)
class Upload:
    """One attachment on its way up. offset: None before the server was asked where to go on."""

    name: BlobName
    content: bytes
    calls: Calls
    enrolment: Enrolment
    piece_bytes: int
    offset: int | None = None
    idle: int = 0

    @property
    def size(self) -> int:
        """Bytes held in memory for it."""
        return len(self.content)

    @property
    def left(self) -> int:
        """Bytes that have not travelled."""
        return len(self.content) - (self.offset or 0)

    def carry(self) -> bool | None:
        """One piece: False when the server will never take the whole."""
        if self.offset is None:
            self.offset = self.calls.blob_offset(self.name, self.enrolment)
            if self.offset is None:
                return True
        before = self.offset
        piece = self.content[before : before + self.piece_bytes]
        try:
            after = self.calls.put_blob(self.name, piece, before, self.size, self.enrolment)
        except ServerSaysNoError as error:
            if error.status in NEVER_TAKEN:
                return False
            raise
        if after is None:
            return True
        self.idle = self.idle + 1 if after <= before else 0
        if self.idle == IDLE_PIECES:
            raise ServerSaysNoError("the upload does not get on")
        self.offset = after
        return None


def send_blobs(store: ChangeStore, calls: Calls, enrolment: Enrolment, step: Step) -> Carried:
    """Send what the server has not confirmed; each file goes on where its upload was cut.

    Raises SyncError; what was confirmed before it stays so.
    """
    waiting = store.blobs_to_send()
    carried = Carried()
    connections, piece_bytes = _spread(calls, len(waiting))

    def uploads() -> Iterator[Upload]:
        for name in waiting:
            try:
                content = store.read_blob(name[1])
            except KeyError:
                carried.count(False)
                continue
            yield Upload(name, content, calls, enrolment, piece_bytes)

    def ended(upload: Upload, is_taken: bool) -> None:
        carried.count(is_taken)
        if is_taken:
            store.blob_sent(*upload.name)

    if waiting:
        step(0, len(waiting))
    _carry_all(uploads(), connections, ended, lambda: step(carried.done, len(waiting)))
    return carried


@dataclass(eq=False)
class Download:
    """One attachment on its way down: `have` bytes of `content` are here, which has its final size.

    content is b"" until the first piece has said how long the whole is.
    """

    name: BlobName
    start: bytes
    calls: Calls
    enrolment: Enrolment
    piece_bytes: int
    content: bytearray = field(default_factory=bytearray)
    have: int = 0

    @property
    def size(self) -> int:
        """Bytes held in memory for it."""
        return len(self.content)

    @property
    def left(self) -> int:
        """Bytes that have not travelled; at least a piece where nobody has said how many."""
        return len(self.content) - self.have if self.content else self.piece_bytes

    def carry(self) -> bool | None:
        """One piece: False when the server has none."""
        start = self.have or len(self.start)
        answer = self.calls.get_blob(self.name, start, self.piece_bytes, self.enrolment)
        if answer is None:
            return False
        self._take(*answer)
        return True if self.have == len(self.content) else None

    def _take(self, piece: bytes, total: int) -> None:
        """The next bytes. Raises ServerSaysNoError when they lead nowhere."""
        if len(self.content) != total:
            self.content = bytearray(total)
            self.have = min(len(self.start), total)
            self.content[: self.have] = self.start[: self.have]
            self.start = b""
        end = self.have + len(piece)
        if end > total or (not piece and end < total):
            raise ServerSaysNoError("the download does not get on")
        self.content[self.have : end] = piece
        self.have = end


def fetch_blobs(store: ChangeStore, calls: Calls, enrolment: Enrolment, step: Step) -> Carried:
    """Fetch what records name and is not here; a cut file goes on where it was in the next run.

    Raises SyncError; what came before it is kept.
    """
    waiting = store.blobs_to_fetch()
    carried = Carried()
    connections, piece_bytes = _spread(calls, len(waiting))
    open_downloads: dict[BlobName, Download] = {}
    present: set[str] = set()

    def downloads() -> Iterator[Download]:
        for name in waiting:
            if name[1] not in present:
                start = store.blob_part(name[1])
                open_downloads[name] = Download(name, start, calls, enrolment, piece_bytes)
                yield open_downloads[name]

    def ended(download: Download, is_there: bool) -> None:
        del open_downloads[download.name]
        is_here = is_there and _write(store, download)
        carried.count(is_here)
        if is_here:
            present.add(download.name[1])

    if waiting:
        step(0, len(waiting))
    try:
        _carry_all(downloads(), connections, ended, lambda: step(carried.done, len(waiting)))
    finally:
        for download in open_downloads.values():
            if download.have > len(download.start):
                part = memoryview(download.content)[: download.have]
                store.keep_blob_part(download.name[1], bytes(part))
    return carried


def _write(store: ChangeStore, download: Download) -> bool:
    try:
        store.write_blob(*download.name, download.content)
    except ValueError:
        return False
    return True


def _spread(calls: Calls, files: int) -> tuple[int, int]:
    """How many connections, and bytes per piece: all that is under way is what a cut costs."""
    connections = max(1, min(calls.connections, files))
    return connections, max(BLOB_CHUNK_BYTES, MAX_CHUNK_BYTES // connections)
