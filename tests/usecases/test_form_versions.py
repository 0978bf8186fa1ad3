"""A case keeps its questionnaire, and a draft the version it was begun with."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from desktop_advisor.questionnaire.authoring.building import build_forms
from desktop_advisor.questionnaire.compiled import BrokenQuestionnaire
from desktop_advisor.storage.models import Assessment, Case
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.questionnaires import (
    form_of_case,
    keep_version,
    questionnaire_of,
)
from desktop_advisor.usecases.workplace import Form, Resources, Workplace


def updated(place: Workplace, folder: Path) -> Workplace:
    """The same workplace after a program update that words one question of each form anew."""
    forms = folder / "forms"
    copytree(place.resources.root / "forms", forms, ignore=lambda *_: ["compiled"])
    for workbook in forms.glob("*.md"):
        text = workbook.read_text(encoding="utf-8")
        workbook.write_text(text.replace("Gibt es einen Betriebsrat?", "Betriebsrat?"), "utf-8")
    build_forms(forms, forms / "compiled")
    return replace(place, resources=Resources(folder))


def form_of(place: Workplace, case_id: uuid.UUID) -> Form:
    with place.store.read() as session:
        return form_of_case(place, session, case_id)


def test_a_case_is_asked_with_the_kurzcheck_unless_something_else_was_chosen(
    place: Workplace, case_id: uuid.UUID
) -> None:
    with place.store.edit("x") as session:
        assert questionnaire_of(session, case_id) == "kurzcheck"
        session.get_one(Case, case_id).questionnaire = "vollcheck"
    with place.store.read() as session:
        assert questionnaire_of(session, case_id) == "vollcheck"
    assert form_of(place, case_id).sidecar.form_id == "vollcheck"


def test_a_draft_keeps_its_version_when_the_program_brings_a_newer_one(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID, tmp_path: Path
) -> None:
    begun = place.form()
    assert keep_version(place, begun)
    Interview(place, visit_id).answer("d07_matrix", "3")
    newer = updated(place, tmp_path / "update")
    assert newer.form().sidecar.form_hash != begun.sidecar.form_hash
    assert form_of(newer, case_id).sidecar == begun.sidecar
    assert form_of(newer, case_id).notice == ""


def test_a_draft_begun_on_another_laptop_keeps_its_version_here_too(
    place: Workplace, visit_id: uuid.UUID
) -> None:
    Interview(place, visit_id).answer("d07_matrix", "3")
    for kept in place.forms.iterdir():
        kept.unlink()  # as if the answer had arrived by synchronisation
    Interview(place, visit_id).answer("d07_plan", "3")
    assert sorted(kept.suffix for kept in place.forms.iterdir()) == [".json", ".xml"]


def test_a_version_this_device_never_had_is_replaced_with_a_notice(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    talk = Interview(place, visit_id)
    talk.answer("d07_matrix", "3")
    with place.store.edit("x") as session:
        session.get_one(Assessment, talk.assessment_id).form_hash = "f" * 64
    form = form_of(place, case_id)
    assert form.sidecar == place.form().sidecar
    assert "anderen Fassung" in form.notice


def test_a_form_that_is_nowhere_is_a_known_error(place: Workplace) -> None:
    with pytest.raises(BrokenQuestionnaire):
        place.form("hausbank")


def test_a_version_that_was_cut_off_is_kept_anew(place: Workplace) -> None:
    form = place.form()
    keep_version(place, form)
    (left,) = place.forms.glob("*.json")
    left.unlink()
    assert keep_version(place, form)
    assert left.is_file()
