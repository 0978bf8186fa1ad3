"""A workbook becomes a plain XForm and a sidecar."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from pyxform.xls2xform import convert

from desktop_advisor.questionnaire.authoring.compiling import Compiled, compile_workbook
from desktop_advisor.questionnaire.authoring.outline import OWN_SHEETS, OWN_SURVEY_COLUMNS
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from tests.questionnaire.authoring.sample import written

_XF = {"x": "http://www.w3.org/2002/xforms"}
PLAIN = """
| survey |         |      |          |          |
|        | type    | name | label    | relevant |
|        | integer | age  | Your age |          |
|        | select_one colours | col | Colour | ${age} > 3 |
|        | select_multiple colours | cols | Colours |  |
| choices |           |      |       |
|         | list_name | name | label |
|         | colours   | red  | Red   |
|         | colours   | blue | Blue  |
"""


def _compiled(path: Path) -> tuple[Compiled, etree._Element]:
    compiled = compile_workbook(path)
    return compiled, etree.fromstring(compiled.xform)


def _choices(root: etree._Element, list_name: str) -> list[str]:
    names = root.xpath(f"//x:instance[@id='{list_name}']//x:name/text()", namespaces=_XF)
    return [str(name) for name in names]


def test_the_xform_holds_nothing_of_ours(tmp_path: Path) -> None:
    compiled, root = _compiled(written(tmp_path))

    assert root.tag.endswith("html")
    for word in (*OWN_SURVEY_COLUMNS, *OWN_SHEETS, "D01", "weil"):
        assert word not in compiled.xform.decode()


def test_a_line_break_arrives_in_the_label(tmp_path: Path) -> None:
    _, root = _compiled(written(tmp_path))

    values = root.xpath("//x:text[@id='/data/q1:label']/x:value/text()", namespaces=_XF)

    assert values == ["Strategie?\nUnd wie?", "Strategy?"]


def test_scored_lists_end_with_the_three_states_and_others_do_not(tmp_path: Path) -> None:
    _, root = _compiled(written(tmp_path))

    assert _choices(root, "l_q1") == ["0", "1", "2", "3", "4", "5", "na", "dk", "kv"]
    assert _choices(root, "l_s") == ["1", "2", "3", "4", "5", "na", "dk", "kv"]
    assert _choices(root, "yes_no") == ["yes", "no"]


def test_a_state_the_editor_wrote_is_not_doubled(tmp_path: Path) -> None:
    own = "|  | l_s | 5 | hoch | high |\n|  | l_s | na | trifft nicht zu | n/a |\n"
    _, root = _compiled(written(tmp_path, ("|  | l_s | 5 | hoch | high |\n", own)))

    assert _choices(root, "l_s") == ["1", "2", "3", "4", "5", "na", "dk", "kv"]


def test_the_sidecar_holds_scoring_rules_and_rows(tmp_path: Path) -> None:
    compiled, _ = _compiled(written(tmp_path))
    sidecar = compiled.sidecar

    first, second, importance, _ = sidecar.indicators
    assert (first.question, first.dimension, first.weight) == ("q1", "D01", Decimal(2))
    assert (first.is_critical, first.is_core, first.perspectives) == (True, True, ("gf", "br"))
    assert (second.weight, second.perspectives) == (Decimal(1), ("gf", "br", "ber"))
    assert (importance.role, importance.factor) == ("importance", "space")
    rule = sidecar.rules[0]
    assert rule.relevant == "${q1} <= 1 and ${score_d01} < 2"
    assert (rule.offers, rule.is_growth, rule.audience) == (("rkw", "amz"), True, "company")
    assert rule.steps == {"de": "Erst\ndann\nzuletzt", "en": "First\nthen\nat last"}
    assert sidecar.title == {"de": "Probe", "en": "Sample"}
    assert [(d.code, d.kind, d.short["de"]) for d in sidecar.dimensions] == [
        ("D01", "R", "Geschäft"),
        ("D12", "S", "Standort"),
    ]
    assert sidecar.rows["q1"] == 7


def test_whom_a_row_is_for_follows_its_own_cell_then_the_group_around_it(tmp_path: Path) -> None:
    group = "|  | begin_group | company | Unternehmen | Company |  |  |  |  |  |  |  |  |  |  |  |"
    heads = "|  | integer | heads | Köpfe | Heads |  |  | . >= 0 |  |  |  |  |  |  |  |  |"
    end = "|  | calculate | double |"
    scored = "|  | select_one l_q2 | q2 | Kunden? | Customers? |"
    inside = f"|  | begin_group | money | Geld | Money |{'  |' * 11} ber |\n{scored}"
    path = written(
        tmp_path,
        (f"{group}  |", f"{group} gf ber |"),
        (f"{heads}  |", f"{heads} br |"),
        (end, f"|  | note | said | Danke | Thanks |{'  |' * 12}\n{end}"),
        (scored, inside),
        (
            "|  | select_one l_s | s_imp |",
            f"|  | end_group |{'  |' * 15}\n|  | select_one l_s | s_imp |",
        ),
    )

    sidecar = compile_workbook(path).sidecar

    assert sidecar.asked_of == {
        "company": ("gf", "ber"),
        "heads": ("br",),
        "has_works_council": ("gf", "ber"),
        "money": ("ber",),
    }
    asked = {indicator.question: indicator.perspectives for indicator in sidecar.indicators}
    assert (asked["q1"], asked["q2"]) == (("gf", "br"), ("ber",))


def test_a_cross_reference_goes_with_its_kennpunkt_and_not_into_the_form(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ("| core | perspective |", "| core | perspective | reference |"),
        (
            "| weil | yes | yes | gf br |",
            "| weil | yes | yes | gf br | VSME C1; DMA Digital Readiness |",
        ),
    )

    compiled, _ = _compiled(path)

    first, second, *_ = compiled.sidecar.indicators
    assert first.reference == "VSME C1; DMA Digital Readiness"
    assert second.reference == ""
    assert b"VSME" not in compiled.xform


def test_the_hash_is_that_of_the_xform(tmp_path: Path) -> None:
    compiled = compile_workbook(written(tmp_path))

    assert compiled.sidecar.form_hash == hashlib.sha256(compiled.xform).hexdigest()


def test_xlsx_and_markdown_compile_to_the_same_form(tmp_path: Path) -> None:
    source = written(tmp_path)
    write_workbook(read_workbook(source), tmp_path / "form.xlsx")

    assert compile_workbook(tmp_path / "form.xlsx") == compile_workbook(source)


def test_the_output_does_not_depend_on_the_process(tmp_path: Path) -> None:
    source = written(tmp_path)
    code = (
        "import sys, pathlib\n"
        "from desktop_advisor.questionnaire.authoring.compiling import compile_workbook\n"
        "print(compile_workbook(pathlib.Path(sys.argv[1])).sidecar.form_hash)"
    )

    hashes = {
        subprocess.run(
            [sys.executable, "-c", code, str(source)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert hashes == {compile_workbook(source).sidecar.form_hash}


def test_a_plain_odk_workbook_compiles_as_pyxform_compiles_it(tmp_path: Path) -> None:
    path = tmp_path / "plain.md"
    path.write_text(PLAIN, encoding="utf-8")

    compiled = compile_workbook(path)

    assert compiled.xform.decode() == convert(PLAIN, form_name="data").xform.replace(
        'id="data"', 'id="plain"'
    ).replace("<h:title>data<", "<h:title>plain<")
    assert compiled.sidecar.indicators == ()
    assert compiled.sidecar.form_id == "plain"


def test_pyxforms_complaints_name_sheet_and_row(tmp_path: Path) -> None:
    path = tmp_path / "plain.md"
    path.write_text(PLAIN.replace("${age} > 3", "${oge} > 3"), encoding="utf-8")

    with pytest.raises(BrokenWorkbook) as broken:
        compile_workbook(path)

    assert (broken.value.sheet, broken.value.row) == ("survey", 3)
    assert "„oge“ gibt es nicht" in broken.value.what


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("| 2 | weil |", "| viel | weil |", "score_weight"),
        ("| gf br |", "| gf chef |", "perspective"),
        ("| importance |", "| imporant |", "score_role"),
    ],
)
def test_a_word_the_sidecar_cannot_hold_names_its_cell(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    with pytest.raises(BrokenWorkbook, match=words) as broken:
        compile_workbook(written(tmp_path, (old, new)))

    assert broken.value.sheet == "survey"
    assert broken.value.row > 1


def test_a_column_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenWorkbook, match="Spalte F"):
        compile_workbook(written(tmp_path, ("| calculation |", "| relevant |")))
