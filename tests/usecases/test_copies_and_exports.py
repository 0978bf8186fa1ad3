"""A sealed report handed over: the copy, its receipt, the exports, the mail that waits."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.copies import Sealed, copy_report, receipt
from desktop_advisor.usecases.exporting_report import (
    EXPORTS,
    export_name,
    export_of,
    report_to_export,
    save_export,
)
from desktop_advisor.usecases.reporting import DrawnSignature, read_report, seal_report
from desktop_advisor.usecases.workplace import Workplace
from tests.pictures import scribble
from tests.workplaces import PIN


@pytest.fixture
def report_id(place: Workplace, case_id: uuid.UUID) -> uuid.UUID:
    signed_at = datetime(2026, 11, 24, 11, 45, tzinfo=UTC)
    signed = DrawnSignature("Martin Uhlig", "Geschäftsführung", "Zwickau", scribble(), signed_at)
    return seal_report(place, case_id, compose_report(place, case_id), [signed], PIN)


def test_the_copy_lies_beside_its_receipt_and_can_be_checked_by_it(
    place: Workplace, report_id: uuid.UUID, tmp_path: Path
) -> None:
    copy = copy_report(place, report_id, tmp_path)
    words = copy.receipt.read_text(encoding="utf-8-sig")
    assert copy.pdf.read_bytes() == read_report(place, report_id)
    assert copy.receipt.name == f"{copy.pdf.stem}-Beleg.txt"
    digest = hashlib.sha256(copy.pdf.read_bytes()).hexdigest()
    assert f"SHA-256 der Datei:   {digest}" in words
    assert f'certutil -hashfile "{copy.pdf.name}" SHA256' in words
    assert f'sha256sum "{copy.pdf.name}"' in words
    assert f'desktop-advisor verify "{copy.pdf.name}" --sha256 {digest}' in words
    assert "Gesiegelt von:       " + place.author in words
    assert "keine frühere Fassung" in words
    assert copy_report(place, report_id, tmp_path) == copy


def test_a_receipt_names_the_version_it_replaces_and_no_line_is_smuggled_in() -> None:
    sealed = Sealed(
        "Guss\r\nDatei: x.pdf", 2, "M", "heute", "B-T", "cd" * 32, "Fassung 1, SHA-256 ab"
    )
    lines = receipt("b.pdf", b"%PDF", sealed).split("\r\n")
    assert "Ersetzt:             Fassung 1, SHA-256 ab" in lines
    assert "Art des Siegels:     PAdES-B-T" in lines
    assert sum(line.startswith("Datei:") for line in lines) == 1


def test_the_sealed_report_is_exported_as_it_was_frozen(
    place: Workplace, case_id: uuid.UUID, report_id: uuid.UUID, tmp_path: Path
) -> None:
    model = report_to_export(place, case_id, report_id)
    assert not model.is_draft
    for export in EXPORTS:
        made = save_export(place, model, export.id, tmp_path / export_name(export, model))
        assert made.name == f"Beratungsbericht-Gießerei-Muldental-GmbH-Fassung-1{export.ending}"
        assert made.stat().st_size > 1000


def test_an_export_does_not_replace_what_somebody_edited(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path
) -> None:
    model = report_to_export(place, case_id)
    wanted = tmp_path / export_name(export_of("json"), model)
    assert "vorläufig" in wanted.name
    wanted.write_text("edited", encoding="utf-8")
    assert save_export(place, model, "json", wanted).name == f"{wanted.stem} (2).json"
    assert wanted.read_text(encoding="utf-8") == "edited"
    assert save_export(place, model, "json", tmp_path / "daten").name == "daten.json"
