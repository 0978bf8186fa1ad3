"""How fast a sync is, beside PouchDB, RxDB and rsync with the same assessments (`make bench`).

`python -m tests.benchmarks.bench_sync [ASSESSMENTS] [PEERS_FOLDER] [--only PART,PART]`;
PEERS_FOLDER has the packages of peers/pouch and peers/rxdb installed in folders of these names.
What a machine lacks is left out and named below the table. Times depend on the machine, so what is
to be reached are ratios to peers of the same run; "round trip" is a bare request of the same run.
Laptops of ours are filled in minutes, once: `filled_laptops` keeps them for the next run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import sync_own_parts, sync_parts
from tests.benchmarks.rsync_engine import Rsync
from tests.benchmarks.shaped_line import SEED
from tests.benchmarks.sync_engines import Engine, Pouch, Rx
from tests.benchmarks.sync_parts import Work
from tests.benchmarks.sync_table import Table

ASSESSMENTS = 1000
COMPANIES = 50_000
PHOTOS = 5
PARTS: dict[str, Callable[[Work], None]] = {
    "loopback": sync_parts.loopback,
    "sizes": sync_parts.sizes,
    "line": sync_parts.line,
    "photos": sync_own_parts.photos,
    "memory": sync_parts.memory,
    "postgres": sync_own_parts.postgres,
    "companies": sync_own_parts.companies,
}


def main() -> None:
    """Measure the parts asked for, and print one table."""
    asked = _parser().parse_args()
    parts = asked.only.split(",") if asked.only else list(PARTS)
    if unknown := [name for name in parts if name not in PARTS]:
        raise SystemExit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    candidates: list[Engine] = [Rsync()]
    if asked.peers:
        candidates[:0] = [Pouch(asked.peers / "pouch"), Rx(asked.peers / "rxdb")]
    peers = [peer for peer in candidates if not peer.missing()]
    table = Table([peer.name for peer in peers])
    for peer in candidates:
        if peer not in peers:
            table.note(f"left out: {peer.name} ({peer.missing()})")
    if not asked.peers:
        table.note("left out: PouchDB and RxDB (no PEERS_FOLDER named)")
    began = time.perf_counter()
    with TemporaryDirectory(prefix="advisor-bench-", ignore_cleanup_errors=True) as folder:
        work = Work(
            folder=Path(folder),
            table=table,
            peers=peers,
            count=asked.assessments,
            own_count=asked.own or asked.assessments,
            companies=asked.companies,
            photos=asked.photos,
            seed=asked.seed,
        )
        for name in parts:
            PARTS[name](work)
    minutes = (time.perf_counter() - began) / 60
    sys.stdout.write(
        f"sync of {asked.assessments} assessments of 150 answers, {os.cpu_count()} cores, "
        f"seed of the loss {asked.seed}, {minutes:.1f} minutes\n{table.text()}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench_sync", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("assessments", type=int, nargs="?", default=ASSESSMENTS)
    parser.add_argument("peers", type=lambda text: Path(text).resolve(), nargs="?")
    parser.add_argument("--only", default="", help=f"of {', '.join(PARTS)}; with commas")
    parser.add_argument("--own", type=int, help="assessments of ours, where fewer shall do")
    parser.add_argument("--companies", type=int, default=COMPANIES, help="on the large server")
    parser.add_argument("--photos", type=int, default=PHOTOS, help="of 2 MiB over the slow line")
    parser.add_argument("--seed", type=int, default=SEED, help="which packets the line loses")
    return parser


if __name__ == "__main__":
    main()
