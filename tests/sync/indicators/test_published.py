"""What is published is kept in the database, on both kinds of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server import people
from sync.server.administration import add_network
from sync.server.database import Database, lock_log, open_database
from sync.server.indicators.facts import CellKey
from sync.server.indicators.published import look
from sync.server.models import Network
from tests.sync import postgres
from tests.sync.indicators.figure_bodies import write_figures

ZWICKAU = CellKey("district", "14524")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind with the one network ITAS."""
    if request.param == "sqlite":
        yield from _with_network(f"sqlite:///{tmp_path / 'server.sqlite'}")
        return
    with postgres.database() as address:
        yield from _with_network(address)


def _with_network(url: str) -> Iterator[Database]:
    opened = open_database(url)
    add_network(opened, "ITAS")
    yield opened
    opened.close()


def test_no_change_arrives_while_somebody_looks(database: Database) -> None:
    here = people.network_id_of(database, "ITAS")
    looking = threading.Thread(target=look, args=(database, here))
    with database.writing() as session:
        lock_log(session, here)
        session.get_one(Network, here)
        looking.start()
        looking.join(timeout=1)
        is_waiting = looking.is_alive()
    looking.join()

    assert is_waiting


def test_a_published_number_stays_until_five_more_have_come(database: Database) -> None:
    here = people.network_id_of(database, "ITAS")
    shown = []
    for count in (4, 5, 9, 10):
        write_figures(database, here, count)
        first, second = look(database, here), look(database, here)
        assert first == second
        shown.append((first.cells[ZWICKAU].n, first.as_of[ZWICKAU]) if first.cells else (0, 0))
    assert [n for n, _ in shown] == [0, 5, 5, 10]
    assert shown[1][1] == shown[2][1] <= shown[3][1]
