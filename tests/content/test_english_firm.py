"""A worked firm's report composed in English: only what people wrote stays German."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from desktop_advisor.advice.offers import Status
from desktop_advisor.demo.worked_firms import Firm, Worked, enter, read_firm
from desktop_advisor.report.model import ReportModel
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.recommending import list_recommendations
from desktop_advisor.usecases.report_language import choose_report_language, report_language
from tests.report.english_words import german_in, strings_of
from tests.workplaces import resources, workplace

FIRM = "kabelsatz-chemnitz"
NAMES = {"Aufstiegs-BAföG", "InnoPrämie"}
"""Of programmes, as they are called in English too."""


@pytest.fixture(scope="module")
def firm() -> Firm:
    return read_firm(resources(), FIRM)


@pytest.fixture(scope="module")
def worked(firm: Firm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    place = workplace(tmp_path_factory.mktemp(FIRM) / "laptop", profile=firm.network)
    yield enter(place, firm)
    place.close()


@pytest.fixture(scope="module")
def english(worked: Worked) -> ReportModel:
    return compose_report(worked.place, worked.case_id, "en")


def test_only_the_words_of_people_and_names_are_german(
    worked: Worked, firm: Firm, english: ReportModel
) -> None:
    offers = worked.place.offers
    catalogue = {w for o in offers for w in (o.provider, o.legal_basis, o.source)}
    own = {*strings_of(firm), *strings_of(worked.place.profile), *catalogue, *NAMES}
    texts = (text for text in strings_of(english) if text not in get_args(Status))
    assert german_in(texts, own) == []


def test_questions_answers_offers_and_rules_are_english(english: ReportModel) -> None:
    assert english.check_name == "Full check"
    assert english.dimensions[0].label == "Business development"
    asked = [i for d in english.dimensions for i in d.indicators]
    assert asked[0].label.startswith("How clear is it what you want to earn")
    assert {offer.verdict for offer in english.offers} <= {
        "may be considered",
        "requirement open",
        "excluded",
    }
    assert any(m.title == "Draft an agreement on training" for m in english.measures)
    assert english.consents[0].purpose == "Carrying out the consultation"


def test_figures_and_findings_are_those_of_the_german_report(
    worked: Worked, english: ReportModel
) -> None:
    german = compose_report(worked.place, worked.case_id, "de")
    assert (german.language, english.language) == ("de", "en")
    assert german.summary.figures.value == english.summary.figures.value
    for here, there in zip(german.dimensions, english.dimensions, strict=True):
        assert [r.value for r in here.results] == [r.value for r in there.results]
    assert [r.rule for r in german.recommendations] == [r.rule for r in english.recommendations]
    assert [p.value for p in german.priorities] == [p.value for p in english.priorities]
    assert "Die Werte beruhen" in german.summary.note


def test_nothing_english_is_left_in_the_store(worked: Worked, english: ReportModel) -> None:
    stored = list_recommendations(worked.place, worked.case_id)
    assert stored
    assert {view.title for view in stored}.isdisjoint(r.title for r in english.recommendations)


def test_the_language_is_remembered_for_the_case(worked: Worked) -> None:
    place, case_id = worked.place, worked.case_id
    assert report_language(place, case_id) == "de"
    choose_report_language(place, case_id, "en")
    try:
        assert compose_report(place, case_id).language == "en"
    finally:
        choose_report_language(place, case_id, "de")
    assert report_language(place, case_id) == "de"
