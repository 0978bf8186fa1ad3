"""On a slow line a batch travels in parts over several connections, and nothing else changes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import pytest
from sqlalchemy import text

from sync.client import uplink
from sync.client.errors import CancelledError
from sync.client.session import run
from sync.client.transport import Answer, HttpTransport
from tests.sync.central import COMPANY, Central, sync
from tests.sync.memory_store import MemoryStore

FILES = 30


@pytest.fixture(autouse=True)
def slow_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line counts as slow, and parts are small."""
    monkeypatch.setattr(uplink, "SLOW_BYTES_PER_S", float("inf"))
    monkeypatch.setattr(uplink, "FIRST_BYTES", 1_000)
    monkeypatch.setattr(uplink, "SMALLEST_MEASURED", 100)
    monkeypatch.setattr(uplink, "PART_BYTES", 2_000)


class Watched:
    """A line that remembers what was asked, and does something before each batch but the first."""

    connections = 3

    def __init__(self, http: HttpTransport) -> None:
        self._http = http
        self.asked: list[tuple[str, str]] = []
        self.before_batch = lambda: None

    def request(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        self.asked.append((method, path))
        if path == "/v1/sync" and self.parts:
            self.before_batch()
        return self._http.request(method, path, headers=headers, body=body)

    @property
    def parts(self) -> list[str]:
        return [path for method, path in self.asked if path.startswith("/v1/parts/")]


def _fill(store: MemoryStore) -> None:
    for number in range(FILES):
        company_id = COMPANY[:-2] + f"{number:02d}"
        store.edit(company_id, "company", company_id, "name", secrets.token_hex(300), 1_000)


def _parts_kept(central: Central) -> int:
    with central.database.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM part")).scalar_one())


def test_parts_travel_ahead_and_are_gone_once_the_batch_is_answered(
    central: Central, http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    _fill(first)
    line = Watched(http)

    outcome = sync(first, line)
    sync(second, http)
    second.sort_in(FILES)

    assert len(line.parts) > 3
    assert [path for _, path in line.asked].count("/v1/sync") == 2
    assert outcome.sent == outcome.fresh == FILES
    assert second.state() == first.state()
    assert _parts_kept(central) == 0


def test_a_part_that_the_server_lost_travels_with_the_batch(
    central: Central, http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    _fill(first)
    line = Watched(http)

    def lose_parts() -> None:
        with central.database.writing() as session:
            session.execute(text("DELETE FROM part"))

    line.before_batch = lose_parts
    outcome = sync(first, line)
    sync(second, http)
    second.sort_in(FILES)

    assert outcome.sent == FILES
    assert second.state() == first.state()


def test_a_run_that_was_cancelled_between_parts_goes_on_under_its_id(
    central: Central, http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, _ = pair
    _fill(first)
    line = Watched(http)

    with pytest.raises(CancelledError):
        run(first, line, progress=lambda _: None, cancelled=lambda: len(line.parts) > 1)
    open_batch = first.open_batch()
    assert open_batch is not None
    again = sync(first, line)

    assert first.open_batch() is None
    assert again.sent + len(central.held()) >= FILES
    assert len(central.held()) == FILES
    assert _parts_kept(central) == 0
