"""A central server for each test, in this process or on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.client.transport import HttpTransport
from sync.server.serving import running
from tests.sync import postgres
from tests.sync.central import Central
from tests.sync.memory_store import MemoryStore


@pytest.fixture
def central() -> Iterator[Central]:
    """A server with the one network ITAS."""
    with Central() as server:
        yield server


@pytest.fixture
def shared() -> Iterator[Central]:
    """A server over PostgreSQL: SQLite has one writer at a time."""
    with postgres.database() as url, Central(database_url=url) as server:
        yield server


@pytest.fixture
def server_url(central: Central) -> Iterator[str]:
    """The same server, answering on loopback."""
    with running(central.app) as url:
        yield url


@pytest.fixture
def http(server_url: str) -> Iterator[HttpTransport]:
    """A real line to it, which does not wait between attempts."""
    with HttpTransport(server_url, pause=lambda _: None) as transport:
        yield transport


@pytest.fixture
def pair(central: Central) -> tuple[MemoryStore, MemoryStore]:
    """Two enrolled laptops of one network."""
    first, second = MemoryStore(), MemoryStore()
    central.enrol(first)
    central.enrol(second)
    return first, second
