"""How fast a sync is, beside PouchDB replicating the same assessments (`make bench`).

`python -m tests.benchmarks.bench_sync [ASSESSMENTS] [POUCH_FOLDER]`; POUCH_FOLDER has the packages
of peers/pouch installed and is left out where node is missing. Ours: a laptop with the encrypted
store, the server as a process of its own on SQLite, over HTTP on loopback; with roles, history and
audit. PouchDB: LevelDB at both ends, no encryption, the newest revision of each document only.
Bytes are those of the bodies.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sync.client.outcome import Outcome
from sync.server.administration import add_network, enrolment_code
from sync.server.database import open_database
from tests.benchmarks.sync_laptop import fill, new_laptop, sign_up, sync, touch
from tests.benchmarks.sync_workload import sheets

ASSESSMENTS = 200
SOURCES = Path(__file__).parent / "peers" / "pouch"


@dataclass
class Figures:
    """Seconds of each step; sizes in bytes where they are known."""

    name: str
    push: float
    pull: float
    idle: float
    one: float
    sizes: str = ""


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Our server as a process; its address, and two codes."""
    url = f"sqlite:///{folder / 'server.db'}"
    database = open_database(url)
    add_network(database, "ITAS")
    codes = [enrolment_code(database, "ITAS").text for _ in range(2)]
    database.close()
    command = [sys.executable, "-m", "sync.server", "serve", "--port", "0"]
    options = ["--blobs", str(folder / "blobs"), "--database-url", url]
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1], codes
    finally:
        process.terminate()
        process.wait()


def ours(count: int, folder: Path) -> Figures:
    """First push, nothing, one answer, and a fresh laptop."""
    folder.mkdir()
    laptop, fresh = new_laptop(folder / "first"), new_laptop(folder / "fresh")
    fill(laptop, sheets(count))
    with server(folder) as (url, codes):
        sign_up(laptop, url, codes[0])
        sign_up(fresh, url, codes[1])
        pushed, push = timed(lambda: sync(laptop, url))
        nothing, idle = timed(lambda: sync(laptop, url))
        touch(laptop, next(sheets(1)), "9")
        answer, one = timed(lambda: sync(laptop, url))
        pulled, pull = timed(lambda: sync(fresh, url))
    assert pulled.received == pushed.sent + answer.sent
    laptop.close()
    fresh.close()
    per = pushed.bytes_sent / count / 1000
    sizes = (
        f"{per:.2f} kB each; nothing: {nothing.requests} request, "
        f"{nothing.bytes_sent + nothing.bytes_received} B; one answer: {answer.requests} request, "
        f"{answer.bytes_sent + answer.bytes_received} B"
    )
    return Figures("ours", push, pull, idle, one, sizes)


def timed(action: Callable[[], Outcome]) -> tuple[Outcome, float]:
    """What it gives, and its seconds."""
    began = time.perf_counter()
    done = action()
    return done, time.perf_counter() - began


class PouchLaptop:
    """A process with PouchDB in it."""

    def __init__(self, packages: Path, folder: Path) -> None:
        script = packages / "replicate.js"
        script.write_bytes((SOURCES / "replicate.js").read_bytes())
        self._process = subprocess.Popen(
            ["node", str(script), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words: str) -> dict[str, float]:
        """The answer to a command."""
        inlet, outlet = self._process.stdin, self._process.stdout
        assert inlet is not None
        assert outlet is not None
        inlet.write(" ".join(words) + "\n")
        inlet.flush()
        answer: dict[str, float] = json.loads(outlet.readline())
        return answer

    def end(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def pouch_server(packages: Path, folder: Path) -> Iterator[str]:
    """pouchdb-server as a process; the address of a database in it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(packages / "node_modules" / ".bin" / "pouchdb-server")]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--dir", str(folder)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _await(url)
        yield f"{url}/visits"
    finally:
        process.terminate()
        process.wait()


def _await(url: str) -> None:
    for _ in range(100):
        with suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(url)


def pouch(count: int, packages: Path, folder: Path) -> Figures:
    """The same steps."""
    documents = folder / "documents.jsonl"
    with documents.open("w", encoding="utf-8") as file:
        for sheet in sheets(count):
            file.write(json.dumps(sheet.document(), ensure_ascii=False) + "\n")
    (folder / "server").mkdir()
    laptop = PouchLaptop(packages, folder)
    try:
        with pouch_server(packages, folder / "server") as url:
            laptop.ask("fill", str(documents))
            push = laptop.ask("push", url)["ms"]
            idle = laptop.ask("push", url)["ms"]
            laptop.ask("touch")
            one = laptop.ask("push", url)["ms"]
            laptop.ask("empty")
            pull = laptop.ask("pull", url)["ms"]
    finally:
        laptop.end()
    return Figures("PouchDB", push / 1000, pull / 1000, idle / 1000, one / 1000)


def main() -> None:
    """One line per engine, then the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ASSESSMENTS
    packages = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
    found = []
    with tempfile.TemporaryDirectory(prefix="advisor-bench-") as name:
        folder = Path(name)
        if packages is not None and (packages / "node_modules").is_dir():
            (folder / "pouch").mkdir()
            found.append(pouch(count, packages, folder / "pouch"))
        found.append(ours(count, folder / "ours"))
    lines = [f"sync of {count} assessments of 150 answers, {os.cpu_count()} cores"]
    lines += [_line(one, count) for one in found]
    if len(found) == 2:
        theirs, own = found
        push, pull = theirs.push / own.push, theirs.pull / own.pull
        lines.append(f"  ours to PouchDB: push {push:.2f} ×, pull {pull:.2f} × (to reach: 3.5 ×)")
    sys.stdout.write("\n".join(lines) + "\n")


def _line(one: Figures, count: int) -> str:
    return (
        f"  {one.name:8} push {count / one.push:7.0f}/s   pull {count / one.pull:7.0f}/s   "
        f"nothing {one.idle * 1000:6.1f} ms   one answer {one.one * 1000:6.1f} ms   {one.sizes}"
    )


if __name__ == "__main__":
    main()
