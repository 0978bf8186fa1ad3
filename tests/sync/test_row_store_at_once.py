"""Two requests of one laptop finish one attachment at the same time, in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.blob_stores.rows import RowStore
from sync.server.database import Database, open_database

CONTENT = b"Foto" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
UPLOAD = f"0190d000-0000-7000-8000-000000000001-{SHA256}"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    yield opened
    opened.close()


class CrossedStore(RowStore):
    """A store in which, once the bytes were looked at, another request brings others instead."""

    is_crossed = False

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes; behind them comes the other request."""
        yield from super().read(sha256, start, end)
        if not self.is_crossed:
            self.is_crossed = True
            self.finish(UPLOAD, SHA256, 1)
            self.append(UPLOAD, 0, b"X" * len(CONTENT))


def test_the_bytes_that_were_looked_at_are_those_under_the_hash(database: Database) -> None:
    store = CrossedStore(database)
    store.append(UPLOAD, 0, CONTENT)

    assert store.finish(UPLOAD, SHA256, len(CONTENT))

    assert store.is_crossed
    assert b"".join(store.read(SHA256, 0, len(CONTENT))) == CONTENT
    assert not store.finish(UPLOAD, SHA256, len(CONTENT))
    assert b"".join(store.read(SHA256, 0, len(CONTENT))) == CONTENT
