"""Attachments go up and down in pieces, once, and only for who works with their company file."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import select

from sync.client.enrolment import enrol
from sync.client.errors import OfflineError
from sync.client.port import Enrolment
from sync.client.transport import Answer, HttpTransport
from sync.protocol import MAX_BLOB_BYTES, MAX_CHUNK_BYTES
from sync.server import administration, people
from sync.server.blob_stores.opening import open_store
from sync.server.blobs import UPLOAD_KEPT_MS, BlobShelf, Swept, forget_companies
from sync.server.database import now_ms
from sync.server.models import Network
from tests.sync.central import COMPANY, Central, sync
from tests.sync.in_process import FaultyLine, deliver, lose_reply, lose_request
from tests.sync.memory_store import MemoryStore

CONTENT = bytes(range(256)) * 40
SHA256 = hashlib.sha256(CONTENT).hexdigest()
UNKNOWN = "0" * 64


class Caller:
    """A laptop that asks for attachments by hand."""

    def __init__(self, central: Central, network: str = "ITAS", team: str = "") -> None:
        store = MemoryStore()
        if team:
            code = administration.enrolment_code(
                central.database, network, person=f"Person {team}", team=team
            )
            enrol(store, "http://127.0.0.1", code.text, "Laptop", transport=central.transport)
        else:
            central.enrol(store, network)
        enrolment = store.enrolment()
        assert isinstance(enrolment, Enrolment)
        self._token = enrolment.token
        self._central = central

    def ask(
        self,
        method: str,
        sha256: str = SHA256,
        body: bytes = b"",
        *,
        company: str = COMPANY,
        **more: str,
    ) -> Answer:
        """The raw answer; underscores in header names stand for hyphens."""
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        headers["Authorization"] = f"Bearer {self._token}"
        return self._central.transport.request(
            method, f"/v1/blobs/{company}/{sha256}", headers=headers, body=body
        )


@pytest.fixture
def caller(central: Central) -> Caller:
    """A laptop of the network."""
    return Caller(central)


def test_an_upload_goes_on_where_it_was_cut(caller: Caller) -> None:
    total = len(CONTENT)
    first = caller.ask("PUT", body=CONTENT[:4000], Content_Range=f"bytes 0-3999/{total}")
    assert (first.status, first.headers["upload-offset"]) == (202, "4000")
    asked = caller.ask("HEAD")
    assert (asked.status, asked.headers["upload-offset"]) == (404, "4000")
    assert caller.ask("GET").status == 404

    rest = f"bytes 4000-{total - 1}/{total}"
    assert caller.ask("PUT", body=CONTENT[4000:], Content_Range=rest).status == 201

    assert caller.ask("HEAD").headers["upload-length"] == str(total)
    assert caller.ask("GET").body == CONTENT


def test_a_piece_that_comes_twice_does_no_harm(caller: Caller) -> None:
    total = len(CONTENT)
    for _ in range(2):
        caller.ask("PUT", body=CONTENT[:4000], Content_Range=f"bytes 0-3999/{total}")
    for _ in range(2):
        rest = f"bytes 4000-{total - 1}/{total}"
        assert caller.ask("PUT", body=CONTENT[4000:], Content_Range=rest).status == 201

    assert caller.ask("GET").body == CONTENT


def test_a_piece_beyond_what_is_here_is_told_where_to_go_on(caller: Caller) -> None:
    answer = caller.ask("PUT", body=CONTENT[4000:], Content_Range="bytes 4000-10239/10240")

    assert (answer.status, answer.headers["upload-offset"]) == (409, "0")


def test_bytes_with_another_hash_never_count(caller: Caller) -> None:
    assert caller.ask("PUT", UNKNOWN, CONTENT).status == 422

    assert caller.ask("HEAD", UNKNOWN).headers["upload-offset"] == "0"
    assert caller.ask("GET", UNKNOWN).status == 404


@pytest.mark.parametrize(
    ("wanted", "status", "body"),
    [
        ("bytes=0-9", 206, CONTENT[:10]),
        ("bytes=10000-", 206, CONTENT[10000:]),
        ("bytes=10000-99999", 206, CONTENT[10000:]),
        ("bytes=10240-", 416, None),
        ("bytes=9-3", 416, None),
        ("lines=1-2", 416, None),
    ],
)
def test_a_part_is_read_by_range(
    caller: Caller, wanted: str, status: int, body: bytes | None
) -> None:
    caller.ask("PUT", body=CONTENT)

    answer = caller.ask("GET", Range=wanted)

    assert answer.status == status
    assert body is None or answer.body == body


@pytest.mark.parametrize(
    ("content_range", "status"),
    [
        ("bytes 0-1/10240", 422),
        ("bytes 5-10244/10240", 422),
        ("bytes */10240", 400),
        ("words 0-10239/10240", 400),
        ("x", 400),
    ],
)
def test_a_content_range_that_does_not_fit_its_body_is_refused(
    caller: Caller, content_range: str, status: int
) -> None:
    assert caller.ask("PUT", body=CONTENT, Content_Range=content_range).status == status


def test_too_large_an_attachment_is_refused_at_its_first_piece(caller: Caller) -> None:
    content_range = f"bytes 0-9/{MAX_BLOB_BYTES + 1}"

    assert caller.ask("PUT", body=CONTENT[:10], Content_Range=content_range).status == 413


@pytest.mark.parametrize("sha256", ["x", "..%2F..%2Fserver.sqlite", "A" * 64, "0" * 65])
def test_a_name_that_is_no_hash_is_unknown(caller: Caller, sha256: str) -> None:
    for method in ("GET", "HEAD", "PUT"):
        assert caller.ask(method, sha256, CONTENT if method == "PUT" else b"").status == 404


def test_another_network_cannot_tell_an_attachment_from_one_that_does_not_exist(
    central: Central, caller: Caller
) -> None:
    administration.add_network(central.database, "MoLeWa")
    stranger = Caller(central, "MoLeWa")
    caller.ask("PUT", body=CONTENT)

    for method in ("GET", "HEAD"):
        theirs, none = stranger.ask(method), stranger.ask(method, UNKNOWN)
        assert (theirs.status, theirs.headers, theirs.body) == (404, none.headers, none.body)

    half = stranger.ask("PUT", body=CONTENT[:4000], Content_Range="bytes 0-3999/10240")
    assert half.status == 202
    assert stranger.ask("PUT", body=CONTENT).status == 201
    assert stranger.ask("GET").body == CONTENT


def test_an_interrupted_run_sends_no_piece_twice(central: Central) -> None:
    first, second = MemoryStore(), MemoryStore()
    central.enrol(first)
    central.enrol(second)
    content = bytes(3 * MAX_CHUNK_BYTES + 5)
    first.attach(COMPANY, COMPANY, content, 1)
    line = FaultyLine(central.transport)
    line.plan = [*[deliver] * 4, lose_request]
    with pytest.raises(OfflineError):
        sync(first, line)
    line.plan = [*[deliver] * 3, lose_reply]
    with pytest.raises(OfflineError):
        sync(first, line)

    outcome = sync(first, line)
    sync(second, line)

    assert outcome.bytes_sent < MAX_CHUNK_BYTES
    assert second.blobs == first.blobs


def test_an_attachment_damaged_on_the_laptop_stops_no_other(
    central: Central, http: HttpTransport
) -> None:
    first, second = MemoryStore(), MemoryStore()
    central.enrol(first)
    central.enrol(second)
    damaged = first.attach(COMPANY, COMPANY, b"Foto", 1)
    whole = first.attach(COMPANY, COMPANY.replace("1", "2"), CONTENT, 2)
    first.blobs[damaged] = b"Fot0"

    sent, received = sync(first, http), sync(second, http)

    assert (sent.blobs_sent, sent.blobs_refused) == (1, 1)
    assert (received.blobs_received, received.blobs_missing) == (1, 1)
    assert second.blobs == {whole: CONTENT}


def test_another_team_gets_and_learns_nothing_of_a_file_and_must_bring_all_bytes(
    central: Central, caller: Caller
) -> None:
    people.add_team(
        central.database, people.network_id_of(central.database, "ITAS"), "Zweites Team", "Test"
    )
    stranger = Caller(central, team="Zweites Team")
    own = COMPANY.replace("1", "7")
    assert caller.ask("PUT", body=CONTENT).status == 201

    for method in ("GET", "HEAD"):
        theirs, none = stranger.ask(method), stranger.ask(method, UNKNOWN, company=own)
        assert (theirs.status, theirs.headers, theirs.body) == (404, none.headers, none.body)
    assert stranger.ask("PUT", body=CONTENT[:9], Content_Range="bytes 0-8/10").status == 202
    assert stranger.ask("PUT", body=CONTENT).status == 201
    assert stranger.ask("GET").body == stranger.ask("GET", UNKNOWN).body

    assert stranger.ask("GET", company=own).status == 404
    assert stranger.ask("PUT", body=CONTENT, company=own).status == 201
    assert stranger.ask("GET", company=own).body == CONTENT
    assert caller.ask("GET", company=own).status == 404


def test_a_sweep_takes_what_no_file_has_and_leaves_the_rest(
    central: Central, caller: Caller
) -> None:
    store = open_store(central.folder / "blobs", central.database)
    shelf = BlobShelf(central.database, store)
    for company in (COMPANY, COMPANY.replace("1", "2")):
        assert caller.ask("PUT", body=CONTENT, company=company).status == 201
    caller.ask("PUT", UNKNOWN, body=CONTENT[:9], Content_Range="bytes 0-8/10")

    def forget(company: str) -> Swept:
        with central.database.writing() as session:
            network_id = session.scalars(select(Network.id)).one()
            forget_companies(session, network_id, [company])
        return shelf.sweep()

    assert forget(COMPANY) == Swept(0, 0)
    assert caller.ask("GET").status == 404
    assert caller.ask("GET", company=COMPANY.replace("1", "2")).body == CONTENT
    assert forget(COMPANY.replace("1", "2")) == Swept(0, 1)
    assert list(store.stored()) == []

    assert caller.ask("HEAD", UNKNOWN).headers["upload-offset"] == "9"
    assert shelf.sweep(now_ms() + UPLOAD_KEPT_MS + 60_000) == Swept(1, 0)
    assert caller.ask("HEAD", UNKNOWN).headers["upload-offset"] == "0"
