"""A process that answers one line on stdin with one line of JSON, and what memory it has taken."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SOURCES = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Place:
    """Where server and laptop run: commands put before theirs, and the server's address."""

    at_laptop: tuple[str, ...] = ()
    at_office: tuple[str, ...] = ()
    host: str = "127.0.0.1"


LOOPBACK = Place()


class AskedProcess:
    """Ask it, and it answers; it ends when its stdin does."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._log = folder / f"{Path(command[-1]).name}.log"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=SOURCES,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """Its id."""
        return self._process.pid

    def say(self, *words: object) -> None:
        """A command whose answer is taken later, or never."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """The next answer."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"a process ended:\n{self._log.read_text(errors='replace')[-3000:]}")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, *words: object) -> dict[str, Any]:
        """The answer to a command."""
        self.say(*words)
        return self.answer()

    def kill(self) -> None:
        """End it as a flat battery does."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def module(name: str, *words: object) -> list[str]:
    """The command of a module beside this one."""
    return [sys.executable, "-m", f"tests.benchmarks.{name}", *map(str, words)]


def await_port(place: Place, port: int) -> None:
    """Until a server takes connections from the laptop's end."""
    asked = [*place.at_laptop, *module("line_probe", "knock", place.host, port)]
    subprocess.run(asked, check=True, cwd=SOURCES)


def script(packages: Path, peer: str, name: str) -> Path:
    """A script of a peer, laid where its packages are found."""
    shutil.copy(PEERS / peer / name, packages / name)
    return packages / name


def peak_mb(pid: int) -> float:
    """Megabytes of memory that a living process has taken at most (VmHWM of proc(5))."""
    return _kilobytes(pid, "status", "VmHWM") / 1024


def peak_with_helpers_mb(pid: int) -> float:
    """With those that it has started; of these what they do not share with others."""
    return peak_mb(pid) + sum(
        peak_mb(child) - _kilobytes(child, "smaps_rollup", "Shared_Clean", "Shared_Dirty") / 1024
        for child in children_of(pid)
    )


def children_of(pid: int) -> list[int]:
    """The processes that its first thread has started and that live."""
    listed = Path("/proc", str(pid), "task", str(pid), "children").read_text()
    return list(map(int, listed.split()))


def _kilobytes(pid: int, file: str, *names: str) -> int:
    said = Path("/proc", str(pid), file).read_text()
    return sum(int(size) for name in names for size in re.findall(rf"{name}:\s+(\d+) kB", said))


def has_proc() -> bool:
    """Whether `peak_mb` works here."""
    return Path("/proc", str(os.getpid()), "status").exists()
