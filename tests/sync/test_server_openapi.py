"""The generated OpenAPI document says what the server really takes and gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sync.client.transport import HttpTransport
from sync.protocol import Problem, SyncReply, SyncRequest
from tests.sync.central import Central


@pytest.fixture
def document(http: HttpTransport) -> Any:
    """The document as the server gives it."""
    return json.loads(http.request("GET", "/schema/openapi.json", headers={}).body)


def references(node: Any) -> Iterator[str]:
    """All $ref below a node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_operation_is_listed(document: Any, central: Central) -> None:
    listed = {(path, verb) for path, item in document["paths"].items() for verb in item}

    assert listed == {
        ("/v1/health", "get"),
        ("/v1/devices", "post"),
        ("/v1/devices/renewal", "post"),
        *(("/v1/devices/order", verb) for verb in ("get", "post")),
        ("/v1/certificates", "post"),
        ("/v1/certificates/authority", "get"),
        ("/v1/content", "get"),
        ("/v1/sync", "post"),
        ("/v1/parts/{sha256}", "put"),
        *(("/v1/blobs/{company_id}/{sha256}", verb) for verb in ("get", "head", "put")),
    }


def test_every_reference_leads_somewhere(document: Any) -> None:
    schemas = document["components"]["schemas"]

    assert set(references(document)) <= {f"#/components/schemas/{name}" for name in schemas}


@pytest.mark.parametrize(
    ("path", "request_type", "status", "reply_type"),
    [
        ("/v1/sync", "SyncRequest", "200", "SyncReply"),
        ("/v1/devices", "EnrolRequest", "201", "DeviceRegistration"),
        ("/v1/devices/renewal", "RenewRequest", "201", "DeviceRegistration"),
        ("/v1/certificates", "CertificateRequest", "201", "CertificateReply"),
    ],
)
def test_bodies_are_typed(
    document: Any, path: str, request_type: str, status: str, reply_type: str
) -> None:
    operation = document["paths"][path]["post"]

    for body, name in (
        (operation["requestBody"], request_type),
        (operation["responses"][status], reply_type),
    ):
        schema = body["content"]["application/json"]["schema"]
        assert schema == {"$ref": f"#/components/schemas/{name}"}


def test_schemas_are_those_of_the_messages_with_their_limits(document: Any) -> None:
    schemas = document["components"]["schemas"]

    for message in (SyncRequest, SyncReply, Problem):
        assert set(schemas[message.__name__]["properties"]) == set(message.__struct_fields__)
    assert schemas["Change"]["properties"]["writer"]["pattern"] == r"^[0-9a-f]{32}(?!\n)$"
    assert schemas["Change"]["properties"]["n"]["minimum"] == 1


def test_refusals_are_problem_documents(document: Any) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                if status >= "400" and "content" in answer:
                    assert list(answer["content"]) == ["application/problem+json"]


def test_operations_that_need_a_token_say_so(document: Any) -> None:
    without = {
        path
        for path, item in document["paths"].items()
        for operation in item.values()
        if not operation.get("security")
    }

    assert without == {"/v1/health", "/v1/devices"}


@pytest.mark.parametrize(("method", "path"), [("GET", "/nope"), ("PUT", "/v1/health")])
def test_what_does_not_exist_is_answered_by_a_problem_document(
    http: HttpTransport, method: str, path: str
) -> None:
    answer = http.request(method, path, headers={})

    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == answer.status
