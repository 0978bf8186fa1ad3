"""Job profiles: the arithmetic of the gap, and that few persons never leave it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.assessment.job_profiles import JobsSummary, Outlook, assess_jobs, job_facts
from desktop_advisor.assessment.job_rows import Competence, JobProfile, read_profile
from desktop_advisor.questionnaire.fact_names import FIGURES

MACHINING = {
    "name": "Zerspanung",
    "kldb": "24232",
    "heads": "12",
    "under30": "2",
    "45to54": "4",
    "55to59": "3",
    "60plus": "3",
    "demand3": "11",
    "demand5": "9",
    "exits5": "4",
    "substitution": "63",
    "c1_name": "Messdaten lesen",
    "c1_is": "1",
    "c1_should": "3",
    "c2_name": "Roboter einrichten",
    "c2_is": "2",
    "c2_should": "1",
}
ASSEMBLY = {
    "name": "Montage",
    "heads": "20",
    "demand5": "26",
    "exits5": "2",
    "c1_name": "messdaten lesen",
    "c1_is": "0",
    "c1_should": "2",
}


def summary(*rows: dict[str, str]) -> JobsSummary:
    return assess_jobs(read_profile(row) for row in rows)


numbers = st.none() | st.integers(0, 60).map(Decimal)
levels = st.none() | st.integers(0, 4).map(Decimal)
competences = st.builds(
    Competence, name=st.sampled_from(["Messen", "Roboter", "SPS"]), current=levels, target=levels
)


def profiles(heads: st.SearchStrategy[Decimal | None]) -> st.SearchStrategy[JobProfile]:
    """Rows as the reader leaves them: exits never above heads."""
    return st.builds(
        JobProfile,
        name=st.sampled_from(["A", "B", "C"]),
        heads=heads,
        bands=st.tuples(*(numbers,) * 5),
        demand3=numbers,
        demand5=numbers,
        exits5=st.none() | st.integers(0, 3).map(Decimal),
        substitution=st.none() | st.integers(0, 100).map(Decimal),
        competences=st.lists(competences, max_size=4).map(tuple),
    )


shown_profiles = st.lists(profiles(st.integers(3, 60).map(Decimal)), max_size=5)
small_profiles = st.lists(profiles(st.none() | st.integers(0, 2).map(Decimal)), max_size=4)


def test_the_gap_is_what_is_missing_times_heads_and_surplus_helps_nobody() -> None:
    (job,) = summary(MACHINING).jobs
    assert job.gap is not None
    assert job.gap.value == (3 - 1) * 12
    assert job.gap.derivation.formula == "(max(0, 3 − 1) + max(0, 1 − 2)) · 12 = 24"
    assert [c.name for c in job.learning] == ["Messdaten lesen"]


def test_demand_exits_age_and_substitution_carry_their_arithmetic() -> None:
    (job,) = assess_jobs([read_profile(MACHINING, "Job-Futuromat, 11/2026")]).jobs
    figures = (job.change3, job.change5, job.need, job.exits_share, job.over_55, job.substitution)
    assert [f.derivation.result.replace("\u202f", " ") for f in figures if f] == [
        "−1 Person",
        "−3 Personen",
        "+1 Person",
        "33 %",
        "50 %",
        "63 %",
    ]
    assert job.substitution is not None
    assert job.substitution.derivation.source == "Job-Futuromat, 11/2026"
    assert job.profile.requirement == "Fachkraft"


def test_totals_and_competences_run_over_all_shown_jobs() -> None:
    found = summary(MACHINING, ASSEMBLY)
    totals = found.totals
    values = [f.value for f in (totals.heads, totals.gap, totals.fall, totals.rise) if f]
    assert values == [32, 24 + 40, 3, 6]
    assert totals.recruit is not None
    assert totals.recruit.value == 1 + 8
    (need,) = found.competences
    assert need.name == "Messdaten lesen"
    assert [need.persons, need.gap.value] == [32, 64]


def test_a_summary_without_figures_says_unknown_and_not_nought() -> None:
    found = summary({"name": "Lager", "heads": "5"})
    (job,) = found.jobs
    assert job.gap is job.change5 is job.need is job.exits_share is job.over_55 is None
    assert found.totals.age is None
    assert found.totals.gap is found.totals.fall is None
    assert set(job_facts(found).values()) == {""}


def test_the_facts_are_those_that_rules_may_read() -> None:
    facts = job_facts(summary(MACHINING, ASSEMBLY))
    assert set(facts) <= set(FIGURES)
    assert facts["job_exits"].startswith("33.33")
    assert facts["job_substitution"] == "63"
    assert (facts["job_gap"], facts["job_demand_fall"]) == ("64", "3")
    assert (facts["job_demand_rise"], facts["staff_over_55"]) == ("6", "50")


def test_substitution_counts_only_where_demand_falls() -> None:
    growing = {**ASSEMBLY, "substitution": "90"}
    steady = {**growing, "demand5": ASSEMBLY["heads"]}
    assert job_facts(summary(growing))["job_substitution"] == ""
    assert job_facts(summary(steady))["job_substitution"] == ""
    assert job_facts(summary(growing, MACHINING))["job_substitution"] == "63"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("demand5", "-1"),
        ("demand5", "2.5"),
        ("substitution", "140"),
        ("exits5", "13"),
        ("c1_should", "5"),
        ("c1_is", "drei"),
        ("heads", "NaN"),
        ("heads", "1e99"),
    ],
)
def test_what_cannot_be_is_not_known(column: str, value: str) -> None:
    read = read_profile({**MACHINING, column: value})
    plain = read_profile({k: v for k, v in MACHINING.items() if k != column})
    assert read == plain


def test_all_persons_of_a_job_may_leave() -> None:
    assert read_profile({**MACHINING, "exits5": "12"}).exits5 == 12


@pytest.mark.parametrize(
    ("demand", "exits", "outlook"),
    [
        ("", "", Outlook.OPEN),
        ("0", "2", Outlook.REPLACED),
        ("6", "2", Outlook.REPLACED),
        ("8", "2", Outlook.RETAINED),
        ("9", "2", Outlook.NEW),
        ("14", "", Outlook.NEW),
        ("10", "", Outlook.RETAINED),
    ],
)
def test_the_outlook_speaks_of_the_job_and_never_of_persons(
    demand: str, exits: str, outlook: Outlook
) -> None:
    row = {"name": "Lager", "heads": "10", "demand5": demand, "exits5": exits}
    (job,) = summary(row).jobs
    assert job.outlook is outlook
    assert "Person" not in job.hint
    assert "entlass" not in job.hint.casefold()


def test_ages_are_shares_of_those_whose_age_is_known() -> None:
    part = {"name": "Lager", "heads": "10", "under30": "4", "55to59": "1", "60plus": "0"}
    (job,) = summary(part).jobs
    assert job.over_55 is not None
    assert job.over_55.value == Decimal(1) / 5
    assert "5 von 10 Personen" in job.over_55.derivation.assumptions[0]
    (silent,) = summary({"name": "Lager", "heads": "10", "under30": "4"}).jobs
    assert silent.over_55 is None, "those of 55 and more may be among the missing"


@given(shown_profiles, small_profiles, small_profiles)
def test_nothing_of_a_masked_profile_reaches_any_figure(
    shown: list[JobProfile], small: list[JobProfile], other: list[JobProfile]
) -> None:
    one, two = assess_jobs([*small, *shown]), assess_jobs([*shown, *other])
    assert replace(one, few=0, unknown=0) == replace(two, few=0, unknown=0)
    assert job_facts(one) == job_facts(two)
    assert one.masked == len(small)


@given(shown_profiles, small_profiles)
def test_totals_less_the_shown_leave_nothing_to_difference_out(
    shown: list[JobProfile], small: list[JobProfile]
) -> None:
    found = assess_jobs([*small, *shown])
    assert len(found.jobs) == len(shown)
    heads = found.totals.heads.value if found.totals.heads else Decimal(0)
    assert heads - sum((job.heads for job in found.jobs), Decimal(0)) == 0
    gap = found.totals.gap.value if found.totals.gap else Decimal(0)
    assert gap == sum((job.gap.value for job in found.jobs if job.gap), Decimal(0))
    assert gap == sum((need.gap.value for need in found.competences), Decimal(0))


@given(shown_profiles)
def test_figures_stay_within_their_bounds(shown: list[JobProfile]) -> None:
    found = assess_jobs(shown)
    for job in found.jobs:
        most = 4 * len(job.profile.competences) * job.heads
        assert job.gap is None or 0 <= job.gap.value <= most
        for share in (job.over_55, job.exits_share):
            assert share is None or 0 <= share.value <= 1
    for total in (found.totals.fall, found.totals.rise, found.totals.recruit):
        assert total is None or total.value >= 0
    if found.totals.age is not None:
        assert sum(found.totals.age) >= 3


@given(profiles(st.integers(3, 60).map(Decimal)), st.integers(0, 3))
def test_the_gap_never_shrinks_with_a_higher_target_and_never_grows_with_more_skill(
    row: JobProfile, place: int
) -> None:
    if place >= len(row.competences):
        return
    before = assess_jobs([row]).jobs[0].gap
    for change, sign in (("target", 1), ("current", -1)):
        level = getattr(row.competences[place], change)
        if level is None or level == 4 or before is None:
            continue
        raised = replace(row.competences[place], **{change: level + 1})
        others = (*row.competences[:place], raised, *row.competences[place + 1 :])
        after = assess_jobs([replace(row, competences=others)]).jobs[0].gap
        assert after is not None
        assert sign * (after.value - before.value) >= 0
