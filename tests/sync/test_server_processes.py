"""Several server processes behind one port lose nothing, whichever of them answers."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from sync.client.enrolment import enrol
from sync.client.transport import HttpTransport
from sync.server import administration
from sync.server.app import app_over
from sync.server.database import Database, open_database
from sync.server.rates import Rates, unlimited
from sync.server.serving import bound_socket
from tests.sync import postgres
from tests.sync.central import COMPANY, NETWORK, sync_whole
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore

LAPTOPS = 20
ROUNDS = 2


@contextmanager
def two_processes(database_url: str) -> Iterator[str]:
    """The address at which they answer."""
    command = ["serve", "--blobs", "database:", "--port", "0", "--processes", "2"]
    with subprocess.Popen(
        [sys.executable, "-m", "sync.server", *command],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "ADVISOR_DATABASE_URL": database_url},
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0


@pytest.fixture
def database() -> Iterator[Database]:
    """A database that several processes can write to at once."""
    with postgres.database() as address:
        opened = open_database(address)
        administration.add_network(opened, NETWORK)
        yield opened
        opened.close()


def enrolled(database: Database) -> list[MemoryStore]:
    """Laptops of the network, as many as sync at once."""
    transport = AppTransport(app_over(database, "database:", rates=Rates(unlimited())))
    stores = [MemoryStore() for _ in range(LAPTOPS)]
    for store in stores:
        code = administration.enrolment_code(database, NETWORK).text
        enrol(store, "http://127.0.0.1", code, "Laptop", transport=transport)
    transport.close()
    return stores


def test_twenty_laptops_at_once_lose_nothing(database: Database) -> None:
    stores = enrolled(database)
    failures: list[BaseException] = []

    def work(server: str, n: int) -> None:
        try:
            with HttpTransport(server, pause=lambda _: None) as line:
                for step in range(ROUNDS):
                    stores[n].edit(COMPANY, "company", COMPANY, f"field{n}", step, step + 1)
                    if step == n % 4 == 0:
                        photo = f"{COMPANY[:-2]}{n:02x}"
                        stores[n].attach(COMPANY, photo, f"Foto {n}".encode() * 1000, 1)
                    sync_whole(stores[n], line)
        except BaseException as error:  # noqa: BLE001 shown by the test
            failures.append(error)

    url = database.engine.url.render_as_string(hide_password=False)
    with two_processes(url) as server:
        threads = [threading.Thread(target=work, args=(server, n)) for n in range(LAPTOPS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with HttpTransport(server) as line:
            for store in stores:
                sync_whole(store, line)

    assert failures == []
    assert {len(store.log) for store in stores} == {LAPTOPS * ROUNDS + LAPTOPS // 4}
    assert {len(store.blobs) for store in stores} == {LAPTOPS // 4}
    assert all(store.state() == stores[0].state() for store in stores)
    with database.reading() as session:
        places = session.execute(text("SELECT seq FROM log_entry ORDER BY seq")).scalars().all()
    assert places == list(range(1, len(places) + 1))


def test_the_last_bytes_of_an_answer_wait_for_no_acknowledgement() -> None:
    """Nagle's algorithm (RFC 896) would hold them back for 40 ms of each request."""
    with (
        contextlib.closing(bound_socket("127.0.0.1", 0)) as listening,
        socket.create_connection(listening.getsockname()),
    ):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
