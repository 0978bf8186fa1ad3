"""The network's office in the story: PostgreSQL, `advisor-server` as typed, and the web console."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sync import postgres
from tests.ui.story_console import Console, opened_browser

NETWORK = "ITAS Südwestsachsen"
ADMIN = "Petra Wolf"
PASSPHRASE = "Laterne Brücke 27 Salz"
AUTHORITY = "Birnbaum Kreide 9 Faden"
COMMAND = [sys.executable, "-m", "sync.server"]


class Office:
    """A server that can be stopped, and an administrator at its command line.

    Attributes:
        console: the same administrator before a browser.
        url: where the server answers, the same in each of its lives.
    """

    def __init__(self, folder: Path, database_url: str, console: Console) -> None:
        self._folder = folder
        self.console = console
        self._environment = {
            **os.environ,
            "ADVISOR_DATABASE_URL": database_url,
            "ADVISOR_CA_PASSPHRASE": AUTHORITY,
        }
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def blobs(self) -> Path:
        """Where the attachments lie."""
        return self._folder / "blobs"

    def found(self) -> None:
        """What an administrator types once."""
        self.type("network", "add", NETWORK)
        self.type("authority", "create", "--network", NETWORK)
        self.type("advisor", "add", "--network", NETWORK, "--role", "admin", ADMIN)
        self.type("console-passphrase", "--network", NETWORK, ADMIN, said=PASSPHRASE)

    def type(self, *words: str, said: str = "") -> str:
        """A command, and what it answers."""
        done = subprocess.run(
            [*COMMAND, *words],
            env=self._environment,
            input=f"{said}\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serve(self) -> None:
        """Answer the laptops, at the same port as before."""
        port = self.url.rpartition(":")[2] or "0"
        words = ["serve", "--blobs", str(self.blobs), "--port", port]
        self._process = subprocess.Popen(
            [*COMMAND, *words], env=self._environment, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().split()[-1]
        assert self._process.stdout.readline().endswith("/konsole\n")

    def stop(self) -> None:
        """Nobody answers any more."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.communicate(timeout=30)
            self._process = None

    def back_up(self) -> Path:
        """The nightly backup."""
        folder = self._folder / "backup"
        self.type("backup", "--blobs", str(self.blobs), "--to", str(folder))
        return folder

    def lose_and_restore(self, backup: Path) -> str:
        """The disk with the attachments is gone, the database is yesterday's; what is said."""
        self.stop()
        shutil.rmtree(self.blobs)
        said = self.type("restore", "--blobs", str(self.blobs), "--from", str(backup), "--replace")
        self.serve()
        self.console.sign_in(self.url, NETWORK, ADMIN, PASSPHRASE)
        return said


@contextmanager
def opened_office(folder: Path) -> Iterator[Office]:
    """With a durable PostgreSQL and a browser of its own; all of it ends with the block."""
    assert not postgres.missing(), postgres.missing()
    with postgres.cluster(is_durable=True) as database_url, opened_browser() as console:
        office = Office(folder, database_url, console)
        try:
            office.found()
            office.serve()
            console.sign_in(office.url, NETWORK, ADMIN, PASSPHRASE)
            yield office
        finally:
            office.stop()
