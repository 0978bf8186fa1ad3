"""Which changes the log holds already: by runs of names, and by content where names meet."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from sync import wire
from sync.blocks import changes_of, open_frame, read_block
from sync.protocol import MAX_REPLY_BYTES, Change, ChangeName, Run
from sync.server.models import KnownRun, LogEntry, table_of

DIGEST_BYTES = 16
MOST_REMEMBERED = 8
"""Sources whose digests are held at a time: what arrives together was often sent together."""


_KNOWN = table_of(KnownRun).c
_RUNS = (
    select(_KNOWN.first, _KNOWN.last, _KNOWN.seq)
    .where(
        _KNOWN.network_id == bindparam("network"),
        _KNOWN.writer == bindparam("writer"),
        _KNOWN.first <= bindparam("high"),
        _KNOWN.last >= bindparam("low"),
    )
    .order_by(_KNOWN.first)
)


@dataclass(frozen=True, eq=False)
class Source:
    """What a run is part of. frame: as it is kept, b"" where it is no block."""

    changes: Callable[[], Iterable[Change]]
    frame: Callable[[], bytes]


class Known:
    """What the log of a network holds around the runs that arrive, and what is added meanwhile.

    Runs of one writer never overlap.
    """

    def __init__(self, session: Session, network_id: int, arriving: Iterable[Run]) -> None:
        self._session = session
        self._network_id = network_id
        self._runs: dict[str, list[tuple[int, int, Source]]] = defaultdict(list)
        self._digests: dict[Source, dict[ChangeName, bytes]] = {}
        sources: dict[int, Source] = {}
        for writer, (low, high) in _spans(arriving).items():
            for first, last, seq in self._rows(writer, low, high):
                source = sources.get(seq)
                if source is None:
                    source = sources[seq] = self._entry(seq)
                self._runs[writer].append((first, last, source))

    def is_news(self, arriving: Sequence[Run]) -> bool:
        """Whether no name of these runs is known, nor stands twice among them."""
        seen: dict[str, int] = {}
        for writer, first, length in sorted(arriving):
            if first <= seen.get(writer, 0) or any(
                True for _ in self._meeting(writer, first, length)
            ):
                return False
            seen[writer] = first + length - 1
        return True

    def is_kept_as(self, frame: bytes, arriving: Sequence[Run]) -> bool:
        """Whether these runs, which are the frame's, came before in the same bytes."""
        met = {source for run in arriving for source in self._meeting(*run)}
        return len(met) == 1 and met.pop().frame() == frame

    def digests(self, arriving: Iterable[Run]) -> dict[ChangeName, bytes]:
        """The digests of at least those of these names that are known."""
        found: dict[ChangeName, bytes] = {}
        for writer, first, length in arriving:
            for source in self._meeting(writer, first, length):
                found |= self._digests_of(source)
        return found

    def add(
        self, fresh: Iterable[Run], changes: Callable[[], Iterable[Change]], frame: bytes = b""
    ) -> None:
        """These runs are known from now on."""
        source = Source(changes, lambda: frame)
        for writer, first, length in fresh:
            known = self._runs[writer]
            place = bisect_left(known, first, key=lambda run: run[0])
            known.insert(place, (first, first + length - 1, source))

    def _digests_of(self, source: Source) -> dict[ChangeName, bytes]:
        found = self._digests.get(source)
        if found is None:
            while len(self._digests) >= MOST_REMEMBERED:
                del self._digests[next(iter(self._digests))]
            found = self._digests[source] = {c.name: digest_of(c) for c in source.changes()}
        return found

    def _meeting(self, writer: str, first: int, length: int) -> Iterator[Source]:
        known = self._runs.get(writer, [])
        place = bisect_left(known, first, key=lambda run: run[1])
        while place < len(known) and known[place][0] < first + length:
            yield known[place][2]
            place += 1

    def _rows(self, writer: str, low: int, high: int) -> Iterable[tuple[int, int, int]]:
        span = {"network": self._network_id, "writer": writer, "low": low, "high": high}
        rows = self._session.connection().execute(_RUNS, span)
        return ((first, last, seq) for first, last, seq in rows)

    def _entry(self, seq: int) -> Source:
        def read() -> tuple[str, bytes]:
            kind, body = self._session.execute(
                select(LogEntry.kind, LogEntry.body).where(
                    LogEntry.network_id == self._network_id, LogEntry.seq == seq
                )
            ).one()
            return kind, body

        def frame() -> bytes:
            kind, body = read()
            return body if kind == "block" else b""

        return Source(lambda: changes_in(*read()), frame)


def changes_in(kind: str, body: bytes) -> Iterable[Change]:
    """The changes of a log entry: a block, or an array of changes."""
    if not body:
        return ()
    if kind == "block":
        return changes_of(read_block(open_frame(body)))
    plain = wire.unpack(body, "zstd", MAX_REPLY_BYTES)
    return msgspec.json.decode(plain, type=tuple[Change, ...])


def digest_of(change: Change) -> bytes:
    """What tells a repeated change from another of the same name, key order aside."""
    encoded = msgspec.json.encode(change, order="deterministic")
    return hashlib.sha256(encoded).digest()[:DIGEST_BYTES]


def _spans(arriving: Iterable[Run]) -> dict[str, tuple[int, int]]:
    """Lowest and highest number of each writer."""
    spans: dict[str, tuple[int, int]] = {}
    for writer, first, length in arriving:
        low, high = spans.get(writer, (first, first))
        spans[writer] = (min(low, first), max(high, first + length - 1))
    return spans
