"""The server does what its OpenAPI document says: a small, repeatable share of `make fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("schemathesis", reason="schemathesis is not installed (extra dev)")

from tests.sync.fuzz_openapi import fuzz, target

SEED = 20261123


def test_no_request_that_the_document_leads_to_contradicts_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with target(f"sqlite:///{tmp_path / 'server.sqlite'}", tmp_path) as aim:
        found = fuzz(aim, seed=SEED, cases=6, phases=("examples", "coverage"), without="/v1/sync")
        synced = fuzz(aim, seed=SEED, cases=5, phases=("fuzzing",))
    caplog.clear()  # uvicorn's own of what is no HTTP at all

    assert not found.problems + synced.problems
    reached = found.answers + synced.answers
    for operation, status in (
        ("POST /v1/sync", 200),
        ("POST /v1/devices", 201),
        ("POST /v1/certificates", 201),
        ("POST /v1/devices/order", 204),
        ("PUT /v1/parts/{sha256}", 204),
        ("PUT /v1/blobs/{company_id}/{sha256}", 201),
        ("GET /v1/blobs/{company_id}/{sha256}", 200),
    ):
        assert reached[operation, status], f"{operation} never came to {status}"


def test_the_console_is_not_in_the_document(tmp_path: Path) -> None:
    with target(f"sqlite:///{tmp_path / 'server.sqlite'}", tmp_path) as aim:
        assert any(route.path.startswith("/konsole") for route in aim.app.routes)
        assert all(path.startswith("/v1/") for path in aim.app.openapi_schema.paths or {})
