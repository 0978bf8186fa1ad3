"""The real client and the real server over a real socket."""

from __future__ import annotations

import random
import time

import msgspec
import pytest

from sync.client.enrolment import enrol
from sync.client.errors import (
    AddressNotSecureError,
    CancelledError,
    CodeNotAcceptedError,
    ForeignServerError,
    NotEnrolledError,
    OfflineError,
    ProtocolTooOldError,
    RevokedError,
    ServerBehindError,
    ServerSaysNoError,
)
from sync.client.outcome import Phase, Progress
from sync.client.session import run
from sync.client.transport import Answer, HttpTransport, checked_url
from sync.protocol import Problem, ProblemType
from sync.server import administration
from sync.server.serving import running
from tests.sync.central import COMPANY, NETWORK, Central, sync
from tests.sync.in_process import FaultyLine, lose_reply
from tests.sync.memory_store import MemoryStore, Upload

NAME = (COMPANY, "company", COMPANY, "name")


def rename(store: MemoryStore, name: str, field: str = "name", now_ms: int = 1_000) -> None:
    """An edit of the company."""
    store.edit(COMPANY, "company", COMPANY, field, name, now_ms)


def random_text(length: int) -> str:
    """Which no compression makes much smaller."""
    return random.Random(length).randbytes(length // 2).hex()


def test_two_laptops_that_edited_offline_converge(
    central: Central, http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")
    rename(second, "Zwickau", "town")

    outcomes = [sync(store, http) for store in (first, second, first)]

    assert first.state() == second.state()
    assert first.shown(NAME) == "Huber"
    assert [(o.sent, o.received) for o in outcomes] == [(1, 0), (1, 1), (0, 1)]
    assert outcomes[2].touched == {COMPANY}


def test_the_same_field_on_both_is_a_conflict_with_both_values_until_it_is_settled(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber", now_ms=2_000)
    rename(second, "Maier", now_ms=3_000)
    for store in (first, second, first):
        sync(store, http)
    for store in pair:
        assert store.conflict(NAME) == ["Huber", "Maier"]
        assert store.shown(NAME) == "Maier"

    rename(first, "Huber", now_ms=4_000)
    for store in (first, second):
        sync(store, http)

    for store in pair:
        assert store.conflict(NAME) == []
        assert store.shown(NAME) == "Huber"


def test_one_request_when_nothing_changed_and_one_for_one_edit(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, _ = pair
    sync(first, http)

    idle = sync(first, http)
    rename(first, "Huber")
    edited = sync(first, http)

    assert (idle.requests, edited.requests) == (1, 1)
    assert idle.bytes_sent + idle.bytes_received < 1_000


def test_many_changes_travel_in_several_bounded_batches(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    for n in range(70):
        rename(first, random_text(200_000 + 2 * n), f"field{n}")

    sent, received = sync(first, http), sync(second, http)

    assert first.state() == second.state()
    assert (sent.sent, received.received) == (70, 70)
    assert sent.requests >= 2
    assert received.requests >= 2


def test_a_lost_reply_is_given_again_word_for_word(
    central: Central, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(second, "Zwickau", "town")
    sync(second, central.transport)
    rename(first, "Huber")
    line = FaultyLine(central.transport)
    line.plan = [lose_reply]
    with pytest.raises(OfflineError):
        sync(first, line)
    assert set(first.uploads.values()) == {Upload.LOCAL}
    (again,) = {call().body for call in line.sent * 2}

    sync(first, central.transport)

    assert msgspec.msgpack.decode(again)["verdicts"][0]["outcome"] == "applied"
    assert set(first.uploads.values()) == {Upload.APPLIED}
    assert len(central.held()) == 2


def test_progress_names_the_phases_in_their_order(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, _ = pair
    first.attach(COMPANY, COMPANY, b"Foto", 1)
    seen: list[Progress] = []

    run(first, http, progress=seen.append, cancelled=lambda: False)

    phases = list(dict.fromkeys(p.phase for p in seen))
    assert phases == [
        *(Phase.HELLO, Phase.CONTENT, Phase.SEND_BLOBS, Phase.SEND, Phase.PULL, Phase.DONE),
    ]
    assert seen[-1].sent == 1


def test_a_cancelled_run_ends_between_requests_and_loses_nothing(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    rename(first, "Huber")

    with pytest.raises(CancelledError):
        run(first, http, progress=lambda _: None, cancelled=lambda: True)
    sync(first, http)
    sync(second, http)

    assert second.shown(NAME) == "Huber"


def test_a_code_works_once_however_it_is_typed(central: Central, server_url: str) -> None:
    code = central.code()
    enrolled = enrol(MemoryStore(), server_url, f" {code.lower()} ", "Laptop")

    with pytest.raises(CodeNotAcceptedError):
        enrol(MemoryStore(), server_url, code, "Laptop")

    assert enrolled.network == NETWORK


def test_a_lost_reply_does_not_use_a_code_up(central: Central) -> None:
    line = FaultyLine(central.transport)
    line.plan = [lambda call: (call(), call())[1]]

    enrolled = enrol(MemoryStore(), "http://127.0.0.1", central.code(), "Laptop", transport=line)

    assert [d.device_id for d in administration.devices(central.database)] == [enrolled.device_id]


def test_an_expired_code_is_answered_like_an_unknown_one(central: Central) -> None:
    expired = administration.enrolment_code(central.database, NETWORK, valid_hours=1e-9).text
    time_passes = time.monotonic() + 0.005
    while time.monotonic() < time_passes:
        pass
    answers = [
        central.transport.request(
            "POST",
            "/v1/devices",
            headers={},
            body=msgspec.json.encode(
                {"protocol": 1, "code": code, "device_name": "x", "token": "t" * 43}
            ),
        )
        for code in (expired, "0000-0000-0000-0000")
    ]

    assert answers[0].status == 403
    assert answers[0].body == answers[1].body


def test_a_revoked_laptop_and_its_clones_are_shut_out(
    central: Central, http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    clone = first.copy()
    rename(first, "Huber")
    sync(first, http)
    assert sync(clone, http).device_was_restored
    enrolment = first.enrolment()
    assert enrolment is not None

    administration.revoke(central.database, enrolment.device_id)

    for store in (first, clone):
        with pytest.raises(RevokedError):
            sync(store, http)
    assert sync(second, http).received == 1


def test_a_laptop_without_a_server_says_so(http: HttpTransport) -> None:
    with pytest.raises(NotEnrolledError):
        sync(MemoryStore(), http)


def test_another_or_an_empty_server_means_stop_and_delete_nothing(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, _ = pair
    rename(first, "Huber")
    sync(first, http)
    rename(first, "Huber SE")
    before = (dict(first.log), dict(first.uploads))

    with Central() as other, running(other.app) as url, HttpTransport(url) as elsewhere:
        with pytest.raises(ForeignServerError):
            sync(first, elsewhere)
        assert other.held() == set()

    assert before[0] == first.log
    assert first.shown(NAME) == "Huber SE"


def test_a_restored_server_gets_back_what_it_lost(
    central: Central, http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    empty = central.copy()
    rename(first, "Huber")
    first.attach(COMPANY, COMPANY, b"Foto", 1)
    sync(first, http)
    central.put_back(empty)
    administration.restored(central.database)

    outcome = sync(first, http)
    sync(second, http)

    assert outcome.server_was_restored
    assert first.state() == second.state()
    assert second.blobs == first.blobs


def test_a_server_restored_without_a_word_is_noticed(
    central: Central, http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, second = pair
    empty = central.copy()
    rename(first, "Huber")
    sync(first, http)
    sync(second, http)
    central.put_back(empty)

    with pytest.raises(ServerBehindError):
        sync(second, http)


def test_a_restored_laptop_is_registered_anew_and_gets_its_own_edits_back(
    http: HttpTransport, pair: tuple[MemoryStore, MemoryStore]
) -> None:
    first, _ = pair
    image = first.copy()
    rename(first, "Huber")
    sync(first, http)

    outcome = sync(image, http)

    assert outcome.device_was_restored
    assert image.state() == first.state()
    assert image.enrolment() != first.enrolment()


class OneAnswer:
    """A line on which everything is answered alike."""

    def __init__(self, status: int, content_type: str, body: bytes) -> None:
        self._answer = Answer(status=status, headers={"content-type": content_type}, body=body)

    def request(self, method: str, path: str, *, headers: object, body: bytes = b"") -> Answer:
        return self._answer


@pytest.mark.parametrize(
    ("status", "content_type", "body"),
    [
        (200, "text/html", b"<html>Willkommen im Hotel</html>"),
        (200, "application/json", b"{}"),
        (302, "text/html", b""),
        (413, "application/problem+json", b'{"type":"x","title":"","status":413}'),
        (500, "application/problem+json", b"not even json"),
        (503, "text/plain", b""),
    ],
)
def test_an_answer_that_is_none_means_try_again_and_blames_no_record(
    pair: tuple[MemoryStore, MemoryStore], status: int, content_type: str, body: bytes
) -> None:
    first, _ = pair
    rename(first, "Huber")

    with pytest.raises(ServerSaysNoError):
        sync(first, OneAnswer(status, content_type, body))

    assert set(first.uploads.values()) == {Upload.LOCAL}


def test_a_server_that_speaks_another_protocol_asks_for_an_update(
    pair: tuple[MemoryStore, MemoryStore],
) -> None:
    problem = Problem(type=ProblemType.PROTOCOL_NOT_SPOKEN, title="", status=400)
    line = OneAnswer(400, "application/problem+json", msgspec.json.encode(problem))

    with pytest.raises(ProtocolTooOldError):
        sync(pair[0], line)


def test_no_server_at_the_address_is_offline(pair: tuple[MemoryStore, MemoryStore]) -> None:
    with Central() as gone, running(gone.app) as url:
        pass
    pauses: list[float] = []

    with HttpTransport(url, pause=pauses.append) as line, pytest.raises(OfflineError):
        sync(pair[0], line)

    assert len(pauses) == 3
    assert sum(pauses) < 5


@pytest.mark.parametrize(
    "url",
    [
        *("http://server.example", "http://127.0.0.1.example", "ftp://127.0.0.1", "server.example"),
        *("https://user:secret@server.example", "https://server.example?a=b", ""),
    ],
)
def test_a_token_never_travels_unencrypted(url: str) -> None:
    with pytest.raises(AddressNotSecureError):
        checked_url(url)


@pytest.mark.parametrize(
    "url",
    ["https://server.example/", "http://127.0.0.1:8750", "http://[::1]:1", "http://localhost"],
)
def test_secure_addresses_are_taken(url: str) -> None:
    assert checked_url(f" {url} ") == url.rstrip("/")
