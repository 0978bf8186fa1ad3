"""A real central server on loopback, in a process of its own, for as long as the demo lasts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass(frozen=True)
class CentralServer:
    """A running server. url: where it listens."""

    url: str
    database_url: str
    network: str

    def one_time_code(self) -> str:
        """A code with which one more laptop can be enrolled."""
        said = _run("enrol", "--network", self.network, "--database-url", self.database_url)
        return said.splitlines()[0].strip()


@contextmanager
def central_server(folder: Path, network: str) -> Iterator[CentralServer]:
    """A fresh server with one network; it ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    database_url = f"sqlite:///{folder / 'server.db'}"
    _run("network", "add", network, "--database-url", database_url)
    process = subprocess.Popen(
        _command("serve", "--database-url", database_url, "--blobs", str(folder), "--port", "0"),
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(),
    )
    try:
        yield CentralServer(_address(process), database_url, network)
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


def _address(process: subprocess.Popen[str]) -> str:
    """The address the server prints once it listens."""
    for line in process.stdout or ():
        found = _ADDRESS.search(line)
        if found:
            return found.group()
    raise RuntimeError(f"the server ended with code {process.wait()} before it listened")


def _run(*words: str) -> str:
    done = subprocess.run(
        _command(*words), check=True, capture_output=True, text=True, env=_environment()
    )
    return done.stdout


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "sync.server", *words]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}
