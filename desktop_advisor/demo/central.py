"""A real central server on loopback for as long as the demo lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.server.administration import add_network, enrolment_code
from sync.server.app import app_over
from sync.server.database import Database, open_database
from sync.server.serving import running


@dataclass(frozen=True)
class CentralServer:
    """A running server. url: where it listens."""

    url: str
    database: Database
    network: str

    def one_time_code(self) -> str:
        """A code with which one more laptop can be enrolled."""
        return enrolment_code(self.database, self.network).text


@contextmanager
def central_server(folder: Path, network: str, *, passphrase: str = "") -> Iterator[CentralServer]:
    """A fresh server with one network; it ends with the block.

    passphrase: of the certificate authorities, "" where there are none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = open_database(f"sqlite:///{folder / 'server.db'}")
    try:
        add_network(database, network)
        app = app_over(database, folder / "blobs", passphrase=passphrase, with_console=False)
        with running(app) as url:
            yield CentralServer(url, database, network)
    finally:
        database.close()
