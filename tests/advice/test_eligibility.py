"""kommt in Betracht, Voraussetzung offen, ausgeschlossen: never more than is known (domain §5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.conditions import Conditions, Learning
from desktop_advisor.advice.eligibility import CompanyFacts, Eligibility, Verdict
from desktop_advisor.advice.eligibility import check as check_on
from desktop_advisor.advice.offers import Offer, read_offers
from desktop_advisor.domain.company_size import SizeClass

CATALOGUE = Path(__file__).parents[2] / "resources" / "catalogues" / "offers.json"
SHIPPED = {offer.id: offer for offer in read_offers(CATALOGUE.read_bytes())}

CHEMNITZ, ZWICKAU, LEIPZIG, BERLIN = "14511", "14524", "14713", "11000"


TODAY = date(2026, 11, 24)


def is_running(offer: Offer) -> bool:
    """Whether it has neither been closed nor run out."""
    is_over = offer.valid_to is not None and offer.valid_to < TODAY
    return offer.status != "geschlossen" and not is_over


def check(offer: Offer, facts: CompanyFacts, today: date = TODAY) -> Eligibility:
    return check_on(offer, facts, today)


def company(**changes: Any) -> CompanyFacts:
    known = {
        "heads": 40,
        "staff_units": Decimal(38),
        "turnover_million": Decimal(6),
        "county": CHEMNITZ,
        "has_works_council": True,
        "size": SizeClass.SMALL,
    }
    return CompanyFacts(**(known | changes))


def offer(**conditions: Any) -> Offer:
    return msgspec.structs.replace(SHIPPED["sgb3-82"], eligibility=Conditions(**conditions))


@pytest.mark.parametrize(
    ("name", "county", "verdict"),
    [
        ("regionales-wachstum-jtf", CHEMNITZ, Verdict.IN_QUESTION),
        ("regionales-wachstum-jtf", ZWICKAU, Verdict.EXCLUDED),
        ("regionales-wachstum-land", CHEMNITZ, Verdict.EXCLUDED),
        ("regionales-wachstum-land", ZWICKAU, Verdict.OPEN),
        ("jtf-sachsen", CHEMNITZ, Verdict.IN_QUESTION),
        ("jtf-sachsen", ZWICKAU, Verdict.EXCLUDED),
        ("jtf-sachsen", LEIPZIG, Verdict.IN_QUESTION),
        ("zukunftszentrum-sachsen", ZWICKAU, Verdict.IN_QUESTION),
        ("zukunftszentrum-sachsen", BERLIN, Verdict.EXCLUDED),
        ("inqa-coaching", BERLIN, Verdict.IN_QUESTION),
    ],
)
def test_chemnitz_is_not_zwickau(name: str, county: str, verdict: Verdict) -> None:
    assert check(SHIPPED[name], company(county=county)).verdict is verdict


def test_the_stopped_state_part_says_that_no_applications_are_taken() -> None:
    judged = check(SHIPPED["regionales-wachstum-land"], company(county=ZWICKAU))
    assert judged.sentence == "Voraussetzung offen: derzeit werden keine Anträge angenommen."


def test_the_state_part_is_for_small_enterprises_only() -> None:
    medium = company(county=ZWICKAU, size=SizeClass.MEDIUM)
    judged = check(SHIPPED["regionales-wachstum-land"], medium)
    assert judged.sentence == (
        "ausgeschlossen, weil die Größe nicht passt (mittleres Unternehmen). "
        "Außerdem offen: derzeit werden keine Anträge angenommen."
    )


def test_a_closed_programme_is_excluded_and_an_unclear_one_stays_open() -> None:
    assert check(SHIPPED["sab-technologietransfer"], company()).verdict is Verdict.EXCLUDED
    assert check(SHIPPED["sab-betriebsberatung"], company()).verdict is Verdict.OPEN


@pytest.mark.parametrize(
    ("staff", "verdict"),
    [
        ("0.5", Verdict.IN_QUESTION),
        ("249", Verdict.IN_QUESTION),
        ("249.9", Verdict.IN_QUESTION),
        ("250", Verdict.EXCLUDED),
    ],
)
def test_inqa_ends_below_250_staff(staff: str, verdict: Verdict) -> None:
    assert check(SHIPPED["inqa-coaching"], company(staff_units=Decimal(staff))).verdict is verdict


def test_heads_above_the_limit_leave_it_open_because_work_units_decide() -> None:
    many = company(heads=260, staff_units=None)
    judged = check(SHIPPED["inqa-coaching"], many)
    assert judged.verdict is Verdict.OPEN
    assert "Jahresarbeitseinheiten" in judged.sentence
    assert check(SHIPPED["inqa-coaching"], company(heads=240, staff_units=None)).verdict is (
        Verdict.IN_QUESTION
    )


def test_nobody_employed_is_below_the_least_staff() -> None:
    assert check(SHIPPED["inqa-coaching"], company(heads=0)).verdict is Verdict.EXCLUDED


@pytest.mark.parametrize(
    ("heads", "words"), [(9, "schriftliche Erklärung"), (10, "Betriebsvereinbarung oder")]
)
def test_the_qualification_allowance_asks_for_an_agreement_from_ten_staff(
    heads: int, words: str
) -> None:
    judged = check(SHIPPED["sgb3-82a"], company(heads=heads))
    assert judged.verdict is Verdict.OPEN
    assert words in judged.reasons[0]


def test_turnover_above_the_ceiling_excludes() -> None:
    kfw = SHIPPED["kfw-digital-innovation"]
    within = check(kfw, company(turnover_million=Decimal(500)))
    assert within.verdict is Verdict.IN_QUESTION
    assert "Umsatz der Gruppe" in within.sentence, "the file holds the company's own"
    assert check(kfw, company(turnover_million=Decimal(501))).verdict is Verdict.EXCLUDED


def test_without_a_works_council_its_workshop_is_excluded() -> None:
    workshop = offer(needs_works_council=True)
    assert check(workshop, company(has_works_council=False)).verdict is Verdict.EXCLUDED
    assert check(workshop, company(has_works_council=None)).verdict is Verdict.OPEN
    assert check(workshop, company()).verdict is Verdict.IN_QUESTION


def test_counties_can_be_excluded_by_name() -> None:
    saxony_but_chemnitz = offer(counties=("14",), not_counties=(CHEMNITZ,))
    assert check(saxony_but_chemnitz, company()).verdict is Verdict.EXCLUDED
    assert check(saxony_but_chemnitz, company(county=ZWICKAU)).verdict is Verdict.IN_QUESTION


@pytest.mark.parametrize("name", [n for n, o in SHIPPED.items() if is_running(o)])
def test_an_unknown_company_is_never_excluded(name: str) -> None:
    assert check(SHIPPED[name], CompanyFacts()).verdict is not Verdict.EXCLUDED


@given(
    name=st.sampled_from(sorted(SHIPPED)),
    known=st.sets(st.sampled_from(["heads", "staff_units", "turnover_million", "county", "size"])),
    county=st.sampled_from([CHEMNITZ, ZWICKAU, LEIPZIG, BERLIN]),
)
def test_learning_more_never_turns_excluded_into_possible(
    name: str, known: set[str], county: str
) -> None:
    full = company(county=county)
    partial = CompanyFacts(**{field: getattr(full, field) for field in known})
    if check(SHIPPED[name], partial).verdict is Verdict.EXCLUDED:
        assert check(SHIPPED[name], full).verdict is Verdict.EXCLUDED


def test_no_sentence_promises_money() -> None:
    for shipped in SHIPPED.values():
        assert "erhalten" not in check(shipped, company()).sentence


def test_facts_become_texts_with_nothing_where_nothing_is_known() -> None:
    assert set(CompanyFacts().as_texts().values()) == {""}
    assert company(staff_units=Decimal("38.50")).as_texts() == {
        "heads": "40",
        "staff_units": "38.50",
        "turnover_million": "6",
        "county": CHEMNITZ,
        "wz": "",
        "has_works_council": "yes",
        "size_class": "small",
    }


@pytest.mark.parametrize(
    ("today", "verdict"),
    [
        (date(2026, 1, 31), Verdict.OPEN),
        (date(2026, 2, 1), Verdict.IN_QUESTION),
        (date(2026, 12, 31), Verdict.IN_QUESTION),
        (date(2027, 1, 1), Verdict.EXCLUDED),
    ],
)
def test_an_offer_that_has_run_out_or_not_begun_does_not_come_into_consideration(
    today: date, verdict: Verdict
) -> None:
    dated = msgspec.structs.replace(
        offer(), valid_from=date(2026, 2, 1), valid_to=date(2026, 12, 31), status="offen"
    )
    assert check(dated, company(), today).verdict is verdict


def test_the_reason_for_an_expired_offer_reads_as_a_sentence() -> None:
    dated = msgspec.structs.replace(offer(), valid_to=date(2026, 12, 31))
    judged = check(dated, company(), date(2027, 1, 1))
    assert judged.sentence == "ausgeschlossen, weil das Angebot am 31.12.2026 ausgelaufen ist."


@pytest.mark.parametrize(
    ("wz", "edition", "verdict"),
    [
        ("29.32", "2008", Verdict.IN_QUESTION),
        ("29.32", "2025", Verdict.OPEN),
        ("13.10", "2008", Verdict.EXCLUDED),
        ("", "2008", Verdict.OPEN),
    ],
)
def test_a_branch_code_counts_in_its_own_edition_only(
    wz: str, edition: str, verdict: Verdict
) -> None:
    automotive = offer(wz=("29", "24.5"), wz_edition="2008")
    judged = check(automotive, company(wz=wz, wz_edition=edition))
    assert judged.verdict is verdict
    assert "Wirtschaftszweig" in judged.sentence


@pytest.mark.parametrize(
    ("headcount", "verdict", "words"),
    [
        ("heads", Verdict.EXCLUDED, "mehr als 100"),
        ("sgb3", Verdict.OPEN, "Beschäftigte nach SGB III"),
        ("insured", Verdict.OPEN, "sozialversicherungspflichtig"),
        ("nis2", Verdict.OPEN, "NIS-2"),
        ("staff_units", Verdict.IN_QUESTION, "höchstens 100"),
    ],
)
def test_the_five_headcounts_never_stand_in_for_each_other(
    headcount: str, verdict: Verdict, words: str
) -> None:
    limited = offer(headcount=headcount, max_staff=100)
    judged = check(limited, company(heads=120, staff_units=Decimal(95)))
    assert judged.verdict is verdict
    assert words in judged.sentence


def test_fewer_heads_than_the_least_exclude_whatever_is_counted() -> None:
    least = offer(headcount="sgb3", min_staff=50)
    assert check(least, company(heads=40)).verdict is Verdict.EXCLUDED
    assert check(least, company(heads=80)).verdict is Verdict.OPEN


@pytest.mark.parametrize(("heads", "persons"), [(180, "18"), (249, "25"), (250, "50")])
def test_how_many_must_be_affected_follows_the_vector(heads: int, persons: str) -> None:
    judged = check(SHIPPED["sgb3-82a"], company(heads=heads))
    assert f"mindestens {persons} Beschäftigten" in judged.sentence


def test_age_and_hours_are_named_as_open() -> None:
    course = Learning(min_age=45, max_age=60, min_hours=400, more_than_hours=120)
    judged = check(offer(learning=course), company())
    assert len(judged.reasons) == 4
    assert judged.verdict is Verdict.OPEN
