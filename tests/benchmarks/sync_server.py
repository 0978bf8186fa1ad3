"""Our own server for the sync benchmark, as a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.server.administration import add_network, enrolment_code
from sync.server.database import open_database
from tests.benchmarks.asked_process import LOOPBACK, SOURCES, Place

NETWORK = "ITAS"


@dataclass(frozen=True)
class OwnServer:
    """codes: for one laptop each."""

    url: str
    pid: int
    codes: tuple[str, ...]


@contextmanager
def own_server(
    folder: Path, place: Place = LOOPBACK, database_url: str = "", laptops: int = 2
) -> Iterator[OwnServer]:
    """Our server over an empty database, SQLite unless another is named."""
    database_url = database_url or f"sqlite:///{folder / 'server.db'}"
    database = open_database(database_url)
    add_network(database, NETWORK)
    codes = tuple(enrolment_code(database, NETWORK).text for _ in range(laptops))
    database.close()
    command = [*place.at_office, sys.executable, "-m", "sync.server", "serve", "--port", "0"]
    where = ["--host", place.host, "--blobs", str(folder / "blobs"), "--database-url", database_url]
    with subprocess.Popen(
        [*command, *where], stdout=subprocess.PIPE, text=True, cwd=SOURCES
    ) as process:
        assert process.stdout is not None
        try:
            yield OwnServer(process.stdout.readline().split()[-1], process.pid, codes)
        finally:
            process.terminate()
