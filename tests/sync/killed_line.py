"""Real HTTP, a faulty line, and SIGKILL on both sides: nothing is lost, nothing stands still.

`python -m tests.sync.killed_line RUNS [SEED]`; a run is two laptops of one team, each at work for
some rounds while connections fail and either side is killed. Then the line works, and after three
rounds each laptop and a fresh one hold every edit that was ever said to be saved, and every photo.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy import select

from desktop_advisor.domain.clock import system_clock
from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.log_tables import LOG, Upload
from desktop_advisor.storage.models import Attachment
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges
from sync.client.enrolment import enrol
from sync.client.session import run
from sync.client.transport import HttpTransport
from sync.server.administration import add_network, enrolment_code
from sync.server.database import open_database
from tests.sync.fault_proxy import FaultProxy, faulty_line
from tests.sync.killed_laptop import PASSPHRASE, say

COMPANY = uuid.UUID("0190a000-0000-7000-8000-000000000001")
CHEAP = KeyCost(iterations=1, memory_kib=64, lanes=1)
NAMES = ("Anna", "Jens", "Frisch")
"""The last one begins when all others have come to rest."""
ROUNDS = 3
LONGEST_LIFE_S = 0.5
QUIET_ROUNDS = 3


class Zygote:
    """A process that forks a child for each line it is told."""

    def __init__(self, module: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, *words: object) -> None:
        """Begin a round."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()

    def heard(self) -> list[str]:
        """The words of the next line it says."""
        assert self._process.stdout is not None
        words = self._process.stdout.readline().split()
        assert words, "the process ended"
        return words

    def end(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass
class KilledServer:
    """The server's lives over one database."""

    zygote: Zygote
    port: int
    url: str = ""
    blobs: Path = Path()
    _pid: int = 0

    def live(self) -> None:
        """A new life over the same database."""
        self.zygote.tell(self.url, self.blobs)
        self._pid = int(self.zygote.heard()[1])

    def kill(self) -> None:
        """Killed in the middle of whatever it does; the next life begins at once."""
        self.end()
        self.live()

    def end(self) -> None:
        """No more lives over this database."""
        os.kill(self._pid, signal.SIGKILL)


@dataclass
class KilledLaptop:
    """saved: writer → the last number it said was committed. kills: how often it was killed."""

    zygote: Zygote
    folder: Path
    saved: dict[str, int] = field(default_factory=dict)
    kills: int = 0

    def play(self, edits: int, url: str, life_s: float) -> None:
        """One round; after life_s seconds (0: never) it is killed."""
        self.zygote.tell(self.folder, COMPANY, self.folder.name, edits, url)
        pid = int(self.zygote.heard()[1])
        timer = threading.Timer(life_s, self._kill, (pid,))
        if life_s:
            timer.start()
        while (words := self.zygote.heard())[0] != "ended":
            if words[0] == "saved":
                self.saved[words[1]] = int(words[2])
        timer.cancel()

    def _kill(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            self.kills += 1


class Office:
    """Processes for a server and three laptops, used by one run after the other."""

    def __init__(self) -> None:
        zygote = Zygote("tests.sync.killed_server")
        self.server = KilledServer(zygote, int(zygote.heard()[1]))
        self._laptops = [Zygote("tests.sync.killed_laptop") for _ in NAMES]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        for zygote in (self.server.zygote, *self._laptops):
            zygote.end()

    @contextmanager
    def opened(self, folder: Path, database_url: str) -> Iterator[list[KilledLaptop]]:
        """Laptops enrolled at a server over a fresh database."""
        database = open_database(database_url)
        add_network(database, "ITAS")
        codes = [enrolment_code(database, "ITAS").text for _ in NAMES]
        database.close()
        self.server.url, self.server.blobs = database_url, folder / "blobs"
        self.server.live()
        try:
            for name, code in zip(NAMES, codes, strict=True):
                self._enrol(folder / name, code)
            yield [KilledLaptop(z, folder / n) for z, n in zip(self._laptops, NAMES, strict=True)]
        finally:
            self.server.end()

    def _enrol(self, folder: Path, code: str) -> None:
        store = Store.create(folder, PASSPHRASE, clock=system_clock, cost=CHEAP)
        url = f"http://127.0.0.1:{self.server.port}"
        with HttpTransport(url) as transport:
            enrol(StoreChanges(store), url, code, folder.name, transport=transport)
        store.close()


def play_run(office: Office, folder: Path, database_url: str, seed: int) -> str:
    """One run; what happened in it. Raises AssertionError when anything was lost or stood still."""
    drawn = random.Random(seed)
    server = office.server
    with office.opened(folder, database_url) as laptops:
        *working, fresh = laptops
        with faulty_line(server.port, seed, 0) as line:
            for _ in range(ROUNDS):
                line.faults = drawn.randrange(6)
                _work_at_once(working, server, line, drawn)
            line.faults = 0
            for _ in range(QUIET_ROUNDS):
                for laptop in working:
                    laptop.play(0, line.url, 0)
        url = f"http://127.0.0.1:{server.port}"
        fresh.play(0, url, 0)
        for laptop in laptops:
            _expect_everything(laptop, working, url)
        kills = sum(laptop.kills for laptop in working)
        return f"{kills} laptops killed, connections: {', '.join(line.fates) or 'all passed'}"


def _work_at_once(
    laptops: list[KilledLaptop], server: KilledServer, line: FaultProxy, drawn: random.Random
) -> None:
    """Both laptops at the same time; perhaps one of them or the server dies meanwhile."""
    threads = []
    for laptop in laptops:
        life_s = drawn.uniform(0.05, LONGEST_LIFE_S) if drawn.random() < 0.6 else 0.0
        arguments = (drawn.randrange(4), line.url, life_s)
        threads.append(threading.Thread(target=laptop.play, args=arguments))
    killer = threading.Timer(drawn.uniform(0.05, LONGEST_LIFE_S), server.kill)
    if drawn.random() < 0.5:
        threads.append(killer)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _expect_everything(laptop: KilledLaptop, working: list[KilledLaptop], url: str) -> None:
    store = Store.open(laptop.folder, PASSPHRASE, clock=system_clock)
    try:
        with HttpTransport(url) as transport:
            changes = StoreChanges(store)
            last = run(changes, transport, progress=lambda _: None, cancelled=lambda: False)
        assert (last.sent, last.received, last.blobs_sent) == (0, 0, 0), "it had not come to rest"
        assert changes.sort_in() == 0, "something was not sorted in"
        with store.read() as session:
            rows = session.execute(select(LOG.c.writer, LOG.c.n, LOG.c.upload)).all()
            photos = set(session.scalars(select(Attachment.sha256)))
        held = {(row.writer.hex(), row.n) for row in rows}
        for one in working:
            for writer, n in one.saved.items():
                missing = [(writer, k) for k in range(1, n + 1) if (writer, k) not in held]
                assert not missing, f"{laptop.folder.name} lacks {missing}"
        assert {row.upload for row in rows} <= {Upload.APPLIED}
        assert all(store.files.has(photo) for photo in photos)
    finally:
        store.close()


def play_runs(runs: int, seed: int, database_url: Callable[[Path], str]) -> None:
    """Runs from this seed on; stops at the first that fails."""
    say("seed", seed)
    with Office() as office:
        for number in range(seed, seed + runs):
            with tempfile.TemporaryDirectory(prefix="advisor-killed-") as name:
                told = play_run(office, Path(name), database_url(Path(name)), number)
            say(f"run with seed {number}: nothing lost; {told}")
    say(runs, "runs, none lost an edit or stood still")


def in_sqlite(folder: Path) -> str:
    """A database of its own for each run."""
    return f"sqlite:///{folder / 'server.db'}"


if __name__ == "__main__":
    chosen = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**9)
    play_runs(int(sys.argv[1]), chosen, in_sqlite)
