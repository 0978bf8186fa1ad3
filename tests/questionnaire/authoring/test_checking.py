"""Every mistake an editor makes is found with sheet, row, column and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_advisor.questionnaire import xform
from desktop_advisor.questionnaire.authoring.checking import check_workbook, refuse_errors
from desktop_advisor.questionnaire.authoring.findings import Severity
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from tests.questionnaire.authoring.sample import RICH, written

Change = tuple[str, str]
_Q2 = "${has_works_council} = 'yes' and ${heads} >= 5"
_END = "|  | end_group |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |\n|  | calculate"
_LAST_LEVEL = "|  | l_s | 5 | hoch | high |\n"


def test_a_sound_workbook_has_no_findings(tmp_path: Path) -> None:
    assert check_workbook(written(tmp_path), offers={"rkw", "amz"}) == []


_SCORED = f"|  | select_one l_q2 | q3 | Wer? | Who? |{'  |' * 4} D01 |\n"
CASES: list[tuple[str, Change, tuple[str, int, str], str, str]] = [
    (
        "misspelt header",
        ("| relevant | calculation", "| relevent | calculation"),
        ("survey", 1, "E"),
        "„relevent“",
        "„relevant“",
    ),
    (
        "misspelt own header",
        ("| critical |", "| crtical |"),
        ("survey", 1, "N"),
        "„crtical“",
        "„critical“",
    ),
    (
        "misspelt sheet",
        ("| dimensions |\n", "| dimension |\n"),
        ("dimension", 1, "A"),
        "„dimension“",
        "„dimensions“",
    ),
    (
        "language in two spellings",
        (
            "| choices |\n|  | list_name | name | label::Deutsch (de)",
            "| choices |\n|  | list_name | name | label::Deutsch(de)",
        ),
        ("choices", 1, "C"),
        "„Deutsch (de)“",
        "„label::Deutsch (de)“",
    ),
    (
        "scored in a table",
        (
            "|  | select_one l_s | s_imp |",
            f"|  | begin_repeat | r | R | R |\n{_SCORED}|  | end_repeat |\n"
            "|  | select_one l_s | s_imp |",
        ),
        ("survey", 10, "I"),
        "„q3“ steht in einer Tabelle",
        "herausnehmen",
    ),
    (
        "a scored name used twice",
        (
            "|  | select_one l_s | s_imp |",
            "|  | begin_group | g | G | G |\n|  | text | q1 | Noch eine? | Another? |\n"
            "|  | end_group |\n|  | select_one l_s | s_imp |",
        ),
        ("survey", 7, "B"),
        "„q1“ gibt es mehrmals",
        "eigenen Namen",
    ),
    (
        "unknown perspective of an unscored row",
        ("| . >= 0 |  |  |  |  |  |  |  |  |  |", "| . >= 0 |  |  |  |  |  |  |  |  | chef |"),
        ("survey", 3, "P"),
        "„chef“",
        "gf, br oder ber",
    ),
    ("syntax", (_Q2, "${heads} >= and 5 ("), ("survey", 8, "E"), "fehlerhaft", ""),
    ("unknown name", (_Q2, "${hads} > 5"), ("survey", 8, "E"), "„${hads}“", "„${heads}“"),
    (
        "unknown name in a text",
        ("Kunden?", "Kunden bei ${heds}?"),
        ("survey", 8, "C"),
        "„${heds}“",
        "„${heads}“",
    ),
    ("forgotten braces", (_Q2, "heads > 5"), ("survey", 8, "E"), "„heads“ ohne", "„${heads}“"),
    (
        "forgotten quotes",
        (_Q2, "${has_works_council} = yes"),
        ("survey", 8, "E"),
        "„yes“",
        "„'yes'“",
    ),
    (
        "unknown function",
        (_Q2, "strng-length(${heads}) > 5"),
        ("survey", 8, "E"),
        "strng-length",
        "„string-length()“",
    ),
    ("arity", (_Q2, "count-selected() > 5"), ("survey", 8, "E"), "1 Angabe", ""),
    (
        "unknown function in a rule",
        ("${score_d01} < 2", "rond(${score_d01}) < 2"),
        ("recommendations", 2, "C"),
        "rond",
        "„round()“",
    ),
    ("self-reference", (_Q2, "${q2} > 5"), ("survey", 8, "E"), "von sich selbst", "Bezug"),
    (
        "cycle",
        ("Works council? |  |", "Works council? | ${q2} > 1 |"),
        ("survey", 8, "E"),
        "im Kreis",
        "Bezug",
    ),
    (
        "choice that does not exist",
        (_Q2, "${has_works_council} = 'yess'"),
        ("survey", 8, "E"),
        "„yess“",
        "„yes“",
    ),
    (
        "selected choice that does not exist",
        (_Q2, "selected(${q1}, '7')"),
        ("survey", 8, "E"),
        "„7“",
        "eine von",
    ),
    (
        "unsupported type",
        ("|  | integer |", "|  | geopoint |"),
        ("survey", 3, "A"),
        "„geopoint“",
        "",
    ),
    (
        "unknown type",
        ("|  | integer |", "|  | intger |"),
        ("survey", 3, "A"),
        "„intger“",
        "„integer“",
    ),
    (
        "unknown list",
        ("select_one yes_no", "select_one yes_mo"),
        ("survey", 4, "A"),
        "„yes_mo“",
        "„yes_no“",
    ),
    ("missing end", (_END, "|  | calculate"), ("survey", 2, "A"), "end_group", ""),
    (
        "missing translation",
        ("Grad 3 | Grade 3", "Grad 3 |  "),
        ("choices", 11, "D"),
        "„label::English (en)“",
        "ergänzen",
    ),
    (
        "scored question without anchors",
        (_LAST_LEVEL, ""),
        ("survey", 9, "A"),
        "fehlen die Stufen 5",
        "Ankertexte",
    ),
    (
        "unknown dimension",
        ("| D01 |  |  | 2 |", "| D001 |  |  | 2 |"),
        ("survey", 7, "I"),
        "„D001“",
        "„D01“",
    ),
    (
        "role against the kind",
        ("| D12 | importance |", "| D12 | level |"),
        ("survey", 9, "J"),
        "passt",
        "importance",
    ),
    ("weight", ("| 2 | weil |", "| -2 | weil |"), ("survey", 7, "L"), "-2", "1"),
    (
        "weight without a reason",
        ("| 2 | weil |", "| 2 |  |"),
        ("survey", 7, "M"),
        "Begründung",
        "begründen",
    ),
    ("duplicate name", ("| q2 |", "| q1 |"), ("survey", 8, "B"), "Zeile 7", "anderen"),
    (
        "name with a blank",
        ("| double |", "| dou ble |"),
        ("survey", 6, "B"),
        "„dou ble“",
        "„dou_ble“",
    ),
    (
        "duplicate choice",
        ("| yes_no | no |", "| yes_no | yes |"),
        ("choices", 3, "B"),
        "Zeile 2",
        "anderen",
    ),
    (
        "rule with an unknown fact",
        ("${score_d01} < 2", "${scor_d01} < 2"),
        ("recommendations", 2, "C"),
        "„${scor_d01}“",
        "„${score_d01}“",
    ),
    (
        "rule with an unknown choice",
        ("= 'no'", "= 'never'"),
        ("recommendations", 3, "C"),
        "„never“",
        "",
    ),
    (
        "rule without condition",
        ("${br_q1} = 'dk' or ${has_works_council} = 'no'", ""),
        ("recommendations", 3, "C"),
        "immer",
        "Bedingung",
    ),
    (
        "rule without a fact",
        ("${br_q1} = 'dk' or ${has_works_council} = 'no'", "1 = 2"),
        ("recommendations", 3, "C"),
        "immer oder nie",
        "",
    ),
    (
        "unknown audience",
        ("| employees |", "| employes |"),
        ("recommendations", 3, "D"),
        "„employes“",
        "employees",
    ),
    ("unknown offer", ("rkw amz", "rkw amx"), ("recommendations", 2, "L"), "„amx“", "„amz“"),
    ("text too long", ("Kunden?", "K" * 400), ("survey", 8, "C"), "400 Zeichen", "kürzen"),
]
"""Name, change to the sound workbook, place, words of the message, words of the suggestion."""


_RULE = "${q1} <= 1 and ${score_d01} < 2"


@pytest.mark.parametrize(
    "condition",
    [
        "${q1} > 5",
        "${q1} <= 1 and ${q1} >= 2",
        "${score_d01} > 5",
        "${score_d01} < 2 and 2.5 < ${score_d01}",
        "${coverage_d01} > 1",
        "${has_works_council} = 'yes' and ${has_works_council} = 'no'",
        "${q1} < 0 or ${q1} > 5",
        "${q2} = 1 and (${q1} < 1 and ${q1} > 3)",
    ],
)
def test_a_rule_that_can_never_fire_is_found(tmp_path: Path, condition: str) -> None:
    (finding,) = check_workbook(written(tmp_path, (_RULE, condition)))

    assert (finding.sheet, finding.row, finding.column) == ("recommendations", 2, "C")
    assert "nie" in finding.message


@pytest.mark.parametrize(
    "condition",
    [
        "${q1} <= 1 or ${q1} >= 2",
        "${q1} >= 1 and ${q1} <= 1",
        "${score_d01} > 1.9 and ${score_d01} < 2",
        "${q1} = 'na' and ${q2} != ''",
        "${q1} = ''",
        "${heads} > 100000 and ${br_q1} < ${q1}",
        "not(${q1} > 4)",
    ],
)
def test_a_rule_that_can_fire_is_not_doubted(tmp_path: Path, condition: str) -> None:
    assert check_workbook(written(tmp_path, (_RULE, condition))) == []


@pytest.mark.parametrize(
    ("change", "place", "message", "suggestion"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
@pytest.mark.parametrize("ending", ["md", "xlsx"])
def test_a_mistake_is_found_at_its_cell(
    tmp_path: Path,
    change: Change,
    place: tuple[str, int, str],
    message: str,
    suggestion: str,
    ending: str,
) -> None:
    path = written(tmp_path, change)
    if ending == "xlsx":
        write_workbook(read_workbook(path), tmp_path / "form.xlsx")
        path = tmp_path / "form.xlsx"

    findings = check_workbook(path, offers={"rkw", "amz"})

    here = [f for f in findings if (f.sheet, f.row, f.column) == place]
    assert here, "\n".join(map(str, findings))
    assert any(message in f.message and suggestion in f.suggestion for f in here), here
    assert all(f.line == 0 for f in findings) == (ending == "xlsx")


def test_five_mistakes_in_one_workbook_are_five_findings(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ("| constraint | choice_filter |", "| constrain | choice_filter |"),
        (_Q2, "${hads} > 5"),
        ("Grad 3 | Grade 3", "Grad 3 |  "),
        ("| employees |", "| employes |"),
        ("| 2 | weil |", "| zwei | weil |"),
    )

    places = [(f.sheet, f.row, f.column) for f in check_workbook(path)]

    assert places == [
        ("survey", 1, "G"),
        ("survey", 7, "L"),
        ("survey", 8, "E"),
        ("choices", 11, "D"),
        ("recommendations", 3, "D"),
    ]


def test_a_finding_reads_as_one_line_with_its_place(tmp_path: Path) -> None:
    finding = check_workbook(written(tmp_path, (_Q2, "${hads} > 5")))[0]

    assert str(finding) == (
        "Fehler · survey, Zeile 8, Spalte E (relevant), Datei-Zeile 10: "
        "„${hads}“ gibt es nicht. → „${heads}“"
    )


def test_what_only_the_translation_finds_is_a_finding_too(tmp_path: Path) -> None:
    change = ("| integer | heads |", "| range | heads |")
    path = written(tmp_path, change, ("| choice_filter |", "| parameters |"))
    text = path.read_text(encoding="utf-8").replace("| . >= 0 |  |", "| . >= 0 | start |")
    path.write_text(text, encoding="utf-8")

    finding = check_workbook(path)[0]

    assert (finding.sheet, finding.row, finding.severity) == ("survey", 3, Severity.ERROR)


def test_a_form_the_program_cannot_read_is_a_finding_at_its_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: bytes) -> None:
        raise xform.BrokenForm("/data/company/heads, constraint: unlesbar")

    monkeypatch.setattr(xform, "read_xform", refuse)

    finding = check_workbook(written(tmp_path))[0]

    assert (finding.sheet, finding.row, finding.is_error) == ("survey", 3, True)


def test_a_note_without_a_name_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "plain.md"
    path.write_text(
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | |\n"
        "| | note | | Hello | ${b} = 1 |\n",
        encoding="utf-8",
    )

    (finding,) = check_workbook(path)

    assert (finding.row, finding.column) == (3, "D")


def test_a_dimension_without_core_question_is_a_warning(tmp_path: Path) -> None:
    finding = check_workbook(written(tmp_path, ("| weil | yes | yes |", "| weil | yes |  |")))[0]

    assert (finding.sheet, finding.row, finding.column) == ("dimensions", 2, "A")
    assert not finding.is_error


def test_offers_are_not_checked_without_a_catalogue(tmp_path: Path) -> None:
    assert check_workbook(written(tmp_path, ("rkw amz", "anything"))) == []


def test_a_build_refuses_errors_and_lets_warnings_pass(tmp_path: Path) -> None:
    refuse_errors(written(tmp_path, ("Kunden?", "K" * 400)))

    with pytest.raises(BrokenWorkbook, match="survey, Zeile 8, Spalte E") as refused:
        refuse_errors(written(tmp_path, (_Q2, "${hads} > 5")))
    assert (refused.value.sheet, refused.value.row) == ("survey", 8)


def test_a_plain_odk_form_with_many_features_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "rich.md"
    path.write_text(RICH, encoding="utf-8")
    (tmp_path / "pets.csv").write_text("name,label\n", encoding="utf-8")

    assert check_workbook(path) == []
