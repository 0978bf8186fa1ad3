"""How fast the report is drawn, beside other typesetters with the same pages (`make bench`).

`python -m tests.benchmarks.bench_report BENCH_PYTHON [ROUNDS]`; BENCH_PYTHON has the other engines.
Every engine runs in a warm process and is asked in turns, so that all meet the same load; printed
are medians and their ratios, by the clock and by the processor time of the process (the fairer
figure where others use the machine). Each document is a new one for every engine: its texts end in
another number each time, except in the row "cache", where only one of twenty does.

Not equal: the others draw plain tables without our running heads, linked contents, tinted boxes,
attached data and PDF/A; typst tags its pages too, fpdf2 and WeasyPrint do not.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.report_pages import LEAST_CHARTS, PAGES, blocks, charts, fourteen_pages
from tests.report.sample import FONTS

ROUNDS = 9
PEERS = Path(__file__).parent / "peers"
OWN = [sys.executable, "-m", "tests.benchmarks.own_report"]
SEAL_MS, MEMORY_MB = 100, 150


@dataclass
class Engine:
    """A warm process. figures: of each round, as the process prints them."""

    name: str
    command: list[str]
    figures: list[list[float]] = field(default_factory=list)

    def start(self) -> None:
        self._process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self) -> list[float]:
        """One document."""
        inlet, outlet = self._process.stdin, self._process.stdout
        assert inlet is not None
        assert outlet is not None
        inlet.write("draw\n")
        inlet.flush()
        return [float(figure) for figure in outlet.readline().split()]

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def middle(self, column: int) -> float:
        """The median of a column."""
        return median(figures[column] for figures in self.figures)


def engines(python: str, source: Path) -> list[Engine]:
    """Ours first; typst twice."""

    def peer(name: str, *more: str) -> list[str]:
        return [python, str(PEERS), name, str(source), str(FONTS), *more]

    return [
        Engine("ours", OWN),
        Engine("typst", peer("typst")),
        Engine("typst, cache", peer("typst", "20")),
        Engine("fpdf2", peer("fpdf2")),
        Engine("WeasyPrint", peer("weasyprint")),
    ]


def cold(engine: Engine) -> float:
    """Milliseconds of a whole process that makes one document."""
    start = perf_counter()
    subprocess.run(engine.command, input="draw\n", capture_output=True, text=True, check=True)
    return (perf_counter() - start) * 1000


def compare(asked: list[Engine], rounds: int) -> None:
    """Ask all in turns; the first turn warms up and does not count."""
    for engine in asked:
        engine.start()
    for turn in range(rounds + 1):
        for engine in asked:
            figures = engine.ask()
            if turn:
                engine.figures.append(figures)
    for engine in asked:
        engine.stop()


def show(asked: list[Engine], count: int) -> None:
    """The table and what is asked of it."""
    ours = asked[0]
    if ours.middle(2) != PAGES or count < LEAST_CHARTS:
        raise SystemExit(f"{ours.middle(2):.0f} pages and {count} charts are not the report asked")
    _say(f"{PAGES} pages, {count} charts, medians of {len(ours.figures)} rounds in turns")
    _say(f"{'':<14}{'clock':>9}{'x ours':>8}{'processor':>12}{'x ours':>8}{'pages':>7}{'KB':>6}")
    for engine in asked:
        clock, processor, pages, size = (engine.middle(n) for n in range(4))
        by_clock, by_processor = clock / ours.middle(0), processor / ours.middle(1)
        _say(
            f"{engine.name:<14}{clock:>6.0f} ms{by_clock:>8.2f}{processor:>9.0f} ms"
            f"{by_processor:>8.2f}{pages:>7.0f}{size / 1024:>6.0f}"
        )
    for engine, bound in zip(asked[1:], (3.5, 3.5, None, None), strict=True):
        for column, kind in ((0, "clock"), (1, "processor")):
            ratio = ours.middle(column) / engine.middle(column)
            if bound:
                _say(f"ours / {engine.name}, {kind}: {ratio:.2f} (at most {bound})")
    for engine, bound in zip(asked[3:], (2, 4), strict=True):
        for column, kind in ((0, "clock"), (1, "processor")):
            ratio = engine.middle(column) / ours.middle(column)
            _say(f"{engine.name} / ours, {kind}: {ratio:.1f} (at least {bound})")
    _say(f"seal: {ours.middle(4):.0f} ms, processor {ours.middle(5):.0f} ms (at most {SEAL_MS})")


def show_memory() -> None:
    """Of a process that does nothing else."""
    run = subprocess.run([*OWN, "--memory"], capture_output=True, text=True, check=True)
    bare, loaded, peak = map(float, run.stdout.split())
    _say(
        f"memory at the peak: {peak:.0f} MB (below {MEMORY_MB}); "
        f"{loaded:.0f} MB once all is imported, {bare:.0f} MB before"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print all figures."""
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    story = blocks(fourteen_pages())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "blocks.json"
        source.write_text(json.dumps(story), "utf-8")
        asked = engines(sys.argv[1], source)
        compare(asked, rounds)
        show(asked, charts(story))
        started = ", ".join(f"{engine.name} {cold(engine):.0f} ms" for engine in asked)
        _say(f"whole process, one document: {started}")
    show_memory()


if __name__ == "__main__":
    main()
