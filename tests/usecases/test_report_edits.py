"""Edits of a report: kept, taken back, covered with the view they were written under."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.report.chapters import CHAPTERS
from desktop_advisor.report.model import ReportModel
from desktop_advisor.storage.conflicts import Conflict, ConflictValue
from desktop_advisor.storage.models import Case
from desktop_advisor.storage.report_models import Passage
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.covered_conflicts import is_covered
from desktop_advisor.usecases.evidence import (
    PhotoConsentMissing,
    list_files,
    record_photo_consent,
    remove_file,
)
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.releasing import release_view, withdraw_release
from desktop_advisor.usecases.report_edits.applying import reapply_edits
from desktop_advisor.usecases.report_edits.chapters import ChapterStays, show_chapter
from desktop_advisor.usecases.report_edits.insertions import (
    add_paragraph,
    add_report_photo,
    edit_insertion,
    move_insertion,
    remove_insertion,
)
from desktop_advisor.usecases.report_edits.passages import (
    change_passage,
    keep_passage,
    revert_passage,
)
from desktop_advisor.usecases.report_edits.showing import ReportEdits, show_edits
from desktop_advisor.usecases.report_edits.undoing import undo_report_edit
from desktop_advisor.usecases.workplace import Workplace
from tests.pictures import scribble

WHO = "Sabine Krauß"
GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL


@pytest.fixture
def report(place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID) -> ReportModel:
    talk = Interview(place, visit_id)
    for name in ("d07_plan", "d07_matrix", "d07_inclusion"):
        talk.answer(name, "1")
    return compose_report(place, case_id)


def generated(report: ReportModel, key: str, place: Workplace, case_id: uuid.UUID) -> str:
    found = show_edits(place, case_id, report).passage(key)
    assert found is not None
    return found.generated


def change(
    place: Workplace, case_id: uuid.UUID, report: ReportModel, key: str, text: str
) -> ReportModel:
    said = generated(report, key, place, case_id)
    change_passage(place, case_id, key, generated=said, text=text)
    return reapply_edits(place, case_id, report)


def shown(place: Workplace, case_id: uuid.UUID) -> tuple[ReportModel, ReportEdits]:
    """As the report is composed anew."""
    model = compose_report(place, case_id)
    return model, show_edits(place, case_id, model)


def test_an_edit_survives_composing_and_names_what_was_generated(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    change(place, case_id, report, "summary.level", "  Es geht voran. ")
    model, edits = shown(place, case_id)
    assert model.summary.sentences[0] == "Es geht voran."
    (traced,) = model.edited
    assert (traced.original, traced.text) == (report.summary.sentences[0], "Es geht voran.")
    passage = edits.passage("summary.level")
    assert passage is not None
    assert (passage.is_edited, passage.is_outdated) == (True, False)


def test_the_generated_words_again_are_no_edit(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    changed = change(place, case_id, report, "summary.level", "Es geht voran.")
    assert changed.edited
    assert change(place, case_id, changed, "summary.level", report.summary.sentences[0]) == report


def test_an_edit_of_what_has_changed_since_stands_and_is_marked(
    place: Workplace, case_id: uuid.UUID, report: ReportModel, visit_id: uuid.UUID
) -> None:
    change(place, case_id, report, "summary.note", "Vieles wurde gezeigt.")
    talk = Interview(place, visit_id)
    talk.set_evidence("d07_plan", Evidence.DOCUMENT)
    model, edits = shown(place, case_id)
    outdated = edits.passage("summary.note")
    assert outdated is not None
    assert outdated.text == model.summary.note == "Vieles wurde gezeigt."
    assert outdated.written_for == report.summary.note != outdated.generated
    assert "33 %" in outdated.generated.replace("\u202f", " ")
    keep_passage(place, case_id, "summary.note", outdated.generated)
    kept = shown(place, case_id)[1].passage("summary.note")
    assert kept is not None
    assert (kept.is_outdated, kept.text) == (False, "Vieles wurde gezeigt.")


def test_an_edit_of_a_passage_that_is_gone_is_kept_and_not_printed(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    change_passage(place, case_id, "advice.gone.text", generated="Damals.", text="Meine Worte.")
    model, edits = shown(place, case_id)
    assert "Meine Worte." not in str(model)
    (lost,) = edits.lost
    assert (lost.key, lost.original, lost.text) == ("advice.gone.text", "Damals.", "Meine Worte.")
    revert_passage(place, case_id, "advice.gone.text")
    assert shown(place, case_id)[1].lost == ()


def test_chapters_are_left_out_and_taken_in_but_never_those_that_must_stay(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    show_chapter(place, case_id, "profile", is_shown=False)
    model, edits = shown(place, case_id)
    assert model.hidden == ("profile",)
    assert [c.chapter for c in edits.chapters if not c.is_shown] == ["profile"]
    assert {c.chapter for c in edits.chapters} == set(CHAPTERS)
    with pytest.raises(ChapterStays):
        show_chapter(place, case_id, "signatures", is_shown=False)
    show_chapter(place, case_id, "profile", is_shown=True)
    assert shown(place, case_id)[0].hidden == ()


def test_own_paragraphs_stand_in_the_order_they_were_put_into(
    place: Workplace, case_id: uuid.UUID
) -> None:
    first, second, third = (add_paragraph(place, case_id, "method", w) for w in "abc")
    move_insertion(place, third, -1)
    move_insertion(place, first, -1)
    edit_insertion(place, second, "zweitens")
    assert [i.text for i in compose_report(place, case_id).insertions] == ["a", "c", "zweitens"]
    remove_insertion(place, third)
    assert [i.text for i in compose_report(place, case_id).insertions] == ["a", "zweitens"]


def test_a_photo_needs_consent_and_is_printed_small_and_without_its_past(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    with pytest.raises(PhotoConsentMissing):
        add_report_photo(place, case_id, "profile", "halle.jpg", photo())
    assert shown(place, case_id)[1].insertions == ()
    record_photo_consent(place, case_id, None)
    added = add_report_photo(place, case_id, "profile", "halle.jpg", photo())
    edit_insertion(place, added, "Die Gießhalle")
    model, edits = shown(place, case_id)
    (own,) = model.insertions
    assert own.caption == "Die Gießhalle"
    with Image.open(BytesIO(own.image)) as image:
        assert max(image.size) == 1600
        assert not image.getexif()
    assert [(i.is_photo, i.is_here) for i in edits.insertions] == [(True, True)]
    (kept,) = list_files(place, case_id)
    remove_file(place, kept.attachment_id)
    model, edits = shown(place, case_id)
    assert model.insertions == ()
    assert [(i.is_photo, i.is_here) for i in edits.insertions] == [(True, False)]


def photo() -> bytes:
    """A large photo with an EXIF mark."""
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    out = BytesIO()
    Image.new("RGB", (2400, 1200), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_undo_takes_back_one_edit_after_the_other(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    one = change(place, case_id, report, "summary.level", "Eins.")
    two = change(place, case_id, one, "summary.level", "Zwei.")
    show_chapter(place, case_id, "plan", is_shown=False)
    a = add_paragraph(place, case_id, "plan", "a")
    b = add_paragraph(place, case_id, "plan", "b")
    move_insertion(place, b, -1)
    remove_insertion(place, a)

    def now() -> tuple[str, tuple[str, ...], list[str]]:
        model = reapply_edits(place, case_id, two)
        return model.summary.sentences[0], model.hidden, [i.text for i in model.insertions]

    states = [now()]
    while undo_report_edit(place, case_id):
        states.append(now())
    said = report.summary.sentences[0]
    assert states == [
        ("Zwei.", ("plan",), ["b"]),
        ("Zwei.", ("plan",), ["b", "a"]),
        ("Zwei.", ("plan",), ["a", "b"]),
        ("Zwei.", ("plan",), ["a"]),
        ("Zwei.", ("plan",), []),
        ("Zwei.", (), []),
        ("Eins.", (), []),
        (said, (), []),
    ]


def test_what_was_written_under_a_released_view_is_covered_with_it(
    place: Workplace, case_id: uuid.UUID, report: ReportModel, visit_id: uuid.UUID
) -> None:
    talk = Interview(place, visit_id)
    talk.switch(BR)
    talk.answer("d07_matrix", "5")
    open_edit = change(place, case_id, report, "occasion", "Vor der Freigabe.")
    release_view(place, case_id, WHO)
    released = compose_report(place, case_id)
    change(place, case_id, released, "summary.level", "Quittengelee steht im Regal.")
    change(place, case_id, released, "statement.method.1", "Quittenmus steht daneben.")
    add_paragraph(place, case_id, "views", "Quittenbrot dazu.")
    model, edits = shown(place, case_id)
    assert [w for w in ("gelee", "mus", "brot") if f"Quitten{w}" not in str(model)] == []
    assert "Quittenbrot" in str(edits)

    withdraw_release(place, case_id, WHO)
    assert "Quitten" not in pages(place, case_id)
    model, edits = shown(place, case_id)
    assert [e.key for e in model.edited] == ["occasion"] == [e.key for e in open_edit.edited]
    assert edits.lost == ()

    change(place, case_id, model, "summary.level", "Ohne die andere Sicht.")
    assert "Quitten" not in pages(place, case_id)
    release_view(place, case_id, WHO)
    assert shown(place, case_id)[0].summary.sentences[0] == "Ohne die andere Sicht."


def test_undo_does_not_bring_covered_words_to_light(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    release_view(place, case_id, WHO)
    change(place, case_id, report, "summary.level", "Quittengelee.")
    withdraw_release(place, case_id, WHO)
    assert not undo_report_edit(place, case_id)
    change(place, case_id, report, "summary.level", "Offen.")
    assert undo_report_edit(place, case_id)
    assert "Quitten" not in pages(place, case_id)


def test_two_wordings_of_which_one_is_from_under_the_view_are_covered_with_it(
    place: Workplace, case_id: uuid.UUID, report: ReportModel
) -> None:
    change(place, case_id, report, "summary.level", "Offen.")
    with place.store.read() as session:
        (row,) = session.scalars(select(Passage))
    said = [("Offen.", ""), ("Quittengelee.", "br")]
    values = tuple(
        ConflictValue(
            {"original": "", "text": text, "perspective": side}, "", "", place.clock(), ("", n)
        )
        for n, (text, side) in enumerate(said)
    )
    conflict = Conflict(row.company_id, "passage", row.id, "wording", values)
    assert is_covered(place, conflict)
    assert not is_covered(place, replace(conflict, values=values[:1]))
    release_view(place, case_id, WHO)
    assert not is_covered(place, conflict)


def pages(place: Workplace, case_id: uuid.UUID) -> str:
    """Report, panel and export: all that the employer may look at."""
    model, edits = shown(place, case_id)
    with place.store.read() as session:
        company_id = session.get_one(Case, case_id).company_id
    export = json.dumps(export_company_file(place, company_id), ensure_ascii=False)
    return f"{model} {edits} {export}"


def test_a_scribble_is_a_picture_too(place: Workplace, case_id: uuid.UUID) -> None:
    record_photo_consent(place, case_id, None)
    add_report_photo(place, case_id, "profile", "skizze.png", scribble())
    assert compose_report(place, case_id).insertions[0].image.startswith(b"\xff\xd8")
