"""Whoever asks too often is told when to come again, and nobody else suffers for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from litestar.testing import RequestFactory

from sync import wire
from sync.client.enrolment import enrol
from sync.client.transport import Answer, HttpTransport
from sync.server.app import app_over
from sync.server.problems import RefusalError
from sync.server.rates import MOST_BUCKETS, Limit, Limits, Rates
from sync.server.serving import running
from tests.sync.central import Central, sync
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore

THREE = Limit(per_second=0.5, burst=3)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def asked(
    central: Central, rates: Rates, times: int, headers: Mapping[str, str], path: str
) -> list[Answer]:
    line = AppTransport(app_over(central.database, central.folder / "blobs", rates=rates))
    method = "POST" if path == "/v1/devices" else "GET"
    answers = [line.request(method, path, headers=headers) for _ in range(times)]
    line.close()
    return answers


def token_of(central: Central) -> dict[str, str]:
    store = MemoryStore()
    central.enrol(store)
    enrolment = store.enrolment()
    assert enrolment is not None
    return {"Authorization": f"Bearer {enrolment.token}"}


def test_a_bucket_fills_again_with_time() -> None:
    clock = Clock()
    rates = Rates(Limits(sign_in=THREE), clock=clock)
    for _ in range(3):
        rates.take("sign_in", "::1")

    with pytest.raises(RefusalError) as refused:
        rates.take("sign_in", "::1")
    rates.take("sign_in", "::2")
    clock.now = 2
    rates.take("sign_in", "::1")

    assert refused.value.headers == {"Retry-After": "2"}


def test_memory_does_not_grow_with_the_addresses_that_asked() -> None:
    rates = Rates(Limits(sign_in=THREE), clock=Clock())

    for number in range(MOST_BUCKETS + 10):
        rates.take("sign_in", str(number))

    assert len(rates._buckets) <= MOST_BUCKETS


@pytest.mark.parametrize(
    ("limits", "path", "is_known"),
    [
        (Limits(registration=THREE), "/v1/certificates/authority", True),
        (Limits(registration=THREE), "/v1/devices/order", True),
        (Limits(refused=THREE), "/v1/certificates/authority", False),
        (Limits(refused=THREE), "/v1/devices/order", False),
        (Limits(enrolment=THREE), "/v1/devices", False),
    ],
)
def test_the_fourth_request_is_told_when_to_come_again(
    central: Central, limits: Limits, path: str, is_known: bool
) -> None:
    headers = token_of(central) if is_known else {}

    answers = asked(central, Rates(limits, clock=Clock()), 4, headers, path)

    assert [answer.status == 429 for answer in answers] == [False, False, False, True]
    assert answers[3].headers["retry-after"] == "2"
    problem = wire.decode(answers[3].body, dict)
    assert problem["type"] == "urn:advisor:problem:too-many-requests"


def test_one_laptop_does_not_use_up_anothers_requests(central: Central) -> None:
    rates = Rates(Limits(registration=THREE), clock=Clock())
    first, second = token_of(central), token_of(central)
    path = "/v1/devices/order"

    assert asked(central, rates, 4, first, path)[3].status == 429
    assert asked(central, rates, 1, second, path)[0].status == 200


@pytest.mark.parametrize(("behind_proxy", "statuses"), [(False, {429}), (True, {401})])
def test_the_address_that_a_proxy_wrote_is_believed_only_behind_one(
    central: Central, behind_proxy: bool, statuses: set[int]
) -> None:
    rates = Rates(Limits(refused=THREE), behind_proxy=behind_proxy, clock=Clock())
    path = "/v1/devices/order"
    asked(central, rates, 3, {"X-Forwarded-For": "192.0.2.9, 192.0.2.1"}, path)

    answers = asked(central, rates, 1, {"X-Forwarded-For": "192.0.2.1, 192.0.2.2"}, path)

    assert {answer.status for answer in answers} == statuses


def test_a_laptop_waits_as_long_as_it_is_told_and_gets_through(
    central: Central, tmp_path: Path
) -> None:
    clock, pauses = Clock(), list[float]()

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        clock.now += seconds

    rates = Rates(Limits(registration=Limit(per_second=0.25, burst=1)), clock=clock)
    store = MemoryStore()
    with running(app_over(central.database, tmp_path, rates=rates)) as url:
        enrol(store, url, central.code(), "Laptop")
        with HttpTransport(url, pause=pause) as line:
            outcomes = [sync(store, line) for _ in range(2)]

    assert [outcome.requests for outcome in outcomes] == [1, 1]
    assert pauses == [4.0]


@pytest.mark.parametrize(
    ("behind_proxy", "scheme", "forwarded", "is_https"),
    [
        (False, "https", "", True),
        (False, "http", "https", False),
        (True, "http", "https", True),
        (True, "http", "", False),
    ],
)
def test_tls_that_a_proxy_ended_is_believed_only_behind_one(
    behind_proxy: bool, scheme: str, forwarded: str, is_https: bool
) -> None:
    factory = RequestFactory(server="server.example", scheme=scheme)
    request = factory.get(headers={"X-Forwarded-Proto": forwarded})

    assert Rates(behind_proxy=behind_proxy).came_by_https(request) is is_https
