"""Each programme of the field's brief (domain §5, P01–P18) with the facts that decide about it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_advisor.advice.eligibility import CompanyFacts, Verdict, check
from desktop_advisor.advice.fitting_rates import rate_for, rates_for
from desktop_advisor.advice.offers import (
    STALE_AFTER_DAYS,
    Offer,
    Reliability,
    standing,
)
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.regions import COUNTIES

TODAY = date(2026, 11, 24)
Offers = dict[str, Offer]

PROGRAMMES: list[tuple[str, str, dict[str, object]]] = [
    ("P01", "sgb3-82", {"valid_from": date(2024, 4, 1), "valid_to": None, "status": "offen"}),
    ("P01", "sgb3-82", {"eligibility.learning.more_than_hours": 120}),
    ("P01", "sgb3-82", {"eligibility.learning.degree_years": 2}),
    ("P01", "sgb3-82", {"eligibility.learning.pause_years": 2}),
    ("P02", "sgb3-82a", {"eligibility.learning.affected_percent": 20}),
    ("P02", "sgb3-82a", {"eligibility.learning.small_affected_percent": 10}),
    ("P02", "sgb3-82a", {"eligibility.learning.pause_years": 4}),
    ("P02", "sgb3-82a", {"eligibility.agreement_from_staff": 10}),
    ("P03", "kurzarbeit", {"valid_to": date(2026, 12, 31), "status": "offen"}),
    ("P03", "sgb3-106a", {"valid_to": date(2024, 7, 31), "status": "unklar"}),
    ("P04", "bildungsgutschein", {"eligibility.learning.approved": True}),
    ("P05", "inqa-coaching", {"eligibility.max_staff": 249, "max_months": 7}),
    ("P05", "inqa-coaching", {"valid_from": date(2023, 1, 1), "valid_to": date(2027, 12, 31)}),
    ("P06", "bafa-beratung", {"valid_from": date(2023, 1, 1), "valid_to": date(2026, 12, 31)}),
    ("P07", "sab-betriebsberatung", {"status": "unklar", "eligibility.counties": ("14",)}),
    ("P07", "kammer-kurzberatung", {"status": "unklar"}),
    ("P08", "efre-jtf-fue", {"status": "unklar", "valid_to": date(2027, 12, 31)}),
    ("P08", "sab-technologietransfer", {"status": "geschlossen"}),
    ("P08", "innopraemie", {"status": "unklar"}),
    ("P08", "efre-jtf-ket", {"status": "unklar"}),
    ("P09", "regionales-wachstum-jtf", {"status": "offen", "max_months": 36}),
    ("P09", "regionales-wachstum-jtf", {"eligibility.counties": ("14511", "14729", "14730")}),
    ("P09", "regionales-wachstum-land", {"status": "ausgesetzt", "grant_cap": Decimal(500_000)}),
    ("P09", "regionales-wachstum-land", {"eligibility.size_classes": ("micro", "small")}),
    ("P09", "regionales-wachstum-land", {"max_months": 36}),
    ("P09", "regionales-wachstum-land-ost", {"status": "unklar", "grant_cap": Decimal(500_000)}),
    ("P10", "grw-riga", {"status": "unklar", "before_start": True}),
    ("P11", "jtf-sachsen", {"valid_to": date(2027, 12, 31)}),
    ("P12", "zim", {"valid_from": date(2025, 1, 1), "eligibility.max_staff": 999}),
    ("P13", "forschungszulage", {"status": "offen", "legal_basis": "Forschungszulagengesetz"}),
    ("P14", "kfw-digital-innovation", {"valid_from": date(2025, 7, 1), "before_start": True}),
    ("P14", "kfw-digital-innovation", {"eligibility.max_turnover_million": Decimal(500)}),
    ("P14", "kfw-erp-365", {"instrument": "loan"}),
    ("P15", "eew", {"valid_from": date(2024, 2, 15), "before_start": True}),
    ("P15", "eew-modul-1", {"eligibility.size_classes": ("micro", "small", "medium")}),
    ("P15", "eew-modul-6", {"eligibility.size_classes": ("micro", "small")}),
    ("P16", "aufstiegs-bafoeg", {"eligibility.learning.min_hours": 400, "status": "unklar"}),
    ("P17", "sab-weiterbildung", {"status": "ausgesetzt", "eligibility.max_staff": 500}),
    ("P18", "zukunftszentrum-sachsen", {"valid_to": date(2026, 12, 31)}),
    ("P18", "mittelstand-digital-chemnitz", {"valid_from": date(2021, 9, 1), "status": "unklar"}),
    ("P18", "afa-arbeitgeberservice", {"kind": "contact", "status": "offen"}),
    ("P18", "mein-now", {"kind": "contact"}),
    ("P18", "zefas", {"status": "unklar"}),
    ("P18", "weiterbildungsverbuende", {"status": "unklar"}),
    ("P18", "traweba", {"status": "unklar"}),
]


@pytest.mark.parametrize(("code", "name", "facts"), PROGRAMMES)
def test_a_programme_says_what_decides_about_it(
    shared: Offers, code: str, name: str, facts: dict[str, object]
) -> None:
    offer = shared[name]
    assert code in re.findall(r"P\d\d", offer.reference)
    for path, wanted in facts.items():
        found: object = offer
        for part in path.split("."):
            found = getattr(found, part)
        assert found == wanted, path


def test_all_eighteen_programmes_are_there(shared: Offers) -> None:
    named = {code for offer in shared.values() for code in re.findall(r"P\d\d", offer.reference)}
    assert named == {f"P{number:02}" for number in range(1, 19)}
    assert {code for code, _, _ in PROGRAMMES} == named


@pytest.mark.parametrize(
    "name",
    [
        *("hochvolt", "batterie-leistungselektronik", "teilqualifikation", "meister-techniker"),
        *("digital-basis", "ki-kompetenz", "it-sicherheit", "energiescouts", "circular-cars"),
        *("transformations-multiplikatoren", "duales-studium"),
    ],
)
def test_training_of_the_rule_library_is_there_and_says_that_no_provider_was_checked(
    offers: Offers, name: str
) -> None:
    assert offers[name].kind == "training"
    assert offers[name].status == "unklar"
    assert offers[name].status_note


def test_high_voltage_names_its_rule_book(shared: Offers) -> None:
    assert shared["hochvolt"].legal_basis == "DGUV-Information 209-093"
    assert "Stufen S und 1 bis 3" in shared["hochvolt"].summary


# -- rates ---------------------------------------------------------------------------------------


def company(county: str, size: SizeClass = SizeClass.SMALL, heads: int = 48) -> CompanyFacts:
    return CompanyFacts(heads=heads, county=county, size=size)


@pytest.mark.parametrize(
    ("name", "county", "size", "share"),
    [
        ("bafa-beratung", "14511", SizeClass.SMALL, 80),
        ("bafa-beratung", "14524", SizeClass.SMALL, 80),
        ("bafa-beratung", "14713", SizeClass.SMALL, 50),
        ("bafa-beratung", "14729", SizeClass.SMALL, 50),
        ("bafa-beratung", "14730", SizeClass.SMALL, 50),
        ("bafa-beratung", "11000", SizeClass.SMALL, 50),
        ("bafa-beratung", "12054", SizeClass.SMALL, 80),
        ("bafa-beratung", "", SizeClass.SMALL, None),
        ("grw-riga", "14511", SizeClass.SMALL, 30),
        ("grw-riga", "14511", SizeClass.MEDIUM, 20),
        ("grw-riga", "14511", SizeClass.LARGE, 10),
        ("grw-riga", "14524", SizeClass.MICRO, 35),
        ("grw-riga", "14521", SizeClass.MEDIUM, 25),
        ("grw-riga", "14523", SizeClass.LARGE, 15),
        ("grw-riga", "14713", SizeClass.SMALL, None),
        ("grw-riga", "14524", SizeClass.UNDETERMINED, None),
        ("forschungszulage", "11000", SizeClass.MEDIUM, 35),
        ("forschungszulage", "11000", SizeClass.LARGE, 25),
        ("inqa-coaching", "", SizeClass.UNDETERMINED, 80),
    ],
)
def test_the_rate_depends_on_region_and_size(
    shared: Offers, name: str, county: str, size: SizeClass, share: int | None
) -> None:
    rate = rate_for(shared[name], company(county, size))
    assert (None if rate is None else rate.share) == share


@pytest.mark.parametrize(
    ("heads", "course", "wage"), [(9, 100, 75), (49, 100, 75), (120, 50, 50), (1200, 25, 25)]
)
def test_section_82_pays_by_staff_and_part(
    shared: Offers, heads: int, course: int, wage: int
) -> None:
    rates = rates_for(shared["sgb3-82"], company("", heads=heads))
    assert {part: rate.share for part, rate in rates.items()} == {"course": course, "wage": wage}


@pytest.mark.parametrize(("heads", "course"), [(50, 50), (499, 50), (500, 25)])
def test_the_rate_turns_at_50_and_at_500(shared: Offers, heads: int, course: int) -> None:
    full_time = CompanyFacts(heads=heads, staff_units=Decimal(heads))
    assert rates_for(shared["sgb3-82"], full_time)["course"].share == course


def test_heads_just_above_a_limit_leave_the_rate_open_as_part_time_counts_less(
    shared: Offers,
) -> None:
    assert rate_for(shared["sgb3-82"], company("", heads=60)) is None
    for units, line in (("57", 1), ("50", 1)):
        known = CompanyFacts(heads=60, staff_units=Decimal(units))
        assert rate_for(shared["sgb3-82"], known) == shared["sgb3-82"].rate_table[line]
    assert rate_for(shared["sgb3-82"], CompanyFacts(heads=60, staff_units=Decimal("49.5"))) is None


Line = tuple[str, int, int | None, int | None, int | None, int | None]
LINES: dict[str, list[Line]] = {
    "sgb3-82a": [("net_pay", 67, None, None, None, None)],
    "bildungsgutschein": [("course", 100, None, None, None, None)],
    "inqa-coaching": [("", 80, None, 1200, 12, None)],
    "bafa-beratung": [("", 50, 3500, None, None, 1750), ("", 80, 3500, None, None, 2800)],
    "sab-betriebsberatung": [
        ("plain", 40, None, 700, None, 8000),
        ("assured", 50, None, 700, None, 8000),
    ],
    "zim": [("single", 45, None, None, None, None), ("cooperation", 55, None, None, None, None)],
    "forschungszulage": [
        ("", 35, 12_000_000, None, None, None),
        ("", 25, 12_000_000, None, None, None),
    ],
    "kfw-digital-innovation": [("grant", 5, None, None, None, 200_000)],
    "eew": [("", 60, None, None, None, None)],
    "aufstiegs-bafoeg": [("course", 50, 15_000, None, None, None)],
    "sab-weiterbildung": [("course", 50, None, None, None, 4500)],
}
"""Part, share in percent, cost, day, days and grant at most. §82 and GRW have tests above."""


def test_rate_tables_are_those_of_the_brief(shared: Offers) -> None:
    found = {
        name: [
            (r.part, r.share, r.cost_cap, r.day_cap, r.max_days, r.grant_cap)
            for r in offer.rate_table
        ]
        for name, offer in shared.items()
        if offer.rate_table and name not in ("sgb3-82", "grw-riga")
    }
    assert found == LINES


SMALL, SME = ("micro", "small"), ("micro", "small", "medium")
SOUTH_WEST = ("14521", "14522", "14523", "14524")
WHO: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bafa-beratung": (SME, ()),
    "sab-betriebsberatung": (SME, ("14",)),
    "kammer-kurzberatung": (SME, ("14",)),
    "efre-jtf-fue": ((), ("14",)),
    "efre-jtf-ket": ((), ("14",)),
    "innopraemie": ((), ("14",)),
    "sab-technologietransfer": ((), ("14",)),
    "regionales-wachstum-jtf": (SME, ("14511", "14729", "14730")),
    "regionales-wachstum-land": (SMALL, SOUTH_WEST),
    "regionales-wachstum-land-ost": (SMALL, ("14627", "14628")),
    "grw-riga": ((), ("14",)),
    "jtf-sachsen": ((), ("14625", "14626", "14730", "14729", "14713", "14511")),
    "kfw-erp-365": (SME, ()),
    "eew-modul-1": (SME, ()),
    "eew-modul-6": (SMALL, ()),
    "sab-weiterbildung": ((), ("14",)),
    "zukunftszentrum-sachsen": ((), ("14",)),
    "zefas": ((), ("14",)),
    "hochschul-transfer": ((), ("14",)),
}


def test_size_and_region_are_those_of_the_brief(shared: Offers) -> None:
    found = {
        name: (offer.eligibility.size_classes, offer.eligibility.counties)
        for name, offer in shared.items()
        if offer.eligibility.size_classes or offer.eligibility.counties
    }
    assert found == WHO


WORDS = {
    "sgb3-82": ("0 %, 50 bis 499 bis zu 50 %, ab 500 bis zu 75 %", "75, 50 oder 25 %", "je 5"),
    "sgb3-82a": ("unter 250 Beschäftigte: mindestens 10 %", "vor dem 01.04.2028", "60 % oder 67 %"),
    "kurzarbeit": ("bis zu 24 Monate", "31.12.2026"),
    "inqa-coaching": ("höchstens sieben Monate", "Ergebnisgespräch nach sechs Monaten"),
    "sab-betriebsberatung": ("mindestens fünf Tagewerke", "10.000 Euro bei Personal, Märkten"),
    "kammer-kurzberatung": ("unter fünf Tagewerken",),
    "innopraemie": ("50 %, höchstens 20.000 Euro im Jahr",),
    "zim": ("Unter 500", "unter 1.000", "25 bis 45 %", "30 bis 55 %", "De-minimis"),
    "forschungszulage": ("20 % Gemeinkostenpauschale", "100 Euro je Stunde", "ab 2026"),
    "kfw-digital-innovation": ("Bis 25 Mio.", "Stufe 1 bis 7,5 Mio.", "in Stufe 2 und 3 bis 5 %"),
    "eew": ("10 bis 60 %", "Modul 5 Transformationsplan", "erst nach Bewilligung"),
    "aufstiegs-bafoeg": ("mindestens 400 Stunden", "die Hälfte des Darlehens"),
    "sab-weiterbildung": ("Bis 500 Beschäftigte", "3.700 Euro brutto", "Kosten ab 700 Euro"),
}


@pytest.mark.parametrize("name", WORDS)
def test_what_no_figure_holds_stands_in_words(shared: Offers, name: str) -> None:
    offer = shared[name]
    words = " ".join((offer.summary, offer.conditions, offer.rates))
    assert [part for part in WORDS[name] if part not in words] == []


def test_both_sgb3_ways_ask_for_what_the_law_asks(shared: Offers) -> None:
    ways = [shared[name].eligibility.learning for name in ("sgb3-82", "sgb3-82a")]
    assert all(w.beyond_adaptation and w.not_obligatory for w in ways)
    assert [w.more_than_hours for w in ways] == [120, 120]
    assert [w.approved for w in ways] == [True, False], "§ 82a: the provider only"
    assert "Träger" in shared["sgb3-82a"].eligibility.to_clarify[0]
    assert shared["sgb3-82a"].valid_from == date(2024, 4, 1)


def test_applications_go_before_the_start_and_only_the_tax_grant_is_no_de_minimis(
    shared: Offers,
) -> None:
    asked = {o.id for o in shared.values() if o.kind == "funding" and not o.before_start}
    assert asked == {"kurzarbeit", "sgb3-106a", "forschungszulage", "aufstiegs-bafoeg"}
    said = {o.id: o.de_minimis for o in shared.values() if o.de_minimis is not None}
    assert said == {"forschungszulage": False}


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bafa-beratung", "kurzarbeit", "zukunftszentrum-sachsen"])
def test_new_year_2027_ends_a_programme_and_age_marks_it_before(shared: Offers, name: str) -> None:
    offer = shared[name]
    facts = company("14524")
    stale = offer.checked_on + timedelta(days=STALE_AFTER_DAYS + 1)

    assert standing(offer, date(2026, 12, 31)).reliability is Reliability.FRESH
    assert check(offer, facts, date(2026, 12, 31)).verdict is not Verdict.EXCLUDED
    gone = standing(offer, date(2027, 1, 1))
    assert gone.reliability is Reliability.EXPIRED
    assert gone.sentence.startswith("Ausgelaufen am 31.12.2026.")
    assert check(offer, facts, date(2027, 1, 1)).verdict is Verdict.EXCLUDED
    assert "vor mehr als 90 Tagen" in standing(offer, stale).sentence
    assert "vor mehr als 90 Tagen" not in standing(offer, stale - timedelta(days=1)).sentence


def test_an_entry_that_is_merely_old_turns_amber_and_names_the_day(shared: Offers) -> None:
    offer = shared["sgb3-82"]
    on_the_day = offer.checked_on + timedelta(days=STALE_AFTER_DAYS)
    assert standing(offer, on_the_day).is_fresh
    old = standing(offer, on_the_day + timedelta(days=1))
    assert old.reliability is Reliability.STALE
    assert "22.11.2026" in old.sentence


def test_no_entry_promises_and_none_comes_without_a_source(offers: Offers) -> None:
    for offer in offers.values():
        words = " ".join((offer.summary, offer.conditions, offer.rates, offer.status_note))
        assert not re.search(r"sie erhalten|garantiert|stehen ihnen zu", words, re.IGNORECASE)
        assert offer.source, offer.id
        assert offer.checked_by, offer.id


def test_no_phone_and_no_mail_is_invented(offers: Offers) -> None:
    assert {(offer.phone, offer.email) for offer in offers.values()} == {("", "")}
    assert [offer.id for offer in offers.values() if offer.is_helpdesk] == ["itas-helpdesk"]


def test_every_region_of_a_rate_exists(offers: Offers) -> None:
    lands = {f"{number:02}" for number in range(1, 17)}
    for offer in offers.values():
        for line in offer.rate_table:
            for prefix in (*line.counties, *line.not_counties):
                known = prefix in lands or any(ags.startswith(prefix) for ags in COUNTIES)
                assert known, (offer.id, prefix)
