"""What is compared: ours, PouchDB and RxDB, each with a laptop and a server as processes.

Ours: the encrypted store, the server on SQLite or PostgreSQL; roles, history and audit. PouchDB:
LevelDB at both ends, no encryption, the newest revision of each document only. RxDB: in memory at
both ends. `rsync_engine` has the fourth.
"""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.benchmarks.asked_process import (
    LOOPBACK,
    AskedProcess,
    Place,
    await_port,
    module,
    peak_with_helpers_mb,
    script,
)
from tests.benchmarks.filled_laptops import filled_laptop
from tests.benchmarks.sync_server import own_server
from tests.benchmarks.sync_workload import sheets


class Pair(Protocol):
    """A filled laptop and its empty server. Every step gives its seconds.

    port: the server's; `through` makes the laptop call another one.
    """

    port: int

    def through(self, port: int) -> None: ...

    def push(self) -> float: ...

    def touch(self) -> None: ...

    def pull(self) -> float:
        """To a laptop that has nothing yet."""

    def peaks_mb(self) -> tuple[float, float]:
        """Memory that laptop and server have taken at most."""


class Engine(Protocol):
    """Starts pairs."""

    @property
    def name(self) -> str:
        """What it is called in the table."""

    def missing(self) -> str:
        """Why it cannot be measured here; "" when it can."""

    def pair(self, folder: Path, count: int, place: Place = LOOPBACK) -> Any:
        """A context manager of a Pair; `folder` exists and is empty."""


class OwnPair:
    """Ours. The laptop that pulls is a process of its own, as is the one that pushes."""

    def __init__(self, url: str, server_pid: int, first: AskedProcess, fresh: AskedProcess) -> None:
        self._host, _, port = url.rpartition(":")
        self.port = int(port)
        self._url = url
        self._server_pid = server_pid
        self.first = first
        self.fresh = fresh
        self.last: dict[str, Any] = {}
        self._sent = 0
        self._touched = 0

    def through(self, port: int) -> None:
        self._url = f"{self._host}:{port}"

    def push(self) -> float:
        self.last = self.first.ask("sync", self._url)
        self._sent += self.last["sent"]
        return float(self.last["ms"]) / 1000

    def touch(self) -> None:
        """Not the same answer twice, and what the program does after a while when nobody types."""
        self._touched += 1
        self.first.ask("touch", 0, 10 + self._touched)
        self.first.ask("prepare")

    def health(self) -> float:
        """Seconds of one bare request, as round trip to compare with."""
        return float(self.first.ask("health", self._url)["ms"]) / 1000

    def pull(self) -> float:
        """Until all is received and kept; `sort_in` spreads it into tables."""
        self.last = self.fresh.ask("sync", self._url)
        if self.last["received"] != self._sent:
            raise SystemExit(f"{self.last['received']} changes came of {self._sent}")
        return float(self.last["ms"]) / 1000

    def sort_in(self) -> float:
        """What was pulled, into log and tables; seconds."""
        return float(self.fresh.ask("sort_in")["ms"]) / 1000

    def peaks_mb(self) -> tuple[float, float]:
        laptops = (self.first.pid, self.fresh.pid)
        return max(map(peak_with_helpers_mb, laptops)), peak_with_helpers_mb(self._server_pid)


@dataclass(frozen=True)
class Own:
    """answers: of each assessment. database_url: of an empty database, "" for SQLite."""

    name: str = "ours"
    database_url: str = ""
    answers: int | None = None

    def missing(self) -> str:
        return ""

    @contextmanager
    def pair(self, folder: Path, count: int, place: Place = LOOPBACK) -> Iterator[OwnPair]:
        if self.answers is None:
            filled_laptop(folder / "first", count)
        else:
            filled_laptop(folder / "first", count, self.answers)
        with (
            own_server(folder, place, self.database_url) as server,
            laptop_process(folder / "first", place) as first,
            laptop_process(folder / "fresh", place) as fresh,
        ):
            for laptop, code in zip((first, fresh), server.codes, strict=True):
                laptop.ask("sign", server.url, code)
            yield OwnPair(server.url, server.pid, first, fresh)


def laptop_process(folder: Path, place: Place = LOOPBACK) -> AskedProcess:
    """A laptop of ours; beside a filled folder an empty one is made."""
    return AskedProcess([*place.at_laptop, *module("laptop_process", folder)], folder.parent)


class NodePair:
    """PouchDB's or RxDB's, which answer the same commands."""

    def __init__(self, laptop: AskedProcess, server_pid: int, url: str, path: str = "") -> None:
        self._laptop = laptop
        self._server_pid = server_pid
        self._host, _, port = url.rpartition(":")
        self._path = path
        self.port = int(port)
        self.through(self.port)

    def through(self, port: int) -> None:
        self._url = f"{self._host}:{port}{self._path}"

    def push(self) -> float:
        return self._run("push")

    def touch(self) -> None:
        self._laptop.ask("touch")

    def pull(self) -> float:
        self._laptop.ask("empty")
        return self._run("pull")

    def _run(self, command: str) -> float:
        done = self._laptop.ask(command, self._url)
        if done["failures"]:
            raise SystemExit(f"{done['failures']} documents failed")
        return float(done["ms"]) / 1000

    def peaks_mb(self) -> tuple[float, float]:
        return peak_with_helpers_mb(self._laptop.pid), peak_with_helpers_mb(self._server_pid)


@dataclass(frozen=True)
class Pouch:
    """packages: a folder with the packages of peers/pouch installed."""

    packages: Path
    name: str = "PouchDB"

    def missing(self) -> str:
        return _packages_missing(self.packages)

    @contextmanager
    def pair(self, folder: Path, count: int, place: Place = LOOPBACK) -> Iterator[NodePair]:
        program = script(self.packages, "pouch", "replicate.js")
        command = [*place.at_laptop, "node", str(program), str(folder)]
        with AskedProcess(command, folder) as filling:  # so that the memory it took does not count
            filling.ask("fill", documents(folder, count))
        with (
            AskedProcess(command, folder) as laptop,
            _pouch_server(self.packages, folder, place) as (pid, url),
        ):
            yield NodePair(laptop, pid, url, "/visits")


@contextmanager
def _pouch_server(packages: Path, folder: Path, place: Place) -> Iterator[tuple[int, str]]:
    """pouchdb-server as a process: its id and address."""
    inside = folder / "server"
    inside.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*place.at_office, str(packages / "node_modules" / ".bin" / "pouchdb-server")]
    with subprocess.Popen(
        [*command, "--host", place.host, "--port", str(port), "--dir", str(inside)],
        cwd=inside,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        url = f"http://{place.host}:{port}"
        try:
            await_port(place, port)
            yield process.pid, url
        finally:
            process.terminate()


@dataclass(frozen=True)
class Rx:
    """packages: a folder with the packages of peers/rxdb installed."""

    packages: Path
    name: str = "RxDB"

    def missing(self) -> str:
        return _packages_missing(self.packages)

    @contextmanager
    def pair(self, folder: Path, count: int, place: Place = LOOPBACK) -> Iterator[NodePair]:
        server = script(self.packages, "rxdb", "server.js")
        program = script(self.packages, "rxdb", "replicate.js")
        with (
            AskedProcess([*place.at_office, "node", str(server), place.host], folder) as office,
            AskedProcess([*place.at_laptop, "node", str(program)], folder) as laptop,
        ):
            port = office.answer()["port"]
            laptop.ask("fill", documents(folder, count))
            yield NodePair(laptop, office.pid, f"http://{place.host}:{port}")


def documents(folder: Path, count: int) -> Path:
    """The workload as a file with one JSON document per line."""
    path = folder / "documents.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for sheet in sheets(count):
            file.write(json.dumps(sheet.document(), ensure_ascii=False) + "\n")
    return path


def _packages_missing(packages: Path) -> str:
    there = (packages / "node_modules").is_dir()
    return "" if there else f"no packages in {packages.name}: node or npm is missing"
