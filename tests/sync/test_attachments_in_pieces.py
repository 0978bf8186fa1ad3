"""Attachments travel over several connections; what was cut goes on, and a stop is heard."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from sync.client.errors import CancelledError, OfflineError
from sync.client.outcome import Progress
from sync.client.session import run
from sync.client.transport import Answer, HttpTransport
from sync.protocol import BLOB_CHUNK_BYTES, MAX_CHUNK_BYTES
from tests.sync.central import COMPANY, Central, sync
from tests.sync.in_process import FaultyLine, deliver, lose_reply
from tests.sync.memory_store import MemoryStore

PHOTOS = [bytes([n]) * (2 * BLOB_CHUNK_BYTES + n) for n in range(5)]


def attach_all(store: MemoryStore) -> None:
    """Five photos."""
    for n, content in enumerate(PHOTOS):
        store.attach(COMPANY, COMPANY.replace("1", str(n + 2)), content, n + 1)


class WatchedLine:
    """Passes requests on and writes down which threads asked for attachments, and how much."""

    def __init__(self, line: HttpTransport) -> None:
        self._line = line
        self.connections = line.connections
        self.threads: set[int] = set()
        self.pieces: list[int] = []
        self.files: list[str] = []

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """The answer of the line."""
        answer = self._line.request(method, path, headers=headers, body=body)
        if "/blobs/" in path:
            self.threads.add(threading.get_ident())
            self.pieces.append(max(len(body), len(answer.body) if answer.status < 300 else 0))
            if self.pieces[-1]:
                self.files.append(path)
        return answer


def test_several_files_travel_beside_each_other_in_pieces_that_are_small_together(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    attach_all(first)
    up, down = WatchedLine(http), WatchedLine(http)

    outcomes = [sync(first, up), sync(second, down)]

    assert second.blobs == first.blobs
    assert [o.blobs_sent + o.blobs_received for o in outcomes] == [5, 5]
    for line in (up, down):
        assert 1 < len(line.threads) <= 4
        assert max(line.pieces) * 4 <= MAX_CHUNK_BYTES
    assert sum(up.pieces) == sum(down.pieces) == sum(map(len, PHOTOS))


def test_no_connection_rests_while_another_carries_the_last_file_alone(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    attach_all(first)
    up, down = WatchedLine(http), WatchedLine(http)

    sync(first, up)
    sync(second, down)

    for line in (up, down):
        assert len(set(line.files[-4:])) > 2


def test_a_stop_is_heard_between_pieces_and_nothing_travels_twice(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    attach_all(first)
    seen: list[Progress] = []

    def stops_after_a_piece() -> bool:
        return bool(seen) and max(seen[-1].bytes_sent, seen[-1].bytes_received) > BLOB_CHUNK_BYTES

    sent, fetched = WatchedLine(http), WatchedLine(http)
    with pytest.raises(CancelledError):
        run(first, sent, progress=seen.append, cancelled=stops_after_a_piece)
    assert sum(sent.pieces) < sum(map(len, PHOTOS))
    sync(first, sent)
    seen.clear()
    with pytest.raises(CancelledError):
        run(second, fetched, progress=seen.append, cancelled=stops_after_a_piece)
    assert sum(map(len, second.parts.values())) >= BLOB_CHUNK_BYTES
    sync(second, fetched)

    assert second.blobs == first.blobs
    assert second.parts == {}
    for line in (sent, fetched):
        assert sum(line.pieces) == sum(map(len, PHOTOS))


def test_a_cut_download_goes_on_in_the_next_run(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    content = bytes(2 * MAX_CHUNK_BYTES + 7)
    sha256 = first.attach(COMPANY, COMPANY, content, 1)
    sync(first, central.transport)
    line = FaultyLine(central.transport)
    line.plan = [deliver, deliver, lose_reply]
    with pytest.raises(OfflineError):
        sync(second, line)
    assert len(second.parts[sha256]) == MAX_CHUNK_BYTES

    outcome = sync(second, line)

    assert second.blobs == {sha256: content}
    assert outcome.bytes_received < MAX_CHUNK_BYTES + 5_000


def test_a_download_whose_bytes_are_all_here_needs_no_more_of_them(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    sha256 = first.attach(COMPANY, COMPANY, b"Foto", 1)
    sync(first, central.transport)
    second.keep_blob_part(sha256, b"Foto")

    sync(second, central.transport)

    assert second.blobs == {sha256: b"Foto"}
    assert second.parts == {}
