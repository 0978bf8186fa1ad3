"""Three invented firms and their whole advice: what must be there, and what never may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_advisor.advice.eligibility import Verdict
from desktop_advisor.demo.worked_firms import (
    Worked,
    advice_words,
    enter,
    firm_names,
    read_firm,
    write_documents,
)
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.documents.de_minimis import compose_de_minimis
from desktop_advisor.usecases.documents.listing import DOCUMENTS
from desktop_advisor.usecases.documents.short import compose_short
from desktop_advisor.usecases.documents.sme_declaration import compose_sme_declaration
from desktop_advisor.usecases.recommending import RecommendationView, list_recommendations
from desktop_advisor.usecases.results import Results, show_results
from tests.workplaces import resources, workplace

FOUNDRY, HARNESS, TOOLS = "giesserei-zwickau", "kabelsatz-chemnitz", "werkzeugbau-leipzig"
EXPECTED = {
    FOUNDRY: {
        "product_stress_test",
        "bank_talk",
        "customer_plan",
        "energy_audit",
        "knowledge_relay",
        "skills_matrix",
        "jobs_map",
    },
    HARNESS: {"gap_training", "retraining", "joint_steering", "nis2_check", "training_agreement"},
    TOOLS: {"knowledge_relay", "it_emergency", "bank_talk", "strategy_page"},
}
ABSURD = {
    FOUNDRY: {"joint_steering", "training_agreement", "nis2_check", "high_voltage_training"},
    HARNESS: {"staff_round", "energy_audit", "strategy_page", "energy_figures"},
    TOOLS: {
        "joint_steering",
        "change_lead",
        "nis2_check",
        "energy_scouts",
        "multi_skilling",
        "strategy_paper",
        "high_voltage_training",
        "carbon_footprint",
    },
}
PROMISES = re.compile(r"Sie erhalten|garantiert|sichern Sie sich|wird gefördert|steht Ihnen zu")


class Firm:
    """One firm entered once, with what came of it."""

    def __init__(self, worked: Worked) -> None:
        self.worked = worked
        self.words = "\n".join(advice_words(worked))
        self.results: Results = show_results(worked.place, worked.case_id)
        self.views: list[RecommendationView] = list_recommendations(worked.place, worked.case_id)
        self.rules = {view.rule for view in self.views}

    def verdict(self, offer: str) -> Verdict | None:
        hints = [h for v in self.views for h in v.hints if h.offer.id == offer]
        return hints[0].eligibility.verdict if hints else None


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Firm]]:
    made = {}
    for name in firm_names(resources()):
        firm = read_firm(resources(), name)
        place = workplace(tmp_path_factory.mktemp(name) / "laptop", profile=firm.network)
        made[name] = Firm(enter(place, firm))
    yield made
    for firm_made in made.values():
        firm_made.worked.place.close()


def test_the_three_firms_ship(firms: dict[str, Firm]) -> None:
    assert set(firms) == {FOUNDRY, HARNESS, TOOLS}


@pytest.mark.parametrize("name", [FOUNDRY, HARNESS, TOOLS])
def test_the_advice_names_what_matters_and_nothing_absurd(
    firms: dict[str, Firm], name: str
) -> None:
    assert EXPECTED[name] <= firms[name].rules
    assert not ABSURD[name] & firms[name].rules
    assert 12 <= len(firms[name].views) <= 45


@pytest.mark.parametrize("name", [FOUNDRY, HARNESS, TOOLS])
def test_nothing_is_promised_and_everything_says_how(firms: dict[str, Firm], name: str) -> None:
    assert not PROMISES.search(firms[name].words)
    for view in firms[name].views:
        assert 3 <= len(view.steps.splitlines()) <= 6
        assert view.causes
        assert all((view.owner, view.effort, view.metric))


def test_a_firm_without_a_works_council_is_not_sent_to_one(firms: dict[str, Firm]) -> None:
    for name in (FOUNDRY, TOOLS):
        for view in firms[name].views:
            for line in (*view.steps.splitlines(), view.owner):
                is_conditional = "wo es ihn gibt" in line
                assert "Betriebsrat" not in line or is_conditional, (view.rule, line)


def test_the_exposure_is_that_of_the_product_lists(firms: dict[str, Firm]) -> None:
    exposure = {n: Decimal(f.results.figures.values["exposure_turnover"]) for n, f in firms.items()}
    assert exposure == {
        FOUNDRY: Decimal(83),
        HARNESS: Decimal("42.4"),
        TOOLS: Decimal(14),
    }
    first = firms[FOUNDRY].results.priorities.rows[:2]
    assert {row.dimension for row in first} == {"D01", "D02"}


def test_chemnitz_is_not_zwickau_is_not_leipzig(firms: dict[str, Firm]) -> None:
    land = "regionales-wachstum-land"
    jtf = "regionales-wachstum-jtf"
    foundry = firms[FOUNDRY]
    assert foundry.verdict(land) is Verdict.OPEN
    assert foundry.verdict(jtf) is Verdict.EXCLUDED
    suspended = [h for v in foundry.views for h in v.hints if h.offer.id == land]
    assert "Antragsstopp" in suspended[0].standing.sentence


def test_the_released_works_council_stands_beside_and_leads_nothing(
    firms: dict[str, Firm],
) -> None:
    results = firms[HARNESS].results
    assert results.leading is Perspective.MANAGEMENT
    assert Perspective.WORKS_COUNCIL in results.perspectives
    assert len(results.dissents) >= 3


def test_a_job_of_two_persons_is_in_no_line(firms: dict[str, Firm]) -> None:
    assert "Betriebselektrik" not in firms[HARNESS].words
    assert "Geschäftsleitung" not in firms[FOUNDRY].words


def test_the_plan_rests_on_recommendations_that_the_answers_lead_to(firms: dict[str, Firm]) -> None:
    for name, firm in firms.items():
        records = read_firm(resources(), name).records
        assert records.agreed.keys() | records.postponed.keys() <= firm.rules
        short = compose_short(firm.worked.place, firm.worked.case_id)
        assert len(short.measures) == len(records.agreed) > 0
        assert short.next_steps


@pytest.mark.parametrize(
    ("name", "size", "kinds", "used"),
    [
        (FOUNDRY, "kleines Unternehmen", ("autonomous",), 30_850),
        (HARNESS, "mittleres Unternehmen", ("partner", "linked"), 142_550),
        (TOOLS, "Kleinstunternehmen", ("autonomous",), 1_750),
    ],
)
def test_the_declarations_say_what_the_firms_are(
    firms: dict[str, Firm], name: str, size: str, kinds: tuple[str, ...], used: int
) -> None:
    place, case_id = firms[name].worked.place, firms[name].worked.case_id
    declared = compose_sme_declaration(place, case_id)
    assert (declared.size, declared.kinds) == (size, kinds)
    assert bool(declared.gaps) is (name == TOOLS)
    assert compose_de_minimis(place, case_id).used == used


def test_every_document_of_a_firm_is_written(firms: dict[str, Firm], tmp_path: Path) -> None:
    written = write_documents(firms[TOOLS].worked, tmp_path, "Werkzeugbau Elsteraue")
    assert len({path.name for path in written}) == len(DOCUMENTS)
    assert all(path.read_bytes().startswith(b"%PDF") for path in written)
