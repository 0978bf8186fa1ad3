"""Compiled questionnaires are renewed when, and only when, they have to be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from desktop_advisor.advice.offers import read_offers
from desktop_advisor.questionnaire.authoring.building import build_forms, compile_file
from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from desktop_advisor.questionnaire.compiled import (
    BrokenQuestionnaire,
    available,
    load_questionnaire,
)
from desktop_advisor.usecases.networks import read_networks
from tests.questionnaire.authoring.sample import written

FORMS = Path(__file__).parents[3] / "resources" / "forms"


def test_what_is_built_can_be_loaded(tmp_path: Path) -> None:
    source = written(tmp_path)
    target = tmp_path / "compiled"

    assert build_forms(tmp_path, target) == ["form"]

    compiled = compile_workbook(source)
    loaded = load_questionnaire(target, "form")
    assert (loaded.xform_bytes, loaded.sidecar) == (compiled.xform, compiled.sidecar)
    assert available(target) == ["form"]


def test_a_current_folder_is_left_alone(tmp_path: Path) -> None:
    written(tmp_path)
    build_forms(tmp_path, tmp_path / "compiled")

    assert build_forms(tmp_path, tmp_path / "compiled") == []


def test_a_current_folder_costs_no_import_of_pyxform(tmp_path: Path) -> None:
    written(tmp_path)
    build_forms(tmp_path, tmp_path / "compiled")
    code = (
        "import sys, pathlib\n"
        "from desktop_advisor.questionnaire.authoring.building import build_forms\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "assert build_forms(folder, folder / 'compiled') == []\n"
        "print([m for m in ('pyxform', 'openpyxl', 'lark') if m in sys.modules])"
    )

    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "[]"


def test_a_changed_workbook_is_built_again(tmp_path: Path) -> None:
    written(tmp_path)
    build_forms(tmp_path, tmp_path / "compiled")
    written(tmp_path, ("Kunden?", "Abnehmer?"))

    assert build_forms(tmp_path, tmp_path / "compiled") == ["form"]


@pytest.mark.parametrize("ending", ["xml", "json", "stamp"])
@pytest.mark.parametrize("damage", ["missing", "altered"])
def test_a_damaged_compiled_file_is_built_again(tmp_path: Path, ending: str, damage: str) -> None:
    written(tmp_path)
    build_forms(tmp_path, tmp_path / "compiled")
    victim = tmp_path / "compiled" / f"form.{ending}"
    if damage == "missing":
        victim.unlink()
    else:
        victim.write_bytes(b"\xff" + victim.read_bytes()[1:])

    assert build_forms(tmp_path, tmp_path / "compiled") == ["form"]
    assert load_questionnaire(tmp_path / "compiled", "form").sidecar.form_id == "probe"


def test_a_form_without_workbook_disappears(tmp_path: Path) -> None:
    source = written(tmp_path)
    build_forms(tmp_path, tmp_path / "compiled")
    source.unlink()

    assert build_forms(tmp_path, tmp_path / "compiled") == []
    assert list((tmp_path / "compiled").iterdir()) == []


def test_a_broken_workbook_leaves_the_former_form(tmp_path: Path) -> None:
    written(tmp_path)
    build_forms(tmp_path, tmp_path / "compiled")
    before = load_questionnaire(tmp_path / "compiled", "form")
    written(tmp_path, ("| q2 |", "| q1 |"))

    with pytest.raises(BrokenWorkbook, match="Zeile 8"):
        build_forms(tmp_path, tmp_path / "compiled")

    assert load_questionnaire(tmp_path / "compiled", "form") == before


def test_a_form_that_is_not_its_sidecars_is_refused(tmp_path: Path) -> None:
    written(tmp_path)
    build_forms(tmp_path, tmp_path / "compiled")
    form = tmp_path / "compiled" / "form.xml"
    form.write_bytes(form.read_bytes().replace(b"Kunden?", b"Kinder?"))

    with pytest.raises(BrokenQuestionnaire, match="verändert"):
        load_questionnaire(tmp_path / "compiled", "form")


@pytest.mark.parametrize("content", [None, b"{", b'{"form_id": 1}'])
def test_a_missing_or_broken_sidecar_is_a_known_error(
    tmp_path: Path, content: bytes | None
) -> None:
    (tmp_path / "form.xml").write_bytes(b"<a/>")
    if content is not None:
        (tmp_path / "form.json").write_bytes(content)

    with pytest.raises(BrokenQuestionnaire):
        load_questionnaire(tmp_path, "form")


def test_a_single_file_is_compiled_beside_where_it_is_wanted(tmp_path: Path) -> None:
    written_files = compile_file(written(tmp_path), tmp_path / "out")

    assert [path.name for path in written_files] == ["form.xml", "form.json"]
    assert load_questionnaire(tmp_path / "out", "form").sidecar.form_id == "probe"


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.md")), ids=lambda path: path.stem)
def test_the_forms_of_the_program_pass_through_excel_unchanged(path: Path, tmp_path: Path) -> None:
    book = read_workbook(path)
    write_workbook(book, tmp_path / f"{path.stem}.xlsx")

    through = read_workbook(tmp_path / f"{path.stem}.xlsx")

    assert [(s.name, s.cells) for s in through.sheets] == [(s.name, s.cells) for s in book.sheets]
    assert compile_workbook(tmp_path / f"{path.stem}.xlsx") == compile_workbook(path)


def test_the_forms_of_the_program_have_no_findings_that_stop_them(tmp_path: Path) -> None:
    names = build_forms(FORMS, tmp_path / "compiled")

    assert "kurzcheck" in names
    for name in names:
        sidecar = load_questionnaire(tmp_path / "compiled", name).sidecar
        assert msgspec.json.decode(msgspec.json.encode(sidecar), type=type(sidecar)) == sidecar


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.md")), ids=lambda path: path.stem)
def test_the_rules_of_the_program_name_offers_of_its_catalogue(path: Path) -> None:
    shared = read_offers((FORMS.parent / "catalogues" / "offers.json").read_bytes())
    networks, _ = read_networks(FORMS.parent / "networks")
    own = {offer.id for network in networks for offer in network.offers}

    findings = check_workbook(path, offers={offer.id for offer in shared} | own)

    assert [str(finding) for finding in findings] == []
