"""Attachment bytes, up and down, in pieces over several connections; a bad one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sync.client.calls import Calls
from sync.client.errors import ServerSaysNoError
from sync.client.lanes import Job, Settle, run_lanes
from sync.client.port import BlobName, ChangeStore, Enrolment
from sync.protocol import BLOB_CHUNK_BYTES, MAX_CHUNK_BYTES

NEVER_TAKEN = frozenset({404, 413, 422})
"""A file that was erased for good, too large, or bytes that do not have their hash."""
IDLE_PIECES = 3
"""Answers in a row that bring an upload no further, after which the run ends."""

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


def send_blobs(store: ChangeStore, calls: Calls, enrolment: Enrolment, step: Step) -> Carried:
    """Send what the server has not confirmed; each file goes on where its upload was cut.

    Raises SyncError; what was confirmed before it stays so.
    """
    waiting = store.blobs_to_send()
    carried = Carried()
    connections, piece_bytes = _spread(calls, len(waiting))

    def jobs() -> Iterator[Job]:
        for name in waiting:
            try:
                content = store.read_blob(name[1])
            except KeyError:
                carried.count(False)
                continue
            yield upload(name, content)

    def upload(name: BlobName, content: bytes) -> Job:
        def job(between_pieces: Callable[[], None]) -> Settle:
            is_taken = _send(calls, enrolment, name, content, piece_bytes, between_pieces)

            def settle() -> None:
                carried.count(is_taken)
                if is_taken:
                    store.blob_sent(*name)

            return settle

        return job

    run_lanes(jobs(), connections, lambda done: step(done, len(waiting)))
    return carried


def _send(
    calls: Calls,
    enrolment: Enrolment,
    name: BlobName,
    content: bytes,
    piece_bytes: int,
    between_pieces: Callable[[], None],
) -> bool:
    """Whether the server has the attachment now; False when it will never take it."""
    offset = calls.blob_offset(name, enrolment)
    idle = 0
    while offset is not None:
        before = offset
        piece = content[before : before + piece_bytes]
        try:
            offset = calls.put_blob(name, piece, before, len(content), enrolment)
        except ServerSaysNoError as error:
            if error.status in NEVER_TAKEN:
                return False
            raise
        idle = idle + 1 if offset is not None and offset <= before else 0
        if idle == IDLE_PIECES:
            raise ServerSaysNoError("the upload does not get on")
        between_pieces()
    return True


@dataclass
class Download:
    """One attachment on its way: `have` bytes of `content` are here, which has its final length.

    content is b"" until the first piece has said how long the whole is.
    """

    name: BlobName
    start: bytes
    content: bytearray = field(default_factory=bytearray)
    have: int = 0

    def take(self, piece: bytes, total: int) -> None:
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

    @property
    def next_byte(self) -> int:
        """Where it goes on."""
        return self.have or len(self.start)


def fetch_blobs(store: ChangeStore, calls: Calls, enrolment: Enrolment, step: Step) -> Carried:
    """Fetch what records name and is not here; a cut file goes on where it was in the next run.

    Raises SyncError; what came before it is kept.
    """
    waiting = store.blobs_to_fetch()
    carried = Carried()
    connections, piece_bytes = _spread(calls, len(waiting))
    open_downloads: dict[BlobName, Download] = {}
    present: set[str] = set()

    def jobs() -> Iterator[Job]:
        for name in waiting:
            if name[1] not in present:
                open_downloads[name] = Download(name, store.blob_part(name[1]))
                yield fetch(open_downloads[name])

    def fetch(download: Download) -> Job:
        def job(between_pieces: Callable[[], None]) -> Settle:
            is_there = _fetch(calls, enrolment, download, piece_bytes, between_pieces)

            def settle() -> None:
                del open_downloads[download.name]
                is_here = is_there and _write(store, download)
                carried.count(is_here)
                if is_here:
                    present.add(download.name[1])

            return settle

        return job

    try:
        run_lanes(jobs(), connections, lambda done: step(done, len(waiting)))
    finally:
        for download in open_downloads.values():
            if download.have > len(download.start):
                part = memoryview(download.content)[: download.have]
                store.keep_blob_part(download.name[1], bytes(part))
    return carried


def _fetch(
    calls: Calls,
    enrolment: Enrolment,
    download: Download,
    piece_bytes: int,
    between_pieces: Callable[[], None],
) -> bool:
    """Whether all bytes came; False when the server has none."""
    while True:
        answer = calls.get_blob(download.name, download.next_byte, piece_bytes, enrolment)
        if answer is None:
            return False
        download.take(*answer)
        if download.have == len(download.content):
            return True
        between_pieces()


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
