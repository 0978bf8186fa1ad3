"""The Vollcheck is complete, concrete, and contains the Kurzcheck word for word (domain §3)."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from msgspec.structs import replace

from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.questionnaire.authoring.compiling import Compiled
from desktop_advisor.questionnaire.sidecar import Indicator
from tests.content.forms import (
    KURZCHECK,
    LANGUAGES,
    VOLLCHECK,
    anchors_of,
    asked,
    compiled,
    form_of,
    rows_of,
    session,
)

LONGEST_QUESTION = 110
LONGEST_ANCHOR = 110
"""As in the Kurzcheck: two lines of the interview screen."""
EMPTY_WORDS = ("umgesetzt", "teilweise", "weitgehend", "implemented", "largely")
REFERENCE = re.compile(r"VSME [BC]\d+(, [BC]\d+| bis [BC]\d+)*|DMA [A-Z][\w -]+")
SECOND_QUESTION = re.compile(
    r"(,| –) (und|and) (an |was|wie|wer|wo|wann|welche|what|how|who|where|when|which)|, (wie|how) "
)
NOT_FOR_THE_COUNCIL = {
    *("d01_liquidity", "d01_margin", "d01_investment", "d01_succession", "d02_scenario"),
    *("d07_funding", "d09_funding", "d11_warning", "d11_kpis", "d11_standin"),
}
"""Finances, applications and the management's own affairs."""

KENNPUNKTE = {i.question: i for i in compiled(VOLLCHECK).sidecar.indicators}


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
    assert full.sidecar.form_id == "vollcheck"
    assert full.sidecar.version > "2026.11"
    assert full.sidecar.title == {"de": "Vollcheck", "en": "Full check"}


# -- the core is the Kurzcheck -------------------------------------------------------------------


def test_its_core_is_the_kurzcheck_with_the_same_weights_and_flags(
    short: Compiled, full: Compiled
) -> None:
    core = [replace(i, reference="") for i in full.sidecar.indicators if i.is_core]
    assert core == [replace(i, reference="") for i in short.sidecar.indicators]
    assert full.sidecar.dimensions == short.sidecar.dimensions


def test_core_questions_are_asked_in_the_same_words(survey: dict[str, dict[str, str]]) -> None:
    not_words = {"reference", "relevant", "optional"}
    for row in rows_of(KURZCHECK, "survey"):
        if row.get("name"):
            ours = survey[row["name"]]
            assert {key: ours[key] for key in ours if key not in not_words} == {
                key: row[key] for key in row if key not in not_words
            }


@pytest.mark.parametrize("heads", ["", "3", "4", "5", "40"])
@pytest.mark.parametrize("council", ["", "yes", "no"])
def test_it_asks_every_core_question_that_the_kurzcheck_asks(heads: str, council: str) -> None:
    company = {"heads": heads, "has_works_council": council}
    before, after = session(form_of(KURZCHECK), **company), session(form_of(VOLLCHECK), **company)
    for indicator in compiled(KURZCHECK).sidecar.indicators:
        assert not asked(before, indicator.question) or asked(after, indicator.question)


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


def test_cross_references_name_a_datapoint_and_stay_out_of_the_form(full: Compiled) -> None:
    references = [i.reference for i in full.sidecar.indicators if i.reference]
    assert len(references) >= 40
    for reference in references:
        assert all(REFERENCE.fullmatch(part) for part in reference.split("; ")), reference
    assert b"DMA" not in full.xform


@pytest.mark.parametrize(
    "indicator", compiled(VOLLCHECK).sidecar.indicators, ids=lambda i: i.question
)
def test_a_kennpunkt_is_complete(indicator: Indicator, survey: dict[str, dict[str, str]]) -> None:
    row = survey[indicator.question]
    scale = anchors_of(VOLLCHECK)[row["type"].removeprefix("select_one ")]
    assert {"gf", "ber"} <= set(indicator.perspectives)
    assert ("br" in indicator.perspectives) == (indicator.question not in NOT_FOR_THE_COUNCIL)
    assert indicator.weight == 1 or len(indicator.reason) > 20
    assert len(scale) == (6 if indicator.role == "level" else 5)
    for language in LANGUAGES:
        assert row[f"label::{language}"].count("?") == 1
        assert row[f"label::{language}"].endswith("?") or indicator.is_core
        assert row[f"hint::{language}"].endswith((".", "?"))
        for anchor in scale:
            assert anchor[f"label::{language}"][0].isupper()
            assert anchor[f"label::{language}"].endswith(".") or indicator.role != "level"


def test_new_questions_ask_one_thing(
    added: list[Indicator], survey: dict[str, dict[str, str]]
) -> None:
    labels = [survey[i.question][f"label::{code}"] for i in added for code in LANGUAGES]
    assert [label for label in labels if SECOND_QUESTION.search(label)] == []


# -- who is asked what ---------------------------------------------------------------------------


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
        (
            {"heads": "9", "has_works_council": "yes"},
            {"d04_duediligence", "d08_retention", "d11_leadership", "d11_restructuring"},
            {"d07_agreement", "d08_apprentices", "d11_standin"},
        ),
        (
            {"heads": "21", "has_works_council": "yes"},
            {"d11_standin"},
            {"d08_retention", "d11_restructuring"},
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
        ("d08_has_gaps", "d08_international"),
        ("d10_has_large_enquiries", "d10_consortium"),
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


def test_every_filter_question_stands_right_before_the_kennpunkt_it_spares() -> None:
    rows = [row for row in rows_of(VOLLCHECK, "survey") if row.get("name")]
    filters = {
        row["name"]: after
        for row, after in pairwise(rows)
        if row["type"] == "select_one yes_no" and row["name"] != "has_works_council"
    }
    assert len(filters) == 8
    for name, spared in filters.items():
        assert f"${{{name}}} != 'no'" in spared["relevant"]
        assert spared["score_dimension"]


def test_what_is_not_known_about_the_company_hides_nothing(full: Compiled) -> None:
    opened = session(form_of(VOLLCHECK))
    hidden = [i.question for i in full.sidecar.indicators if not asked(opened, i.question)]
    assert hidden == []


PARTS = {
    *("d01_makebuy", "d02_newdrive", "d02_has_combustion", "d02_runout", "d02_sampling"),
    *("d03_planning", "d03_quality", "d04_recyclate", "d06_services", "d09_testing"),
}
SHOP_FLOOR = {
    *("d03_automation", "d04_has_substances", "d04_substances", "d04_waste"),
    *("d05_load", "d05_has_heat", "d05_heat"),
}


@pytest.mark.parametrize(
    ("wz", "hidden"),
    [
        ("29.32", set()),  # parts for motor vehicles
        ("28.15", set()),  # bearings, gears
        ("33.12", set()),  # repair of machines
        ("22.2", {"d04_has_substances", "d05_has_heat"}),  # plastics
        ("24.51", {"d04_has_substances", "d05_has_heat"}),  # foundry
        ("25.50", {"d04_has_substances", "d05_has_heat"}),  # forging, stamping
        ("25.61", {"d04_has_substances", "d05_has_heat"}),  # surface treatment
        ("25.62", {"d04_has_substances"}),  # machining
        ("25.73.1", {"d04_has_substances", "d09_develops"}),  # tool making
        ("26.11", {"d04_has_substances"}),  # electronics
        ("27.20", {"d04_has_substances"}),  # batteries
        ("45.20", PARTS),  # garage
        ("49.41", PARTS | {"d06_has_fleet"}),  # haulage
        ("52.10", PARTS | {"d06_has_fleet"}),  # warehousing
        ("62.01", PARTS | SHOP_FLOOR | {"d09_develops"}),  # software
        ("71.12", PARTS | SHOP_FLOOR | {"d09_develops"}),  # engineering office
        ("71.20", PARTS | {"d09_develops"}),  # test laboratory
        ("72.19", PARTS | {"d09_develops"}),  # research
        ("78.20", PARTS | SHOP_FLOOR),  # temporary staff
    ],
)
def test_the_branch_decides_what_is_asked(wz: str, hidden: set[str]) -> None:
    opened = session(form_of(VOLLCHECK), wz=wz)
    conditional = {name for name in compiled(VOLLCHECK).sidecar.rows if "_" in name} & {
        row["name"] for row in rows_of(VOLLCHECK, "survey") if row.get("relevant")
    }
    left_out = {name for name in conditional if name[0] == "d" and not asked(opened, name)}
    assert left_out == hidden


def test_where_the_branch_answers_the_filter_its_kennpunkt_is_asked() -> None:
    foundry = session(form_of(VOLLCHECK), wz="24.51")
    assert asked(foundry, "d05_heat")
    assert asked(foundry, "d04_substances")


@pytest.mark.parametrize("wz", ["29.32", "24.51", "45.20", "49.41", "62.01", "78.20"])
def test_every_dimension_keeps_five_kennpunkte_in_every_branch(wz: str) -> None:
    opened = session(form_of(VOLLCHECK), wz=wz, heads="120", has_works_council="yes")
    points = {
        (i.dimension, i.factor or i.question)
        for i in compiled(VOLLCHECK).sidecar.indicators
        if asked(opened, i.question)
    }
    assert min(Counter(code for code, _ in points).values()) >= 5
