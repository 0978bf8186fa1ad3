"""The parts of the sync benchmark that only ours goes through."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sync.client.transport import HttpTransport
from tests.benchmarks.counting_relay import relay_to
from tests.benchmarks.filled_laptops import filled_laptop
from tests.benchmarks.shaped_line import Line, shaped_line, transfer_rate, why_not
from tests.benchmarks.sync_engines import Own, Pair, laptop_process
from tests.benchmarks.sync_parts import SAME, Work, place_of, settle, small_steps
from tests.benchmarks.sync_server import own_server
from tests.benchmarks.sync_table import OURS, Row, at_least, at_most
from tests.sync.postgres import cluster
from tests.sync.postgres import missing as postgres_missing

PHOTO_ROUNDS = 2
DATABASE_ROUNDS = 15
"""PostgreSQL works in processes beside ours, which a busy machine slows down by turns."""
DISK_SETTLES_S = 2
PHOTO_BYTES = 2 * 1024 * 1024
PAYLOAD_OF_PACKET = 1448 / 1500
"""TCP over IPv4 with time stamps (RFC 7323)."""
CUTS_AT = (0.35, 0.7)
"""Of the bytes; between two pieces a cut costs nothing."""
FEW = 100
ONE_ANSWER = 1


@dataclass(frozen=True)
class Album:
    """So many photos, and the connections that they travel over at a time."""

    photos: int

    @property
    def connections(self) -> int:
        return min(HttpTransport.connections, self.photos)

    @property
    def size(self) -> int:
        """Bytes of all."""
        return self.photos * PHOTO_BYTES

    def rates(self, seconds: list[float]) -> str:
        """Of transfers of all of them."""
        return ", ".join(f"{self.size * 8 / 1e6 / each:.2f}" for each in seconds) + " Mbit/s"

    def carried(self, done: dict[str, Any], counted: str) -> float:
        """Seconds of a run that carried all of them."""
        if done[counted] != self.photos:
            raise SystemExit(f"{done[counted]} of {self.photos} photos went")
        return float(done["ms"]) / 1000


def photos(work: Work) -> None:
    """Photos over the slow line, beside raw sockets in turns; up, down, again, and cut."""
    reason = why_not()
    if reason:
        work.table.note(f"left out: photos over the slow line ({reason})")
        return
    album = Album(work.photos)
    raw: list[float] = []
    ways: dict[str, list[float]] = {"up": [], "down": []}
    with shaped_line(work.seed) as slow, TemporaryDirectory(dir=work.folder) as name:
        folder, place = Path(name), place_of(slow)
        filled_laptop(folder / "first", 1)
        with (
            own_server(folder, place) as server,
            laptop_process(folder / "first", place) as laptop,
            laptop_process(folder / "fresh", place) as fresh,
        ):
            for one, code in zip((laptop, fresh), server.codes, strict=True):
                one.ask("sign", server.url, code)
                one.ask("sync", server.url)
            for _ in range(PHOTO_ROUNDS):
                raw.append(album.size / transfer_rate(slow, album.size, album.connections))
                laptop.ask("attach", PHOTO_BYTES, album.photos)
                ways["up"].append(album.carried(laptop.ask("sync", server.url), "blobs_sent"))
                ways["down"].append(album.carried(fresh.ask("sync", server.url), "blobs_received"))
            again = laptop.ask("sync", server.url)
            laptop.end()
            cut = max(_cut(slow, folder / "first", server.url, album, at) for at in CUTS_AT)
    for way, seconds in ways.items():
        cells = {OURS: album.rates(seconds)}
        what = f"{PHOTO_ROUNDS} × {album.photos} photos of 2 MiB {way}"
        work.table.append(at_least(what, cells, sum(raw) / sum(seconds), 0.95, "line rate"))
    work.table.add(f"  raw sockets, {album.connections} connections", ours=album.rates(raw))
    sent_again = f"{again['blobs_sent']} photos, {again['bytes_sent']} B"
    is_once = again["blobs_sent"] == 0 and again["bytes_sent"] < PHOTO_BYTES / 1000
    work.table.append(Row("  a second run", {OURS: sent_again}, "none", sent_again, is_once))
    work.table.append(at_most("  sent again after a cut", {OURS: f"{cut:.2f} MB"}, cut, 4, "MB"))


def _cut(slow: Line, store: Path, url: str, album: Album, at: float) -> float:
    """Megabytes that travel twice when the laptop dies in the middle of an upload."""
    with laptop_process(store, place_of(slow)) as laptop:
        laptop.ask("attach", PHOTO_BYTES, album.photos)
        before = slow.counted()[0]["carried"]
        laptop.say("sync", url)
        while slow.counted()[0]["carried"] - before < album.size * at:
            time.sleep(0.02)
        laptop.kill()
    time.sleep(1)  # what was under way arrives, or is lost with its connection
    first = (slow.counted()[0]["carried"] - before) * PAYLOAD_OF_PACKET
    with laptop_process(store, place_of(slow)) as again:
        second = again.ask("sync", url)
    return max(0.0, first + float(second["bytes_sent"]) - album.size) / 1e6


def postgres(work: Work) -> None:
    """Push and pull over PostgreSQL beside SQLite, in turns; both wait for the disk."""
    reason = postgres_missing()
    if reason:
        work.table.note(f"left out: PostgreSQL ({reason})")
        return
    rates: dict[str, list[tuple[float, float]]] = {"SQLite": [], "PostgreSQL": []}
    for _ in range(DATABASE_ROUNDS):
        rates["SQLite"].append(_push_and_pull(work, Own()))
        with cluster(is_durable=True) as url:
            rates["PostgreSQL"].append(_push_and_pull(work, Own(database_url=url)))
    for what, column in (("push", 0), ("pull", 1)):
        lite, elephant = (median(r[column] for r in found) for found in rates.values())
        cells = {OURS: f"{elephant:.0f}/s, SQLite {lite:.0f}/s"}
        row = at_least(f"PostgreSQL, {what}", cells, elephant / lite, 0.9, "SQLite")
        work.table.append(row)


def _push_and_pull(work: Work, engine: Own) -> tuple[float, float]:
    """Assessments per second."""
    with work.pair(engine, work.own_count) as pair:
        _settle_disk()
        push = pair.push()
        _settle_disk()
        return work.own_count / push, work.own_count / pair.pull()


def _settle_disk() -> None:
    """Or what the databases were made of is written down while they are measured.

    The disk goes on discarding what was deleted for a while, which a push onto it waits for.
    """
    os.sync()
    time.sleep(DISK_SETTLES_S)


def companies(work: Work) -> None:
    """Nothing and one answer in turns, where server and laptop have few companies and many."""
    own = Own(answers=ONE_ANSWER)
    counts = (FEW, work.companies)
    with work.pair(own, FEW) as few, work.pair(own, work.companies) as many:
        for count, pair in zip(counts, (few, many), strict=True):
            work.table.add(f"{count} companies pushed", ours=f"{pair.push():.1f} s")
            settle(pair)
        small = small_steps(few, many)
        sizes = [_small_sizes(few), _small_sizes(many)]
    for step, (what, name, aim) in enumerate((("nothing", "nothing", 10), ("answer", "one", 15))):
        times = [getattr(steps, name) for steps in small]
        for count, steps, took, size in zip(counts, small, times, sizes, strict=True):
            cells = {OURS: f"{took * 1000:.1f} ms, {size[step]} B"}
            above = (took - steps.bare) * 1000
            title = f"{what}, {count} companies"
            work.table.append(at_most(title, cells, above, aim, "ms + round trip"))
        longer, larger = times[1] / times[0], sizes[1][step] / sizes[0][step]
        shown = {OURS: f"time {longer:.2f} ×, bytes {larger:.2f} ×"}
        title = f"  {what}: {work.companies} to {FEW}"
        work.table.append(at_most(title, shown, max(longer, larger), SAME, "×"))


def _small_sizes(pair: Pair) -> list[int]:
    """Bytes of the TCP stream where nothing changed, and with one answer."""
    found = []
    with relay_to(pair.port) as relay:
        pair.through(relay.port)
        for is_touched in (False, True):
            if is_touched:
                pair.touch()
            pair.push()
            found.append(relay.counted().both)
    return found
