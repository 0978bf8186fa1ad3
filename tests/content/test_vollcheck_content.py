"""The Vollcheck is complete, concrete, and contains the Kurzcheck word for word (domain §3)."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.compiling import Compiled, compile_workbook
from desktop_advisor.questionnaire.authoring.workbook import read_workbook
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.sidecar import Indicator
from desktop_advisor.questionnaire.xform import XForm, read_xform

FORMS = Path(__file__).parents[2] / "resources" / "forms"
KURZCHECK, VOLLCHECK = FORMS / "kurzcheck.md", FORMS / "vollcheck.md"
LANGUAGES = ("Deutsch (de)", "English (en)")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

LONGEST_QUESTION = 110
LONGEST_ANCHOR = 110
"""As in the Kurzcheck: two lines of the interview screen."""
EMPTY_WORDS = ("umgesetzt", "teilweise", "weitgehend", "implemented", "largely")
REFERENCE = re.compile(r"VSME [BC]\d+(, [BC]\d+| bis [BC]\d+)*|DMA [A-Z][\w -]+")

Rows = list[dict[str, str]]


def rows_of(workbook: Path, sheet: str) -> Rows:
    return [row for _, row in read_workbook(workbook).sheet(sheet).rows()]


def anchors_of(workbook: Path) -> dict[str, Rows]:
    lists: dict[str, Rows] = {}
    for row in rows_of(workbook, "choices"):
        lists.setdefault(row["list_name"], []).append(row)
    return lists


@cache
def compiled(workbook: Path) -> Compiled:
    return compile_workbook(workbook)


@cache
def form_of(workbook: Path) -> XForm:
    return read_xform(compiled(workbook).xform)


@pytest.fixture
def short() -> Compiled:
    return compiled(KURZCHECK)


@pytest.fixture
def full() -> Compiled:
    return compiled(VOLLCHECK)


@pytest.fixture
def survey() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows_of(VOLLCHECK, "survey") if row.get("name")}


@pytest.fixture
def added(short: Compiled, full: Compiled) -> list[Indicator]:
    """Scored questions that only the Vollcheck asks."""
    known = {indicator.question for indicator in short.sidecar.indicators}
    return [i for i in full.sidecar.indicators if i.question not in known]


def session(form: XForm, **company: str) -> FormSession:
    opened = FormSession(form, now=lambda: NOW)
    for name, value in company.items():
        opened.set_value(opened.ref_of(name), value)
    return opened


# -- size and shape ------------------------------------------------------------------------------


def test_it_has_96_kennpunkte_six_to_twelve_per_dimension(full: Compiled) -> None:
    points = {(i.dimension, i.factor or i.question) for i in full.sidecar.indicators}
    per_dimension = Counter(dimension for dimension, _ in points)
    assert len(points) == 96
    assert len(per_dimension) == 12
    assert all(6 <= count <= 12 for count in per_dimension.values())


def test_nothing_in_it_is_found_fault_with() -> None:
    assert [str(finding) for finding in check_workbook(VOLLCHECK)] == []


def test_it_names_itself_in_both_languages(full: Compiled) -> None:
    assert (full.sidecar.form_id, full.sidecar.version) == ("vollcheck", "2026.11")
    assert full.sidecar.title == {"de": "Vollcheck", "en": "Full check"}


# -- the core is the Kurzcheck -------------------------------------------------------------------


def test_its_core_is_the_kurzcheck_with_the_same_weights_and_flags(
    short: Compiled, full: Compiled
) -> None:
    core = [indicator for indicator in full.sidecar.indicators if indicator.is_core]
    assert core == list(short.sidecar.indicators)
    assert full.sidecar.dimensions == short.sidecar.dimensions


def test_core_questions_are_asked_in_the_same_words(survey: dict[str, dict[str, str]]) -> None:
    for row in rows_of(KURZCHECK, "survey"):
        if row.get("name"):
            taken_over = {key: text for key, text in survey[row["name"]].items() if key != "note"}
            assert taken_over == row


def test_core_anchors_are_the_same() -> None:
    ours = anchors_of(VOLLCHECK)
    for list_name, rows in anchors_of(KURZCHECK).items():
        assert ours[list_name] == rows


def test_every_rule_of_the_kurzcheck_is_there_unchanged(short: Compiled, full: Compiled) -> None:
    ours = {rule.name: rule for rule in full.sidecar.rules}
    for rule in short.sidecar.rules:
        assert ours[rule.name] == rule
    assert len(ours) > len(short.sidecar.rules)


# -- the new Kennpunkte --------------------------------------------------------------------------


def test_new_questions_fit_the_screen_and_say_what_to_look_for(
    added: list[Indicator], survey: dict[str, dict[str, str]]
) -> None:
    for indicator in added:
        row = survey[indicator.question]
        assert indicator.question.startswith(f"{indicator.dimension.lower()}_")
        assert not indicator.is_core
        for language in LANGUAGES:
            assert 15 < len(row[f"label::{language}"]) <= LONGEST_QUESTION, indicator.question
            assert 15 < len(row[f"hint::{language}"]) <= 150, indicator.question


def test_every_maturity_question_has_six_anchors_of_its_own(
    full: Compiled, survey: dict[str, dict[str, str]]
) -> None:
    anchors = anchors_of(VOLLCHECK)
    levels = [i.question for i in full.sidecar.indicators if i.role == "level"]
    assert len(levels) == 90
    for question in levels:
        assert survey[question]["type"] == f"select_one l_{question}"
        assert [row["name"] for row in anchors[f"l_{question}"]] == list("012345"), question


@pytest.mark.parametrize("language", LANGUAGES)
def test_anchors_are_distinct_concrete_and_fit_a_button(language: str) -> None:
    levels = [
        row[f"label::{language}"]
        for list_name, rows in anchors_of(VOLLCHECK).items()
        if list_name.startswith("l_d")
        for row in rows
    ]
    assert [text for text, count in Counter(levels).items() if count > 1] == []
    assert max(map(len, levels)) <= LONGEST_ANCHOR
    assert not [t for t in levels for word in EMPTY_WORDS if word in t.casefold()]


def test_only_a_few_new_ones_are_critical_and_unusual_weights_give_reasons(
    added: list[Indicator],
) -> None:
    assert 1 <= sum(indicator.is_critical for indicator in added) <= 8
    for indicator in added:
        assert indicator.weight in (Decimal(1), Decimal("1.5"), Decimal(2)), indicator.question
        assert (indicator.weight == 1) == (indicator.reason == ""), indicator.question


def test_cross_references_name_a_datapoint_and_stay_out_of_the_form(
    full: Compiled, survey: dict[str, dict[str, str]]
) -> None:
    references = [row["note"] for row in survey.values() if row.get("note")]
    assert len(references) >= 30
    assert all(REFERENCE.fullmatch(reference) for reference in references)
    assert b"DMA" not in full.xform


# -- who is asked what ---------------------------------------------------------------------------


def asked(opened: FormSession, name: str) -> bool:
    return opened.state(opened.ref_of(name)).relevant


@pytest.mark.parametrize(
    ("company", "hidden", "shown"),
    [
        (
            {"heads": "3", "has_works_council": "no"},
            {
                *("d04_duediligence", "d07_agreement", "d07_trainers", "d08_apprentices"),
                *("d11_communication", "d11_leadership", "d11_restructuring", "d11_council"),
            },
            {"d11_standin"},
        ),
        (
            {"heads": "3", "has_works_council": "yes"},
            {"d07_agreement", "d11_restructuring"},
            {"d11_standin"},
        ),
        (
            {"heads": "20", "has_works_council": "yes"},
            {"d11_restructuring", "d11_standin"},
            {"d07_agreement", "d11_leadership"},
        ),
        (
            {"heads": "40", "has_works_council": "yes"},
            {"d11_standin"},
            {"d07_agreement", "d11_restructuring", "d08_apprentices"},
        ),
        (
            {"heads": "40", "has_works_council": "no"},
            {"d07_agreement", "d11_restructuring"},
            {"d11_council", "d11_communication"},
        ),
    ],
)
def test_size_and_works_council_decide_what_is_asked(
    company: dict[str, str], hidden: set[str], shown: set[str]
) -> None:
    opened = session(form_of(VOLLCHECK), **company)
    assert {name for name in hidden if asked(opened, name)} == set()
    assert {name for name in shown if not asked(opened, name)} == set()


@pytest.mark.parametrize(
    ("gate", "question"),
    [
        ("d01_owner_led", "d01_succession"),
        ("d02_has_combustion", "d02_runout"),
        ("d04_has_substances", "d04_substances"),
        ("d05_has_heat", "d05_heat"),
        ("d06_has_fleet", "d06_fleet"),
        ("d09_develops", "d09_ip"),
    ],
)
def test_an_earlier_no_spares_the_question_and_silence_does_not(gate: str, question: str) -> None:
    opened = session(form_of(VOLLCHECK))
    assert asked(opened, question)
    opened.set_value(opened.ref_of(gate), "no")
    assert not asked(opened, question)
    opened.set_value(opened.ref_of(gate), "yes")
    assert asked(opened, question)
