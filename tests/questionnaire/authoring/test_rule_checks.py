"""What a check says of rules: conditions that say nothing, test tables, missing texts, promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_advisor.questionnaire.authoring.checking import check_workbook, refuse_errors
from desktop_advisor.questionnaire.authoring.compiling import compile_workbook
from desktop_advisor.questionnaire.authoring.findings import Finding
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from tests.questionnaire.authoring.sample import written

RULE = "${q1} <= 1 and ${score_d01} < 2"
COUNCIL = "${br_q1} = 'dk' or ${has_works_council} = 'no'"
HEAD = "\n| rule_tests |\n|  | rule | facts | fires | why |\n"
TRIED = (
    "|  | strategy | q1=1; score_d01=1.9 | yes | beides knapp |\n"
    "|  | strategy | q1=1; score_d01=2 | no | Grenze |\n"
    "|  | strategy | q1=1 | ja | |\n"
    "|  | council | br_q1=dk | yes | |\n"
    "|  | council | has_works_council=yes | no | |\n"
)
SOUND_ROWS = TRIED.replace("|  | strategy | q1=1 | ja | |\n", "")


def tabled(folder: Path, rows: str, *changes: tuple[str, str]) -> Path:
    """The sound workbook with a test table."""
    path = written(folder, *changes)
    path.write_text(path.read_text(encoding="utf-8") + HEAD + rows, encoding="utf-8")
    return path


def places(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(f.sheet, f.row, f.column) for f in findings]


# -- conditions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        "not(${q1} > 5)",
        "${heads} < 10 or ${heads} >= 10 or ${heads} = ''",
        "${size_class} != 'gross'",
        "${energy_share} <= 100 or ${energy_share} = ''",
    ],
)
def test_a_rule_that_always_fires_is_found(tmp_path: Path, condition: str) -> None:
    (finding,) = check_workbook(written(tmp_path, (RULE, condition)))
    assert places([finding]) == [("recommendations", 2, "C")]
    assert "immer erfüllt" in finding.message


@pytest.mark.parametrize(
    "condition",
    [
        "${q1} - ${q2} > 5",
        "${energy_share} > 100",
        "(${q1} >= 3 or ${q2} = 0) and ${q1} <= 1 and ${q2} >= 2",
        "not(${q1} <= 5 or ${q1} != 3)",
        "${size_class} = 'gross'",
    ],
)
def test_a_rule_that_never_fires_is_found_by_trying_every_case(
    tmp_path: Path, condition: str
) -> None:
    (finding,) = check_workbook(written(tmp_path, (RULE, condition)))
    assert places([finding]) == [("recommendations", 2, "C")]
    assert "kann nie erfüllt sein" in finding.message


@pytest.mark.parametrize("condition", ["contains(${wz}, '29')", "${heads} - ${q1} > ${q2}"])
def test_what_cannot_be_tried_is_said_and_not_guessed(tmp_path: Path, condition: str) -> None:
    (finding,) = check_workbook(written(tmp_path, (RULE, condition)))
    assert "konnte nicht geprüft werden" in finding.message
    assert not finding.is_error


def test_two_rules_that_fire_together_are_found(tmp_path: Path) -> None:
    twin = "${score_d01} < 2 and not(${q1} >= 2) and ${q1} >= 0"
    path = written(tmp_path, (COUNCIL, twin), ("| employees |", "| company |"))
    (finding,) = check_workbook(path)
    assert places([finding]) == [("recommendations", 3, "C")]
    assert "„strategy“" in finding.message
    apart = written(tmp_path, (COUNCIL, twin))
    assert check_workbook(apart) == [], "company and employees may be told for the same reason"


def test_growth_advice_that_a_warning_sign_always_stops_is_found(tmp_path: Path) -> None:
    stop = ("| employees |", "| stop |")
    (finding,) = check_workbook(written(tmp_path, (COUNCIL, "${q1} <= 1"), stop))
    assert places([finding]) == [("recommendations", 2, "C")]
    assert finding.is_error
    assert "„council“" in finding.message
    assert check_workbook(written(tmp_path, (COUNCIL, "${q1} = 0"), stop)) == []


def test_a_warning_sign_that_recommends_growth_is_found(tmp_path: Path) -> None:
    (finding,) = check_workbook(written(tmp_path, ("| company | yes |", "| stop | yes |")))
    assert places([finding]) == [("recommendations", 2, "E")]


# -- the test table ------------------------------------------------------------------------------


def test_a_table_that_comes_out_is_silent_and_leaves_the_form_as_it_is(tmp_path: Path) -> None:
    path = tabled(tmp_path, SOUND_ROWS)
    assert check_workbook(path) == []
    with_table = compile_workbook(path)
    plain = compile_workbook(written(tmp_path))
    assert (with_table.xform, with_table.sidecar) == (plain.xform, plain.sidecar)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("|  | strategy | q1=2; score_d01=1 | yes | |", "C", "nicht erscheinen, soll aber"),
        ("|  | council | br_q1=dk | nein | |", "C", "erscheinen, soll es aber nicht"),
        ("|  | strategie | q1=2 | no | |", "A", "„strategie“"),
        ("|  | strategy | q1=2 | vielleicht | |", "C", "„vielleicht“"),
        ("|  | strategy | q9=2 | no | |", "B", "„q9“ gibt es nicht"),
        ("|  | strategy | q1=7 | no | |", "B", "keine Antwort „7“"),
        ("|  | strategy | q1 | no | |", "B", "„q1“ ist keine Angabe"),
    ],
)
def test_a_row_that_does_not_come_out_is_found_at_its_cell(
    tmp_path: Path, row: str, column: str, message: str
) -> None:
    (finding,) = check_workbook(tabled(tmp_path, f"{SOUND_ROWS}{row}\n"))
    assert places([finding]) == [("rule_tests", 6, column)]
    assert message in finding.message
    assert finding.is_error


def test_a_form_whose_table_does_not_come_out_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(BrokenWorkbook, match="rule_tests"):
        refuse_errors(tabled(tmp_path, TRIED))


def test_a_rule_without_a_silent_row_is_found(tmp_path: Path) -> None:
    rows = SOUND_ROWS.replace("|  | council | has_works_council=yes | no | |\n", "")
    (finding,) = check_workbook(tabled(tmp_path, rows))
    assert places([finding]) == [("recommendations", 3, "A")]
    assert "ausbleibt" in finding.message


# -- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        (("Erst; dann; zuletzt", "Erst; dann"), ("recommendations", 2, "J"), "2 Schritte"),
        (
            ("Erst; dann; zuletzt", "a; b; c; d; e; f; g"),
            ("recommendations", 2, "J"),
            "7 Schritte",
        ),
        (("First; then; at last", "First; then"), ("recommendations", 2, "K"), "Übersetzung"),
        (("| Leitung | Management |", "|  |  |"), ("recommendations", 2, "M"), "kümmert"),
        (("| 1 Tag | 1 day |", "|  |  |"), ("recommendations", 2, "O"), "Aufwand"),
        (("| Papier | Paper |", "|  |  |"), ("recommendations", 2, "Q"), "Erfolg"),
        (("Tun Sie es.", "Sie erhalten Geld."), ("recommendations", 2, "H"), "verspricht"),
        (("Tun Sie es.", "Der Kurs wird gefördert."), ("recommendations", 2, "H"), "verspricht"),
        (("Fragen; hören;", "garantiert; hören;"), ("recommendations", 3, "J"), "verspricht"),
        (("Reden Sie.", "Reden Sie über Förderung."), ("recommendations", 3, "L"), "Hinweis"),
    ],
)
def test_a_recommendation_that_is_not_complete_or_promises_is_found(
    tmp_path: Path, change: tuple[str, str], place: tuple[str, int, str], message: str
) -> None:
    findings = check_workbook(written(tmp_path, change))
    assert place in places(findings), findings
    assert any(message in f.message for f in findings)
    assert not any(f.is_error for f in findings)


def test_that_the_weak_get_a_guarantee_from_a_bank_is_no_promise(tmp_path: Path) -> None:
    assert check_workbook(written(tmp_path, ("Do it.", "Ask the guarantee bank."))) == []
