"""What the server says of a path: its methods, who may ask, and what is too much."""

from __future__ import annotations

import msgspec
import pytest

from tests.sync.central import Central

BLOB = f"/v1/blobs/0190a000-0000-7000-8000-000000000001/{'0' * 64}"


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        (BLOB, "GET, HEAD, OPTIONS, PUT"),
        ("/v1/devices/order", "GET, OPTIONS, POST"),
        ("/v1/health", "GET, OPTIONS"),
    ],
)
def test_options_names_every_method_of_a_path(central: Central, path: str, methods: str) -> None:
    answer = central.transport.request("OPTIONS", path, headers={})

    assert answer.status == 204
    assert answer.headers["allow"] == methods


def test_an_erasure_is_reported_by_known_laptops_only_whatever_the_body_says(
    central: Central,
) -> None:
    answer = central.transport.request("POST", "/v1/devices/order", headers={}, body=b"{")

    assert answer.status == 401


def test_a_token_that_is_somebodys_already_is_a_conflict(central: Central) -> None:
    statuses = []
    for _ in range(2):
        body = {"protocol": 1, "code": central.code(), "device_name": "L", "token": "x" * 43}
        answer = central.transport.request(
            "POST", "/v1/devices", headers={}, body=msgspec.json.encode(body)
        )
        statuses.append(answer.status)

    assert statuses == [201, 409]
