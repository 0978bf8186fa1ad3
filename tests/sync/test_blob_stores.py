"""Every place for attachment bytes keeps the same promises: a folder, the database, a bucket."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.server.blob_stores.opening import open_store
from sync.server.blob_stores.store import BlobStore, BlobStoreError, put_whole
from sync.server.database import Database, now_ms, open_database

CONTENT = bytes(range(256)) * 5000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
EMPTY = hashlib.sha256(b"").hexdigest()
UPLOAD = f"0190d000-0000-7000-8000-000000000001-{SHA256}"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The endpoint of a real S3-speaking server on loopback, with a bucket `anlagen`."""
    pytest.importorskip("obstore", reason="obstore is not installed (extra s3)")
    server = pytest.importorskip("moto.server", reason="moto is not installed (extra dev)")
    import urllib.request

    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    endpoint = "http://{}:{}".format(*running.get_host_and_port())
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/anlagen", method="PUT")).close()
    yield endpoint
    running.stop()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = open_database(f"sqlite:///{tmp_path / 'server.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(params=["folder", "database", "s3"])
def store(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> BlobStore:
    """An empty store of each kind."""
    address: Any = {"folder": tmp_path / "blobs", "database": "database:"}.get(request.param)
    if address is None:
        endpoint = request.getfixturevalue("s3")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "advisor")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nicht geheim")
        address = f"s3://anlagen/{tmp_path.name}?endpoint={endpoint}&region=eu-central-1"
    return open_store(address, database)


def has(store: BlobStore, database: Database, sha256: str = SHA256) -> bool:
    """Whether the whole is there."""
    with database.reading() as session:
        return store.has(session, sha256)


def whole(store: BlobStore, sha256: str = SHA256) -> bytes:
    """All bytes under a hash."""
    return b"".join(store.read(sha256, 0, len(CONTENT)))


def test_an_upload_grows_at_its_end_and_is_put_under_its_hash(
    store: BlobStore, database: Database
) -> None:
    assert store.received(UPLOAD) == 0
    assert store.append(UPLOAD, 0, CONTENT[:700_000]) == 700_000
    assert store.append(UPLOAD, 900_000, CONTENT[900_000:]) == 700_000
    assert store.received(UPLOAD) == 700_000
    assert not has(store, database)

    assert store.append(UPLOAD, 600_000, CONTENT[600_000:]) == len(CONTENT)
    assert store.append(UPLOAD, 0, CONTENT[:10]) == len(CONTENT)
    assert store.finish(UPLOAD, SHA256, len(CONTENT))

    assert has(store, database)
    assert whole(store) == CONTENT
    assert list(store.stored()) == [SHA256]
    assert store.received(UPLOAD) == 0


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (5, 5), (1_048_570, 1_048_590), (1_279_999, 1_280_000)]
)
def test_any_part_is_read(store: BlobStore, start: int, end: int) -> None:
    assert put_whole(store, UPLOAD, SHA256, [CONTENT[:800_000], CONTENT[800_000:]])

    assert b"".join(store.read(SHA256, start, end)) == CONTENT[start:end]


@pytest.mark.parametrize("total", [len(CONTENT), len(CONTENT) + 1])
def test_bytes_with_another_hash_or_length_are_let_go_of(
    store: BlobStore, database: Database, total: int
) -> None:
    store.append(UPLOAD, 0, CONTENT[:-1] + b"x")

    assert not store.finish(UPLOAD, SHA256, total)

    assert store.received(UPLOAD) == 0
    assert not has(store, database)
    assert list(store.stored()) == []
    assert whole(store) == b""


def test_an_empty_attachment_and_one_that_is_sent_again_are_taken(
    store: BlobStore, database: Database
) -> None:
    assert put_whole(store, f"a-{EMPTY}", EMPTY, [])
    for _ in range(2):
        assert put_whole(store, UPLOAD, SHA256, [CONTENT])

    assert has(store, database, EMPTY)
    assert whole(store) == CONTENT
    assert store.finish(UPLOAD, SHA256, len(CONTENT))  # the last piece arrives a second time


def test_old_uploads_and_single_attachments_are_let_go_of(
    store: BlobStore, database: Database
) -> None:
    store.append(UPLOAD, 0, CONTENT[:10])
    put_whole(store, f"a-{SHA256}", SHA256, [CONTENT])

    assert store.drop_uploads(now_ms() - 60_000) == 0
    assert store.received(UPLOAD) == 10
    assert store.drop_uploads(now_ms() + 60_000) == 1
    assert store.received(UPLOAD) == 0
    assert has(store, database)
    for _ in range(2):
        with database.writing() as session:
            store.remove(session, SHA256)
    assert not has(store, database)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://files.example/x",
        "s3://?endpoint=https://s3.example",
        "s3://key@bucket/x",
        "s3://bucket/x?endpoint=http://s3.example",
        "s3://bucket/x?secret=abc",
    ],
)
def test_an_address_that_is_not_safe_is_refused(address: str, database: Database) -> None:
    if address.startswith("s3"):
        pytest.importorskip("obstore", reason="obstore is not installed (extra s3)")
    with pytest.raises(BlobStoreError):
        open_store(address, database)
