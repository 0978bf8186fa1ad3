"""Which changes the log holds already: by runs of names, and by content where names meet."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync import wire
from sync.blocks import changes_of
from sync.protocol import MAX_REPLY_BYTES, Block, Change, ChangeName, Run
from sync.server.models import KnownRun, LogEntry

DIGEST_BYTES = 16
Source = Callable[[], Iterable[Change]]
"""Gives the changes that a run is part of, when they are asked for."""


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
            for row in self._rows(writer, low, high):
                source = sources.setdefault(row.seq, self._entry(row.seq))
                self._runs[writer].append((row.first, row.last, source))

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

    def digests(self, arriving: Iterable[Run]) -> dict[ChangeName, bytes]:
        """The digests of at least those of these names that are known."""
        found: dict[ChangeName, bytes] = {}
        for writer, first, length in arriving:
            for source in self._meeting(writer, first, length):
                if source not in self._digests:
                    self._digests[source] = {c.name: digest_of(c) for c in source()}
                found |= self._digests[source]
        return found

    def add(self, fresh: Iterable[Run], source: Source) -> None:
        """These runs are known from now on."""
        for writer, first, length in fresh:
            known = self._runs[writer]
            place = bisect_left(known, first, key=lambda run: run[0])
            known.insert(place, (first, first + length - 1, source))

    def _meeting(self, writer: str, first: int, length: int) -> Iterator[Source]:
        known = self._runs.get(writer, [])
        place = bisect_left(known, first, key=lambda run: run[1])
        while place < len(known) and known[place][0] < first + length:
            yield known[place][2]
            place += 1

    def _rows(self, writer: str, low: int, high: int) -> Sequence[KnownRun]:
        return self._session.scalars(
            select(KnownRun)
            .where(
                KnownRun.network_id == self._network_id,
                KnownRun.writer == writer,
                KnownRun.first <= high,
                KnownRun.last >= low,
            )
            .order_by(KnownRun.first)
        ).all()

    def _entry(self, seq: int) -> Source:
        def read() -> Iterable[Change]:
            body = self._session.scalars(
                select(LogEntry.body).where(
                    LogEntry.network_id == self._network_id, LogEntry.seq == seq
                )
            ).one()
            return changes_in(wire.unpack(body, "zstd", MAX_REPLY_BYTES)) if body else ()

        return read


def changes_in(body: bytes) -> Iterable[Change]:
    """The changes of a log entry: a block, or an array of changes."""
    if body.startswith(b"{"):
        return changes_of(msgspec.json.decode(body, type=Block))
    return msgspec.json.decode(body, type=tuple[Change, ...])


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
