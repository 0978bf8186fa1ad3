"""The parts of the sync benchmark that ours and the peers go through alike."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.asked_process import LOOPBACK, Place, has_proc
from tests.benchmarks.counting_relay import Counted, relay_to
from tests.benchmarks.filled_laptops import packing_ms
from tests.benchmarks.shaped_line import Line, shaped_line, why_not
from tests.benchmarks.sync_engines import Engine, Own, OwnPair, Pair
from tests.benchmarks.sync_table import OURS, Row, Table, at_least, at_most

ROUNDS = 7
"""In turns, as the machine's speed changes from minute to minute; medians count."""
LINE_ROUNDS = 3
SMALL_ROUNDS = 15
POUCH = "PouchDB"
SAME = 1.1
"""Up to so many times as much is the same, as two measurements differ anyway; our choice."""
MORE = 5
"""Memory is measured at so many times the assessments, too."""


@dataclass
class Work:
    """What is to be measured. own_count: assessments of ours, where it is to be fewer."""

    folder: Path
    table: Table
    peers: Sequence[Engine]
    count: int
    own_count: int
    companies: int
    photos: int
    seed: int

    @property
    def engines(self) -> list[tuple[Engine, int]]:
        """Peers first, ours last, each with its number of assessments."""
        return [*((peer, self.count) for peer in self.peers), (Own(), self.own_count)]

    @contextmanager
    def pair(self, engine: Engine, count: int, place: Place = LOOPBACK) -> Iterator[Pair]:
        """A pair in a folder of its own, which is gone afterwards."""
        with (
            TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as name,
            engine.pair(Path(name), count, place) as pair,
        ):
            yield pair


@dataclass
class SmallSteps:
    """Medians in seconds: a run where nothing changed, one with one answer, a bare request."""

    nothing: float
    one: float
    bare: float = 0.0


def small_steps(*pairs: Pair, rounds: int = SMALL_ROUNDS) -> list[SmallSteps]:
    """Of each pair; in turns, so that all meet the same load. The first turn does not count."""
    taken: list[list[tuple[float, float, float]]] = [[] for _ in pairs]
    for _ in range(rounds + 1):
        for pair, steps in zip(pairs, taken, strict=True):
            bare = pair.health() if isinstance(pair, OwnPair) else 0.0
            nothing = pair.push()
            pair.touch()
            steps.append((nothing, pair.push(), bare))
    return [SmallSteps(*map(median, zip(*steps[1:], strict=True))) for steps in taken]


def settle(pair: Pair) -> None:
    """RxDB hears its own changes once; nobody else has anything to say after a push."""
    pair.push()


def loopback(work: Work) -> None:
    """Push, pull, and the small steps."""
    rates: dict[str, tuple[float, float]] = {}
    small: dict[str, SmallSteps] = {}
    sorted_rate = 0.0
    taken: dict[str, list[tuple[float, float]]] = {e.name: [] for e, _ in work.engines}
    for turn in range(ROUNDS):
        for engine, count in work.engines:
            with work.pair(engine, count) as pair:
                os.sync()  # or what a laptop was copied from is written down meanwhile
                push = pair.push()
                settle(pair)
                if turn == 0:
                    (small[engine.name],) = small_steps(pair)
                os.sync()
                pull = pair.pull()
                taken[engine.name].append((count / push, count / pull))
                if turn == 0 and isinstance(pair, OwnPair):
                    sorted_rate = count / (pull + pair.sort_in())
    for name, found in taken.items():
        rates[name] = (median(p for p, _ in found), median(p for _, p in found))
    for what, column in (("first push, loopback", 0), ("pull to a fresh laptop, loopback", 1)):
        cells = {name: f"{rate[column]:.0f}/s" for name, rate in rates.items()}
        found_ratio = _ratio({name: rate[column] for name, rate in rates.items()})
        work.table.append(at_least(what, cells, found_ratio, 3.5, POUCH))
    ratio = f", {sorted_rate / rates[POUCH][1]:.2f} ×" if POUCH in rates else ""
    work.table.add("  packed beforehand, each", ours=f"{packing_ms(work.own_count):.1f} ms")
    work.table.add("  pulled and sorted into tables", ours=f"{sorted_rate:.0f}/s{ratio}")
    show_small(work.table, "loopback", small)


def _ratio(rates: dict[str, float]) -> float | None:
    return rates[OURS] / rates[POUCH] if POUCH in rates else None


def show_small(table: Table, where: str, small: dict[str, SmallSteps]) -> None:
    """Times of nothing and of one answer, and how far ours is above a bare request."""
    own = small[OURS]
    for what, column, aim in (
        ("nothing changed", "nothing", 10),
        ("one answer changed", "one", 15),
    ):
        cells = {name: f"{getattr(steps, column) * 1000:.1f} ms" for name, steps in small.items()}
        above = (getattr(own, column) - own.bare) * 1000
        row = at_most(f"{what}, {where}", cells, above, aim, "ms + round trip")
        table.append(row)
    table.add(f"  a bare request, {where}", ours=f"{own.bare * 1000:.1f} ms")


def sizes(work: Work) -> None:
    """Bytes of the TCP streams and requests, through a relay, which is why no time counts here."""
    found: dict[str, list[Counted]] = {}
    bodies: list[int] = []
    for engine, count in work.engines:
        with work.pair(engine, count) as pair, relay_to(pair.port) as relay:
            pair.through(relay.port)
            steps = found[engine.name] = []
            pair.push()
            steps.append(relay.counted())
            settle(pair)
            for is_touched in (False, True):
                relay.counted()
                if is_touched:
                    pair.touch()
                pair.push()
                steps.append(relay.counted())
                if isinstance(pair, OwnPair):
                    bodies.append(pair.last["bytes_sent"] + pair.last["bytes_received"])
            pair.pull()
            steps.append(relay.counted())
    per = {e.name: found[e.name][0].both / count / 1000 for e, count in work.engines}
    cells = {name: f"{kb:.2f} kB" for name, kb in per.items()}
    work.table.append(at_most("sent per assessment", cells, per[OURS], 4, "kB"))
    pulled = {e.name: f"{found[e.name][3].both / n / 1000:.2f} kB" for e, n in work.engines}
    work.table.append(Row("  pulled per assessment", pulled))
    for what, step, most in (("nothing changed", 1, 1000), ("one answer changed", 2, 1500)):
        cells = {
            name: f"{steps[step].requests} req., {steps[step].both / 1000:.2f} kB"
            for name, steps in found.items()
        }
        own = found[OURS][step]
        is_reached = own.requests == 1 and own.both <= most
        reached = f"{own.requests}, {own.both} B; bodies {bodies[step - 1]} B"
        aim = f"1 request, ≤ {most / 1000:g} kB"
        work.table.append(Row(f"{what}, bytes", cells, aim, reached, is_reached))


def line(work: Work) -> None:
    """The first push over the slow line, in each turn a new line of the same seed for each."""
    reason = why_not()
    if reason:
        work.table.note(f"left out: the slow line ({reason})")
        return
    taken: dict[str, list[tuple[float, float]]] = {e.name: [] for e, _ in work.engines}
    for turn in range(LINE_ROUNDS):
        for engine, count in work.engines:
            with (
                shaped_line(work.seed + turn) as slow,
                work.pair(engine, count, place_of(slow)) as pair,
            ):
                before = slow.counted()[0]["carried"]
                took = pair.push()
                carried = (slow.counted()[0]["carried"] - before) / 1e6
                taken[engine.name].append((took, carried))
                if engine.name == OURS and turn == 0:
                    settle(pair)
                    (small,) = small_steps(pair)
    seconds: dict[str, float] = {}
    cells: dict[str, str] = {}
    for engine, count in work.engines:
        took, carried = (median(figures) for figures in zip(*taken[engine.name], strict=True))
        seconds[engine.name] = took / count
        cells[engine.name] = f"{took:.1f} s, {carried:.1f} MB"
    if work.own_count != work.count:
        cells[OURS] += f" of {work.own_count}"
    ratio = seconds[POUCH] / seconds[OURS] if POUCH in seconds else None
    what = "first push, 10 Mbit/s, 20 ms, 1 % loss"
    work.table.append(at_least(what, cells, ratio, 10, POUCH))
    show_small(work.table, "slow line", {OURS: small})


def place_of(slow: Line) -> Place:
    """Office and laptop at the ends of a line."""
    return Place(slow.at_laptop, slow.at_office, slow.host)


def memory(work: Work) -> None:
    """What laptop and server take at most, pushing and pulling so many and five times as many."""
    if not has_proc():
        work.table.note("left out: memory (no /proc here)")
        return
    peaks: dict[tuple[str, int], tuple[float, float]] = {}
    for times in (1, MORE):
        for engine, count in work.engines:
            with work.pair(engine, count * times) as pair:
                pair.push()
                pair.pull()
                if isinstance(pair, OwnPair):
                    pair.sort_in()
                peaks[engine.name, times] = pair.peaks_mb()
        cells = {e.name: _two(peaks[e.name, times]) for e, _ in work.engines}
        what = f"memory of laptop/server, {work.count * times}"
        if work.own_count != work.count:
            what += f" (ours {work.own_count * times})"
        if (POUCH, times) in peaks:
            own, theirs = peaks[OURS, times], peaks[POUCH, times]
            worst = max(own[0] / theirs[0], own[1] / theirs[1])
            reached = f"{own[0] / theirs[0]:.2f}, {own[1] / theirs[1]:.2f} ×"
            work.table.append(Row(what, cells, f"≤ 0.5 × {POUCH}", reached, worst <= 0.5))
        else:
            work.table.append(Row(what, cells))
    grown = max(peaks[OURS, MORE][end] / peaks[OURS, 1][end] for end in (0, 1))
    cells = {e.name: _grown(peaks[e.name, 1], peaks[e.name, MORE]) for e, _ in work.engines}
    work.table.append(at_most(f"  grown by {MORE} × as many", cells, grown, SAME, "×"))


def _two(peaks: tuple[float, float]) -> str:
    return f"{peaks[0]:.0f}/{peaks[1]:.0f} MB"


def _grown(few: tuple[float, float], many: tuple[float, float]) -> str:
    return f"{many[0] / few[0]:.2f}/{many[1] / few[1]:.2f} ×"
