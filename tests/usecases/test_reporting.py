"""Compose, sign, seal, copy, verify; a sealed report never changes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.frozen import content_hash
from desktop_advisor.report.model import ReportModel
from desktop_advisor.usecases.checking import LARGEST_PDF_BYTES, CannotRead
from desktop_advisor.usecases.companies import edit_company
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.drives import DriveMissing
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.reporting import (
    AlreadySealed,
    DrawnSignature,
    NothingSigned,
    read_report,
    read_snapshot,
    save_copy,
    seal_report,
    verify_file,
    verify_report,
)
from desktop_advisor.usecases.workplace import Workplace
from tests.pictures import scribble
from tests.workplaces import PIN


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    made = Interview(place, visit_id)
    for name in ("d07_plan", "d07_matrix", "d07_inclusion"):
        made.answer(name, "1")
    return made


def signature() -> DrawnSignature:
    signed_at = datetime(2026, 11, 24, 11, 45, tzinfo=UTC)
    return DrawnSignature("Martin Uhlig", "Geschäftsführung", "Zwickau", scribble(), signed_at)


def sealed(place: Workplace, talk: Interview) -> tuple[uuid.UUID, ReportModel]:
    model = compose_report(place, talk.case_id)
    return seal_report(place, talk.case_id, model, [signature()], PIN), model


def test_a_report_nobody_signed_is_not_sealed(place: Workplace, talk: Interview) -> None:
    with pytest.raises(NothingSigned):
        seal_report(place, talk.case_id, compose_report(place, talk.case_id), [], PIN)
    assert show_company_file(place, talk.company_id).reports == ()


def test_the_sealed_report_verifies_and_keeps_the_content_that_was_shown(
    place: Workplace, talk: Interview
) -> None:
    report_id, model = sealed(place, talk)
    assert verify_report(place, report_id).is_intact
    assert content_hash(read_snapshot(place, report_id)) == content_hash(model)


def test_sealing_ends_the_visit_with_the_hours_that_are_printed(
    place: Workplace, talk: Interview
) -> None:
    (before,) = show_company_file(place, talk.company_id).visits
    assert before.state == "running"
    _, model = sealed(place, talk)
    (after,) = show_company_file(place, talk.company_id).visits
    assert after.state == "done"
    assert after.hours == model.visits[0].hours
    assert after.hours is not None


def test_a_copy_is_byte_for_byte_and_a_changed_copy_is_found_out(
    place: Workplace, talk: Interview, tmp_path: Path
) -> None:
    report_id, _ = sealed(place, talk)
    copy = tmp_path / "stick" / "bericht.pdf"
    copy.parent.mkdir()
    save_copy(place, report_id, copy)
    assert copy.read_bytes() == read_report(place, report_id)
    assert verify_file(place, copy).is_intact
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(bytes(content))
    assert not verify_file(place, copy).is_intact


def test_a_missing_drive_is_said_in_words(
    place: Workplace, talk: Interview, tmp_path: Path
) -> None:
    report_id, _ = sealed(place, talk)
    with pytest.raises(DriveMissing, match="nicht erreichbar"):
        save_copy(place, report_id, tmp_path / "kein-stick" / "bericht.pdf")


def test_a_copy_never_replaces_another_file(
    place: Workplace, talk: Interview, tmp_path: Path
) -> None:
    report_id, _ = sealed(place, talk)
    taken = tmp_path / "bericht.pdf"
    taken.write_bytes(b"von jemand anderem")
    kept = save_copy(place, report_id, taken)
    assert taken.read_bytes() == b"von jemand anderem"
    assert kept != taken
    assert kept.read_bytes() == read_report(place, report_id)


def test_the_same_content_is_sealed_once(place: Workplace, talk: Interview) -> None:
    report_id, model = sealed(place, talk)
    before = read_report(place, report_id)
    with pytest.raises(AlreadySealed):
        seal_report(place, talk.case_id, model, [signature()], PIN)
    assert read_report(place, report_id) == before


def test_a_file_that_cannot_be_read_is_named(place: Workplace, tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match=r"fehlt\.pdf"):
        verify_file(place, tmp_path / "fehlt.pdf")
    huge = tmp_path / "riesig.pdf"
    with huge.open("wb") as file:
        file.truncate(LARGEST_PDF_BYTES + 1)
    with pytest.raises(CannotRead, match="zu groß"):
        verify_file(place, huge)


def test_a_correction_is_version_two_and_names_version_one(
    place: Workplace, talk: Interview
) -> None:
    first, model = sealed(place, talk)
    second_model = compose_report(place, talk.case_id)
    assert second_model.version == 2
    assert second_model.replaces is not None
    assert second_model.replaces.content_hash == content_hash(model)
    seal_report(place, talk.case_id, second_model, [signature()], PIN)
    newest, oldest = show_company_file(place, talk.company_id).reports
    assert (newest.version, oldest.version) == (2, 1)
    assert oldest.report_id == first
    assert oldest.is_replaced
    assert not newest.is_replaced


def test_later_edits_do_not_touch_a_sealed_report(place: Workplace, talk: Interview) -> None:
    from dataclasses import replace

    report_id, model = sealed(place, talk)
    before = read_report(place, report_id)
    file = show_company_file(place, talk.company_id)
    edit_company(place, talk.company_id, replace(file.draft, name="Anders GmbH"))
    talk.answer("d07_matrix", "5")
    assert read_report(place, report_id) == before
    assert read_snapshot(place, report_id).company.name == model.company.name


def test_an_unreleased_works_council_view_is_nowhere_in_the_report(
    place: Workplace, talk: Interview
) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer("d07_matrix", "4")
    talk.write_note("d07_matrix", "Vertraulich: die Meister wehren sich.")
    model = compose_report(place, talk.case_id)
    assert model.perspectives == (Perspective.MANAGEMENT,)
    assert "Meister wehren sich" not in str(model)
    assert model.withheld


def test_a_released_works_council_view_stands_beside_the_managements(
    place: Workplace, talk: Interview
) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer("d07_matrix", "4")
    release_view(place, talk.case_id, "Sabine Krauß")
    model = compose_report(place, talk.case_id)
    assert Perspective.WORKS_COUNCIL in model.perspectives
    assert len(model.talking_points) == 1
    assert model.withheld == ""
