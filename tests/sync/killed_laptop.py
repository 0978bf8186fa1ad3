"""A laptop that is killed: works, says what is committed, and syncs, each round in a forked child.

Started by killed_line.py. A line on stdin is a round: `FOLDER COMPANY AUTHOR EDITS URL`. Forked,
because starting Python anew for each of hundreds of rounds would take most of the time.
"""

from __future__ import annotations

import hashlib
import os
import sys
import uuid
from pathlib import Path

from sqlalchemy import func, select

from desktop_advisor.domain.clock import system_clock
from desktop_advisor.storage.log_tables import LOG
from desktop_advisor.storage.models import Attachment, Company
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges
from sync.client import uplink
from sync.client.errors import SyncError
from sync.client.session import run
from sync.client.transport import HttpTransport

PASSPHRASE = "Grüße aus Zwickau"
ATTACHMENT_BYTES = 60_000
IN_PARTS = "Jens"
"""Whose batches go up in parts, however small they are."""


def say(*words: object) -> None:
    """One line that the parent reads even if we are killed right after."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def play(folder: Path, company: uuid.UUID, author: str, edits: int, url: str) -> None:
    """One round: a few edits and attachments, then a sync; what it brought is sorted in."""
    store = Store.open(folder, PASSPHRASE, clock=system_clock)
    for number in range(edits):
        edit(store, company, author, with_photo=number % 2 == 1)
        say("saved", store.change_log.writer.hex(), last_n(store))
    try:
        changes = StoreChanges(store)
        changes.prepare()
        with HttpTransport(url, pause=lambda _: None) as transport:
            run(changes, transport, progress=lambda _: None, cancelled=lambda: False)
        say("synced", "-")
        while changes.sort_in():
            pass
    except SyncError as error:
        say("failed", error.kind)
    store.close()


def edit(store: Store, company: uuid.UUID, author: str, *, with_photo: bool) -> None:
    """The company gets another town, and perhaps a photo: without one a frame may wait."""
    photo = os.urandom(ATTACHMENT_BYTES)
    sha256 = hashlib.sha256(photo).hexdigest()
    with store.edit(author) as session:
        row = session.get(Company, company)
        if row is None:
            row = Company(id=company, company_id=company, name="Huber Zerspanung")
            session.add(row)
        row.town = sha256[:12]
        if with_photo:
            store.files.add(photo)
            session.add(
                Attachment(id=uuid.uuid4(), company_id=company, sha256=sha256, size=len(photo))
            )


def last_n(store: Store) -> int:
    """The number of the last change that this opening of the store wrote."""
    with store.read() as session:
        of_writer = LOG.c.writer == store.change_log.writer
        return session.execute(select(func.max(LOG.c.n)).where(of_writer)).scalar() or 0


def main() -> None:
    """Round after round, each in a child that may be killed."""
    for line in sys.stdin:
        folder, company, author, edits, url = line.split()
        pid = os.fork()
        if pid == 0:
            if author == IN_PARTS:
                uplink.PART_BYTES = 1
            play(Path(folder), uuid.UUID(company), author, int(edits), url)
            os._exit(0)
        say("started", pid)
        os.waitpid(pid, 0)
        say("ended", pid)


if __name__ == "__main__":
    main()
