"""`rsync -z` as a peer: a file of JSON per assessment, to and from a daemon."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.asked_process import LOOPBACK, Place, await_port, children_of, peak_mb
from tests.benchmarks.sync_workload import sheets

LOOK_EVERY_S = 0.02


class RsyncPair:
    """Two folders; the daemon starts a process for each run, so its memory is looked at often."""

    def __init__(self, folder: Path, place: Place, port: int, daemon: int) -> None:
        self._folder = folder
        self._place = place
        self.port = port
        self._daemon = daemon
        self._peaks = [0.0, 0.0]
        self._rounds = 0
        self.through(port)

    def through(self, port: int) -> None:
        self._url = f"rsync://{self._place.host}:{port}/visits/"

    def push(self) -> float:
        return self._run(f"{self._folder / 'laptop'}/", self._url)

    def touch(self) -> None:
        """Another value in the first file, whose time is moved on, as rsync sees by time."""
        self._rounds += 1
        path = min((self._folder / "laptop").iterdir())
        document = json.loads(path.read_text(encoding="utf-8"))
        document["answers"][0]["value"] = str(self._rounds)
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        ahead = time.time() + self._rounds
        os.utime(path, (ahead, ahead))

    def pull(self) -> float:
        shutil.rmtree(self._folder / "fresh", ignore_errors=True)
        return self._run(self._url, f"{self._folder / 'fresh'}/")

    def peaks_mb(self) -> tuple[float, float]:
        return self._peaks[0], self._peaks[1]

    def _run(self, source: str, target: str) -> float:
        began = time.perf_counter()
        command = [*self._place.at_laptop, "rsync", "-z", "-r", "--times", source, target]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        done = threading.Event()
        looking = threading.Thread(target=self._look, args=(process.pid, done))
        looking.start()
        status = process.wait()
        took = time.perf_counter() - began
        done.set()
        looking.join()
        if status:
            raise SystemExit(f"rsync ended with {status}")
        return took

    def _look(self, client: int, done: threading.Event) -> None:
        """At the memory of both ends; a process that has just ended has none."""
        while not done.wait(LOOK_EVERY_S):
            for end, pids in enumerate(([client], [self._daemon, *children_of(self._daemon)])):
                with suppress(OSError):
                    self._peaks[end] = max(self._peaks[end], *map(peak_mb, pids), 0.0)


@dataclass(frozen=True)
class Rsync:
    """Needs the program."""

    name: str = "rsync -z"

    def missing(self) -> str:
        return "" if shutil.which("rsync") else "rsync is not installed"

    @contextmanager
    def pair(self, folder: Path, count: int, place: Place = LOOPBACK) -> Iterator[RsyncPair]:
        for name in ("laptop", "server"):
            (folder / name).mkdir()
        for sheet in sheets(count):
            text = json.dumps(sheet.document(), ensure_ascii=False)
            path = folder / "laptop" / f"{sheet.assessment_id}.json"
            path.write_text(text, encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings = folder / "rsyncd.conf"
        module_lines = (
            f"[visits]\npath = {folder / 'server'}\nread only = false\nuse chroot = false\n"
        )
        owner = f"uid = {os.getuid()}\ngid = {os.getgid()}\n"
        settings.write_text(f"log file = {folder / 'rsyncd.log'}\n{module_lines}{owner}")
        where = ["--address", place.host, "--port", str(port), "--config", str(settings)]
        command = [*place.at_office, "rsync", "--daemon", "--no-detach", *where]
        with subprocess.Popen(command) as daemon:
            try:
                await_port(place, port)
                yield RsyncPair(folder, place, port, daemon.pid)
            finally:
                daemon.terminate()
