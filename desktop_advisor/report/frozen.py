"""The report model as JSON and its content hash."""

from __future__ import annotations

import hashlib

import msgspec

from desktop_advisor.report.model import ReportModel


def to_json(model: ReportModel) -> bytes:
    """Canonical JSON: sorted keys, no blanks, Decimal as text, pictures as Base64."""
    return msgspec.json.encode(model, order="sorted")


def from_json(data: bytes) -> ReportModel:
    """The model that `to_json` wrote.

    Raises:
        msgspec.ValidationError: the JSON is not a report of this program.
    """
    return msgspec.json.decode(data, type=ReportModel)


def unsigned(model: ReportModel) -> ReportModel:
    """The content that is frozen before anybody signs: no signatures, no draft flag."""
    return msgspec.structs.replace(model, signatures=(), is_draft=False)


def content_hash(model: ReportModel) -> str:
    """SHA-256 (hex) of the frozen content; equal before and after signing (design §10)."""
    return hashlib.sha256(to_json(unsigned(model))).hexdigest()


def short_hash(full: str) -> str:
    """The first twelve digits in groups of four, as a person compares them: "7F3A 91C0 22DE"."""
    return " ".join(full[i : i + 4].upper() for i in range(0, 12, 4))
