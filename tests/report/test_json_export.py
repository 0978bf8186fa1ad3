"""The report as JSON, checked against its published schema by an independent validator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from desktop_advisor.report.exports.json_file import (
    SCHEMA_FILE,
    SCHEMA_ID,
    json_file,
    schema_text,
)
from desktop_advisor.report.frozen import content_hash, from_json
from desktop_advisor.report.model import ReportModel
from tests.report.sample import empty_report, sample_report, signature_picture

_PUBLISHED = Path(__file__).parents[2] / "resources" / "schemas" / SCHEMA_FILE


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    published = json.loads(_PUBLISHED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    return jsonschema.Draft202012Validator(
        published, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def _read(model: ReportModel) -> Any:
    return json.loads(json_file(model))


def test_the_published_schema_is_that_of_the_program() -> None:
    assert _PUBLISHED.read_text(encoding="utf-8") == schema_text(), "run: make schema"


@pytest.mark.parametrize("model", [sample_report(), empty_report()], ids=["full", "empty"])
def test_an_export_follows_the_schema_it_names(
    validator: jsonschema.Draft202012Validator, model: ReportModel
) -> None:
    data = _read(model)
    assert data["$schema"] == SCHEMA_ID == validator.schema["$id"]
    assert data["format"] == 1
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", "zwei"), ("created_on", "24.11.2026"), ("format", 2), ("company", None)],
)
def test_the_schema_refuses_what_the_program_would_not_write(
    validator: jsonschema.Draft202012Validator, field: str, value: object
) -> None:
    assert not validator.is_valid({**_read(sample_report()), field: value})


def test_the_hash_on_the_pages_can_be_computed_from_the_file() -> None:
    model = msgspec.structs.replace(
        sample_report(),
        network=msgspec.structs.replace(sample_report().network, logo=signature_picture()),
    )
    assert content_hash(from_json(json_file(model))) == content_hash(model)


def test_drawn_signatures_are_not_in_the_file() -> None:
    slots = _read(sample_report())["signatures"]
    assert [slot["name"] for slot in slots] == [s.name for s in sample_report().signatures]
    assert {slot["image"] for slot in slots} == {""}
