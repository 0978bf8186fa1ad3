"""The Kurzcheck is complete, concrete and fits the screen (domain §3)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from desktop_advisor.questionnaire.sidecar import Sidecar

Rows = list[dict[str, str]]
LANGUAGES = ("Deutsch (de)", "English (en)")
DIMENSIONS = [f"D{number:02}" for number in range(1, 13)]

LONGEST_QUESTION = 110
"""Two lines at 23 px in the centre column of 1366×768."""
LONGEST_ANCHOR = 110
"""A button of two lines."""
EMPTY_WORDS = ("umgesetzt", "teilweise", "weitgehend", "implemented", "largely")
"""Words of a generic scale; an anchor names what can be seen instead."""


def test_it_has_36_kennpunkte_three_per_dimension(sidecar: Sidecar) -> None:
    points = {(i.dimension, i.factor or i.question) for i in sidecar.indicators}
    assert len(points) == 36
    assert Counter(dimension for dimension, _ in points) == dict.fromkeys(DIMENSIONS, 3)


def test_it_has_39_scored_questions_and_all_are_core(sidecar: Sidecar) -> None:
    assert len(sidecar.indicators) == 39
    assert all(indicator.is_core for indicator in sidecar.indicators)


def test_only_the_site_asks_importance_and_satisfaction_in_pairs(sidecar: Sidecar) -> None:
    assert [d.code for d in sidecar.dimensions if d.kind == "S"] == ["D12"]
    roles: dict[str, list[str]] = {}
    for indicator in sidecar.indicators:
        if indicator.dimension == "D12":
            roles.setdefault(indicator.factor, []).append(indicator.role)
        else:
            assert indicator.role == "level"
    assert list(roles.values()) == [["importance", "satisfaction"]] * 3


def test_ten_to_twelve_maturity_items_are_critical(sidecar: Sidecar) -> None:
    assert 10 <= sum(indicator.is_critical for indicator in sidecar.indicators) <= 12


def test_every_unusual_weight_gives_its_reason(sidecar: Sidecar) -> None:
    for indicator in sidecar.indicators:
        assert indicator.weight in (Decimal(1), Decimal("1.5"), Decimal(2)), indicator.question
        assert (indicator.weight == 1) == (indicator.reason == ""), indicator.question


def test_the_works_council_is_not_asked_about_finances(sidecar: Sidecar) -> None:
    asked = {i.question: i.perspectives for i in sidecar.indicators}
    assert "br" not in asked["d01_liquidity"]
    assert "br" in asked["d11_council"]


def test_every_question_is_asked_in_both_languages_with_what_to_look_for(
    questions: dict[str, dict[str, str]],
) -> None:
    for name, row in questions.items():
        for language in LANGUAGES:
            assert 15 < len(row[f"label::{language}"]) <= LONGEST_QUESTION, name
            assert len(row[f"hint::{language}"]) > 15, name


def test_questions_name_their_dimension(questions: dict[str, dict[str, str]]) -> None:
    for name, row in questions.items():
        assert name.startswith(row["score_dimension"].lower() + "_")


def test_every_maturity_question_has_six_anchors_of_its_own(
    questions: dict[str, dict[str, str]], anchors: dict[str, Rows]
) -> None:
    used: Counter[str] = Counter()
    for name, row in questions.items():
        if row.get("score_role", "level") == "level":
            list_name = row["type"].removeprefix("select_one ")
            used[list_name] += 1
            assert [choice["name"] for choice in anchors[list_name]] == list("012345"), name
    assert set(used.values()) == {1}


def test_site_scales_run_from_one_to_five(anchors: dict[str, Rows]) -> None:
    for name in ("l_importance", "l_satisfaction"):
        assert [choice["name"] for choice in anchors[name]] == list("12345")


def test_anchors_are_distinct_concrete_and_fit_a_button(anchors: dict[str, Rows]) -> None:
    for language in LANGUAGES:
        levels: list[str] = []
        for list_name, choices in anchors.items():
            texts = [choice[f"label::{language}"] for choice in choices]
            assert len(set(texts)) == len(texts), list_name
            assert max(map(len, texts)) <= LONGEST_ANCHOR, list_name
            if list_name.startswith("l_d"):
                levels += texts
        assert len(set(levels)) == len(levels), "an anchor serves two questions"
        assert not [t for t in levels for word in EMPTY_WORDS if word in t.casefold()]


def test_short_labels_are_those_of_the_interview_screen(sidecar: Sidecar) -> None:
    assert [d.short["de"] for d in sidecar.dimensions] == [
        "Geschäftsfelder",
        "Antrieb & Produkte",
        "Digitalisierung",
        "Umwelt & Kreislauf",
        "Energie & Klima",
        "Mobilität",
        "Qualifizierung",
        "Fachkräfte",
        "Wissenschaft",
        "Netzwerk",
        "Steuerung & Beteiligung",
        "Standort",
    ]


def test_the_beteiligung_item_is_skipped_in_the_smallest_companies(
    questions: dict[str, dict[str, str]],
) -> None:
    conditional = {name for name, row in questions.items() if row.get("relevant")}
    assert conditional == {"d11_council"}
